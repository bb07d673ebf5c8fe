using System.Text.Json.Nodes;
using Latchkey.Inbox;
using Latchkey.Products;
using Latchkey.Purchases;
using Latchkey.Rights;
using Latchkey.Tenants;
using RightsOf = Latchkey.Rights.Rights;

namespace Latchkey.Tests.Rights;

/// <summary>What was said about one purchase, by real bodies, and what comes of it.</summary>
internal sealed class Situation(TenantContext? tenant = null, bool canAsk = true)
{
    public static readonly DateTimeOffset Start = Acme.Start;

    private readonly List<Fact> _facts = [];
    private readonly List<ParentFacts> _parents = [];

    /// <summary>A tenant that sells three tiers, Reader below Patron below Sponsor.</summary>
    public static TenantContext Club { get; } = WithClub();

    public static TenantContext WithClub(Product? product = null, Func<KeyType, KeyType>? with = null) => Acme.With(
        rules: [.. Tiers.Select(t => Acme.ProRule with { Variant = t.Name, KeyType = t.Id })],
        product: product,
        keyTypes: [.. Tiers.Select(t => (with ?? (k => k))(Acme.Pro with { Id = t.Id, Name = t.Name, Tier = t.Id, Rank = t.Rank }))]);

    private static (string Name, string Id, int Rank)[] Tiers => [("Reader", "reader", 10), ("Patron", "patron", 20), ("Sponsor", "sponsor", 30)];

    private TenantContext Tenant { get; } = tenant ?? Acme.Tenant;

    public Situation Said(JsonObject payload, DateTimeOffset? at = null) => Said(payload.ToForm(), at ?? Start);

    public Situation Said(byte[] body, DateTimeOffset at)
    {
        var entry = Tenant.Entry(body, at);
        return Add(entry, Translator.Translate(Tenant, entry));
    }

    public Situation Did(string kind, DateTimeOffset at, int? index = null, DateTimeOffset? until = null, BakedSettings? settings = null)
    {
        var act = new SellerAct(kind, "lic_1", at.ToUnixTimeMilliseconds()) { Index = index, Until = until?.ToUnixTimeMilliseconds(), Settings = settings };
        return Add(Own(EntrySource.Seller, $"{kind} {at:O} {index} {until:O}", at), new Translation.OfSeller(act));
    }

    public Situation Read(SaleRead read)
    {
        _facts.Add(FactOf(read));
        return this;
    }

    public static Fact FactOf(SaleRead read) =>
        new(Own(EntrySource.Api, read.ToString(), read.ReadAt), new Translation.OfSale(read.Charge.SubscriptionId ?? read.Charge.SaleId, read));

    public Situation Read(SubscriberRead read) => Add(Own(EntrySource.Api, read.ToString(), read.ReadAt), new Translation.OfSubscriber(Ping.SubscriptionId, read));

    /// <param name="kind">One of <see cref="LinkKinds"/>.</param>
    /// <param name="facts">Of what it rests on.</param>
    public Situation RestsOn(string kind, params Fact[] facts)
    {
        _parents.Add(new ParentFacts(kind, $"pur_parent{_parents.Count}", FactMerge.ChargesOf(facts)));
        return this;
    }

    /// <summary>Its facts, granted by the tenant's rules at a moment; what is granted stays granted.</summary>
    public PurchaseFacts FactsAt(DateTimeOffset now)
    {
        var granting = Granting.Of(Tenant, "pur_1", FactMerge.Merge(_facts, _parents) with { CanAsk = canAsk }, now);
        foreach (var note in granting.Baked)
        {
            Add(note, Translator.Translate(Tenant, note));
        }

        return granting.Facts;
    }

    public PurchaseRights RightsAt(DateTimeOffset now) => RightsOf.At(FactsAt(now), now);

    public string? HeldFor(DateTimeOffset now) => Granting.Of(Tenant, "pur_1", FactMerge.Merge(_facts, _parents), now).HeldFor;

    /// <summary>The license in words: the purchase's state, the license's, and the code of a refusal. Only the first of several.</summary>
    public string At(DateTimeOffset now)
    {
        var rights = RightsAt(now);
        return rights.Licenses is [var license, ..] && Standing.At(license.Terms, now) is var standing
            ? $"{rights.State} {standing.State} {standing.Reason ?? "ok"}"
            : $"{rights.State} none";
    }

    /// <summary>Whether the first license may be used.</summary>
    public bool Opens(DateTimeOffset now) => RightsAt(now).Licenses is [var license, ..] && Standing.At(license.Terms, now).IsUsable;

    public LicenseRights License(DateTimeOffset now) => RightsAt(now).Licenses[0];

    private static Entry Own(EntrySource source, string about, DateTimeOffset at) =>
        new("acme", about, source, at, at, at, 0, RepeatKey.OfOwn([1], about), Acme.Json, null, []);

    private Situation Add(Entry entry, Translation translation)
    {
        _facts.Add(new Fact(entry, translation));
        return this;
    }
}
