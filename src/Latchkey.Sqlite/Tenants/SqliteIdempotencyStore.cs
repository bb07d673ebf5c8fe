using Latchkey.Tenants;

namespace Latchkey.Sqlite.Tenants;

internal sealed class SqliteIdempotencyStore(SqliteDatabase database) : IIdempotencyStore
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(24);
    private static readonly TimeSpan LongestRequest = TimeSpan.FromMinutes(1);

    public Task<IdempotencyRecord?> ReserveAsync(IdempotencyRecord record, CancellationToken ct) => database.Writer.RunAsync(
        s =>
        {
            s.Execute(IdempotencySql.DeleteOlder, record.CreatedAt - Life, record.CreatedAt - LongestRequest);
            var there = s.First(
                IdempotencySql.Find,
                r => new IdempotencyRecord(r.Text(0), r.Text(1), r.Text(2), r.Blob(3), r.IntOrNull(4), r.TextOrNull(5), r.Time(6)),
                record.Tenant, record.Scope, record.Key);
            if (there is null)
            {
                s.Execute(
                    IdempotencySql.Reserve,
                    record.Tenant, record.Scope, record.Key, record.RequestHash, record.Status, record.ResourceId, record.CreatedAt);
            }

            return there;
        },
        ct);

    public Task CompleteAsync(IdempotencyRecord record, CancellationToken ct) => database.Writer.RunAsync(
        s => s.Execute(IdempotencySql.Complete, record.Tenant, record.Scope, record.Key, record.Status, record.ResourceId), ct);

    public Task ReleaseAsync(IdempotencyRecord record, CancellationToken ct) => database.Writer.RunAsync(
        s => s.Execute(IdempotencySql.Release, record.Tenant, record.Scope, record.Key), ct);
}
