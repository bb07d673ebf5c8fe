using Latchkey.Postgres.Inbox;
using Latchkey.Purchases;
using Latchkey.Tenants;
using Npgsql;

namespace Latchkey.Postgres.Purchases;

/// <summary>
/// One look at what is due: take a tenant, read what is due of it, have it folded, write what came of it. All in one transaction, during
/// which nobody else folds that tenant.
/// </summary>
internal sealed class FoldRound(PostgresDatabase database, IFolder folder, TimeProvider time)
{
    private const int StaleSettingsPauseMs = 10;

    private readonly DateTimeOffset _now = time.GetUtcNow();
    private readonly HashSet<string> _stale = new(StringComparer.Ordinal);

    public async Task<int> RunAsync(int limit, CancellationToken ct)
    {
        while (await TryFoldAsync(limit, ct) is { } looked)
        {
            if (looked > 0)
            {
                return looked;
            }
        }

        if (_stale.Count > 0)
        {
            // Only stale settings: whoever changed them is about to have them read again. Do not spin meanwhile.
            await Task.Delay(StaleSettingsPauseMs, ct);
        }

        return _stale.Count;
    }

    private async Task<int?> TryFoldAsync(int limit, CancellationToken ct)
    {
        try
        {
            return await database.WriteAsync(s => FoldAsync(s, limit, apart: false, ct), ct);
        }
        catch (PostgresException e) when (PostgresFaults.IsInTheData(e))
        {
            return await database.WriteAsync(s => FoldAsync(s, limit, apart: true, ct), ct);
        }
    }

    /// <param name="apart">Each purchase is written so that one that fails is taken back alone.</param>
    /// <returns>How many entries and purchases were folded; null when no tenant is due.</returns>
    private async Task<int?> FoldAsync(PostgresSession session, int limit, bool apart, CancellationToken ct)
    {
        if (await ReadyRows.TakeAsync(session, _now, _stale) is not { } id)
        {
            return null;
        }

        var tenant = await folder.TenantAsync(id, ct);
        var entries = await session.QueryAsync(InboxSql.Due, r => new DueEntry(InboxRows.Read(r), r.Int(InboxRows.Columns)), id, _now, limit);
        var purchases = await session.QueryAsync(PurchaseSql.Due, r => r.Text(0), id, _now, limit);
        var (groups, settled) = Place(tenant, id, entries, purchases);
        var results = await FoldAllAsync(session, tenant, groups);
        if (tenant is not null && await session.FirstAsync(PurchaseSql.SettingsVersion, r => r.Int(0), id) != tenant.Version)
        {
            _stale.Add(id);
            return 0; // stays due, and is folded again with the settings that stand now
        }

        await new FoldWrite(session, folder, id, tenant, _now).WriteAsync(results, settled, apart);
        await ReadyRows.RenewAsync(session, id, _now);
        return entries.Count + purchases.Count;
    }

    /// <summary>Which purchase each entry belongs to, and what came of those that belong to none.</summary>
    private (List<FoldGroup> Groups, List<Settled> Settled) Place(TenantContext? tenant, string id, List<DueEntry> entries, List<string> purchases)
    {
        var groups = new Dictionary<string, FoldGroup>(StringComparer.Ordinal);
        var settled = new List<Settled>();
        FoldGroup Group(string purchase)
        {
            if (!groups.TryGetValue(purchase, out var group))
            {
                groups[purchase] = group = new FoldGroup(id, purchase);
            }

            return group;
        }

        foreach (var due in entries)
        {
            try
            {
                var (purchase, translation, outcome) = folder.Place(
                    tenant ?? throw new InvalidOperationException("The entry's tenant is not known."), due.Entry);
                if (outcome is not null)
                {
                    settled.Add(new(outcome, due.Attempts));
                    continue;
                }

                Group(purchase ?? throw new InvalidOperationException("The entry names no purchase."))
                    .Add(due, translation ?? throw new InvalidOperationException("The entry has no meaning."));
            }
            catch (Exception e)
            {
                settled.Add(new(folder.SetAside(due.Entry, e), due.Attempts)); // this entry alone; the reason is shown with it
            }
        }

        purchases.ForEach(purchase => Group(purchase).ByTime = true);
        return ([.. groups.Values], settled);
    }

    private async Task<List<FoldOutcome>> FoldAllAsync(PostgresSession session, TenantContext? tenant, List<FoldGroup> groups)
    {
        if (tenant is null)
        {
            var unknown = new InvalidOperationException("The purchase's tenant is not known.");
            return [.. groups.Select(g => new FoldOutcome(g, g.Failed(e => folder.SetAside(e, unknown), _now)))];
        }

        var stored = new StoredFacts(session, folder, tenant);
        await stored.ReadAsync([.. groups.Select(g => g.Purchase)]);
        var said = groups.ConvertAll(g => (Group: g, Facts: Try<IReadOnlyList<Fact>>(() => [.. g.Facts, .. stored.Of(g.Purchase, e => !g.IsDue(e.Id))])));
        var read = said.Where(s => s.Facts.Value is not null).Select(s => (s.Group.Purchase, s.Facts.Value!)).ToList();
        await stored.ReadParentsAsync(read.SelectMany(r => r.Item2));
        await stored.HoldLinksAsync(read);

        var outcomes = new List<FoldOutcome>();
        var decided = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (group, facts) in said.Where(s => !stored.LinksOf(s.Group.Purchase).Any(l => decided.Contains(l.Id)))) // looked at as each one's turn comes
        {
            var result = FoldOne(stored, tenant, group, facts);
            outcomes.Add(new(group, result));
            if (result.Change?.Decision?.Link is { } link)
            {
                decided.Add(link.Id); // another purchase that came with it waits for the next round, which sees the decision
            }
        }

        return outcomes;
    }

    private FoldResult FoldOne(StoredFacts stored, TenantContext tenant, FoldGroup group, (IReadOnlyList<Fact>? Value, Exception? Error) said)
    {
        var (result, error) = Try(() =>
        {
            var facts = said.Value ?? throw said.Error!;
            var (purchase, licenses) = stored.Stored(group.Purchase);
            var before = new PurchaseBefore(group.Purchase, purchase, licenses) { Links = stored.LinksOf(group.Purchase) };
            return group.Folded(folder.Fold(tenant, before, facts, stored.ParentsOf(group.Purchase, facts)), licenses);
        });
        return result ?? group.Failed(entry => folder.SetAside(entry, error!), _now); // set aside with its reason; it holds nobody up
    }

    private static (T? Value, Exception? Error) Try<T>(Func<T> compute)
        where T : class
    {
        try
        {
            return (compute(), null);
        }
        catch (Exception e)
        {
            return (null, e);
        }
    }
}

/// <param name="Group">What was folded, for setting it aside should its writing fail.</param>
internal sealed record FoldOutcome(FoldGroup Group, FoldResult Result);
