using Latchkey.Licenses;
using Latchkey.Outbox;
using Latchkey.Postgres.Inbox;
using Latchkey.Postgres.Licenses;
using Latchkey.Postgres.Outbox;
using Latchkey.Postgres.Subjects;
using Latchkey.Postgres.Tenants;
using Latchkey.Purchases;
using Latchkey.Tenants;

namespace Latchkey.Postgres.Purchases;

/// <summary>A tenant's rows, as a replay reads and mends them.</summary>
internal sealed class PostgresReplay(PostgresDatabase database, IFolder folder, string tenantId, TimeProvider time) : IReplayRows
{
    public Task<IReadOnlyList<Replayed>?> ReadAsync(TenantContext tenant, string after, CancellationToken ct) => database.SnapshotAsync<IReadOnlyList<Replayed>?>(
        async s => await s.FirstAsync(TenantSql.Version, r => r.Int(0), tenantId) == tenant.Version ? await PageOfAsync(s, tenant, after) : null, ct);

    public Task<bool> MendAsync(TenantContext tenant, IReadOnlyList<Replayed> page, CancellationToken ct) => database.WriteAsync(
        async session =>
        {
            await ReadyRows.HoldAsync(session, tenantId); // folds wait meanwhile
            if (await session.FirstAsync(PurchaseSql.SettingsVersion, r => r.Int(0), tenantId) != tenant.Version)
            {
                return false;
            }

            var stored = new StoredFacts(session, folder, tenant);
            await stored.ReadAsync([.. page.Where(r => r.Differs).Select(r => r.Id)]);
            await MendAsync(session, [.. page.Where(r => r.Differs && StillStands(stored, r))]);
            return true;
        },
        ct);

    public Task FindStraysAsync(bool swap, Action<ReplayDifference> differs, CancellationToken ct) =>
        new StrayRows(database, tenantId, time, differs).FindAsync(swap, ct);

    private static bool StillStands(StoredFacts stored, Replayed replayed)
    {
        var (purchase, licenses) = stored.Stored(replayed.Id);
        return replayed.StandsAs(purchase, licenses);
    }

    private async Task<IReadOnlyList<Replayed>> PageOfAsync(PostgresSession session, TenantContext tenant, string after)
    {
        var now = time.GetUtcNow();
        var ids = await session.QueryAsync(PurchaseSql.AllNamed, r => r.Text(0), tenantId, after, Replay.PurchasesPerPage);
        var stored = new StoredFacts(session, folder, tenant);
        await stored.ReadAsync(ids);
        var page = new List<Replayed>();
        foreach (var id in ids)
        {
            page.Add(await FoldAgainAsync(session, stored, tenant, id, now));
        }

        return page;
    }

    private async Task<Replayed> FoldAgainAsync(PostgresSession session, StoredFacts stored, TenantContext tenant, string id, DateTimeOffset now)
    {
        var (purchase, licenses) = stored.Stored(id);
        var replayed = Replayed.Of(id, purchase, licenses);
        if (purchase?.DueAt <= now || await session.FirstAsync(InboxSql.IsWaiting, r => r.GetBoolean(0), tenantId, id))
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

            await stored.ReadParentsAsync(facts);
            var change = folder.FoldAt(tenant, new PurchaseBefore(id, null, []), facts, stored.ParentsOf(id, facts), purchase?.FoldedAt ?? now);
            return await CompareAsync(session, replayed, change, facts.Count);
        }
        catch (Exception e) when (e is not System.Data.Common.DbException)
        {
            return replayed.Failed(e); // this purchase alone; the others are compared
        }
    }

    private static async Task<Replayed> CompareAsync(PostgresSession session, Replayed replayed, PurchaseChange change, int entries)
    {
        var licenses = new List<License>();
        foreach (var license in change.Licenses)
        {
            licenses.Add(license.Issued ? license : license with { Issued = await IsAnnouncedAsync(session, license) });
        }

        var keys = new List<LicenseKeyRow>();
        foreach (var license in replayed.Licenses)
        {
            keys.AddRange(await StoredLicenses.KeysOfAsync(session, license.Tenant, license.Id));
        }

        var opening = new HashSet<LicenseKeyRow>();
        foreach (var key in change.Keys)
        {
            if (await session.FirstAsync(LicenseSql.HasKey, r => r.GetBoolean(0), key.Tenant, key.Lookup, key.License))
            {
                opening.Add(key);
            }
        }

        return replayed.Compared(change with { Licenses = licenses }, entries, keys, opening.Contains);
    }

    /// <summary>A license that was usable once has been told of.</summary>
    private static Task<bool> IsAnnouncedAsync(PostgresSession session, License license) =>
        session.FirstAsync(OutboxSql.Exists, r => r.GetBoolean(0), license.Tenant, $"{OutboxKinds.LicenseIssued}|{license.Id}");

    private async Task MendAsync(PostgresSession session, List<Replayed> page)
    {
        var now = time.GetUtcNow();
        foreach (var replayed in page)
        {
            await MendAsync(session, replayed, now);
        }

        await SubjectRows.HoldAsync(session, tenantId);
        var subjects = page.Where(r => r.Mending is Mending.Replace or Mending.Delete).SelectMany(r => r.Subjects).Distinct(StringComparer.Ordinal);
        await SubjectRows.RefreshAsync(session, tenantId, [.. subjects.Select(s => (s, now))]);

        await ReadyRows.RenewAsync(session, tenantId, now);
    }

    private async Task MendAsync(PostgresSession session, Replayed replayed, DateTimeOffset now)
    {
        switch (replayed.Mending)
        {
            case Mending.Replace:
                PurchaseRows.Queue(session, replayed.Change!.Purchase);
                await StoredLicenses.PutAsync(session, replayed.Licenses, replayed.Change.Licenses, replayed.Change.Keys);
                break;
            case Mending.Delete:
                await StoredLicenses.PutAsync(session, replayed.Licenses, [], []);
                await session.ExecuteAsync(PurchaseSql.Delete, tenantId, replayed.Id);
                break;
            case Mending.FoldAgain:
                await session.ExecuteAsync(InboxSql.Recall, tenantId, replayed.Id, now);
                break;
            default:
                break;
        }
    }
}
