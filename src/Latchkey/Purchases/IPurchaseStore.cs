using Latchkey.Inbox;
using Latchkey.Licenses;
using Latchkey.Outbox;
using Latchkey.PurchaseLinks;
using Latchkey.Tenants;

namespace Latchkey.Purchases;

/// <summary>What a purchase was before a fold.</summary>
internal sealed record PurchaseBefore(string Id, Purchase? Purchase, IReadOnlyList<License> Licenses)
{
    /// <summary>The links its sales may have come with, as they stand now; none for a replay, which decides nothing again.</summary>
    public IReadOnlyList<PurchaseLink> Links { get; init; } = [];

    /// <summary>Whether a license has been usable before.</summary>
    public bool WasIssued(string license) => Licenses.Any(l => l.Id == license && l.Issued);
}

/// <summary>What a fold came to for one entry.</summary>
internal sealed record EntryOutcome(Entry Entry, EntryStatus Status, string? Reason, string? Resource, string? Purchase);

/// <summary>Everything a fold of one purchase changes. Committed as a whole.</summary>
/// <param name="Baked">Notes of the settings it is granted with, on its first grant and with each new plan.</param>
/// <param name="Children">Purchases that rest on this one and are to be folded again.</param>
internal sealed record PurchaseChange(
    Purchase Purchase,
    IReadOnlyList<License> Licenses,
    IReadOnlyList<LicenseKeyRow> Keys,
    IReadOnlyList<Entry> Baked,
    IReadOnlyList<OutboxMessage> Messages,
    IReadOnlyList<EntryOutcome> Outcomes,
    IReadOnlyList<string> Children)
{
    /// <summary>What became of the link its sale came with, when that was decided by this fold. If the link was changed meanwhile, nothing of the change is written.</summary>
    public LinkDecision? Decision { get; init; }

    /// <summary>Notes of our own, each to be stored once.</summary>
    public IEnumerable<Entry> Notes => Decision is null ? Baked : Baked.Append(Decision.Note.Entry);
}

/// <summary>The pure part of a fold, which the store calls between reading and writing.</summary>
internal interface IFolder
{
    ValueTask<TenantContext?> TenantAsync(string tenant, CancellationToken ct);

    /// <summary>The purchase an entry belongs to, or what else became of it.</summary>
    (string? Purchase, Translation? Translation, EntryOutcome? Outcome) Place(TenantContext tenant, Entry entry);

    /// <param name="facts">All entries of the purchase.</param>
    /// <param name="parents">What it rests on: one for each link among its facts.</param>
    PurchaseChange Fold(TenantContext tenant, PurchaseBefore before, IReadOnlyList<Fact> facts, IReadOnlyList<ParentFacts> parents);

    /// <summary>The same as it was, or will be, at a given moment: what a replay compares.</summary>
    PurchaseChange FoldAt(TenantContext tenant, PurchaseBefore before, IReadOnlyList<Fact> facts, IReadOnlyList<ParentFacts> parents, DateTimeOffset now);

    /// <param name="facts">All entries of the parent.</param>
    ParentFacts Parent(LinkNote link, IReadOnlyList<Fact> facts);

    /// <summary>Link entries between a purchase just folded and those found under the same address; storing one twice leaves one.</summary>
    IReadOnlyList<Entry> Link(TenantContext tenant, Purchase purchase, IReadOnlyList<Purchase> others, DateTimeOffset now);

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

    /// <summary>The turn to replay a tenant: one at a time, over all nodes.</summary>
    /// <returns>Ends the turn when disposed; null while another one has it.</returns>
    Task<IAsyncDisposable?> TryBeginReplayAsync(string tenant, CancellationToken ct);

    /// <summary>
    /// Folds every purchase of a tenant once more from nothing and compares it with what is stored. Sends nothing. What is still
    /// waiting to be folded is left to the fold.
    /// </summary>
    /// <param name="swap">Puts what was computed in the place of what differs.</param>
    Task<ReplayReport> ReplayAsync(IFolder folder, string tenant, bool swap, IProgress<ReplayProgress> progress, CancellationToken ct);

    Task<Purchase?> FindAsync(string tenant, string purchase, CancellationToken ct);

    /// <summary>In order of creation.</summary>
    Task<IReadOnlyList<Purchase>> ListAsync(string tenant, string? after, int limit, CancellationToken ct);

    /// <summary>Those that wait for a rule or are ignored by one, in order of creation.</summary>
    Task<IReadOnlyList<Purchase>> ListUnmappedAsync(string tenant, string? after, int limit, CancellationToken ct);

    /// <summary>Those that may belong together, by the address they share; at most 100.</summary>
    Task<IReadOnlyList<Purchase>> ListLinkableAsync(string tenant, string linkEmail, CancellationToken ct);
}
