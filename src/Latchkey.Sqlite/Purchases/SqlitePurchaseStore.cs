using Latchkey.Purchases;

namespace Latchkey.Sqlite.Purchases;

internal sealed class SqlitePurchaseStore(SqliteDatabase database, TimeProvider time) : IPurchaseStore
{
    private readonly SqliteReplayTurns _replays = new();

    public Task<int> FoldDueAsync(IFolder folder, int limit, CancellationToken ct) => new FoldRound(database, folder, time).RunAsync(limit, ct);

    public Task<DateTimeOffset?> NextDueAsync(CancellationToken ct) =>
        database.Readers.ReadAsync(s => s.First(PurchaseSql.NextDue, r => r.TimeOrNull(0)), ct);

    public Task<IAsyncDisposable?> TryBeginReplayAsync(string tenant, CancellationToken ct) => Task.FromResult(_replays.TryBegin(tenant));

    public Task<ReplayReport> ReplayAsync(IFolder folder, string tenant, bool swap, IProgress<ReplayProgress> progress, CancellationToken ct) =>
        new Replay(new SqliteReplay(database, folder, tenant, time), folder, tenant).RunAsync(swap, progress, ct);

    public Task<Purchase?> FindAsync(string tenant, string purchase, CancellationToken ct) =>
        database.Readers.ReadAsync(s => PurchaseRows.Find(s, tenant, purchase), ct);

    public Task<IReadOnlyList<Purchase>> ListAsync(string tenant, string? after, int limit, CancellationToken ct) =>
        database.Readers.ReadAsync<IReadOnlyList<Purchase>>(s => s.Query(PurchaseSql.List, PurchaseRows.Read, tenant, after, limit), ct);

    public Task<IReadOnlyList<Purchase>> ListUnmappedAsync(string tenant, string? after, int limit, CancellationToken ct) =>
        database.Readers.ReadAsync<IReadOnlyList<Purchase>>(s => s.Query(PurchaseSql.ListUnmapped, PurchaseRows.Read, tenant, after, limit), ct);

    public Task<IReadOnlyList<Purchase>> ListLinkableAsync(string tenant, string linkEmail, CancellationToken ct) =>
        database.Readers.ReadAsync<IReadOnlyList<Purchase>>(s => s.Query(PurchaseSql.ListLinkable, PurchaseRows.Read, tenant, linkEmail), ct);
}
