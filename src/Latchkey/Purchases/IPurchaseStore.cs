using Latchkey.Inbox;
using Latchkey.Licenses;
using Latchkey.Outbox;
using Latchkey.Tenants;

namespace Latchkey.Purchases;

/// <summary>What a purchase was before a fold.</summary>
internal sealed record PurchaseBefore(string Id, Purchase? Purchase, IReadOnlyList<License> Licenses);

/// <summary>What a fold came to for one entry.</summary>
internal sealed record EntryOutcome(Entry Entry, EntryStatus Status, string? Reason, string? Resource, string? Purchase);

/// <summary>Everything a fold of one purchase changes. Committed as a whole.</summary>
/// <param name="Baked">The note of the settings it is granted with, on its first grant.</param>
internal sealed record PurchaseChange(
    Purchase Purchase,
    IReadOnlyList<License> Licenses,
    IReadOnlyList<LicenseKeyRow> Keys,
    Entry? Baked,
    IReadOnlyList<OutboxMessage> Messages,
    IReadOnlyList<EntryOutcome> Outcomes);

/// <summary>The pure part of a fold, which the store calls between reading and writing.</summary>
internal interface IFolder
{
    ValueTask<TenantContext?> TenantAsync(string tenant, CancellationToken ct);

    /// <summary>The purchase an entry belongs to, or what else became of it.</summary>
    (string? Purchase, Translation? Translation, EntryOutcome? Outcome) Place(TenantContext tenant, Entry entry);

    /// <param name="facts">All entries of the purchase.</param>
    PurchaseChange Fold(TenantContext tenant, PurchaseBefore before, IReadOnlyList<Fact> facts);

    /// <summary>A fold that threw: its entries are set aside with the reason, and tried again later.</summary>
    EntryOutcome SetAside(Entry entry, Exception error);
}

internal interface IPurchaseStore
{
    /// <summary>
    /// Folds what is due: new and repeated entries, purchases whose moment has come. One transaction for all that was folded;
    /// a purchase that fails is set aside and holds nobody up.
    /// </summary>
    /// <returns>How many entries and purchases were looked at; 0 when nothing was due.</returns>
    Task<int> FoldDueAsync(IFolder folder, int limit, CancellationToken ct);

    /// <summary>When the next purchase's moment comes; null when none waits for one.</summary>
    Task<DateTimeOffset?> NextDueAsync(CancellationToken ct);

    Task<Purchase?> FindAsync(string tenant, string purchase, CancellationToken ct);

    /// <summary>In order of creation.</summary>
    Task<IReadOnlyList<Purchase>> ListAsync(string tenant, string? after, int limit, CancellationToken ct);
}
