using System.Collections.Concurrent;
using Latchkey.Inbox;
using Latchkey.Purchases;
using Latchkey.Tenants;

namespace Latchkey.Storage.Tests.Postgres;

/// <summary>Counts how often each purchase is folded.</summary>
internal sealed class CountingFolder(IFolder inner, ConcurrentDictionary<(string Tenant, string Purchase), int> folds) : IFolder
{
    public ValueTask<TenantContext?> TenantAsync(string tenant, CancellationToken ct) => inner.TenantAsync(tenant, ct);

    public (string? Purchase, Translation? Translation, EntryOutcome? Outcome) Place(TenantContext tenant, Entry entry) => inner.Place(tenant, entry);

    public PurchaseChange Fold(TenantContext tenant, PurchaseBefore before, IReadOnlyList<Fact> facts, IReadOnlyList<ParentFacts> parents)
    {
        folds.AddOrUpdate((tenant.Id, before.Id), 1, (_, times) => times + 1);
        return inner.Fold(tenant, before, facts, parents);
    }

    public PurchaseChange FoldAt(TenantContext tenant, PurchaseBefore before, IReadOnlyList<Fact> facts, IReadOnlyList<ParentFacts> parents, DateTimeOffset now) =>
        inner.FoldAt(tenant, before, facts, parents, now);

    public ParentFacts Parent(LinkNote link, IReadOnlyList<Fact> facts) => inner.Parent(link, facts);

    public IReadOnlyList<Entry> Link(TenantContext tenant, Purchase purchase, IReadOnlyList<Purchase> others, DateTimeOffset now) =>
        inner.Link(tenant, purchase, others, now);

    public EntryOutcome SetAside(Entry entry, Exception error) => inner.SetAside(entry, error);
}
