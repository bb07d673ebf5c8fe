namespace Latchkey.Postgres.Subjects;

internal static class SubjectSql
{
    /// <summary>Whoever works out what a subject may do from its licenses, and writes it, does so one at a time for each tenant.</summary>
    public const string Hold = "select pg_advisory_xact_lock(hashtextextended('subjects:' || $1, 0))";

    public const string Find = "select version, rights from subjects where tenant = $1 and subject = $2";

    public const string FindAll = "select subject, version, rights from subjects where tenant = $1 and subject = any($2)";

    public const string Put = """
        insert into subjects (tenant, subject, version, rights) values ($1, $2, $3, $4)
        on conflict (tenant, subject) do update set version = excluded.version, rights = excluded.rights
        """;

    public const string ClaimedBy = "select email from subject_claims where tenant = $1 and owner = $2 order by email";

    public const string OwnerOf = "select owner from subject_claims where tenant = $1 and email = $2";

    public const string ClaimedByAny = "select owner, email from subject_claims where tenant = $1 and owner = any($2) order by email";

    public const string OwnersOf = "select email, owner from subject_claims where tenant = $1 and email = any($2)";

    public const string Claim = """
        insert into subject_claims (tenant, email, owner, claimed_at) values ($1, $2, $3, $4)
        on conflict (tenant, email) do update set owner = excluded.owner, claimed_at = excluded.claimed_at
        """;

    public const string LastPosition = "select position from outbox_heads where tenant = $1";
}
