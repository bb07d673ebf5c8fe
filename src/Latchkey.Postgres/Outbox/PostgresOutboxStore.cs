using Latchkey.Keys;
using Latchkey.Outbox;

namespace Latchkey.Postgres.Outbox;

/// <summary>Each store is a node: what it has claimed no other one works on, until the claim ends.</summary>
internal sealed class PostgresOutboxStore(PostgresDatabase database) : IOutboxStore
{
    /// <summary>No tenant has this name: under it stands that a consumer is known.</summary>
    private const string Nobody = "";

    private readonly string _node = Ids.Token("node_");

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

    public async Task<IReadOnlyList<OutboxPlace>> ClaimAsync(string consumer, IReadOnlyCollection<string> held, int limit, CancellationToken ct)
    {
        var free = await database.ReadAsync(s => s.QueryAsync(OutboxSql.Claimable, r => r.Text(0), consumer, _node, held.ToArray(), limit), ct);
        return free.Count == 0 ? [] : await database.WriteAsync(
            s => s.QueryAsync(OutboxSql.Claim, r => new OutboxPlace(r.Text(0), r.Long(1)), consumer, _node, free.ToArray()), ct);
    }

    public async Task<IReadOnlyCollection<string>> KeepAsync(string consumer, IReadOnlyCollection<string> tenants, CancellationToken ct) =>
        await database.WriteAsync(s => s.QueryAsync(OutboxSql.Keep, r => r.Text(0), consumer, _node, tenants.ToArray()), ct);

    public async Task<bool> MoveAsync(string consumer, OutboxPlace place, CancellationToken ct) =>
        await database.WriteAsync(s => s.ExecuteAsync(OutboxSql.MoveClaimed, place.Tenant, consumer, place.Position, _node), ct) > 0;

    public Task GiveBackAsync(string consumer, IReadOnlyCollection<OutboxPlace> places, CancellationToken ct) => database.WriteAsync(
        s => s.ExecuteAsync(OutboxSql.GiveBack, consumer, _node, places.Select(p => p.Tenant).ToArray(), places.Select(p => p.Position).ToArray()), ct);
}
