namespace Latchkey.Postgres.Inbox;

internal static class InboxSql
{
    private const string Columns = """
        tenant, id, source, received_at, first_seen_at, last_seen_at, repeats, repeat_key, content_type, resource_hint,
        body, truncated, status, reason, resource, purchase
        """;

    /// <summary>
    /// New entries, due at once. An exact repeat raises sight and count of the first one, and makes it due. The id tells which of both it
    /// was. All in one statement, and so in one journey.
    /// </summary>
    public const string Receive = """
        with said as materialized (
            select * from unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bytea[], $8::text[], $9::text[],
                $10::bytea[], $11::boolean[], $12::text[])
                as e (tenant, id, source, received_at, first_seen_at, last_seen_at, repeat_key, content_type, resource_hint, body, truncated, purchase)),
        due as (
            insert into ready (tenant, due_at) select tenant, min(received_at) from said group by tenant),
        stored as (
            insert into inbox as i (tenant, id, source, received_at, first_seen_at, last_seen_at, repeats, repeat_key, content_type, resource_hint,
                body, truncated, status, purchase, due_at)
            select tenant, id, source, received_at, first_seen_at, last_seen_at, 0, repeat_key, content_type, resource_hint,
                body, truncated, 'received', purchase, received_at
            from said
            on conflict (tenant, repeat_key) where source <> 'baked' do update set
                first_seen_at = least(i.first_seen_at, excluded.first_seen_at),
                last_seen_at = greatest(i.last_seen_at, excluded.last_seen_at),
                repeats = i.repeats + 1,
                status = 'received', reason = null, due_at = excluded.received_at, attempts = 0
            returning tenant, repeat_key, id)
        select tenant, repeat_key, id from stored
        """;

    /// <summary>For our own notes, which are written once for what they are about.</summary>
    public const string AppendOnce = $"""
        insert into inbox ({Columns}, due_at)
        select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17::bigint
        where not exists (select 1 from inbox where tenant = $1 and purchase = $16 and source = $3 and repeat_key = $8)
        on conflict do nothing
        """;

    private const string Select = $"select {Columns} from inbox ";

    public const string Find = Select + "where tenant = $1 and id = $2";

    public const string List = Select + "where tenant = $1 and id > $2 and source not in ('baked', 'link', 'redemption') order by id limit $3";

    public const string ListByStatus = Select + "where tenant = $1 and status = $2 and id > $3 and source not in ('baked', 'link', 'redemption') order by id limit $4";

    /// <summary>The same over the small index that leaves out what was applied or is new.</summary>
    public const string ListNotApplied = Select + """
        where tenant = $1 and status = $2 and status in ('held', 'failed', 'ignored') and id > $3 and source not in ('baked', 'link', 'redemption')
        order by id limit $4
        """;

    public const string ListByPurchase = Select + "where tenant = $1 and purchase = $2 order by id";

    /// <summary>The entries of several purchases.</summary>
    public const string ListByPurchases = Select + "where tenant = $1 and purchase = any($2) order by id";

    /// <summary>$2 is now.</summary>
    public const string Due = $"select {Columns}, attempts from inbox where tenant = $1 and due_at <= $2 order by due_at limit $3";

    public const string Replay = "update inbox set status = 'received', reason = null, due_at = $3, attempts = 0 where tenant = $1 and id = $2 and source not in ('baked', 'redemption')";

    /// <summary>Whether any entry of a purchase is still to be folded.</summary>
    public const string IsWaiting = "select exists (select 1 from inbox where tenant = $1 and purchase = $2 and status in ('received', 'failed'))";

    /// <summary>All that was said of a purchase is to be folded again. $3 is now.</summary>
    public const string Recall = """
        update inbox set status = 'received', reason = null, due_at = $3, attempts = 0
        where tenant = $1 and purchase = $2 and source not in ('baked', 'redemption')
        """;

    /// <summary>
    /// What a purchase rests on has changed: its links count as said once more, so that a fold of it which is under way, and has not
    /// seen the change, does not settle them. $3 is now.
    /// </summary>
    public const string RecallLinks = """
        update inbox set status = 'received', due_at = $3, attempts = 0, repeats = repeats + 1
        where tenant = $1 and purchase = $2 and source = 'link'
        """;

    /// <summary>Only if no repeat came in between: one that did is to be folded with its later sight.</summary>
    public const string Settle = """
        update inbox i set status = s.status, reason = s.reason, resource = s.resource, purchase = s.purchase, due_at = s.due_at, attempts = s.attempts
        from unnest($2::text[], $3::integer[], $4::text[], $5::text[], $6::text[], $7::text[], $8::bigint[], $9::integer[])
            as s (id, repeats, status, reason, resource, purchase, due_at, attempts)
        where i.tenant = $1 and i.id = s.id and i.repeats = s.repeats
        """;

    /// <summary>What is held or ignored for reason $2 is folded again. $3 is now. The second list is the small index's own, which the planner then uses.</summary>
    public const string Release = """
        update inbox set status = 'received', due_at = $3, attempts = 0
        where tenant = $1 and status in ('held', 'ignored') and status in ('held', 'failed', 'ignored') and reason = $2
        """;
}
