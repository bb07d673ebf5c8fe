using Latchkey.Licenses;
using Latchkey.Products;
using Latchkey.Rights;
using Npgsql;

namespace Latchkey.Postgres.Licenses;

/// <summary>Between licenses, their keys, and their rows.</summary>
internal static class StoredLicenses
{
    private const int KeysColumn = 31;

    /// <summary>Writes the licenses of one purchase; those that it no longer gives are deleted.</summary>
    /// <param name="before">The licenses it gave before.</param>
    public static async Task PutAsync(PostgresSession session, IReadOnlyList<License> before, IReadOnlyList<License> licenses, IReadOnlyList<LicenseKeyRow> keys)
    {
        await DeleteStaleAsync(session, before, licenses, keys);
        foreach (var license in licenses)
        {
            Queue(session, license, [.. keys.Where(k => k.License == license.Id).Select(KeyJson.Of)]);
        }

        foreach (var ofTenant in keys.GroupBy(k => k.Tenant, StringComparer.Ordinal))
        {
            session.Queue(LicenseSql.AddKeys, ofTenant.Key, ofTenant.Select(k => k.Lookup).ToArray(), ofTenant.Select(k => k.License).ToArray());
        }
    }

    public static Task<License?> FindAsync(PostgresSession session, string tenant, string id) => session.FirstAsync(LicenseSql.Find, Read, tenant, id);

    /// <summary>Those of them that there are, in their order.</summary>
    public static async Task<IReadOnlyList<License>> FindAllAsync(PostgresSession session, string tenant, IReadOnlyList<string> ids)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        var found = (await session.QueryAsync(LicenseSql.FindAll, Read, tenant, ids.ToArray())).ToDictionary(l => l.Id, StringComparer.Ordinal);
        return [.. ids.Where(found.ContainsKey).Select(id => found[id])];
    }

    public static async Task<IReadOnlyList<LicenseKeyRow>> KeysOfAsync(PostgresSession session, string tenant, string license) =>
        await session.FirstAsync(LicenseSql.Keys, r => KeysOf(r.Text(0), tenant, license), tenant, license) ?? [];

    /// <summary>The licenses that a key opens.</summary>
    public static async Task<IReadOnlyList<KeyMatch>> ByKeyAsync(PostgresSession session, string tenant, byte[] lookup)
    {
        var found = await session.QueryAsync(LicenseSql.ByKey, r => (License: Read(r), Keys: r.Text(KeysColumn)), tenant, lookup);
        return
        [
            .. found
                .Select(f => (f.License, Key: KeysOf(f.Keys, tenant, f.License.Id).FirstOrDefault(k => k.Lookup.AsSpan().SequenceEqual(lookup))))
                .Where(f => f.Key is not null)
                .Select(f => new KeyMatch(f.License, f.Key!)),
        ];
    }

    public static License Read(NpgsqlDataReader r) => new(
        r.Text(0), r.Text(1), r.Text(2), r.Text(3), r.Text(4), r.Text(5), r.Int(6), r.Int(7), r.Text(8), r.Enum<KeySource>(9), r.Text(10),
        r.Enum<LicenseState>(11), ReadTerms(r),
        r.TextOrNull(16), r.Int(17), StoreJson.ReadStrings(r.Text(18)), r.IntOrNull(19), r.GetDouble(20), r.GetDouble(21),
        r.TimeOrNull(22), r.Flag(23), r.Text(24), r.TextOrNull(25), r.Flag(26), r.Time(27));

    private static Terms ReadTerms(NpgsqlDataReader r) => new(StoreJson.ReadStrings(r.Text(12)), r.Time(13), r.TimeOrNull(14), r.Flag(15))
    {
        TrialEndsAt = r.TimeOrNull(28),
        GraceFrom = r.TimeOrNull(29),
        KeptAfterEnd = r.TextOrNull(30) is { } kept ? StoreJson.ReadStrings(kept) : null,
    };

    private static IReadOnlyList<LicenseKeyRow> KeysOf(string json, string tenant, string license) =>
        [.. StoreJson.Read(json, StoreJson.Default.IReadOnlyListKeyJson).Select(k => k.ToRow(tenant, license))];

    private static async Task DeleteStaleAsync(
        PostgresSession session, IReadOnlyList<License> before, IReadOnlyList<License> licenses, IReadOnlyList<LicenseKeyRow> keys)
    {
        foreach (var ofTenant in before.GroupBy(l => l.Tenant, StringComparer.Ordinal))
        {
            var tenant = ofTenant.Key;
            var earlier = await session.QueryAsync(
                LicenseSql.AllKeys, r => KeysOf(r.Text(1), tenant, r.Text(0)), tenant, ofTenant.Select(l => l.Id).ToArray());
            foreach (var stale in earlier.SelectMany(k => k).Where(k => !keys.Any(now => now.License == k.License && now.Lookup.AsSpan().SequenceEqual(k.Lookup))))
            {
                await session.ExecuteAsync(LicenseSql.DeleteKey, tenant, stale.Lookup, stale.License);
            }

            foreach (var gone in ofTenant.Where(l => licenses.All(now => now.Id != l.Id)))
            {
                await session.ExecuteAsync(LicenseSql.Delete, tenant, gone.Id);
            }
        }
    }

    private static void Queue(PostgresSession session, License l, IReadOnlyList<KeyJson> keys) => session.Queue(
        LicenseSql.Put,
        l.Tenant, l.Id, l.Purchase, l.Name, l.Product, l.KeyType, l.Index, l.Generation, l.KeyPrefix, l.KeySource.Text(), l.KeyMasked,
        l.FoldedState.Text(), StoreJson.Write(l.Terms.Holds), l.Terms.StartsAt, l.Terms.EndsAt, l.Terms.IsSubscription,
        l.Tier, l.Rank, StoreJson.Write(l.Entitlements), l.ActivationLimit, l.LeaseDays, l.LeaseGraceDays,
        l.PaidUntil, l.Test, l.Subject, l.Email, l.Issued, l.CreatedAt, l.Terms.TrialEndsAt, l.Terms.GraceFrom,
        l.Terms.KeptAfterEnd is { } kept ? StoreJson.Write(kept) : null, StoreJson.Write(keys, StoreJson.Default.IReadOnlyListKeyJson));
}
