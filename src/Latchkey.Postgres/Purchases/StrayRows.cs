using Latchkey.Postgres.Licenses;
using Latchkey.Postgres.Subjects;
using Latchkey.Purchases;
using Latchkey.Subjects;

namespace Latchkey.Postgres.Purchases;

/// <summary>The computed rows that no purchase leads to: licenses that none names, keys that no license has, and what subjects may do.</summary>
internal sealed class StrayRows(PostgresDatabase database, string tenant, TimeProvider time, Action<ReplayDifference> differs)
{
    private const int RowsPerRead = 512;

    public async Task FindAsync(bool swap, CancellationToken ct)
    {
        await LicensesAsync(swap, ct);
        await KeysAsync(swap, ct);
        await SubjectsAsync(swap, ct);
    }

    private async Task LicensesAsync(bool swap, CancellationToken ct)
    {
        foreach (var (id, purchase) in await database.ReadAsync(s => s.QueryAsync(StraySql.Licenses, r => (r.Text(0), r.Text(1)), tenant), ct))
        {
            differs(new(purchase, ["stray license"]));
            if (swap)
            {
                await WriteAsync(s => s.ExecuteAsync(StraySql.DeleteLicense, tenant, id), ct);
            }
        }
    }

    private async Task KeysAsync(bool swap, CancellationToken ct)
    {
        var (lookup, license) = (Array.Empty<byte>(), string.Empty);
        while (true)
        {
            var page = await database.ReadAsync(
                s => s.QueryAsync(StraySql.Keys, r => (Lookup: r.Blob(0), License: r.Text(1), Keys: r.TextOrNull(2)), tenant, lookup, license, RowsPerRead), ct);
            if (page.Count == 0)
            {
                return;
            }

            foreach (var key in page.Where(k => !Has(k.Keys, k.Lookup)))
            {
                differs(new(key.License, ["stray key"]));
                if (swap)
                {
                    await WriteAsync(
                        async s => (await StoredLicenses.KeysOfAsync(s, tenant, key.License)).Any(k => k.Lookup.AsSpan().SequenceEqual(key.Lookup))
                            ? 0
                            : await s.ExecuteAsync(LicenseSql.DeleteKey, tenant, key.Lookup, key.License),
                        ct);
                }
            }

            (lookup, license) = (page[^1].Lookup, page[^1].License);
        }
    }

    private static bool Has(string? keys, byte[] lookup) =>
        keys is not null && StoreJson.Read(keys, StoreJson.Default.IReadOnlyListKeyJson).Any(k => k.Lookup.AsSpan().SequenceEqual(lookup));

    private async Task SubjectsAsync(bool swap, CancellationToken ct)
    {
        var after = string.Empty;
        while (true)
        {
            var (last, outdated) = await database.SnapshotAsync(s => OutdatedAsync(s, after), ct);
            if (last is null)
            {
                return;
            }

            foreach (var subject in outdated)
            {
                differs(new(subject, ["subject.rights"]));
                if (swap)
                {
                    await WriteAsync(s => RefreshAsync(s, subject), ct);
                }
            }

            after = last;
        }
    }

    /// <returns>The last subject that was looked at, if any, and those that are outdated.</returns>
    private async Task<(string? Last, List<string> Outdated)> OutdatedAsync(PostgresSession session, string after)
    {
        var page = await session.QueryAsync(StraySql.Subjects, r => r.Text(0), tenant, after, RowsPerRead);
        var outdated = new List<string>();
        foreach (var subject in page)
        {
            if (await IsOutdatedAsync(session, subject))
            {
                outdated.Add(subject);
            }
        }

        return (page.Count == 0 ? null : page[^1], outdated);
    }

    /// <summary>Unless a purchase's moment has come: then a fold is about to say it.</summary>
    private async Task<bool> IsOutdatedAsync(PostgresSession session, string subject)
    {
        if (await SubjectRows.RootOfAsync(session, tenant, subject) != subject)
        {
            return false; // stands for somebody else, who is looked at himself
        }

        var now = time.GetUtcNow();
        var licenses = await SubjectRows.LicensesOfAsync(session, tenant, subject);
        var rights = StoreJson.Write(Entitlements.Of(licenses, now), StoreJson.Default.IReadOnlyListProductRights);
        if (rights == (await session.FirstAsync(SubjectSql.Find, r => r.Text(1), tenant, subject) ?? StoreJson.Empty))
        {
            return false;
        }

        string[] purchases = [.. licenses.Select(l => l.Purchase).Distinct(StringComparer.Ordinal)];
        return !(await session.QueryAsync(PurchaseSql.FindAll, PurchaseRows.Read, tenant, purchases)).Exists(p => p.DueAt <= now);
    }

    private async Task<int> RefreshAsync(PostgresSession session, string subject)
    {
        await SubjectRows.HoldAsync(session, tenant);
        await SubjectRows.RefreshAsync(session, tenant, [(subject, time.GetUtcNow())]);
        return 1;
    }

    /// <summary>While nobody folds the tenant.</summary>
    private Task<int> WriteAsync(Func<PostgresSession, Task<int>> write, CancellationToken ct) => database.WriteAsync(
        async session =>
        {
            await ReadyRows.HoldAsync(session, tenant);
            return await write(session);
        },
        ct);
}
