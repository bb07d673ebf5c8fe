using Latchkey.Outbox;

namespace Latchkey.Sqlite.Outbox;

internal sealed class SqliteOutboxStore(SqliteDatabase database) : IOutboxStore
{
    public Task<IReadOnlyList<OutboxMessage>> ReadAsync(string tenant, long after, int limit, CancellationToken ct) =>
        database.Readers.ReadAsync<IReadOnlyList<OutboxMessage>>(s => s.Query(OutboxSql.Read, OutboxRows.Read, tenant, after, limit), ct);
}
