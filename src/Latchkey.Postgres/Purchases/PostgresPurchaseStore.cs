using Latchkey.Purchases;

namespace Latchkey.Postgres.Purchases;

internal sealed class PostgresPurchaseStore(PostgresDatabase database, TimeProvider time) : IPurchaseStore
{
    public Task<int> FoldDueAsync(IFolder folder, int limit, CancellationToken ct) => new FoldRound(database, folder, time).RunAsync(limit, ct);

    public Task<DateTimeOffset?> NextDueAsync(CancellationToken ct) => database.ReadAsync(ReadyRows.NextAsync, ct);

    public Task<IAsyncDisposable?> TryBeginReplayAsync(string tenant, CancellationToken ct) => PostgresReplayTurn.TryBeginAsync(database, tenant, ct);

    public Task<ReplayReport> ReplayAsync(IFolder folder, string tenant, bool swap, IProgress<ReplayProgress> progress, CancellationToken ct) =>
        new Replay(new PostgresReplay(database, folder, tenant, time), folder, tenant).RunAsync(swap, progress, ct);

    public Task<Purchase?> FindAsync(string tenant, string purchase, CancellationToken ct) =>
        database.ReadAsync(s => PurchaseRows.FindAsync(s, tenant, purchase), ct);

    public async Task<IReadOnlyList<Purchase>> ListAsync(string tenant, string? after, int limit, CancellationToken ct) =>
        await database.ReadAsync(s => s.QueryAsync(PurchaseSql.List, PurchaseRows.Read, tenant, after, limit), ct);

    public async Task<IReadOnlyList<Purchase>> ListUnmappedAsync(string tenant, string? after, int limit, CancellationToken ct) =>
        await database.ReadAsync(s => s.QueryAsync(PurchaseSql.ListUnmapped, PurchaseRows.Read, tenant, after, limit), ct);

    public async Task<IReadOnlyList<Purchase>> ListLinkableAsync(string tenant, string linkEmail, CancellationToken ct) =>
        await database.ReadAsync(s => s.QueryAsync(PurchaseSql.ListLinkable, PurchaseRows.Read, tenant, linkEmail), ct);
}
