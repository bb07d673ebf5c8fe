using Latchkey.Subjects;

namespace Latchkey.Sqlite.Subjects;

internal sealed class SqliteSubjectStore(SqliteDatabase database) : ISubjectStore
{
    public Task<SubjectSnapshot> ReadAsync(string tenant, string subject, CancellationToken ct) =>
        database.Readers.SnapshotAsync(s => SubjectRows.Read(s, tenant, subject), ct);

    public Task<bool> ClaimAsync(string tenant, string email, string user, DateTimeOffset now, CancellationToken ct) => database.Writer.RunAsync(
        session =>
        {
            var earlier = SubjectRows.RootOf(session, tenant, email);
            if (earlier == user)
            {
                return false;
            }

            // Whoever asks after the address is answered with the user's version from now on: it must not fall, and he is to hear of it.
            var told = Math.Max(SubjectRows.VersionOf(session, tenant, earlier), SubjectRows.VersionOf(session, tenant, user));
            session.Execute(SubjectSql.Claim, tenant, email, user, now);
            SubjectRows.Refresh(session, tenant, user, now, above: told);
            if (earlier != email)
            {
                SubjectRows.Refresh(session, tenant, earlier, now, above: SubjectRows.VersionOf(session, tenant, earlier)); // his addresses are part of the answer
            }

            return true;
        },
        ct);

    public Task<IReadOnlyList<string>> ClaimedByAsync(string tenant, string user, CancellationToken ct) =>
        database.Readers.ReadAsync<IReadOnlyList<string>>(s => s.Query(SubjectSql.ClaimedBy, r => r.GetString(0), tenant, user), ct);
}
