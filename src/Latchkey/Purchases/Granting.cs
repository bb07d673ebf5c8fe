using System.Text.Json;
using Latchkey.Inbox;
using Latchkey.Keys;
using Latchkey.Products;
using Latchkey.PurchaseLinks;
using Latchkey.Rights;
using Latchkey.Subjects;
using Latchkey.Tenants;

namespace Latchkey.Purchases;

/// <summary>Which settings a purchase is granted with. They are matched once for each plan it is on, baked, and stand from then on.</summary>
/// <param name="Facts">With the settings that were baked now.</param>
/// <param name="HeldFor">Why the plan it is on is not granted: an entry reason; null when it is.</param>
/// <param name="Baked">Notes of what was baked now.</param>
internal sealed record Granting(PurchaseFacts Facts, string? HeldFor, IReadOnlyList<Entry> Baked)
{
    public static Granting Of(TenantContext tenant, string purchase, PurchaseFacts facts, DateTimeOffset now)
    {
        if (facts.Redemption?.Refused is { } reason)
        {
            return new(facts, LinkReasons.OfPurchase(reason), []);
        }

        var plans = Plans.Of(facts);
        if (facts.Bakings.Count == 0 && Refusal(tenant, facts, plans) is { } refusal)
        {
            return new(facts, refusal, []);
        }

        var notes = new List<Entry>();
        string? held = null;
        foreach (var span in plans.Where(s => s.From <= now))
        {
            if (facts.SettingsFor(span) is not null)
            {
                held = null;
                continue;
            }

            if (Match(tenant, facts, span) is { } matched)
            {
                var settings = WithKeysOf(facts, matched) with { User = facts.User ?? SubjectOf.UserOf(tenant, facts.Charges) };
                facts = facts with { Bakings = [.. facts.Bakings, settings] };
                notes.Add(Note(tenant, purchase, facts.Redemption, settings, now));
                held = null;
            }
            else
            {
                held = IsSoldByLinkAlone(facts) ? null : span.AsBought ? EntryReasons.UnmappedProduct : EntryReasons.UnmappedPlan;
            }
        }

        return new(facts, held, notes);
    }

    /// <summary>What a purchase would be granted with by these rules: for showing before rules are saved.</summary>
    public static (BakedSettings? Settings, string? HeldFor) Preview(TenantContext tenant, PurchaseFacts facts, DateTimeOffset now)
    {
        var plans = Plans.Of(facts);
        return Refusal(tenant, facts, plans) is { } refusal ? (null, refusal)
            : Match(tenant, facts, Plans.At(plans, now)) is { } settings ? (settings, null)
            : (null, EntryReasons.UnmappedProduct);
    }

    public static Bought BoughtOf(Charge first, PlanSpan span) => new(
        first.ProductId, first.ShortId, first.Permalink, first.ProductUrl,
        [.. first.Variants.Where(v => v != first.Tier), .. span.Plan.Tier is { } tier ? [tier] : Array.Empty<string>()],
        span.Plan.Recurrence ?? first.Recurrence,
        !span.AsBought && first.PricingCurrency == "usd" ? span.Plan.PriceCents ?? first.PaidUsdCents : first.PaidUsdCents)
    {
        TierId = span.Plan.TierId,
        OfferCode = first.OfferCode,
        UrlParams = first.UrlParams,
    };

    /// <summary>A change of plan leaves the keys as they are, whatever the product's prefix has become since.</summary>
    private static BakedSettings WithKeysOf(PurchaseFacts facts, BakedSettings settings) =>
        facts.Bakings.FirstOrDefault(b => b.Product == settings.Product) is { } earlier
            ? settings with { KeyPrefix = earlier.KeyPrefix, KeySource = earlier.KeySource }
            : settings;

    private static string? Refusal(TenantContext tenant, PurchaseFacts facts, IReadOnlyList<PlanSpan> plans)
    {
        if (facts.First is not { } first)
        {
            return EntryReasons.WaitsForSale;
        }

        if (first.IsTest && !tenant.Integration.TestPurchases)
        {
            return EntryReasons.TestPurchasesOff;
        }

        return facts.Redemption is null && RuleMatch.First(tenant.Rules, BoughtOf(first, plans[0])) is { Ignore: true } ? EntryReasons.IgnoredByRule
            : first.IsPreorder ? EntryReasons.WaitsForCharge
            : null;
    }

    /// <summary>What a link sells need be no product of ours: the seller's app is told of the purchase, and there is no license.</summary>
    private static bool IsSoldByLinkAlone(PurchaseFacts facts) => facts is { Redemption.Product: null, Redemption.Refused: null, Bakings.Count: 0 };

    private static BakedSettings? Match(TenantContext tenant, PurchaseFacts facts, PlanSpan span) =>
        GrantOf(tenant, facts, span) is var (product, keyType)
        && tenant.Products.TryGetValue(product, out var sold)
        && tenant.KeyTypes.TryGetValue((product, keyType), out var type)
            ? BakedSettings.Of(tenant.Rules, sold, type, span.Name)
            : null;

    /// <summary>What the link says, else what the rules say.</summary>
    private static (string Product, string KeyType)? GrantOf(TenantContext tenant, PurchaseFacts facts, PlanSpan span) =>
        facts.Redemption is { Product: { } sold, KeyType: { } type } ? (sold, type)
        : RuleMatch.First(tenant.Rules, BoughtOf(facts.First!, span)) is { Product: { } product, KeyType: { } keyType, Ignore: false } ? (product, keyType)
        : null;

    private static Entry Note(TenantContext tenant, string purchase, Redemption? redemption, BakedSettings settings, DateTimeOffset now)
    {
        var id = Ids.New("png_", now);
        var body = JsonSerializer.SerializeToUtf8Bytes(settings, InboxJson.Default.BakedSettings);
        return new Entry(
            tenant.Id, id, EntrySource.Baked, now, now, now, 0,
            RepeatKey.OfOwn(tenant.Secrets.Repeat, redemption?.Product is null ? $"baked|{purchase}|{settings.Plan}" : $"baked|{purchase}|{settings.Plan}|{redemption.Link}"),
            "application/json", null, BodySeal.Seal(tenant, id, body), Status: EntryStatus.Applied, Resource: null, Purchase: purchase);
    }
}
