using System.Globalization;
using Latchkey.Licenses;
using Latchkey.Outbox;
using Latchkey.Sqlite.Licenses;
using Latchkey.Sqlite.Outbox;
using Latchkey.Subjects;

namespace Latchkey.Sqlite.Subjects;

/// <summary>Between subjects and their rows.</summary>
internal static class SubjectRows
{
    /// <summary>The user who has claimed an address; anybody else is his own root.</summary>
    public static string RootOf(SqliteSession session, string tenant, string subject) =>
        Subject.IsEmail(subject) ? session.First(SubjectSql.OwnerOf, r => r.GetString(0), tenant, subject) ?? subject : subject;

    /// <summary>The root and every address it has claimed.</summary>
    public static IReadOnlyList<string> GroupOf(SqliteSession session, string tenant, string root) =>
        Subject.IsUser(root) ? [root, .. session.Query(SubjectSql.ClaimedBy, r => r.GetString(0), tenant, root)] : [root];

    public static IReadOnlyList<License> LicensesOf(SqliteSession session, string tenant, string root) =>
        [.. GroupOf(session, tenant, root).SelectMany(s => session.Query(LicenseSql.ListBySubject, StoredLicenses.Read, tenant, s))];

    public static long VersionOf(SqliteSession session, string tenant, string root) => session.First(SubjectSql.Find, r => r.GetInt64(0), tenant, root);

    public static SubjectSnapshot Read(SqliteSession session, string tenant, string subject)
    {
        var root = RootOf(session, tenant, subject);
        return new(
            subject, root,
            VersionOf(session, tenant, root),
            session.First(SubjectSql.LastPosition, r => r.GetInt64(0), tenant),
            LicensesOf(session, tenant, root));
    }

    /// <summary>Raises the version of a subject if what it may do has changed, and says so in the outbox.</summary>
    /// <param name="above">A version that was told for one who is answered as this subject from now on; 0 for none.</param>
    public static void Refresh(SqliteSession session, string tenant, string subject, DateTimeOffset now, long above = 0)
    {
        var root = RootOf(session, tenant, subject);
        var rights = StoreJson.Write(Entitlements.Of(LicensesOf(session, tenant, root), now), StoreJson.Default.IReadOnlyListProductRights);
        var (version, before) = session.First(SubjectSql.Find, r => (r.GetInt64(0), r.GetString(1)), tenant, root);
        if (rights == (before ?? StoreJson.Empty) && (above == 0 || version > above))
        {
            return;
        }

        version = Math.Max(version, above) + 1;
        session.Execute(SubjectSql.Put, tenant, root, version, rights);
        OutboxRows.Append(session, new OutboxMessage(
            tenant, OutboxIds.EntitlementsKey(root, version), OutboxKinds.EntitlementsChanged,
            null, null, version.ToString(CultureInfo.InvariantCulture), now, Subject: root));
    }
}
