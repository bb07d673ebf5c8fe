using Latchkey.Subjects;

namespace Latchkey.Postgres.Subjects;

internal sealed class PostgresSubjectStore(PostgresDatabase database) : ISubjectStore
{
    public Task<SubjectSnapshot> ReadAsync(string tenant, string subject, CancellationToken ct) =>
        database.SnapshotAsync(s => SubjectRows.ReadAsync(s, tenant, subject), ct);

    public Task<bool> ClaimAsync(string tenant, string email, string user, DateTimeOffset now, CancellationToken ct) => database.WriteAsync(
        async session =>
        {
            await SubjectRows.HoldAsync(session, tenant);
            var earlier = await SubjectRows.RootOfAsync(session, tenant, email);
            if (earlier == user)
            {
                return false;
            }

            // Whoever asks after the address is answered with the user's version from now on: it must not fall, and he is to hear of it.
            var told = Math.Max(await SubjectRows.VersionOfAsync(session, tenant, earlier), await SubjectRows.VersionOfAsync(session, tenant, user));
            await session.ExecuteAsync(SubjectSql.Claim, tenant, email, user, now);
            await SubjectRows.RefreshAsync(session, tenant, [(user, now)], above: told);
            if (earlier != email)
            {
                // His addresses are part of the answer, too.
                await SubjectRows.RefreshAsync(session, tenant, [(earlier, now)], above: await SubjectRows.VersionOfAsync(session, tenant, earlier));
            }

            return true;
        },
        ct);

    public async Task<IReadOnlyList<string>> ClaimedByAsync(string tenant, string user, CancellationToken ct) =>
        await database.ReadAsync(s => s.QueryAsync(SubjectSql.ClaimedBy, r => r.Text(0), tenant, user), ct);
}
