namespace Latchkey.Postgres;

/// <summary>Which tenants have something to fold, and when.</summary>
internal static class ReadyRows
{
    private const string Add = "insert into ready (tenant, due_at) values ($1, $2)";

    /// <summary>The tenant that has waited longest, apart from $2, and that nobody folds now. It is the taker's until he commits.</summary>
    private const string Take = """
        with due as materialized (
            select tenant, min(due_at) from ready where due_at <= $1 and tenant <> all($2) group by tenant order by 2)
        select tenant from due where pg_try_advisory_xact_lock(hashtextextended('fold:' || tenant, 0)) limit 1
        """;

    /// <summary>Waits until nobody folds the tenant.</summary>
    private const string Hold = "select pg_advisory_xact_lock(hashtextextended('fold:' || $1, 0))";

    /// <summary>
    /// One row for when the tenant is to be looked at next, in place of all there are. What is still left to do goes behind the other
    /// tenants. All in one statement: whoever makes something due that is not seen here adds a row that is not seen here either, and it
    /// stays. $2 is now.
    /// </summary>
    private const string Renew = """
        with first as (
            select min(due_at) as due_at from (
                select min(due_at) as due_at from inbox where tenant = $1 and due_at is not null
                union all
                select min(due_at) from purchases where tenant = $1 and due_at is not null) both_kinds),
        next as materialized (
            select case when due_at < $2 then $2 else due_at end as due_at from first),
        gone as (
            delete from ready where tenant = $1 and due_at is distinct from (select due_at from next))
        insert into ready (tenant, due_at)
        select $1, due_at from next
        where due_at is not null and not exists (select 1 from ready where tenant = $1 and due_at = next.due_at)
        """;

    private const string Next = "select min(due_at) from ready";

    /// <summary>Part of every transaction that gives an entry or a purchase a moment when it is due. It waits for nobody.</summary>
    public static Task AddAsync(PostgresSession session, string tenant, DateTimeOffset dueAt) => session.ExecuteAsync(Add, tenant, dueAt);

    /// <param name="except">Tenants that are left alone.</param>
    /// <returns>Null when nothing is due that is not being folded already.</returns>
    public static Task<string?> TakeAsync(PostgresSession session, DateTimeOffset now, IEnumerable<string> except) =>
        session.FirstAsync(Take, r => r.Text(0), now, except.ToArray());

    public static Task HoldAsync(PostgresSession session, string tenant) => session.ExecuteAsync(Hold, tenant);

    public static Task RenewAsync(PostgresSession session, string tenant, DateTimeOffset now) => session.ExecuteAsync(Renew, tenant, now);

    public static Task<DateTimeOffset?> NextAsync(PostgresSession session) => session.FirstAsync(Next, r => r.TimeOrNull(0));
}
