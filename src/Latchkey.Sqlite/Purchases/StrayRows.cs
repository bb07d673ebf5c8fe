using Latchkey.Purchases;
using Latchkey.Sqlite.Licenses;
using Latchkey.Sqlite.Subjects;
using Latchkey.Subjects;

namespace Latchkey.Sqlite.Purchases;

/// <summary>The computed rows that no purchase leads to: licenses that none names, keys that no license has, and what subjects may do.</summary>
internal sealed class StrayRows(SqliteDatabase database, string tenant, TimeProvider time, Action<ReplayDifference> differs)
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
        foreach (var (id, purchase) in await database.Readers.ReadAsync(s => s.Query(StraySql.Licenses, r => (r.GetString(0), r.GetString(1)), tenant), ct))
        {
            differs(new(purchase, ["stray license"]));
            if (swap)
            {
                await database.Writer.RunAsync(s => s.Execute(StraySql.DeleteLicense, tenant, id), ct);
            }
        }
    }

    private async Task KeysAsync(bool swap, CancellationToken ct)
    {
        var (lookup, license) = (Array.Empty<byte>(), string.Empty);
        while (true)
        {
            var page = await database.Readers.ReadAsync(
                s => s.Query(StraySql.Keys, r => (Lookup: r.Blob(0), License: r.Text(1), Keys: r.TextOrNull(2)), tenant, lookup, license, RowsPerRead), ct);
            if (page.Count == 0)
            {
                return;
            }

            foreach (var key in page.Where(k => !Has(k.Keys, k.Lookup)))
            {
                differs(new(key.License, ["stray key"]));
                if (swap)
                {
                    await database.Writer.RunAsync(
                        s => !StoredLicenses.KeysOf(s, tenant, key.License).Any(k => k.Lookup.AsSpan().SequenceEqual(key.Lookup))
                            && s.Execute(LicenseSql.DeleteKey, tenant, key.Lookup, key.License) > 0,
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
            var page = await database.Readers.SnapshotAsync(
                s => s.Query(StraySql.Subjects, r => r.GetString(0), tenant, after, RowsPerRead).Select(subject => (subject, Differs: IsOutdated(s, subject))).ToList(), ct);
            if (page.Count == 0)
            {
                return;
            }

            foreach (var (subject, _) in page.Where(p => p.Differs))
            {
                differs(new(subject, ["subject.rights"]));
                if (swap)
                {
                    await database.Writer.RunAsync(s => Refresh(s, subject), ct);
                }
            }

            after = page[^1].subject;
        }
    }

    /// <summary>Unless a purchase's moment has come: then a fold is about to say it.</summary>
    private bool IsOutdated(SqliteSession session, string subject)
    {
        if (SubjectRows.RootOf(session, tenant, subject) != subject)
        {
            return false; // stands for somebody else, who is looked at himself
        }

        var now = time.GetUtcNow();
        var licenses = SubjectRows.LicensesOf(session, tenant, subject);
        var rights = StoreJson.Write(Entitlements.Of(licenses, now), StoreJson.Default.IReadOnlyListProductRights);
        return rights != (session.First(SubjectSql.Find, r => r.GetString(1), tenant, subject) ?? StoreJson.Empty)
            && !licenses.Any(l => PurchaseRows.Find(session, tenant, l.Purchase)?.DueAt <= now);
    }

    private bool Refresh(SqliteSession session, string subject)
    {
        SubjectRows.Refresh(session, tenant, subject, time.GetUtcNow());
        return true;
    }
}

internal static class StraySql
{
    private const string Unnamed = """
        not exists (
            select 1 from purchases p, json_each(p.licenses) named
            where p.tenant = licenses.tenant and p.id = licenses.purchase and named.value = licenses.id)
        """;

    public const string Licenses = $"select id, purchase from licenses where tenant = $1 and {Unnamed} order by id";

    public const string DeleteLicense = $"delete from licenses where tenant = $1 and id = $2 and {Unnamed}";

    /// <summary>Keys after ($2, $3), each with all keys of its license.</summary>
    public const string Keys = """
        select k.lookup, k.license, l.keys
        from license_keys k left join licenses l on l.tenant = k.tenant and l.id = k.license
        where k.tenant = $1 and (k.lookup, k.license) > ($2, $3)
        order by k.lookup, k.license limit $4
        """;

    public const string Subjects = """
        select subject from subjects where tenant = $1 and subject > $2
        union
        select subject from licenses where tenant = $1 and subject > $2
        order by 1 limit $3
        """;
}
