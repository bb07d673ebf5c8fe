using System.Text.Json;
using System.Text.Json.Nodes;
using Latchkey.Inbox;
using Latchkey.Products;
using Latchkey.Purchases;
using RightsOf = Latchkey.Rights.Rights;

namespace Latchkey.Tests.Purchases;

/// <summary>Facts made from real bodies, and rights in a form that can be compared.</summary>
internal static class Facts
{
    /// <summary>What a payload says, said at <paramref name="at"/>.</summary>
    public static Fact Of(JsonObject payload, DateTimeOffset at) => Of(Acme.Tenant.Entry(payload.ToForm(), at));

    public static Fact Of(Entry entry) => new(entry, Translator.Translate(Acme.Tenant, entry));

    public static Fact Baked(KeyType keyType)
    {
        var at = Acme.Start.AddSeconds(1);
        var entry = Acme.Tenant.Entry("baked=1"u8.ToArray(), at) with { Source = EntrySource.Baked };
        return new Fact(entry, new Translation.OfBaking(BakedSettings.Of(RuleSet.Empty, Acme.Studio, keyType)));
    }

    public static Fact Act(string kind, DateTimeOffset at)
    {
        var entry = Acme.Tenant.Entry("act=1"u8.ToArray(), at) with { Source = EntrySource.Seller };
        return new Fact(entry, new Translation.OfSeller(new SellerAct(kind, "lic_1", at.ToUnixTimeMilliseconds())));
    }

    public static Fact SeenAt(this Fact fact, DateTimeOffset last) => fact with { Entry = fact.Entry with { LastSeenAt = last } };

    public static Charge OneCharge(params Fact[] facts) => Assert.Single(FactMerge.Merge(facts).Charges);

    /// <summary>The rights at a moment, as text: equal texts are equal rights.</summary>
    public static string RightsAt(IReadOnlyCollection<Fact> facts, DateTimeOffset now) =>
        JsonSerializer.Serialize(RightsOf.At(FactMerge.Merge(facts), now));
}
