using Latchkey.PurchaseLinks;
using Latchkey.Purchases;
using Latchkey.Sqlite.Inbox;
using Latchkey.Sqlite.PurchaseLinks;
using Latchkey.Tenants;

namespace Latchkey.Sqlite.Purchases;

/// <summary>
/// One look at what is due: read it, have it folded, write what came of it. Purchases are written some at a time, so that each
/// write stays short, and the next ones are folded while the last ones are being written.
/// </summary>
internal sealed class FoldRound(SqliteDatabase database, IFolder folder, TimeProvider time)
{
    private const int PurchasesPerWrite = 16;
    private const int StaleSettingsPauseMs = 10;

    private readonly DateTimeOffset _now = time.GetUtcNow();
    private readonly Dictionary<string, TenantContext?> _tenants = new(StringComparer.Ordinal);

    // Links that were decided about in this round: another purchase that came with one waits for the next round, which sees the decision.
    private readonly HashSet<(string Tenant, string Link)> _decided = [];

    public async Task<int> RunAsync(int limit, CancellationToken ct)
    {
        var (entries, purchases) = await database.Readers.ReadAsync(
            s => (s.Query(InboxSql.Due, ReadDue, _now, limit), s.Query(PurchaseSql.Due, r => (Tenant: r.GetString(0), Id: r.GetString(1)), _now, limit)), ct);
        if (entries.Count + purchases.Count == 0)
        {
            return 0;
        }

        foreach (var tenant in entries.Select(e => e.Entry.Tenant).Concat(purchases.Select(p => p.Tenant)).Distinct())
        {
            _tenants[tenant] = await folder.TenantAsync(tenant, ct);
        }

        var (groups, settled) = Place(entries, purchases);
        var writes = new List<Task<bool>>();
        if (settled.Count > 0)
        {
            writes.Add(WriteAsync([], settled));
        }

        foreach (var some in groups.Chunk(PurchasesPerWrite))
        {
            var changes = await database.Readers.SnapshotAsync(s => some.Select(g => FoldOne(s, g)).OfType<FoldResult>().ToList(), ct);
            writes.Add(WriteAsync(changes, []));
        }

        if (!(await Task.WhenAll(writes)).Contains(true))
        {
            // Only stale settings: whoever changed them is about to have them read again. Do not spin meanwhile.
            await Task.Delay(StaleSettingsPauseMs, ct);
        }

        return entries.Count + purchases.Count;
    }

    private static DueEntry ReadDue(Microsoft.Data.Sqlite.SqliteDataReader r) => new(InboxRows.Read(r), r.Int(InboxRows.Columns));

    /// <summary>Which purchase each entry belongs to, and what came of those that belong to none.</summary>
    private (List<FoldGroup> Groups, List<Settled> Settled) Place(List<DueEntry> entries, List<(string Tenant, string Id)> purchases)
    {
        var groups = new Dictionary<(string, string), FoldGroup>();
        var settled = new List<Settled>();
        FoldGroup Group(string tenant, string purchase)
        {
            if (!groups.TryGetValue((tenant, purchase), out var group))
            {
                groups[(tenant, purchase)] = group = new FoldGroup(tenant, purchase);
            }

            return group;
        }

        foreach (var due in entries)
        {
            try
            {
                var tenant = _tenants[due.Entry.Tenant] ?? throw new InvalidOperationException("The entry's tenant is not known.");
                var (purchase, translation, outcome) = folder.Place(tenant, due.Entry);
                if (outcome is not null)
                {
                    settled.Add(new(outcome, due.Attempts));
                    continue;
                }

                Group(due.Entry.Tenant, purchase ?? throw new InvalidOperationException("The entry names no purchase."))
                    .Add(due, translation ?? throw new InvalidOperationException("The entry has no meaning."));
            }
            catch (Exception e)
            {
                settled.Add(new(folder.SetAside(due.Entry, e), due.Attempts)); // this entry alone; the reason is shown with it
            }
        }

        foreach (var (tenant, id) in purchases)
        {
            Group(tenant, id).ByTime = true;
        }

        return ([.. groups.Values], settled);
    }

    /// <returns>Null when it is left for the next round.</returns>
    private FoldResult? FoldOne(SqliteSession session, FoldGroup group)
    {
        try
        {
            var tenant = _tenants[group.Tenant] ?? throw new InvalidOperationException("The purchase's tenant is not known.");
            var stored = new StoredFacts(session, folder, tenant);
            List<Fact> facts = [.. group.Facts, .. stored.Of(group.Purchase, e => !group.IsDue(e.Id))];
            var links = PurchaseLinkRows.FindAll(session, tenant.Id, LinkReferences.In(tenant, facts));
            if (links.Any(l => _decided.Contains((l.Tenant, l.Id))))
            {
                return null;
            }

            var (purchase, licenses) = stored.Stored(group.Purchase);
            var before = new PurchaseBefore(group.Purchase, purchase, licenses) { Links = links };
            var change = folder.Fold(tenant, before, facts, stored.ParentsOf(group.Purchase, facts));
            if (change.Decision?.Link is { } link)
            {
                _decided.Add((link.Tenant, link.Id));
            }

            return group.Folded(change, licenses);
        }
        catch (Exception e)
        {
            return group.Failed(entry => folder.SetAside(entry, e), _now); // set aside with its reason; it holds nobody up
        }
    }

    /// <returns>False when nothing was written because all of it rests on settings that have changed meanwhile.</returns>
    private Task<bool> WriteAsync(List<FoldResult> results, List<Settled> settled) => database.Writer.RunAsync(
        session =>
        {
            // Begun work is finished even if the caller stops: what it folded is not thrown away.
            var write = new FoldWrite(
                session, _now, tenant => _tenants[tenant]?.Version, (tenant, purchase, others) => folder.Link(_tenants[tenant]!, purchase, others, _now));
            settled.ForEach(write.Settle);
            results.ForEach(write.Write);
            return write.Wrote;
        },
        CancellationToken.None);
}
