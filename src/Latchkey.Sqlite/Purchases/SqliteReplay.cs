using Latchkey.Licenses;
using Latchkey.Outbox;
using Latchkey.Purchases;
using Latchkey.Sqlite.Inbox;
using Latchkey.Sqlite.Licenses;
using Latchkey.Sqlite.Outbox;
using Latchkey.Sqlite.Subjects;
using Latchkey.Sqlite.Tenants;
using Latchkey.Tenants;

namespace Latchkey.Sqlite.Purchases;

/// <summary>A tenant's rows, as a replay reads and mends them.</summary>
internal sealed class SqliteReplay(SqliteDatabase database, IFolder folder, string tenantId, TimeProvider time) : IReplayRows
{
    public Task<IReadOnlyList<Replayed>?> ReadAsync(TenantContext tenant, string after, CancellationToken ct) =>
        database.Readers.SnapshotAsync<IReadOnlyList<Replayed>?>(s => IsCurrent(s, tenant) ? [.. PageOf(s, tenant, after)] : null, ct);

    public Task<bool> MendAsync(TenantContext tenant, IReadOnlyList<Replayed> page, CancellationToken ct) => database.Writer.RunAsync(
        session =>
        {
            if (!IsCurrent(session, tenant))
            {
                return false;
            }

            foreach (var replayed in page.Where(r => r.Differs && StillStands(session, tenant, r)))
            {
                Mend(session, replayed);
            }

            return true;
        },
        ct);

    public Task FindStraysAsync(bool swap, Action<ReplayDifference> differs, CancellationToken ct) =>
        new StrayRows(database, tenantId, time, differs).FindAsync(swap, ct);

    private static bool IsCurrent(SqliteSession session, TenantContext tenant) =>
        session.First(TenantSql.Version, r => r.GetInt32(0), tenant.Id) == tenant.Version;

    private IEnumerable<Replayed> PageOf(SqliteSession session, TenantContext tenant, string after)
    {
        var now = time.GetUtcNow();
        return session.Query(PurchaseSql.AllNamed, r => r.GetString(0), tenantId, after, Replay.PurchasesPerPage).Select(id => FoldAgain(session, tenant, id, now));
    }

    private Replayed FoldAgain(SqliteSession session, TenantContext tenant, string id, DateTimeOffset now)
    {
        var stored = new StoredFacts(session, folder, tenant);
        var (purchase, licenses) = stored.Stored(id);
        var replayed = Replayed.Of(id, purchase, licenses);
        if (purchase?.DueAt <= now || session.First(InboxSql.IsWaiting, r => r.GetBoolean(0), tenant.Id, id))
        {
            return replayed with { Waits = true };
        }

        try
        {
            var facts = stored.Of(id, _ => true);
            if (facts.Count == 0)
            {
                return replayed.WithoutEntries();
            }

            var change = folder.FoldAt(tenant, new PurchaseBefore(id, null, []), facts, stored.ParentsOf(id, facts), purchase?.FoldedAt ?? now);
            change = change with { Licenses = [.. change.Licenses.Select(l => l.Issued ? l : l with { Issued = IsAnnounced(session, l) })] };
            return replayed.Compared(
                change, facts.Count, licenses.SelectMany(l => StoredLicenses.KeysOf(session, l.Tenant, l.Id)),
                k => session.First(LicenseSql.HasKey, r => r.GetBoolean(0), k.Tenant, k.Lookup, k.License));
        }
        catch (Exception e)
        {
            return replayed.Failed(e); // this purchase alone; the others are compared
        }
    }

    /// <summary>A license that was usable once has been told of.</summary>
    private static bool IsAnnounced(SqliteSession session, License license) =>
        session.First(OutboxSql.Exists, r => r.GetBoolean(0), license.Tenant, $"{OutboxKinds.LicenseIssued}|{license.Id}");

    private bool StillStands(SqliteSession session, TenantContext tenant, Replayed replayed)
    {
        var (purchase, licenses) = new StoredFacts(session, folder, tenant).Stored(replayed.Id);
        return replayed.StandsAs(purchase, licenses);
    }

    private void Mend(SqliteSession session, Replayed replayed)
    {
        var now = time.GetUtcNow();
        switch (replayed.Mending)
        {
            case Mending.Replace:
                PurchaseRows.Put(session, replayed.Change!.Purchase);
                StoredLicenses.Put(session, replayed.Licenses, replayed.Change.Licenses, replayed.Change.Keys);
                break;
            case Mending.Delete:
                StoredLicenses.Put(session, replayed.Licenses, [], []);
                session.Execute(PurchaseSql.Delete, tenantId, replayed.Id);
                break;
            case Mending.FoldAgain:
                session.Execute(InboxSql.Recall, tenantId, replayed.Id, now);
                return;
            default:
                return;
        }

        foreach (var subject in replayed.Subjects)
        {
            SubjectRows.Refresh(session, tenantId, subject, now);
        }
    }
}
