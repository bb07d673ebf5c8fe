using Latchkey.Inbox;
using Latchkey.Postgres.Inbox;
using Latchkey.PurchaseLinks;

namespace Latchkey.Postgres.PurchaseLinks;

internal sealed class PostgresPurchaseLinkStore(PostgresDatabase database) : IPurchaseLinkStore
{
    public Task AddAsync(PurchaseLink link, CancellationToken ct) => database.WriteAsync(
        async s =>
        {
            await PurchaseLinkRows.AddAsync(s, link);
            return true;
        },
        ct);

    public Task<PurchaseLink?> FindAsync(string tenant, string id, CancellationToken ct) =>
        database.ReadAsync(s => s.FirstAsync(PurchaseLinkSql.Find, PurchaseLinkRows.Read, tenant, id), ct);

    public async Task<IReadOnlyList<PurchaseLink>> ListAsync(string tenant, LinkState? state, string? after, int limit, CancellationToken ct) =>
        await database.ReadAsync(
            s => state is { } only
                ? s.QueryAsync(PurchaseLinkSql.ListByState, PurchaseLinkRows.Read, tenant, only.Text(), after ?? string.Empty, limit)
                : s.QueryAsync(PurchaseLinkSql.List, PurchaseLinkRows.Read, tenant, after ?? string.Empty, limit),
            ct);

    public async Task<IReadOnlyList<PurchaseLink>> ListNotRemovedAsync(string tenant, string? after, int limit, CancellationToken ct) =>
        await database.ReadAsync(s => s.QueryAsync(PurchaseLinkSql.ListNotRemoved, PurchaseLinkRows.Read, tenant, after ?? string.Empty, limit), ct);

    public Task<bool> UpdateAsync(PurchaseLink link, CancellationToken ct) => database.WriteAsync(s => PurchaseLinkRows.UpdateAsync(s, link), ct);

    public Task<bool> AcceptAsync(PurchaseLink link, Entry note, CancellationToken ct) => database.WriteAsync(
        async s =>
        {
            if (!await PurchaseLinkRows.UpdateAsync(s, link))
            {
                return false;
            }

            InboxRows.QueueOnce(s, note);
            await ReadyRows.AddAsync(s, link.Tenant, note.ReceivedAt);
            await s.NotifyAsync(WakeUps.Fold, link.Tenant);
            return true;
        },
        ct);

    public async Task<IReadOnlyList<PurchaseLink>> ClaimDueAsync(DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken ct)
    {
        var claimed = new List<PurchaseLink>();
        foreach (var tenant in await database.ReadAsync(s => s.QueryAsync(PurchaseLinkSql.DueTenants, r => r.Text(0), now, limit), ct))
        {
            if (claimed.Count >= limit)
            {
                break;
            }

            var rest = limit - claimed.Count;
            claimed.AddRange(await database.WriteAsync(s => s.QueryAsync(PurchaseLinkSql.ClaimDue, PurchaseLinkRows.Read, tenant, now, until, rest), ct));
        }

        return claimed;
    }
}
