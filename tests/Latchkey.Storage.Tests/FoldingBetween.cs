using Latchkey.Inbox;
using Latchkey.Purchases;
using Latchkey.Tenants;

namespace Latchkey.Storage.Tests;

/// <summary>Has something folded between a replay's reading and its writing.</summary>
internal sealed class FoldingBetween(IFolder inner, Action fold) : IFolder
{
    public bool Folded { get; private set; }

    public ValueTask<TenantContext?> TenantAsync(string tenant, CancellationToken ct) => inner.TenantAsync(tenant, ct);

    public (string? Purchase, Translation? Translation, EntryOutcome? Outcome) Place(TenantContext tenant, Entry entry) => inner.Place(tenant, entry);

    public PurchaseChange Fold(TenantContext tenant, PurchaseBefore before, IReadOnlyList<Fact> facts, IReadOnlyList<ParentFacts> parents) =>
        inner.Fold(tenant, before, facts, parents);

    public PurchaseChange FoldAt(TenantContext tenant, PurchaseBefore before, IReadOnlyList<Fact> facts, IReadOnlyList<ParentFacts> parents, DateTimeOffset now)
    {
        if (!Folded)
        {
            Folded = true;
            fold();
        }

        return inner.FoldAt(tenant, before, facts, parents, now);
    }

    public ParentFacts Parent(LinkNote link, IReadOnlyList<Fact> facts) => inner.Parent(link, facts);

    public IReadOnlyList<Entry> Link(TenantContext tenant, Purchase purchase, IReadOnlyList<Purchase> others, DateTimeOffset now) =>
        inner.Link(tenant, purchase, others, now);

    public EntryOutcome SetAside(Entry entry, Exception error) => inner.SetAside(entry, error);
}
