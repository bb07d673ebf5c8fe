using Latchkey.Inbox;
using Latchkey.Purchases;
using Latchkey.Tenants;

namespace Latchkey.Storage.Tests.Postgres;

/// <summary>Makes of one purchase what the database cannot take: an address that is too long for an index.</summary>
internal sealed class SpoilingFolder(IFolder inner, string spoilt) : IFolder
{
    public ValueTask<TenantContext?> TenantAsync(string tenant, CancellationToken ct) => inner.TenantAsync(tenant, ct);

    public (string? Purchase, Translation? Translation, EntryOutcome? Outcome) Place(TenantContext tenant, Entry entry) => inner.Place(tenant, entry);

    public PurchaseChange Fold(TenantContext tenant, PurchaseBefore before, IReadOnlyList<Fact> facts, IReadOnlyList<ParentFacts> parents)
    {
        var change = inner.Fold(tenant, before, facts, parents);
        var address = string.Concat(Enumerable.Range(0, 1_000).Select(i => Convert.ToHexString(Keys.Ids.HashOf($"{i}"))));
        return before.Id == spoilt ? change with { Purchase = change.Purchase with { LinkEmail = address } } : change;
    }

    public PurchaseChange FoldAt(TenantContext tenant, PurchaseBefore before, IReadOnlyList<Fact> facts, IReadOnlyList<ParentFacts> parents, DateTimeOffset now) =>
        Fold(tenant, before, facts, parents);

    public ParentFacts Parent(LinkNote link, IReadOnlyList<Fact> facts) => inner.Parent(link, facts);

    public IReadOnlyList<Entry> Link(TenantContext tenant, Purchase purchase, IReadOnlyList<Purchase> others, DateTimeOffset now) =>
        inner.Link(tenant, purchase, others, now);

    public EntryOutcome SetAside(Entry entry, Exception error) => inner.SetAside(entry, error);
}
