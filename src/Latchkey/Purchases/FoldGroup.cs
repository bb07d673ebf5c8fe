using Latchkey.Inbox;
using Latchkey.Licenses;

namespace Latchkey.Purchases;

/// <param name="Attempts">How often its fold has failed.</param>
internal sealed record DueEntry(Entry Entry, int Attempts);

/// <summary>What came of one entry, to be written.</summary>
internal sealed record Settled(EntryOutcome Outcome, int Attempts);

/// <summary>What came of one purchase, to be written as a whole.</summary>
/// <param name="Change">Null when it could not be folded now.</param>
/// <param name="Before">Its licenses before.</param>
/// <param name="RetryAt">When a purchase that was due by time alone is looked at again.</param>
internal sealed record FoldResult(
    string Tenant, string Purchase, PurchaseChange? Change, IReadOnlyList<License> Before, IReadOnlyList<Settled> Outcomes, DateTimeOffset? RetryAt);

/// <summary>All that is due of one purchase.</summary>
internal sealed class FoldGroup(string tenant, string purchase)
{
    private readonly Dictionary<string, DueEntry> _due = new(StringComparer.Ordinal);
    private readonly List<Fact> _facts = [];

    public string Tenant => tenant;

    public string Purchase => purchase;

    /// <summary>Its moment has come.</summary>
    public bool ByTime { get; set; }

    public IReadOnlyList<Fact> Facts => _facts;

    public void Add(DueEntry due, Translation translation)
    {
        _due.Add(due.Entry.Id, due);
        _facts.Add(new Fact(due.Entry, translation));
    }

    public bool IsDue(string entry) => _due.ContainsKey(entry);

    public FoldResult Folded(PurchaseChange change, IReadOnlyList<License> before) =>
        new(tenant, purchase, change, before, [.. change.Outcomes.Where(IsNews).Select(o => new Settled(o, 0))], RetryAt: null);

    public FoldResult Failed(Func<Entry, EntryOutcome> setAside, DateTimeOffset now) => new(
        tenant, purchase, Change: null, [], [.. _due.Values.Select(d => new Settled(setAside(d.Entry), d.Attempts))],
        ByTime ? FoldRetry.At(now, attempts: 2) : null);

    /// <summary>Of entries that were folded before, most stay as they were.</summary>
    private bool IsNews(EntryOutcome outcome) =>
        IsDue(outcome.Entry.Id)
        || outcome.Status != outcome.Entry.Status || outcome.Reason != outcome.Entry.Reason
        || outcome.Resource != outcome.Entry.Resource || outcome.Purchase != outcome.Entry.Purchase;
}
