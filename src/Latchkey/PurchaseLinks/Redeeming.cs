using Latchkey.Outbox;
using Latchkey.Products;
using Latchkey.Purchases;
using Latchkey.Tenants;

namespace Latchkey.PurchaseLinks;

/// <summary>Whether a purchase redeems the link it came with: the first one that fits does, once and for all. Pure.</summary>
internal static class Redeeming
{
    /// <returns>Null when there is nothing to decide: it came with no link, or that was decided, or its sale is not known yet.</returns>
    public static LinkDecision? Decide(TenantContext tenant, PurchaseBefore before, PurchaseFacts facts, DateTimeOffset now)
    {
        if (facts.Redemption is not null
            || facts.First is not { IsRecurring: false, IsPreorder: false } sale // a pre-order is sold when it is charged
            || (sale.IsTest && !tenant.Integration.TestPurchases)
            || LinkReferences.Find(tenant, sale, before.Links) is not { } link
            || (link.State == LinkState.Redeemed && link.Purchase == before.Id))
        {
            return null;
        }

        return Refusal(link, sale, sale.SoldAt ?? facts.FirstSeenAt) is { } reason
            ? new(Refused(link, before.Id, reason, now), RedemptionEntries.Decided(tenant, before.Id, new(link.Id, reason, null, null, null), now))
            : new(Redeemed(link, before.Id, now), RedemptionEntries.Decided(tenant, before.Id, GivenBy(link, sale.IsGift), now));
    }

    /// <summary>The seller says that a purchase is the link's own, whatever was decided about it.</summary>
    /// <param name="link">Not redeemed yet, nor cancelled.</param>
    public static LinkDecision Accept(TenantContext tenant, PurchaseLink link, Purchase purchase, DateTimeOffset now)
    {
        var isGift = purchase.Charges.FirstOrDefault(c => c.Granting)?.IsGift is true;
        return new(Redeemed(link, purchase.Id, now), RedemptionEntries.Accepted(tenant, purchase, GivenBy(link, isGift), now));
    }

    /// <summary>What is told of a purchase that came with a link.</summary>
    /// <param name="isNews">It was decided just now, or the seller has decided since.</param>
    public static IEnumerable<OutboxMessage> MessagesOf(Purchase purchase, PurchaseFacts facts, bool isNews, DateTimeOffset now) => (isNews, facts.Redemption) switch
    {
        (true, { Refused: null, Link: var link }) =>
        [
            new(purchase.Tenant, $"{OutboxKinds.PurchaseLinkRedeemed}|{link}", OutboxKinds.PurchaseLinkRedeemed, null, purchase.Id, link, now, Subject: purchase.Subject),
        ],
        (true, { Link: var link }) =>
        [
            new(purchase.Tenant, $"{OutboxKinds.PurchaseLinkHeld}|{link}|{purchase.Id}", OutboxKinds.PurchaseLinkHeld, null, purchase.Id, link, now),
        ],
        _ => [],
    };

    /// <summary>Why a sale does not redeem a link, one of <see cref="LinkReasons"/>; null when it does.</summary>
    public static string? Refusal(PurchaseLink link, Charge sale, DateTimeOffset soldAt) =>
        link.State == LinkState.Redeemed ? LinkReasons.AlreadyUsed
        : link.State == LinkState.Cancelled ? LinkReasons.Cancelled
        : soldAt > link.ExpiresAt ? LinkReasons.Expired
        : !IsProduct(link, sale) ? LinkReasons.ProductMismatch
        : sale.Quantity != link.Terms.Quantity ? LinkReasons.QuantityMismatch
        : sale.PricingCurrency is { } currency && link.Terms.PricingCurrency is { } asked && currency != asked ? LinkReasons.CurrencyMismatch // reads do not say it
        : MinimumOf(link) is { } minimum && !(sale.PaidUsdCents >= minimum) ? LinkReasons.AmountMismatch
        : sale.IsGift && !link.Terms.Gift ? LinkReasons.GiftNotAllowed
        : null;

    private static bool IsProduct(PurchaseLink link, Charge sale) =>
        ((link.Made.ProductId is { } made && made == sale.ProductId) || (link.Terms.GumroadProduct is { } named && RuleMatch.NamesProduct(named, sale)))
        && RuleMatch.FitsChoice(link.Terms.Variant, link.Terms.Recurrence, sale);

    /// <summary>A product of its own costs what it costs, unless the link says less.</summary>
    private static long? MinimumOf(PurchaseLink link) =>
        link.Terms.MinPriceUsdCents
        ?? (link is { Strength: LinkStrength.Product, Terms: { PricingCurrency: "usd", PriceCents: { } price, Quantity: var quantity } } ? price * quantity : null);

    private static PurchaseLink Redeemed(PurchaseLink link, string purchase, DateTimeOffset now) => (link with
    {
        State = LinkState.Redeemed,
        Reason = null,
        Purchase = purchase,
        RedeemedAt = now,
        Candidates = [],
    }).WithNextChore(now);

    /// <summary>What is used up, cancelled or over stays so; only a sale that came in time leaves the seller something to decide about the link.</summary>
    private static PurchaseLink? Refused(PurchaseLink link, string purchase, string reason, DateTimeOffset now) => reason switch
    {
        LinkReasons.AlreadyUsed when link.Terms.RefundRepeats => (link with { Refunds = [.. link.Refunds, purchase] }).WithNextChore(now),
        LinkReasons.AlreadyUsed or LinkReasons.Cancelled or LinkReasons.Expired => null,
        _ => link with { State = LinkState.Held, Reason = reason, Purchase = purchase },
    };

    private static Redemption GivenBy(PurchaseLink link, bool isGift) =>
        new(link.Id, null, isGift ? null : link.Subject, link.Terms.Product, link.Terms.KeyType);
}
