using Latchkey.Outbox;

namespace Latchkey.Postgres.Outbox;

internal sealed class PostgresOutboxStore(PostgresDatabase database) : IOutboxStore
{
    /// <summary>No tenant has this name: under it stands that a consumer is known.</summary>
    private const string Nobody = "";

    public async Task<IReadOnlyList<OutboxMessage>> ReadAsync(string tenant, long after, int limit, CancellationToken ct) =>
        await database.ReadAsync(s => s.QueryAsync(OutboxSql.Read, OutboxRows.Read, tenant, after, limit), ct);

    public async Task<OutboxRange> RangeAsync(string tenant, CancellationToken ct) =>
        (await database.ReadAsync(s => s.FirstAsync(OutboxSql.Range, r => new OutboxRange(r.Long(0), r.Long(1)), tenant), ct))!;

    public Task<long?> PositionOfAsync(string tenant, string key, CancellationToken ct) =>
        database.ReadAsync(s => s.FirstAsync(OutboxSql.PositionOf, r => r.LongOrNull(0), tenant, key), ct);

    public async Task<OutboxNews> NewsAsync(string? mark, CancellationToken ct) => (await database.ReadAsync(
        s => mark is null
            ? s.FirstAsync(OutboxSql.Mark, r => new OutboxNews(r.Text(0), []))
            : s.FirstAsync(OutboxSql.News, r => new OutboxNews(r.Text(0), r.GetFieldValue<string[]>(1)), mark),
        ct))!;

    public Task BeginAsync(string consumer, CancellationToken ct) => database.WriteAsync(
        async s => await s.ExecuteAsync(OutboxSql.MakeKnown, Nobody, consumer) > 0 ? await s.ExecuteAsync(OutboxSql.BeginAtEnd, consumer) : 0, ct);

    public async Task<IReadOnlyList<OutboxPlace>> BehindAsync(string consumer, CancellationToken ct) =>
        await database.ReadAsync(s => s.QueryAsync(OutboxSql.Behind, r => new OutboxPlace(r.Text(0), r.Long(1)), consumer), ct);

    public Task MoveAsync(string consumer, OutboxPlace place, CancellationToken ct) =>
        database.WriteAsync(s => s.ExecuteAsync(OutboxSql.MoveCursor, place.Tenant, consumer, place.Position), ct);
}
