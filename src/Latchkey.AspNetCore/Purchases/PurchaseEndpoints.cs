using System.Text.Json.Serialization;
using Latchkey.AspNetCore.Web;
using Latchkey.Inbox;
using Latchkey.Purchases;
using Latchkey.Rights;
using Latchkey.Tenants;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Latchkey.AspNetCore.Purchases;

internal sealed record GumroadNames(
    [property: JsonPropertyName("sale_ids")] IReadOnlyList<string> SaleIds,
    [property: JsonPropertyName("subscription_id")] string? SubscriptionId);

internal sealed record HoldReply(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("sale_id")] string? SaleId);

internal sealed record SaleReply(
    [property: JsonPropertyName("sale_id")] string SaleId,
    [property: JsonPropertyName("sold_at")] DateTimeOffset? SoldAt,
    [property: JsonPropertyName("product_name")] string? ProductName,
    [property: JsonPropertyName("product_id")] string? ProductId,
    [property: JsonPropertyName("price_usd_cents")] long? PriceUsdCents,
    [property: JsonPropertyName("pricing_currency")] string? PricingCurrency,
    [property: JsonPropertyName("quantity")] int Quantity,
    [property: JsonPropertyName("renewal")] bool Renewal,
    [property: JsonPropertyName("refunded")] bool Refunded,
    [property: JsonPropertyName("partially_refunded")] bool PartiallyRefunded,
    [property: JsonPropertyName("disputed")] bool Disputed,
    [property: JsonPropertyName("dispute_won")] bool DisputeWon);

internal sealed record TimelineReply(
    [property: JsonPropertyName("at")] DateTimeOffset At,
    [property: JsonPropertyName("what")] string What,
    [property: JsonPropertyName("ping")] string Ping);

internal sealed record PurchaseReply(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("gumroad")] GumroadNames Gumroad,
    [property: JsonPropertyName("subject")] string? Subject,
    [property: JsonPropertyName("test")] bool Test,
    [property: JsonPropertyName("state")] string State,
    [property: JsonPropertyName("reason")] string? Reason,
    [property: JsonPropertyName("holds")] IReadOnlyList<HoldReply> Holds,
    [property: JsonPropertyName("paid_until")] DateTimeOffset? PaidUntil,
    [property: JsonPropertyName("sales")] IReadOnlyList<SaleReply> Sales,
    [property: JsonPropertyName("licenses")] IReadOnlyList<string> Licenses,
    [property: JsonPropertyName("created_at")] DateTimeOffset CreatedAt,
    [property: JsonPropertyName("timeline"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<TimelineReply>? Timeline = null);

/// <summary>Purchases: facts, money, and what happened when.</summary>
internal static class PurchaseEndpoints
{
    public static void MapPurchases(this RouteGroupBuilder tenant)
    {
        var group = tenant.MapGroup("/purchases").RequireScope(Scopes.Read).WithTags("Purchases");
        group.MapGet("", ListAsync).WithName("ListPurchases").Produces<Page<PurchaseReply>>();
        group.MapGet("/{id}", GetAsync).WithName("GetPurchase").Produces<PurchaseReply>().ProducesProblem(404);
    }

    private static async Task<IResult> ListAsync(HttpContext http, IPurchaseStore purchases) =>
        PageQuery.TryRead(http, out var page, out var problem)
            ? WebJson.Ok(
                page.Cut(await purchases.ListAsync(Caller.TenantOf(http).Id, page.After, page.Fetch, http.RequestAborted), p => p.Id, p => ReplyOf(p)),
                WebJson.Default.PagePurchaseReply)
            : problem;

    private static async Task<IResult> GetAsync(string id, HttpContext http, IPurchaseStore purchases, IInboxStore inbox)
    {
        var tenant = Caller.TenantOf(http).Id;
        if (await purchases.FindAsync(tenant, id, http.RequestAborted) is not { } found)
        {
            return Problems.NotFound("purchase");
        }

        var entries = await inbox.ListByPurchaseAsync(tenant, id, http.RequestAborted);
        var timeline = entries
            .Where(e => e.Source != EntrySource.Baked)
            .Select(e => new TimelineReply(e.ReceivedAt, e.Resource ?? e.Source.ToString().ToLowerInvariant(), e.Id));
        return WebJson.Ok(ReplyOf(found) with { Timeline = [.. timeline] }, WebJson.Default.PurchaseReply);
    }

    private static PurchaseReply ReplyOf(Purchase p) => new(
        p.Id,
        new GumroadNames([.. p.Charges.Select(c => c.SaleId)], p.SubscriptionId),
        p.Subject,
        p.Test,
        StateOf(p.State),
        p.HeldFor,
        [.. p.Holds.Select(h => new HoldReply(h.Name, h.SaleId))],
        p.PaidUntil,
        [.. p.Charges.Select(c => new SaleReply(
            c.SaleId, c.SoldAt, c.ProductName, c.ProductId, c.PriceUsdCents, c.PricingCurrency, c.Quantity, c.IsRecurring,
            c.Refunded, c.PartiallyRefunded && !c.Refunded, c.Disputed, c.DisputeWon))],
        p.Licenses,
        p.CreatedAt);

    private static string StateOf(PurchaseState state) => state == PurchaseState.PastDue ? "past_due" : state.ToString().ToLowerInvariant();
}
