using Latchkey.Licenses;
using Latchkey.Products;
using Latchkey.Rights;
using Microsoft.Data.Sqlite;

namespace Latchkey.Sqlite.Licenses;

/// <summary>Between licenses, their keys, and their rows.</summary>
internal static class StoredLicenses
{
    /// <summary>Writes the licenses of one purchase; those that it no longer gives are deleted.</summary>
    /// <param name="before">The licenses it gave before.</param>
    public static void Put(SqliteSession session, IReadOnlyList<License> before, IReadOnlyList<License> licenses, IReadOnlyList<LicenseKeyRow> keys)
    {
        foreach (var earlier in before)
        {
            foreach (var stale in KeysOf(session, earlier.Tenant, earlier.Id).Where(k => !keys.Any(now => now.License == earlier.Id && now.Lookup.AsSpan().SequenceEqual(k.Lookup))))
            {
                session.Execute(LicenseSql.DeleteKey, earlier.Tenant, stale.Lookup, earlier.Id);
            }

            if (licenses.All(l => l.Id != earlier.Id))
            {
                session.Execute(LicenseSql.Delete, earlier.Tenant, earlier.Id);
            }
        }

        foreach (var license in licenses)
        {
            Put(session, license, [.. keys.Where(k => k.License == license.Id).Select(KeyJson.Of)]);
        }

        foreach (var key in keys)
        {
            session.Execute(LicenseSql.AddKey, key.Tenant, key.Lookup, key.License);
        }
    }

    public static License? Find(SqliteSession session, string tenant, string id) => session.First(LicenseSql.Find, Read, tenant, id);

    public static IReadOnlyList<LicenseKeyRow> KeysOf(SqliteSession session, string tenant, string license) =>
        session.First(LicenseSql.Keys, r => r.GetString(0), tenant, license) is { } json
            ? [.. StoreJson.Read(json, StoreJson.Default.IReadOnlyListKeyJson).Select(k => k.ToRow(tenant, license))]
            : [];

    public static License Read(SqliteDataReader r) => new(
        r.Text(0), r.Text(1), r.Text(2), r.Text(3), r.Text(4), r.Text(5), r.Int(6), r.Int(7), r.Text(8), r.Enum<KeySource>(9), r.Text(10),
        r.Enum<LicenseState>(11), ReadTerms(r),
        r.TextOrNull(16), r.Int(17), StoreJson.ReadStrings(r.Text(18)), r.IntOrNull(19), r.GetDouble(20), r.GetDouble(21),
        r.TimeOrNull(22), r.Flag(23), r.Text(24), r.TextOrNull(25), r.Flag(26), r.Time(27));

    private static Terms ReadTerms(SqliteDataReader r) => new(StoreJson.ReadStrings(r.Text(12)), r.Time(13), r.TimeOrNull(14), r.Flag(15))
    {
        TrialEndsAt = r.TimeOrNull(28),
        GraceFrom = r.TimeOrNull(29),
        KeptAfterEnd = r.TextOrNull(30) is { } kept ? StoreJson.ReadStrings(kept) : null,
    };

    private static void Put(SqliteSession session, License l, IReadOnlyList<KeyJson> keys) => session.Execute(
        LicenseSql.Put,
        l.Tenant, l.Id, l.Purchase, l.Name, l.Product, l.KeyType, l.Index, l.Generation, l.KeyPrefix, l.KeySource.Text(), l.KeyMasked,
        l.FoldedState.Text(), StoreJson.Write(l.Terms.Holds), l.Terms.StartsAt, l.Terms.EndsAt, l.Terms.IsSubscription,
        l.Tier, l.Rank, StoreJson.Write(l.Entitlements), l.ActivationLimit, l.LeaseDays, l.LeaseGraceDays,
        l.PaidUntil, l.Test, l.Subject, l.Email, l.Issued, l.CreatedAt, l.Terms.TrialEndsAt, l.Terms.GraceFrom,
        l.Terms.KeptAfterEnd is { } kept ? StoreJson.Write(kept) : null, StoreJson.Write(keys, StoreJson.Default.IReadOnlyListKeyJson));
}
