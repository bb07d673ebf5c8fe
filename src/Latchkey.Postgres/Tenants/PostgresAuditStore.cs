using Latchkey.Tenants;

namespace Latchkey.Postgres.Tenants;

internal sealed class PostgresAuditStore(PostgresDatabase database) : IAuditStore
{
    public Task AddAsync(AuditEntry entry, CancellationToken ct) => database.WriteAsync(
        s => s.ExecuteAsync(AuditSql.Add, entry.Tenant, entry.Id, entry.At, entry.Actor, entry.Action, entry.Target), ct);

    public Task<IReadOnlyList<AuditEntry>> ListAsync(string tenant, string? before, int limit, CancellationToken ct) =>
        database.ReadAsync<IReadOnlyList<AuditEntry>>(
            async s => await s.QueryAsync(
                AuditSql.List,
                r => new AuditEntry(r.Text(0), r.Text(1), r.Time(2), r.Text(3), r.Text(4), r.TextOrNull(5)),
                tenant, before, limit),
            ct);
}
