using Latchkey.Simulator.Checkout;

namespace Latchkey.Simulator.Api;

/// <summary>Sales. Source: <c>app/controllers/api/v2/sales_controller.rb</c>.</summary>
internal static class SaleEndpoints
{
    private const string Thing = "sale";
    private const int PageSize = 10;

    // From here on the deprecated way of paging is slowed down.
    private const int FirstSlowPage = 11;

    public static void Map(ApiRoutes routes, TimeProvider time)
    {
        var slow = new Throttle(time, limit: 10, TimeSpan.FromSeconds(1));
        routes.Get("/sales", [Scopes.ViewSales], call =>
            call.Parameters.Number("page") >= FirstSlowPage && !slow.Admits() ? ApiAnswer.RetryLater : List(call));
        routes.Get("/sales/{id}", [Scopes.ViewSales], call => Answer(call, call.Route("id")));
        routes.Put("/sales/{id}/refund", [Scopes.RefundSales, Scopes.EditSales], Refund);
        routes.Put("/sales/{id}/mark_as_shipped", [Scopes.MarkSalesAsShipped], MarkAsShipped);
        if (routes.IsNewest)
        {
            routes.Post("/sales/{id}/resend_receipt", [Scopes.EditSales], ResendReceipt);
        }
    }

    private static ApiAnswer List(ApiCall call)
    {
        var page = call.Parameters.Number("page");
        if (page < 1)
        {
            return ApiAnswer.BadRequest("Invalid page number. Page numbers start at 1.");
        }

        if (SaleFilter.Read(call, out var refusal) is not { } filter)
        {
            return refusal!;
        }

        return call.Ledger.Read(view =>
        {
            var sales = view.Sales.Where(filter.Holds).Reverse().OrderByDescending(sale => sale.At).ToList();
            var start = page is { } number ? (number - 1) * PageSize : Page.Start(call, sales, KeyOf);
            return start is { } at
                ? Page.Of(call, "sales", sales, at, PageSize, sale => SaleJson.Of(sale, call), KeyOf)
                : ApiAnswer.BadRequest("Invalid page_key.");
        });
    }

    private static ApiAnswer Refund(ApiCall call)
    {
        var id = call.Route("id");
        switch (call.Ledger.Read(view => view.FindSale(id)?.Refunded))
        {
            case null:
                return ApiAnswer.NotFound(Thing);
            case true:
                return ApiAnswer.Refused("Purchase is already refunded.");
        }

        try
        {
            call.Ledger.Refund(id, call.Parameters.Number("amount_cents"));
            return Answer(call, id);
        }
        catch (ArgumentException)
        {
            return ApiAnswer.Refused("Refund amount cannot be greater than the purchase price.");
        }
        catch (InvalidOperationException)
        {
            return ApiAnswer.Refused("The sale was unable to be modified.");
        }
    }

    private static ApiAnswer MarkAsShipped(ApiCall call)
    {
        var id = call.Route("id");
        if (!Exists(call, id))
        {
            return ApiAnswer.NotFound(Thing);
        }

        try
        {
            call.Ledger.MarkShipped(id, call.Parameters.Text("tracking_url"));
            return Answer(call, id);
        }
        catch (InvalidOperationException)
        {
            return ApiAnswer.Refused("The sale was unable to be modified.");
        }
    }

    private static ApiAnswer ResendReceipt(ApiCall call)
    {
        var id = call.Route("id");
        if (!Exists(call, id))
        {
            return ApiAnswer.NotFound(Thing);
        }

        call.Ledger.ResendReceipt(id);
        return ApiAnswer.Success();
    }

    private static bool Exists(ApiCall call, string id) => call.Ledger.Read(view => view.FindSale(id) is not null);

    private static ApiAnswer Answer(ApiCall call, string id) => call.Ledger.Read(view =>
        view.FindSale(id) is { } sale ? ApiAnswer.With(Thing, SaleJson.Of(sale, call)) : ApiAnswer.NotFound(Thing));

    private static PageKey KeyOf(SaleRecord sale) => new(sale.At, sale.OrderNumber);
}
