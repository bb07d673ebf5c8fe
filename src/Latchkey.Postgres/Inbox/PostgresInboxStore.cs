using Latchkey.Inbox;

namespace Latchkey.Postgres.Inbox;

internal sealed class PostgresInboxStore(PostgresDatabase database, TimeProvider time) : IInboxStore
{
    public async Task<Receipt> AppendAsync(Entry entry) => await database.Receives.ReceiveAsync(entry);

    public Task<Entry?> FindAsync(string tenant, string id, CancellationToken ct) =>
        database.ReadAsync(s => s.FirstAsync(InboxSql.Find, InboxRows.Read, tenant, id), ct);

    public async Task<IReadOnlyList<Entry>> ListAsync(string tenant, EntryStatus? status, string? after, int limit, CancellationToken ct) =>
        await database.ReadAsync(
            s => status switch
            {
                null => s.QueryAsync(InboxSql.List, InboxRows.Read, tenant, after ?? string.Empty, limit),
                EntryStatus.Applied or EntryStatus.Received =>
                    s.QueryAsync(InboxSql.ListByStatus, InboxRows.Read, tenant, status.Value.Text(), after ?? string.Empty, limit),
                _ => s.QueryAsync(InboxSql.ListNotApplied, InboxRows.Read, tenant, status.Value.Text(), after ?? string.Empty, limit),
            },
            ct);

    public async Task<IReadOnlyList<Entry>> ListByPurchaseAsync(string tenant, string purchase, CancellationToken ct) =>
        await database.ReadAsync(s => s.QueryAsync(InboxSql.ListByPurchase, InboxRows.Read, tenant, purchase), ct);

    public Task<bool> ReplayAsync(string tenant, string id, CancellationToken ct) => database.WriteAsync(
        async s =>
        {
            var now = time.GetUtcNow();
            if (await s.ExecuteAsync(InboxSql.Replay, tenant, id, now) == 0)
            {
                return false;
            }

            await ReadyRows.AddAsync(s, tenant, now);
            await s.NotifyAsync(WakeUps.Fold, tenant);
            return true;
        },
        ct);
}
