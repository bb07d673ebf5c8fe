namespace Latchkey.Sqlite.Subjects;

internal static class SubjectSql
{
    public const string Find = "select version, rights from subjects where tenant = $1 and subject = $2";

    public const string Put = """
        insert into subjects (tenant, subject, version, rights) values ($1, $2, $3, $4)
        on conflict (tenant, subject) do update set version = excluded.version, rights = excluded.rights
        """;

    public const string ClaimedBy = "select email from subject_claims where tenant = $1 and user = $2 order by email";

    public const string OwnerOf = "select user from subject_claims where tenant = $1 and email = $2";

    public const string Claim = """
        insert into subject_claims (tenant, email, user, claimed_at) values ($1, $2, $3, $4)
        on conflict (tenant, email) do update set user = excluded.user, claimed_at = excluded.claimed_at
        """;

    public const string LastPosition = "select coalesce(max(position), 0) from outbox where tenant = $1";
}
