using Latchkey.Inbox;

namespace Latchkey.Sqlite.Inbox;

internal sealed class SqliteInboxStore(SqliteDatabase database, TimeProvider time) : IInboxStore
{
    public async Task<Receipt> AppendAsync(Entry entry) => await database.Writer.ReceiveAsync(entry);

    public Task<Entry?> FindAsync(string tenant, string id, CancellationToken ct) =>
        database.Readers.ReadAsync(s => s.First(InboxSql.Find, InboxRows.Read, tenant, id), ct);

    public Task<IReadOnlyList<Entry>> ListAsync(string tenant, EntryStatus? status, string? after, int limit, CancellationToken ct) =>
        database.Readers.ReadAsync<IReadOnlyList<Entry>>(
            s => status switch
            {
                null => s.Query(InboxSql.List, InboxRows.Read, tenant, after ?? string.Empty, limit),
                EntryStatus.Applied or EntryStatus.Received =>
                    s.Query(InboxSql.ListByStatus, InboxRows.Read, tenant, status.Value.Text(), after ?? string.Empty, limit),
                _ => s.Query(InboxSql.ListNotApplied, InboxRows.Read, tenant, status.Value.Text(), after ?? string.Empty, limit),
            },
            ct);

    public Task<IReadOnlyList<Entry>> ListByPurchaseAsync(string tenant, string purchase, CancellationToken ct) =>
        database.Readers.ReadAsync<IReadOnlyList<Entry>>(s => s.Query(InboxSql.ListByPurchase, InboxRows.Read, tenant, purchase), ct);

    public Task<bool> ReplayAsync(string tenant, string id, CancellationToken ct) =>
        database.Writer.RunAsync(s => s.Execute(InboxSql.Replay, tenant, id, time.GetUtcNow()) > 0, ct);
}
