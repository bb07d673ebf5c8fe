using System.Security.Cryptography;
using System.Text;
using Latchkey.Contracts.Keys;
using Latchkey.Gumroad.Events;
using Latchkey.Inbox;
using Latchkey.PurchaseLinks;

namespace Latchkey.Purchases;

/// <summary>
/// From entries to facts. Per field a present value beats an absent one; of two values the one from the snapshot with more
/// flags set wins, then the one last seen later, then the greater hash. Flags rise in any order; only a later read lowers one. Pure.
/// </summary>
internal static class FactMerge
{
    /// <summary>Gumroad's name for the category of a membership's choices.</summary>
    public const string TierCategory = "Tier";

    private const int MostSeats = 1_000_000;

    public static PurchaseFacts Merge(IReadOnlyCollection<Fact> facts, IReadOnlyList<ParentFacts>? parents = null)
    {
        var charges = ChargesOf(facts);
        var acts = ActsOf(facts);
        var redemption = RedemptionOf(facts);
        var events = facts.Select(f => f.Translation).OfType<Translation.OfGumroad>().ToList();
        return new PurchaseFacts(
            facts.Select(f => f.Translation.GumroadName).Where(n => n is not null).Min(StringComparer.Ordinal),
            events.Select(e => e.Event.SubscriptionId).Concat(charges.Select(c => c.SubscriptionId)).Concat(SubscribersOf(facts))
                .Where(id => id is not null).Min(StringComparer.Ordinal),
            charges,
            SubscriptionMerge.Merge(facts),
            BakingsOf(facts, acts, redemption),
            acts,
            [.. (parents ?? []).OrderBy(p => p.Kind, StringComparer.Ordinal).ThenBy(p => p.Purchase, StringComparer.Ordinal)],
            facts.Min(f => f.Entry.FirstSeenAt),
            DigestOf(facts))
        {
            Redemption = redemption,
        };
    }

    /// <summary>The last word on the link a purchase came with; of two of one moment, that it was redeemed.</summary>
    public static Redemption? RedemptionOf(IEnumerable<Fact> facts) => facts.Where(f => f.Translation is Translation.OfRedemption)
        .Select(f => (f.Entry, ((Translation.OfRedemption)f.Translation).Redemption))
        .OrderBy(f => f.Entry.FirstSeenAt).ThenBy(f => f.Redemption.Refused is null).ThenBy(f => f.Entry.Id, StringComparer.Ordinal)
        .LastOrDefault().Redemption;

    /// <summary>What each ping and each read said of a charge by itself.</summary>
    public static IEnumerable<Charge> Said(IEnumerable<Fact> facts) =>
        facts.Select(Statement.Of).OfType<Statement>().Select(s => s.Read?.Charge ?? Overlay(new Charge(s.SaleId, Granting: false), s.Ping!));

    public static IReadOnlyList<Charge> ChargesOf(IEnumerable<Fact> facts) =>
    [
        .. facts.Select(Statement.Of).OfType<Statement>()
            .GroupBy(s => s.SaleId, StringComparer.Ordinal)
            .Select(g => MergeCharge(g.Key, [.. g]))
            .OrderBy(c => c.SoldAt ?? DateTimeOffset.MaxValue)
            .ThenBy(c => c.IsRecurring) // Gumroad's times are whole seconds: an upgrade may share that of the first charge
            .ThenBy(c => c.SaleId, StringComparer.Ordinal),
    ];

    private static Charge MergeCharge(string saleId, List<Statement> said)
    {
        var charge = new Charge(saleId, Granting: false);
        foreach (var one in said.OrderBy(s => s.Flags).ThenBy(s => s.LastSeenAt).ThenBy(s => s.Hash, StringComparer.Ordinal))
        {
            charge = one.Read is { } read ? Overlay(charge, read.Charge) : Overlay(charge, one.Ping!);
        }

        var latest = said.Where(s => s.Read is not null).OrderBy(s => s.LastSeenAt).ThenBy(s => s.Hash, StringComparer.Ordinal).LastOrDefault()?.Read;
        bool Flag(Func<Charge, bool> raised) =>
            latest is null || said.Any(s => s.Read is null && s.LastSeenAt >= latest.ReadAt && raised(s.Raised))
                ? said.Any(s => raised(s.Raised))
                : raised(latest.Charge);

        return charge with
        {
            Refunded = Flag(c => c.Refunded),
            PartiallyRefunded = Flag(c => c.PartiallyRefunded),
            Disputed = Flag(c => c.Disputed),
            DisputeWon = Flag(c => c.DisputeWon),
        };
    }

