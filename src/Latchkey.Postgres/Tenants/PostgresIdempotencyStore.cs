using Latchkey.Tenants;
using Npgsql;

namespace Latchkey.Postgres.Tenants;

internal sealed class PostgresIdempotencyStore(PostgresDatabase database) : IIdempotencyStore
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(24);
    private static readonly TimeSpan LongestRequest = TimeSpan.FromMinutes(1);

    public async Task<IdempotencyRecord?> ReserveAsync(IdempotencyRecord record, CancellationToken ct)
    {
        while (true)
        {
            var (reserved, there) = await database.WriteAsync(s => ReserveAsync(s, record), ct);
            if (reserved || there is not null)
            {
                return there;
            }

            // It was given back between the two statements, so it is free.
        }
    }

    public Task CompleteAsync(IdempotencyRecord record, CancellationToken ct) => database.WriteAsync(
        s => s.ExecuteAsync(IdempotencySql.Complete, record.Tenant, record.Scope, record.Key, record.Status, record.ResourceId), ct);

    public Task ReleaseAsync(IdempotencyRecord record, CancellationToken ct) => database.WriteAsync(
        s => s.ExecuteAsync(IdempotencySql.Release, record.Tenant, record.Scope, record.Key), ct);

    private static async Task<(bool Reserved, IdempotencyRecord? There)> ReserveAsync(PostgresSession s, IdempotencyRecord record)
    {
        var (dead, abandoned) = (record.CreatedAt - Life, record.CreatedAt - LongestRequest);
        var reserved = await s.ExecuteAsync(
            IdempotencySql.Reserve,
            record.Tenant, record.Scope, record.Key, record.RequestHash, record.Status, record.ResourceId, record.CreatedAt, dead, abandoned) > 0;
        var there = reserved ? null : await s.FirstAsync(IdempotencySql.Find, Read, record.Tenant, record.Scope, record.Key);
        await s.ExecuteAsync(IdempotencySql.DeleteOlder, record.Tenant, dead, abandoned);
        return (reserved, there);
    }

    private static IdempotencyRecord Read(NpgsqlDataReader r) =>
        new(r.Text(0), r.Text(1), r.Text(2), r.Blob(3), r.IntOrNull(4), r.TextOrNull(5), r.Time(6));
}
