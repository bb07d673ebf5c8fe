namespace Latchkey.Sqlite.Inbox;

internal static class InboxSql
{
    private const string Columns = """
        tenant, id, source, received_at, first_seen_at, last_seen_at, repeats, repeat_key, content_type, resource_hint,
        body, truncated, status, reason, resource, purchase
        """;

    /// <summary>
    /// A new entry, due at once. An exact repeat raises sight and count of the first one, and makes it due. The id tells which of both it was.
    /// </summary>
    public const string Receive = """
        insert into inbox (tenant, id, source, received_at, first_seen_at, last_seen_at, repeats, repeat_key, content_type, resource_hint,
            body, truncated, status, purchase, due_at)
        values (?1, ?2, ?3, ?4, ?5, ?6, 0, ?7, ?8, ?9, ?10, ?11, 'received', ?12, ?4)
        on conflict (tenant, repeat_key) where source <> 'baked' do update set
            first_seen_at = min(first_seen_at, excluded.first_seen_at),
            last_seen_at = max(last_seen_at, excluded.last_seen_at),
            repeats = repeats + 1,
            status = 'received', reason = null, due_at = excluded.received_at, attempts = 0
        returning id
        """;

    /// <summary>For our own notes, which are written once for what they are about.</summary>
    public const string AppendOnce = $"""
        insert into inbox ({Columns}, due_at)
        select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17
        where not exists (
            select 1 from inbox indexed by inbox_purchase where tenant = $1 and purchase = $16 and source = $3 and repeat_key = $8)
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

    /// <summary>The index is named because the planner would otherwise read the tenant's whole inbox to spare itself the sorting.</summary>
    public const string ListByPurchase = $"select {Columns} from inbox indexed by inbox_purchase where tenant = $1 and purchase = $2 order by id";

    /// <summary>$1 is now.</summary>
    public const string Due = $"select {Columns}, attempts from inbox where due_at <= $1 order by due_at limit $2";

    public const string Replay = "update inbox set status = 'received', reason = null, due_at = $3, attempts = 0 where tenant = $1 and id = $2 and source not in ('baked', 'redemption')";

    /// <summary>Whether any entry of a purchase is still to be folded.</summary>
    public const string IsWaiting = """
        select exists (
            select 1 from inbox indexed by inbox_purchase where tenant = $1 and purchase = $2 and status in ('received', 'failed'))
        """;

    /// <summary>All that was said of a purchase is to be folded again. $3 is now.</summary>
    public const string Recall = """
        update inbox indexed by inbox_purchase set status = 'received', reason = null, due_at = $3, attempts = 0
        where tenant = $1 and purchase = $2 and source not in ('baked', 'redemption')
        """;

    /// <summary>
    /// What a purchase rests on has changed: its links count as said once more, so that a fold of it which is under way, and has not
    /// seen the change, does not settle them. $3 is now.
    /// </summary>
    public const string RecallLinks = """
        update inbox indexed by inbox_purchase set status = 'received', due_at = $3, attempts = 0, repeats = repeats + 1
        where tenant = $1 and purchase = $2 and source = 'link'
        """;

    /// <summary>Only if no repeat came in between: one that did is to be folded with its later sight.</summary>
    public const string Settle = """
        update inbox set status = $3, reason = $4, resource = $5, purchase = $6, due_at = $7, attempts = $8
        where tenant = $1 and id = $2 and repeats = $9
        """;

    /// <summary>What is held or ignored for reason $2 is folded again. $3 is now. The second list is the small index's own, which the planner then uses.</summary>
    public const string Release = """
        update inbox set status = 'received', due_at = $3, attempts = 0
        where tenant = $1 and status in ('held', 'ignored') and status in ('held', 'failed', 'ignored') and reason = $2
        """;
}
