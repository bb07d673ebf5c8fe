using Latchkey.Inbox;
using Latchkey.Purchases;
using Latchkey.Tenants;

namespace Latchkey.Storage.Tests;

/// <summary>Has something done between a fold's reading and its writing.</summary>
internal sealed class WhileFolding(IFolder inner, Action between) : IFolder
{
    public ValueTask<TenantContext?> TenantAsync(string tenant, CancellationToken ct) => inner.TenantAsync(tenant, ct);

    public (string? Purchase, Translation? Translation, EntryOutcome? Outcome) Place(TenantContext tenant, Entry entry) => inner.Place(tenant, entry);

    public PurchaseChange Fold(TenantContext tenant, PurchaseBefore before, IReadOnlyList<Fact> facts, IReadOnlyList<ParentFacts> parents)
    {
        var change = inner.Fold(tenant, before, facts, parents);
        between();
        return change;
    }

    public PurchaseChange FoldAt(TenantContext tenant, PurchaseBefore before, IReadOnlyList<Fact> facts, IReadOnlyList<ParentFacts> parents, DateTimeOffset now) =>
        inner.FoldAt(tenant, before, facts, parents, now);

    public ParentFacts Parent(LinkNote link, IReadOnlyList<Fact> facts) => inner.Parent(link, facts);

    public IReadOnlyList<Entry> Link(TenantContext tenant, Purchase purchase, IReadOnlyList<Purchase> others, DateTimeOffset now) =>
        inner.Link(tenant, purchase, others, now);

    public EntryOutcome SetAside(Entry entry, Exception error) => inner.SetAside(entry, error);
}