    private static Charge Overlay(Charge under, SaleSnapshot over) => under with
    {
        Granting = under.Granting || over is SaleEvent,
        SubscriptionId = over.SubscriptionId ?? under.SubscriptionId,
        ProductId = over.ProductId ?? under.ProductId,
        ShortId = over.ShortProductId ?? under.ShortId,
        Permalink = over.Permalink ?? under.Permalink,
        ProductUrl = over.ProductPermalink ?? under.ProductUrl,
        ProductName = over.ProductName ?? under.ProductName,
        Email = over.IsTyped("email", over.Email) ? under.Email : over.Email?.Trim().ToLowerInvariant() ?? under.Email,
        FullName = over.FullName ?? under.FullName,
        PriceUsdCents = over.IsTyped("price", over.PriceUsdCents) ? under.PriceUsdCents : over.PriceUsdCents ?? under.PriceUsdCents,
        PricingCurrency = over.Currency ?? under.PricingCurrency,
        Quantity = over.IsTyped("quantity", over.Quantity) ? under.Quantity : QuantityOf(over.Quantity) ?? under.Quantity,
        SoldAt = over.SaleTimestamp ?? under.SoldAt,
        Recurrence = over.Recurrence ?? under.Recurrence,
        Variants = over.Variants is { } variants ? [.. variants.Values] : under.Variants,
        Tier = over.Variants?.GetValueOrDefault(TierCategory) ?? under.Tier,
        OfferCode = over.IsTyped("offer_code", over.OfferCode) ? under.OfferCode : over.OfferCode ?? under.OfferCode,
        LicenseKey = KeyOf(over.LicenseKey) ?? under.LicenseKey,
        IsTest = (over.IsTest && !over.IsTyped("test", "true")) || under.IsTest,
        IsRecurring = over.IsRecurringCharge || under.IsRecurring,
        IsPreorder = over.IsPreorderAuthorization || under.IsPreorder,
        IsGift = over.IsGiftReceiverPurchase is true || under.IsGift,
        GiftPriceUsdCents = over.GiftPriceUsdCents ?? under.GiftPriceUsdCents,
        GifterEmail = over.GifterEmail?.Trim().ToLowerInvariant() ?? under.GifterEmail,
        UrlParams = over.UrlParams ?? under.UrlParams,
        CustomFields = over.CustomFields.Count > 0 ? over.CustomFields : under.CustomFields,
    };

    /// <summary>A read has no URL parameters, and names no key that a ping could not have named.</summary>
    private static Charge Overlay(Charge under, Charge over) => under with
    {
        Granting = under.Granting || over.Granting,
        SubscriptionId = over.SubscriptionId ?? under.SubscriptionId,
        ProductId = over.ProductId ?? under.ProductId,
        ShortId = over.ShortId ?? under.ShortId,
        ProductName = over.ProductName ?? under.ProductName,
        Email = over.Email ?? under.Email,
        FullName = over.FullName ?? under.FullName,
        PriceUsdCents = over.PriceUsdCents ?? under.PriceUsdCents,
        Quantity = over.Quantity,
        SoldAt = over.SoldAt ?? under.SoldAt,
        Recurrence = over.Recurrence ?? under.Recurrence,
        Variants = over.Variants.Count > 0 ? over.Variants : under.Variants,
        Tier = over.Tier ?? under.Tier,
        OfferCode = over.OfferCode ?? under.OfferCode,
        LicenseKey = KeyOf(over.LicenseKey) ?? under.LicenseKey,
        IsRecurring = over.IsRecurring || under.IsRecurring,
        IsPreorder = over.IsPreorder || under.IsPreorder,
        IsGift = over.IsGift || under.IsGift,
        GifterEmail = over.GifterEmail ?? under.GifterEmail,
        GifteeEmail = over.GifteeEmail ?? under.GifteeEmail,
        CustomFields = over.CustomFields ?? under.CustomFields,
    };

