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

    private const string Seen = "select seq, due_at from ready where tenant = $1";

    /// <summary>When the tenant is to be looked at next.</summary>
    private const string Due = """
        select min(due_at) from (
            select min(due_at) as due_at from inbox where tenant = $1 and due_at is not null
            union all
            select min(due_at) from purchases where tenant = $1 and due_at is not null) both_kinds
        """;

    private const string Remove = "delete from ready where tenant = $1 and seq = any($2)";

    private const string Next = "select min(due_at) from ready";

    /// <summary>Part of every transaction that gives an entry or a purchase a moment when it is due. It waits for nobody.</summary>
    public static Task AddAsync(PostgresSession session, string tenant, DateTimeOffset dueAt) => session.ExecuteAsync(Add, tenant, dueAt);

    /// <param name="except">Tenants that are left alone.</param>
    /// <returns>Null when nothing is due that is not being folded already.</returns>
    public static Task<string?> TakeAsync(PostgresSession session, DateTimeOffset now, IEnumerable<string> except) =>
        session.FirstAsync(Take, r => r.Text(0), now, except.ToArray());

    public static Task HoldAsync(PostgresSession session, string tenant) => session.ExecuteAsync(Hold, tenant);

    /// <summary>
    /// One row for when the tenant is to be looked at next, in place of all there are. What is still left to do goes behind the other
    /// tenants. The rows are read before what is due: whoever makes something due that is not seen here adds a row that is not seen here
    /// either, and it stays. No statement reads both, as <c>ready</c> is the only one of them that is not distributed.
    /// </summary>
    public static async Task RenewAsync(PostgresSession session, string tenant, DateTimeOffset now)
    {
        var seen = await session.QueryAsync(Seen, r => (Seq: r.Long(0), DueAt: r.Time(1)), tenant);
        var due = await session.FirstAsync(Due, r => r.TimeOrNull(0), tenant);
        var next = due < now ? now : due;
        var gone = seen.Where(r => r.DueAt != next).Select(r => r.Seq).ToArray();
        if (gone.Length > 0)
        {
            session.Queue(Remove, tenant, gone);
        }

        if (next is { } at && gone.Length == seen.Count)
        {
            session.Queue(Add, tenant, at);
        }
    }

    public static Task<DateTimeOffset?> NextAsync(PostgresSession session) => session.FirstAsync(Next, r => r.TimeOrNull(0));
}
