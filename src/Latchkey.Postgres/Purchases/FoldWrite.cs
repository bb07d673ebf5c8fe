using Latchkey.Inbox;
using Latchkey.Postgres.Inbox;
using Latchkey.Postgres.Licenses;
using Latchkey.Postgres.Outbox;
using Latchkey.Postgres.PurchaseLinks;
using Latchkey.Postgres.Subjects;
using Latchkey.Purchases;
using Latchkey.Tenants;
using Npgsql;

namespace Latchkey.Postgres.Purchases;

/// <summary>Writes what folds of one tenant came to.</summary>
/// <param name="tenant">Null when it is not known at all; then nothing was folded.</param>
internal sealed class FoldWrite(PostgresSession session, IFolder folder, string tenantId, TenantContext? tenant, DateTimeOffset now)
{
    private readonly Dictionary<string, DateTimeOffset> _subjects = new(StringComparer.Ordinal);
    private readonly List<Settled> _settled = [];

    /// <param name="apart">One that fails is taken back alone, and set aside.</param>
    public async Task WriteAsync(List<FoldOutcome> outcomes, List<Settled> settled, bool apart)
    {
        _settled.AddRange(settled);
        foreach (var (group, result) in outcomes)
        {
            await (apart ? WriteApartAsync(group, result) : WriteAsync(result));
        }

        if (_subjects.Count > 0)
        {
            await SubjectRows.HoldAsync(session, tenantId);
            await SubjectRows.RefreshAsync(session, tenantId, [.. _subjects.Select(s => (s.Key, s.Value))]);
        }

        await SettleAsync();
    }

    private async Task WriteApartAsync(FoldGroup group, FoldResult result)
    {
        await session.ExecuteAsync("savepoint apart");
        try
        {
            await WriteAsync(result);
            await session.FlushAsync();
        }
        catch (PostgresException e) when (PostgresFaults.IsInTheData(e))
        {
            await session.ExecuteAsync("rollback to apart");
            await WriteAsync(group.Failed(entry => folder.SetAside(entry, e), now));
        }

        await session.ExecuteAsync("release apart");
    }

    private async Task WriteAsync(FoldResult result)
    {
        if (result.Change is { } change)
        {
            await WriteAsync(result, change);
        }

        if (result.RetryAt is { } retry)
        {
            session.Queue(PurchaseSql.PostponeDue, tenantId, result.Purchase, retry);
        }

        _settled.AddRange(result.Outcomes);
    }

    private async Task WriteAsync(FoldResult result, PurchaseChange change)
    {
        PurchaseRows.Queue(session, change.Purchase);
        await StoredLicenses.PutAsync(session, result.Before, change.Licenses, change.Keys);
        if (change.Decision?.Link is { } link)
        {
            PurchaseLinkRows.QueueUpdate(session, link);
        }

        foreach (var note in change.Notes)
        {
            InboxRows.QueueOnce(session, note);
        }

        foreach (var message in change.Messages)
        {
            OutboxRows.Queue(session, message);
        }

        foreach (var child in change.Children)
        {
            session.Queue(InboxSql.RecallLinks, tenantId, child, now);
        }

        if (change.Purchase.LinkEmail is { } email)
        {
            var others = await session.QueryAsync(PurchaseSql.ListLinkable, PurchaseRows.Read, tenantId, email);
            foreach (var note in folder.Link(tenant!, change.Purchase, others, now))
            {
                InboxRows.QueueOnce(session, note);
            }
        }

        foreach (var license in result.Before.Concat(change.Licenses))
        {
            _subjects[license.Subject] = change.Purchase.FoldedAt;
        }
    }

    /// <summary>Last, since a receive that repeats one of these entries waits until this is committed.</summary>
    private Task<int> SettleAsync()
    {
        var settled = _settled.OrderBy(s => s.Outcome.Entry.Id, StringComparer.Ordinal).ToList();
        T[] Column<T>(Func<Settled, T> of) => [.. settled.Select(of)];
        static bool Failed(Settled s) => s.Outcome.Status == EntryStatus.Failed;
        return session.ExecuteAsync(
            InboxSql.Settle,
            tenantId, Column(s => s.Outcome.Entry.Id), Column(s => s.Outcome.Entry.Repeats),
            Column(s => s.Outcome.Status.Text()), Column(s => s.Outcome.Reason), Column(s => s.Outcome.Resource), Column(s => s.Outcome.Purchase),
            Column(s => Failed(s) ? FoldRetry.At(now, s.Attempts).ToUnixTimeMilliseconds() : (long?)null), Column(s => Failed(s) ? s.Attempts + 1 : 0));
    }
}
