using System.Globalization;
using System.Text.Json.Nodes;
using Latchkey.Simulator.Checkout;
using Latchkey.Simulator.Pings;

namespace Latchkey.Simulator.Api;

/// <summary>Payouts, in the newest Gumroad only. Source: <c>app/controllers/api/v2/payouts_controller.rb</c>, <c>app/models/payment.rb</c>.</summary>
internal static class PayoutEndpoints
{
    private const string Thing = "payout";
    private const int PageSize = 10;

    public static void Map(ApiRoutes routes)
    {
        if (routes.IsNewest)
        {
            routes.Get("/payouts", [Scopes.ViewPayouts], List);
            routes.Get("/payouts/upcoming", [Scopes.ViewPayouts], Upcoming);
            routes.Get("/payouts/{id}", [Scopes.ViewPayouts], Show);
        }
    }

    private static ApiAnswer List(ApiCall call)
    {
        if (Days.Read(call, out var refusal) is not { } days)
        {
            return refusal!;
        }

        return call.Ledger.Read(view =>
        {
            var all = Payout.All(view, call.Now);
            var shown = all.Where(payout => payout.IsPaid && days.Hold(payout.At)).ToList();
            if (Page.Start(call, shown, KeyOf) is not { } start)
            {
                return ApiAnswer.BadRequest("Invalid page_key.");
            }

            if (WithUpcoming(call) && all.LastOrDefault(payout => !payout.IsPaid) is { } next && !(days.Before < next.LastDay))
            {
                shown.Insert(0, next);
            }

            return Page.Of(call, "payouts", shown, start, PageSize, payout => Json(payout), KeyOf);
        });
    }

    private static ApiAnswer Upcoming(ApiCall call) => call.Ledger.Read(view => ApiAnswer.With("payouts", new JsonArray(
        [.. Payout.All(view, call.Now).Where(payout => !payout.IsPaid).Reverse().Select(payout => WithSales(Json(payout), payout, call))])));

    private static ApiAnswer Show(ApiCall call) => call.Ledger.Read(view =>
        Payout.All(view, call.Now).FirstOrDefault(payout => payout.IsPaid && payout.Id == call.Route("id")) is { } found
            ? ApiAnswer.With(Thing, WithSales(Json(found), found, call))
            : ApiAnswer.NotFound(Thing));

    private static bool WithUpcoming(ApiCall call) =>
        call.Parameters.Text("page_key") is null && call.Parameters.Text("include_upcoming") != "false";

    // One to come has no id and no dates yet.
    private static JsonObject Json(Payout payout) => new()
    {
        ["id"] = payout.IsPaid ? payout.Id : null,
        ["amount"] = (payout.AmountUsdCents / 100m).ToString("0.00", CultureInfo.InvariantCulture),
        ["currency"] = "usd",
        ["status"] = payout.IsPaid ? "completed" : "payable",
        ["created_at"] = payout.IsPaid ? WireTime.Of(payout.At) : null,
        ["processed_at"] = payout.IsPaid ? WireTime.Of(payout.At) : null,
        ["payment_processor"] = "STRIPE",
        ["bank_account_visual"] = "******6789",
        ["paypal_email"] = null,
    };

    private static JsonObject WithSales(JsonObject json, Payout payout, ApiCall call)
    {
        if (call.Token!.Has(Scopes.ViewSales))
        {
            json["sales"] = IdsOf(payout.Sales);
            json["refunded_sales"] = IdsOf(payout.Sales.Where(sale => sale.RefundedUsdCents > 0));
            json["disputed_sales"] = IdsOf(payout.Sales.Where(sale => sale.Disputed));
        }

        return json;
    }

    private static JsonArray IdsOf(IEnumerable<SaleRecord> sales) => sales.Select(sale => sale.SaleId).ToJson();

    private static PageKey KeyOf(Payout payout) => new(payout.At, (payout.At - DateTimeOffset.UnixEpoch).Days);
}
