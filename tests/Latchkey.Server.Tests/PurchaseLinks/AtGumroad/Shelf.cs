using Latchkey.Inbox;
using Latchkey.PurchaseLinks;
using Latchkey.Purchases;

namespace Latchkey.Server.Tests.PurchaseLinks.AtGumroad;

/// <summary>Links, purchases and entries in memory, as far as the work at Gumroad needs them.</summary>
internal sealed class Shelf : IPurchaseLinkStore, IInboxStore, IPurchaseStore
{
    private readonly Dictionary<string, PurchaseLink> _links = [];

    public List<Entry> Entries { get; } = [];

    public Dictionary<string, Purchase> Purchases { get; } = [];

    /// <summary>Runs before the next change of a link is stored, as somebody else's.</summary>
    public Action? Before { get; set; }

    public PurchaseLink this[string id]
    {
        get => _links[id];
        set => _links[id] = value with { Version = value.Version + 1 };
    }

    public Task AddAsync(PurchaseLink link, CancellationToken ct)
    {
        _links.Add(link.Id, link);
        return Task.CompletedTask;
    }

    public Task<PurchaseLink?> FindAsync(string tenant, string id, CancellationToken ct) => Task.FromResult(_links.GetValueOrDefault(id));

    public Task<bool> UpdateAsync(PurchaseLink link, CancellationToken ct)
    {
        Before?.Invoke();
        Before = null;
        if (_links[link.Id].Version != link.Version)
        {
            return Task.FromResult(false);
        }

        this[link.Id] = link;
        return Task.FromResult(true);
    }

    public Task<Receipt> AppendAsync(Entry entry)
    {
        Entries.Add(entry);
        return Task.FromResult(new Receipt(entry.Id, Duplicate: false));
    }

    public Task<IReadOnlyList<Entry>> ListByPurchaseAsync(string tenant, string purchase, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<Entry>>([.. Entries.Where(e => e.Purchase == purchase)]);

    Task<Purchase?> IPurchaseStore.FindAsync(string tenant, string purchase, CancellationToken ct) => Task.FromResult(Purchases.GetValueOrDefault(purchase));

    Task<Entry?> IInboxStore.FindAsync(string tenant, string id, CancellationToken ct) => throw new NotSupportedException();

    public Task<IReadOnlyList<PurchaseLink>> ListAsync(string tenant, LinkState? state, string? after, int limit, CancellationToken ct) => throw new NotSupportedException();

    public Task<IReadOnlyList<PurchaseLink>> ListNotRemovedAsync(string tenant, string? after, int limit, CancellationToken ct) => throw new NotSupportedException();

    public Task<bool> AcceptAsync(PurchaseLink link, Entry note, CancellationToken ct) => throw new NotSupportedException();

    public Task<IReadOnlyList<PurchaseLink>> ClaimDueAsync(DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken ct) => throw new NotSupportedException();

    public Task<IReadOnlyList<Entry>> ListAsync(string tenant, EntryStatus? status, string? after, int limit, CancellationToken ct) => throw new NotSupportedException();

    public Task<bool> ReplayAsync(string tenant, string id, CancellationToken ct) => throw new NotSupportedException();

    public Task<int> FoldDueAsync(IFolder folder, int limit, CancellationToken ct) => throw new NotSupportedException();

    public Task<DateTimeOffset?> NextDueAsync(CancellationToken ct) => throw new NotSupportedException();

    public Task<IAsyncDisposable?> TryBeginReplayAsync(string tenant, CancellationToken ct) => throw new NotSupportedException();

    public Task<ReplayReport> ReplayAsync(IFolder folder, string tenant, bool swap, IProgress<ReplayProgress> progress, CancellationToken ct) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<Purchase>> ListAsync(string tenant, string? after, int limit, CancellationToken ct) => throw new NotSupportedException();

    public Task<IReadOnlyList<Purchase>> ListUnmappedAsync(string tenant, string? after, int limit, CancellationToken ct) => throw new NotSupportedException();

    public Task<IReadOnlyList<Purchase>> ListLinkableAsync(string tenant, string linkEmail, CancellationToken ct) => throw new NotSupportedException();
}
