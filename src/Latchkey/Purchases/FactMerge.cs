using System.Security.Cryptography;
using System.Text;
using Latchkey.Contracts.Keys;
using Latchkey.Gumroad.Events;
using Latchkey.Inbox;

namespace Latchkey.Purchases;

/// <summary>
/// From entries to facts. Per field a present value beats an absent one; of two values the one from the snapshot with more
/// flags set wins, then the one last seen later, then the greater hash. Flags rise in any order. Pure.
/// </summary>
internal static class FactMerge
{
    public static PurchaseFacts Merge(IReadOnlyCollection<Fact> facts)
    {
        var events = facts.Select(f => f.Translation).OfType<Translation.OfGumroad>().ToList();
        var charges = facts
            .Where(f => f.Translation is Translation.OfGumroad { Event: SaleSnapshot })
            .GroupBy(f => SnapshotOf(f).SaleId, StringComparer.Ordinal)
            .Select(g => MergeCharge(g.Key, g))
            .OrderBy(c => c.SoldAt ?? DateTimeOffset.MaxValue)
            .ThenBy(c => c.SaleId, StringComparer.Ordinal)
            .ToList();

        return new PurchaseFacts(
            events.Select(e => e.Name).Min(StringComparer.Ordinal),
            events.Select(e => e.Event.SubscriptionId).Where(id => id is not null).Min(StringComparer.Ordinal),
            charges,
            facts.Where(f => f.Translation is Translation.OfBaking)
                .OrderBy(f => f.Entry.FirstSeenAt).ThenBy(f => f.Entry.Id, StringComparer.Ordinal)
                .Select(f => ((Translation.OfBaking)f.Translation).Settings).FirstOrDefault(),
            [.. facts.Select(f => f.Translation).OfType<Translation.OfSeller>().Select(s => s.Act).OrderBy(a => a.At).ThenBy(a => a.Kind, StringComparer.Ordinal)],
            facts.Min(f => f.Entry.FirstSeenAt),
            DigestOf(facts));
    }

    private static Charge MergeCharge(string saleId, IEnumerable<Fact> facts)
    {
        var charge = new Charge(saleId, Granting: false);
        foreach (var fact in facts
            .OrderBy(f => FlagsOf(SnapshotOf(f)))
            .ThenBy(f => f.Entry.LastSeenAt)
            .ThenBy(f => Convert.ToHexString(f.Entry.RepeatKey), StringComparer.Ordinal))
        {
            charge = Overlay(charge, SnapshotOf(fact));
        }

        return charge;
    }

    private static Charge Overlay(Charge under, SaleSnapshot over) => new(under.SaleId, under.Granting || over is SaleEvent)
    {
        SubscriptionId = over.SubscriptionId ?? under.SubscriptionId,
        ProductId = over.ProductId ?? under.ProductId,
        ShortId = over.ShortProductId ?? under.ShortId,
        Permalink = over.Permalink ?? under.Permalink,
        ProductUrl = over.ProductPermalink ?? under.ProductUrl,
        ProductName = over.ProductName ?? under.ProductName,
        Email = over.Email?.Trim().ToLowerInvariant() ?? under.Email,
        FullName = over.FullName ?? under.FullName,
        PriceUsdCents = over.PriceUsdCents ?? under.PriceUsdCents,
        PricingCurrency = over.Currency ?? under.PricingCurrency,
        Quantity = over.Quantity is { } q and >= 1 ? (int)Math.Min(q, 1_000_000) : under.Quantity,
        SoldAt = over.SaleTimestamp ?? under.SoldAt,
        Recurrence = over.Recurrence ?? under.Recurrence,
        Variants = over.Variants is { } variants ? [.. variants.Values] : under.Variants,
        LicenseKey = over.LicenseKey is { } key && ForeignKey.IsGumroadFormat(ForeignKey.Normalize(key)) ? ForeignKey.Normalize(key) : under.LicenseKey,
        IsTest = over.IsTest || under.IsTest,
        IsRecurring = over.IsRecurringCharge || under.IsRecurring,
        IsPreorder = over.IsPreorderAuthorization || under.IsPreorder,
        IsGift = over.IsGiftReceiverPurchase is true || under.IsGift,
        GiftPriceUsdCents = over.GiftPriceUsdCents ?? under.GiftPriceUsdCents,
        Refunded = over.Refunded is true || under.Refunded,
        PartiallyRefunded = over is RefundEvent { Refunded: not true } || under.PartiallyRefunded,
        Disputed = over.Disputed is true || over is DisputeEvent || under.Disputed,
        DisputeWon = over.DisputeWon is true || under.DisputeWon,
    };

    private static int FlagsOf(SaleSnapshot s) =>
        (s.Refunded is true ? 1 : 0) + (s.Disputed is true ? 1 : 0) + (s.DisputeWon is true ? 1 : 0);

    private static SaleSnapshot SnapshotOf(Fact fact) => (SaleSnapshot)((Translation.OfGumroad)fact.Translation).Event;

    /// <summary>Of the set of entries that say something, whatever their order. A repeat does not change it.</summary>
    private static string DigestOf(IEnumerable<Fact> facts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var id in facts.Where(f => f.Entry.Source != EntrySource.Baked).Select(f => f.Entry.Id).Order(StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(id));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 12));
    }
}
