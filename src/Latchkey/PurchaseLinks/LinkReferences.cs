using Latchkey.Inbox;
using Latchkey.Purchases;
using Latchkey.Tenants;

namespace Latchkey.PurchaseLinks;

/// <summary>What the sales of a purchase say that may name a link: a store reads these links before it has the purchase folded.</summary>
/// <param name="Ids">Links that were named; whether there are any such is the store's to find out.</param>
/// <param name="Products">Gumroad's ids of what was bought, each of which may have been made for one link.</param>
internal sealed record LinkReferences(IReadOnlyList<string> Ids, IReadOnlyList<string> Products)
{
    public static LinkReferences None { get; } = new([], []);

    public bool IsEmpty => Ids.Count + Products.Count == 0;

    /// <param name="facts">All entries of the purchase. Once something is decided about it, it names no link any more; a renewal never does.</param>
    public static LinkReferences In(TenantContext tenant, IReadOnlyCollection<Fact> facts)
    {
        if (facts.Any(f => f.Translation is Translation.OfRedemption))
        {
            return None;
        }

        var said = FactMerge.Said(facts).Where(c => !c.IsRecurring).ToList();
        return new(
            [.. said.SelectMany(NamesIn).Select(name => LinkTokens.OfReference(tenant, name)).OfType<string>().Distinct(StringComparer.Ordinal)],
            [.. said.Select(c => c.ProductId).OfType<string>().Distinct(StringComparer.Ordinal)]);
    }

    /// <summary>Of these links the one a sale came with. What Gumroad itself lets be used once counts before what anybody can write into an address.</summary>
    public static PurchaseLink? Find(TenantContext tenant, Charge sale, IReadOnlyList<PurchaseLink> links) =>
        links.FirstOrDefault(l => l.IsSoldAs(sale.ProductId))
        ?? NamesIn(sale).Select(name => LinkTokens.OfReference(tenant, name)).OfType<string>()
            .Select(id => links.FirstOrDefault(l => l.Id == id))
            .FirstOrDefault(l => l is not null);

    private static IEnumerable<string?> NamesIn(Charge charge) =>
        [charge.Permalink, charge.OfferCode, charge.UrlParams?.GetValueOrDefault(LinkTokens.Parameter)];
}
