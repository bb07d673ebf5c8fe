namespace Latchkey.Postgres.PurchaseLinks;

internal static class LinkCompletionSql
{
    /// <summary>Nothing comes back when it is answered, or somebody else's until after $4.</summary>
    public const string Claim = """
        insert into purchase_link_completions as c (tenant, link, claimed_by, claimed_until, attempts) values ($1, $2, $3, $5, 1)
        on conflict (tenant, link) do update set
            claimed_by = excluded.claimed_by, claimed_until = excluded.claimed_until, attempts = c.attempts + 1
        where c.completed_at is null and (c.claimed_by is null or c.claimed_by = $3 or c.claimed_until <= $4)
        returning c.attempts
        """;

    public const string Find = "select completed_at, answer, claimed_until from purchase_link_completions where tenant = $1 and link = $2";

    public const string Renew = """
        update purchase_link_completions set claimed_until = $4
        where tenant = $1 and link = $2 and claimed_by = $3 and completed_at is null
        """;

    public const string Complete = """
        update purchase_link_completions set answer = $4, completed_at = $5
        where tenant = $1 and link = $2 and claimed_by = $3 and completed_at is null
        """;

    public const string Release = """
        update purchase_link_completions set claimed_by = null, claimed_until = null
        where tenant = $1 and link = $2 and claimed_by = $3 and completed_at is null
        """;
}
