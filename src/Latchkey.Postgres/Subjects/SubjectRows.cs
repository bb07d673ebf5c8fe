using System.Globalization;
using Latchkey.Licenses;
using Latchkey.Outbox;
using Latchkey.Postgres.Licenses;
using Latchkey.Postgres.Outbox;
using Latchkey.Subjects;

namespace Latchkey.Postgres.Subjects;

/// <summary>Between subjects and their rows.</summary>
internal static class SubjectRows
{
    /// <summary>To be called once before a transaction's first <see cref="RefreshAsync"/>, as late as may be.</summary>
    public static Task HoldAsync(PostgresSession session, string tenant) => session.ExecuteAsync(SubjectSql.Hold, tenant);

    /// <summary>The user who has claimed an address; anybody else is his own root.</summary>
    public static async Task<string> RootOfAsync(PostgresSession session, string tenant, string subject) =>
        Subject.IsEmail(subject) ? await session.FirstAsync(SubjectSql.OwnerOf, r => r.Text(0), tenant, subject) ?? subject : subject;

    /// <summary>All of the root's and of the addresses it has claimed.</summary>
    public static async Task<IReadOnlyList<License>> LicensesOfAsync(PostgresSession session, string tenant, string root)
    {
        var licenses = await session.QueryAsync(LicenseSql.ListBySubject, StoredLicenses.Read, tenant, root);
        if (Subject.IsUser(root))
        {
            foreach (var email in await session.QueryAsync(SubjectSql.ClaimedBy, r => r.Text(0), tenant, root))
            {
                licenses.AddRange(await session.QueryAsync(LicenseSql.ListBySubject, StoredLicenses.Read, tenant, email));
            }
        }

        return licenses;
    }

    public static Task<long> VersionOfAsync(PostgresSession session, string tenant, string root) =>
        session.FirstAsync(SubjectSql.Find, r => r.Long(0), tenant, root);

    public static async Task<SubjectSnapshot> ReadAsync(PostgresSession session, string tenant, string subject)
    {
        var root = await RootOfAsync(session, tenant, subject);
        return new(
            subject, root,
            await VersionOfAsync(session, tenant, root),
            await session.FirstAsync(SubjectSql.LastPosition, r => r.Long(0), tenant),
            await LicensesOfAsync(session, tenant, root));
    }

    /// <summary>Raises the version of each subject whose rights have changed, and says so in the outbox.</summary>
    /// <param name="subjects">And the moment for which their rights are asked.</param>
    /// <param name="above">A version that was told for one who is answered as this subject from now on; 0 for none.</param>
    public static async Task RefreshAsync(PostgresSession session, string tenant, IReadOnlyList<(string Subject, DateTimeOffset At)> subjects, long above = 0)
    {
        string[] named = [.. subjects.Select(s => s.Subject)];
        var owners = await PairsAsync(session, SubjectSql.OwnersOf, tenant, named);
        var roots = subjects.DistinctBy(s => RootOf(s.Subject), StringComparer.Ordinal).ToDictionary(s => RootOf(s.Subject), s => s.At, StringComparer.Ordinal);
        string[] ids = [.. roots.Keys];
        var claimed = await PairsAsync(session, SubjectSql.ClaimedByAny, tenant, ids);
        string[] holders = [.. ids, .. claimed.SelectMany(c => c)];
        var licenses = (await session.QueryAsync(LicenseSql.ListBySubjects, StoredLicenses.Read, tenant, holders)).ToLookup(l => l.Subject, StringComparer.Ordinal);
        var before = (await session.QueryAsync(SubjectSql.FindAll, r => (Subject: r.Text(0), Version: r.Long(1), Rights: r.Text(2)), tenant, ids))
            .ToDictionary(s => s.Subject, StringComparer.Ordinal);
        foreach (var (root, at) in roots)
        {
            var rights = StoreJson.Write(
                Entitlements.Of([.. claimed[root].Prepend(root).SelectMany(s => licenses[s])], at), StoreJson.Default.IReadOnlyListProductRights);
            var (_, version, rightsBefore) = before.GetValueOrDefault(root);
            if (rights != (rightsBefore ?? StoreJson.Empty) || (above > 0 && version <= above))
            {
                QueueVersion(session, tenant, root, Math.Max(version, above) + 1, rights, at);
            }
        }

        string RootOf(string subject) => Subject.IsEmail(subject) ? owners[subject].FirstOrDefault(subject) : subject;
    }

    private static void QueueVersion(PostgresSession session, string tenant, string root, long version, string rights, DateTimeOffset at)
    {
        session.Queue(SubjectSql.Put, tenant, root, version, rights);
        OutboxRows.Queue(session, new OutboxMessage(
            tenant, OutboxIds.EntitlementsKey(root, version), OutboxKinds.EntitlementsChanged,
            null, null, version.ToString(CultureInfo.InvariantCulture), at, Subject: root));
    }

    private static async Task<ILookup<string, string>> PairsAsync(PostgresSession session, string sql, string tenant, string[] of) =>
        (await session.QueryAsync(sql, r => (Of: r.Text(0), Is: r.Text(1)), tenant, of)).ToLookup(p => p.Of, p => p.Is, StringComparer.Ordinal);
}
