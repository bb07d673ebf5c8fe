using Latchkey.Simulator.Checkout;

namespace Latchkey.Simulator.Api;

/// <summary>Members. Source: <c>app/controllers/api/v2/subscribers_controller.rb</c>.</summary>
internal static class SubscriberEndpoints
{
    private const int PageSize = 100;

    public static void Map(ApiRoutes routes)
    {
        routes.Get("/products/{product}/subscribers", [Scopes.ViewSales], List);
        routes.Get("/subscribers/{id}", [Scopes.ViewSales], Show);
    }

    private static ApiAnswer List(ApiCall call) => call.Ledger.Read(view =>
    {
        if (view.FindProduct(call.Route("product")) is not { } product)
        {
            return ApiAnswer.NotFound("product");
        }

        var email = call.Parameters.Text("email")?.Trim();
        var active = view.Subscriptions.Values
            .Where(subscription => subscription.Item == product && subscription.EndedAt is null && !subscription.Purchases[0].IsTest)
            .Where(subscription => email is null || subscription.Email.Equals(email, StringComparison.OrdinalIgnoreCase))
            .Reverse().OrderByDescending(subscription => subscription.CreatedAt).ToList();
        var isPaged = call.Parameters.Text("paginated") is "1" or "true" || call.Parameters.Text("page_key") is not null;
        return Page.Start(call, active, KeyOf) is { } start
            ? Page.Of(call, "subscribers", active, start, isPaged ? PageSize : active.Count, SubscriberJson.Of, KeyOf)
            : ApiAnswer.BadRequest("Invalid page_key.");
    });

    private static ApiAnswer Show(ApiCall call) => call.Ledger.Read(view =>
        view.Subscriptions.GetValueOrDefault(call.Route("id")) is { } subscription
            ? ApiAnswer.With("subscriber", SubscriberJson.Of(subscription))
            : ApiAnswer.NotFound("subscriber"));

    // A membership has no number of its own here; its first sale has.
    private static PageKey KeyOf(SubscriptionRecord subscription) => new(subscription.CreatedAt, subscription.Purchases[0].OrderNumber);
}
