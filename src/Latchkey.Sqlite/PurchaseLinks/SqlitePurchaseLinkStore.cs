using Latchkey.Inbox;
using Latchkey.PurchaseLinks;
using Latchkey.Sqlite.Inbox;

namespace Latchkey.Sqlite.PurchaseLinks;

internal sealed class SqlitePurchaseLinkStore(SqliteDatabase database) : IPurchaseLinkStore
{
    public Task AddAsync(PurchaseLink link, CancellationToken ct) => database.Writer.RunAsync(s => PurchaseLinkRows.Add(s, link), ct);

    public Task<PurchaseLink?> FindAsync(string tenant, string id, CancellationToken ct) =>
        database.Readers.ReadAsync(s => s.First(PurchaseLinkSql.Find, PurchaseLinkRows.Read, tenant, id), ct);

    public Task<IReadOnlyList<PurchaseLink>> ListAsync(string tenant, LinkState? state, string? after, int limit, CancellationToken ct) =>
        database.Readers.ReadAsync<IReadOnlyList<PurchaseLink>>(
            s => state is { } only
                ? s.Query(PurchaseLinkSql.ListByState, PurchaseLinkRows.Read, tenant, only.Text(), after ?? string.Empty, limit)
                : s.Query(PurchaseLinkSql.List, PurchaseLinkRows.Read, tenant, after ?? string.Empty, limit),
            ct);

    public Task<IReadOnlyList<PurchaseLink>> ListNotRemovedAsync(string tenant, string? after, int limit, CancellationToken ct) =>
        database.Readers.ReadAsync<IReadOnlyList<PurchaseLink>>(
            s => s.Query(PurchaseLinkSql.ListNotRemoved, PurchaseLinkRows.Read, tenant, after ?? string.Empty, limit), ct);

    public Task<bool> UpdateAsync(PurchaseLink link, CancellationToken ct) => database.Writer.RunAsync(s => PurchaseLinkRows.Update(s, link), ct);

    public Task<bool> AcceptAsync(PurchaseLink link, Entry note, CancellationToken ct) => database.Writer.RunAsync(
        s =>
        {
            if (!PurchaseLinkRows.Update(s, link))
            {
                return false;
            }

            InboxRows.AppendOnce(s, note);
            return true;
        },
        ct);

    public Task<IReadOnlyList<PurchaseLink>> ClaimDueAsync(DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken ct) =>
        database.Writer.RunAsync<IReadOnlyList<PurchaseLink>>(s => s.Query(PurchaseLinkSql.ClaimDue, PurchaseLinkRows.Read, now, until, limit), ct);
}
