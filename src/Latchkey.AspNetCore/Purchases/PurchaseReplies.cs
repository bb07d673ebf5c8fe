using System.Text.Json.Serialization;
using Latchkey.Purchases;
using Latchkey.Rights;

namespace Latchkey.AspNetCore.Purchases;

internal sealed record GumroadNames(
    [property: JsonPropertyName("sale_ids")] IReadOnlyList<string> SaleIds,
    [property: JsonPropertyName("subscription_id")] string? SubscriptionId);

internal sealed record HoldReply(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("sale_id")] string? SaleId);

/// <param name="Tier">The choice in a membership's own category.</param>
/// <param name="Recurring">A renewal, or the difference paid for an upgrade.</param>
internal sealed record SaleReply(
    [property: JsonPropertyName("sale_id")] string SaleId,
    [property: JsonPropertyName("sold_at")] DateTimeOffset? SoldAt,
    [property: JsonPropertyName("product_name")] string? ProductName,
    [property: JsonPropertyName("product_id")] string? ProductId,
    [property: JsonPropertyName("price_usd_cents")] long? PriceUsdCents,
    [property: JsonPropertyName("pricing_currency")] string? PricingCurrency,
    [property: JsonPropertyName("quantity")] int Quantity,
    [property: JsonPropertyName("tier")] string? Tier,
    [property: JsonPropertyName("recurrence")] string? Recurrence,
    [property: JsonPropertyName("offer_code")] string? OfferCode,
    [property: JsonPropertyName("recurring")] bool Recurring,
    [property: JsonPropertyName("gift")] bool Gift,
    [property: JsonPropertyName("preorder")] bool Preorder,
    [property: JsonPropertyName("refunded")] bool Refunded,
    [property: JsonPropertyName("partially_refunded")] bool PartiallyRefunded,
    [property: JsonPropertyName("disputed")] bool Disputed,
    [property: JsonPropertyName("dispute_won")] bool DisputeWon);

/// <param name="What">The event's name at Gumroad, <c>seller</c>, <c>api</c> or <c>link</c>.</param>
/// <param name="Summary">The same in a sentence, with its dates.</param>
internal sealed record TimelineReply(
    [property: JsonPropertyName("at")] DateTimeOffset At,
    [property: JsonPropertyName("what")] string What,
    [property: JsonPropertyName("summary")] string Summary,
    [property: JsonPropertyName("ping")] string Ping);

/// <param name="Kind"><c>bundle</c> or <c>gift</c>.</param>
internal sealed record LinkReply(
    [property: JsonPropertyName("purchase")] string Purchase,
    [property: JsonPropertyName("kind")] string Kind);

/// <param name="Parents">What it rests on: a refund or dispute there counts here.</param>
/// <param name="Children">What rests on it.</param>
internal sealed record LinksReply(
    [property: JsonPropertyName("parents")] IReadOnlyList<LinkReply> Parents,
    [property: JsonPropertyName("children")] IReadOnlyList<LinkReply> Children);

/// <param name="Links">With one purchase, not in lists; like <paramref name="LinkCandidates"/> and <paramref name="Timeline"/>.</param>
/// <param name="LinkCandidates">What it may rest on, where only the seller can tell; empty otherwise.</param>
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
    [property: JsonPropertyName("links"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] LinksReply? Links = null,
    [property: JsonPropertyName("link_candidates"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<LinkReply>? LinkCandidates = null,
    [property: JsonPropertyName("timeline"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<TimelineReply>? Timeline = null)
{
    public static PurchaseReply Of(Purchase p) => new(
        p.Id,
        new GumroadNames([.. p.Charges.Select(c => c.SaleId)], p.SubscriptionId),
        p.Subject,
        p.Test,
        p.State == PurchaseState.PastDue ? "past_due" : p.State.ToString().ToLowerInvariant(),
        p.HeldFor,
        [.. p.Holds.Select(h => new HoldReply(h.Name, h.SaleId))],
        p.PaidUntil,
        [.. p.Charges.Select(SaleOf)],
        p.Licenses,
        p.CreatedAt);

    public PurchaseReply With(RelatedPurchases links) => this with
    {
        Links = new LinksReply(
            [.. links.Parents.Select(l => new LinkReply(l.Parent, l.Kind))], [.. links.Children.Select(l => new LinkReply(l.Child, l.Kind))]),
        LinkCandidates = [.. links.Candidates.Select(l => new LinkReply(l.Parent, l.Kind))],
    };

    private static SaleReply SaleOf(Charge c) => new(
        c.SaleId, c.SoldAt, c.ProductName, c.ProductId, c.PriceUsdCents, c.PricingCurrency, c.Quantity, c.Tier, c.Recurrence, c.OfferCode,
        c.IsRecurring, c.IsGift, c.IsPreorder, c.Refunded, c.PartiallyRefunded && !c.Refunded, c.Disputed, c.DisputeWon);
}
