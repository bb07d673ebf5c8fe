using System.Globalization;
using Latchkey.Outbox;

namespace Latchkey.Sqlite.Outbox;

internal sealed class SqliteOutboxStore(SqliteDatabase database) : IOutboxStore
{
    /// <summary>No tenant has this name: under it stands that a consumer is known.</summary>
    private const string Nobody = "";

    public Task<IReadOnlyList<OutboxMessage>> ReadAsync(string tenant, long after, int limit, CancellationToken ct) =>
        database.Readers.ReadAsync<IReadOnlyList<OutboxMessage>>(s => s.Query(OutboxSql.Read, OutboxRows.Read, tenant, after, limit), ct);

    public Task<OutboxRange> RangeAsync(string tenant, CancellationToken ct) =>
        database.Readers.ReadAsync(s => s.First(OutboxSql.Range, r => new OutboxRange(r.GetInt64(0), r.GetInt64(1)), tenant)!, ct);

    public Task<long?> PositionOfAsync(string tenant, string key, CancellationToken ct) =>
        database.Readers.ReadAsync(s => s.First(OutboxSql.PositionOf, r => (long?)r.GetInt64(0), tenant, key), ct);

    public Task<OutboxNews> NewsAsync(string? mark, CancellationToken ct) => database.Readers.ReadAsync(
        s =>
        {
            if (mark is null)
            {
                return new OutboxNews(MarkOf(s.First(OutboxSql.Mark, r => r.GetInt64(0))), []);
            }

            var since = long.Parse(mark, CultureInfo.InvariantCulture);
            var news = s.Query(OutboxSql.News, r => (Tenant: r.GetString(0), Mark: r.GetInt64(1)), since);
            return new(news.Count == 0 ? mark : MarkOf(news.Max(n => n.Mark)), [.. news.Select(n => n.Tenant)]);
        },
        ct);

    public Task BeginAsync(string consumer, CancellationToken ct) => database.Writer.RunAsync(
        s =>
        {
            if (s.Execute(OutboxSql.MakeKnown, Nobody, consumer) > 0)
            {
                s.Execute(OutboxSql.BeginAtEnd, consumer);
            }
        },
        ct);

    /// <summary>There is one node, so whatever it asks for is its own.</summary>
    public Task<IReadOnlyList<OutboxPlace>> ClaimAsync(string consumer, IReadOnlyCollection<string> held, int limit, CancellationToken ct) =>
        database.Readers.ReadAsync<IReadOnlyList<OutboxPlace>>(
            s => [.. s.Query(OutboxSql.Behind, r => new OutboxPlace(r.GetString(0), r.GetInt64(1)), consumer).ExceptBy(held, p => p.Tenant).Take(limit)], ct);

    /// <inheritdoc cref="ClaimAsync"/>
    public Task<IReadOnlyCollection<string>> KeepAsync(string consumer, IReadOnlyCollection<string> tenants, CancellationToken ct) => Task.FromResult(tenants);

    public async Task<bool> MoveAsync(string consumer, OutboxPlace place, CancellationToken ct)
    {
        await GiveBackAsync(consumer, [place], ct);
        return true;
    }

    public Task GiveBackAsync(string consumer, IReadOnlyCollection<OutboxPlace> places, CancellationToken ct) => database.Writer.RunAsync(
        s =>
        {
            foreach (var place in places)
            {
                s.Execute(OutboxSql.MoveCursor, place.Tenant, consumer, place.Position);
            }
        },
        ct);

    private static string MarkOf(long row) => row.ToString(CultureInfo.InvariantCulture);
}