    private static int? QuantityOf(int? said) => said >= 1 ? Math.Min(said.Value, MostSeats) : null;

    private static string? KeyOf(string? said) => said is { } key && ForeignKey.IsGumroadFormat(ForeignKey.Normalize(key)) ? ForeignKey.Normalize(key) : null;

    private static IEnumerable<string?> SubscribersOf(IEnumerable<Fact> facts) => facts.Select(f => f.Translation).OfType<Translation.OfSubscriber>().Select(s => s.Name);

    /// <summary>What the seller did, earliest first; of two acts of one moment the order is that of their kinds, then of their hashes.</summary>
    private static List<SellerAct> ActsOf(IEnumerable<Fact> facts) =>
    [
        .. facts.Where(f => f.Translation is Translation.OfSeller)
            .Select(f => (((Translation.OfSeller)f.Translation).Act, f.Entry.RepeatKey))
            .OrderBy(a => a.Act.At).ThenBy(a => a.Act.Kind, StringComparer.Ordinal).ThenBy(a => Convert.ToHexString(a.RepeatKey), StringComparer.Ordinal)
            .Select(a => a.Act),
    ];

    /// <summary>
    /// For each plan the settings that were baked first, replaced by those the seller pushed last after that. Where a link says what it
    /// grants, nothing else counts; where it was refused, nothing does.
    /// </summary>
    private static List<BakedSettings> BakingsOf(IEnumerable<Fact> facts, List<SellerAct> acts, Redemption? redemption) =>
    [
        .. facts.Where(f => f.Translation is Translation.OfBaking)
            .OrderBy(f => f.Entry.FirstSeenAt).ThenBy(f => f.Entry.Id, StringComparer.Ordinal)
            .Select(f => (((Translation.OfBaking)f.Translation).Settings, Since: f.Entry.FirstSeenAt.ToUnixTimeMilliseconds()))
            .Where(b => redemption is null || redemption.Grants(b.Settings.Product, b.Settings.KeyType))
            .DistinctBy(b => b.Settings.Plan)
            .Select(b => acts.LastOrDefault(a => a.At >= b.Since && IsPushOf(a, b.Settings))?.Settings is { } pushed ? pushed with { Plan = b.Settings.Plan, User = b.Settings.User } : b.Settings),
    ];

    private static bool IsPushOf(SellerAct act, BakedSettings settings) =>
        act is { Kind: SellerActs.Push, Settings: { } pushed } && pushed.Product == settings.Product && pushed.KeyType == settings.KeyType;

    /// <summary>Of the set of entries that say something, whatever their order. A repeat does not change it.</summary>
    private static string DigestOf(IEnumerable<Fact> facts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var key in facts.Where(f => f.Entry.Source is not (EntrySource.Baked or EntrySource.Redemption)).Select(f => Convert.ToHexString(f.Entry.RepeatKey)).Order(StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(key));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 12));
    }

    /// <summary>What one entry says about one charge: a ping's snapshot, or a read.</summary>
    private sealed record Statement(string SaleId, SaleSnapshot? Ping, SaleRead? Read, DateTimeOffset LastSeenAt, string Hash)
    {
        /// <summary>Its flags, wherever they stand in it.</summary>
        public Charge Raised { get; } = Read?.Charge ?? new Charge(SaleId, Granting: false)
        {
            Refunded = Ping!.Refunded is true,
            PartiallyRefunded = Ping is RefundEvent { Refunded: not true },
            Disputed = Ping.Disputed is true || Ping is DisputeEvent,
            DisputeWon = Ping.DisputeWon is true,
        };

        public int Flags => (Raised.Refunded ? 1 : 0) + (Raised.Disputed ? 1 : 0) + (Raised.DisputeWon ? 1 : 0);

        public static Statement? Of(Fact fact) => fact.Translation switch
        {
            Translation.OfGumroad { Event: SaleSnapshot ping } => new(ping.SaleId, ping, null, fact.Entry.LastSeenAt, HashOf(fact)),
            Translation.OfSale { Read: var read } => new(read.Charge.SaleId, null, read, read.ReadAt, HashOf(fact)),
            _ => null,
        };

        private static string HashOf(Fact fact) => Convert.ToHexString(fact.Entry.RepeatKey);
    }
}
