using Latchkey.Inbox;
using Latchkey.Outbox;
using Latchkey.Purchases;
using Latchkey.Rights;
using Latchkey.Tenants;

namespace Latchkey.Storage.Tests;

/// <summary>Folds entries into bare purchases, so that a test can look at the store alone. An entry's hint names its purchase.</summary>
internal sealed class StubFolder(TenantDirectory tenants, TimeProvider time) : IFolder
{
    /// <summary>Called within each fold: to break it, or to do something in between.</summary>
    public Action<PurchaseBefore, IReadOnlyList<Fact>> OnFold { get; set; } = (_, _) => { };

    public string? HeldFor { get; set; }

    public DateTimeOffset? DueAt { get; set; }

    /// <summary>How many messages each fold writes.</summary>
    public int Messages { get; set; }

    public ValueTask<TenantContext?> TenantAsync(string tenant, CancellationToken ct) => tenants.FindAsync(tenant, ct);

    public (string? Purchase, Translation? Translation, EntryOutcome? Outcome) Place(TenantContext tenant, Entry entry) =>
        (entry.ResourceHint, new Translation.OfSeller(new SellerAct(SellerActs.Suspend, entry.Id, 0)), null);

    public PurchaseChange Fold(TenantContext tenant, PurchaseBefore before, IReadOnlyList<Fact> facts, IReadOnlyList<ParentFacts> parents)
    {
        OnFold(before, facts);
        var now = time.GetUtcNow();
        var status = HeldFor is null ? EntryStatus.Applied : EntryStatus.Held;
        return new PurchaseChange(
            new Purchase(
                tenant.Id, before.Id, "name", null, null, null, false, PurchaseState.Active, HeldFor, [], null, [], [], DueAt, now,
                string.Join(',', facts.Select(f => f.Entry.Id).Order(StringComparer.Ordinal)), facts.Min(f => f.Entry.FirstSeenAt)),
            [],
            [],
            [],
            [.. Enumerable.Range(0, Messages).Select(i => new OutboxMessage(tenant.Id, $"{before.Id}|{i}", OutboxKinds.LicenseUpdated, null, before.Id, null, now))],
            [.. facts.Select(f => new EntryOutcome(f.Entry, status, HeldFor, "sale", before.Id))],
            []);
    }

    public PurchaseChange FoldAt(TenantContext tenant, PurchaseBefore before, IReadOnlyList<Fact> facts, IReadOnlyList<ParentFacts> parents, DateTimeOffset now) =>
        Fold(tenant, before, facts, parents);

    public ParentFacts Parent(LinkNote link, IReadOnlyList<Fact> facts) => new(link.Kind, link.Parent, []);

    public IReadOnlyList<Entry> Link(TenantContext tenant, Purchase purchase, IReadOnlyList<Purchase> others, DateTimeOffset now) => [];

    public EntryOutcome SetAside(Entry entry, Exception error) => new(entry, EntryStatus.Failed, EntryReasons.FoldFailed, entry.Resource, entry.Purchase);
}
