namespace Latchkey.Postgres.Outbox;

internal static class OutboxSql
{
    /// <summary>A message that is there already is left as it is.</summary>
    public const string Append = """
        insert into outbox (tenant, key, kind, license, purchase, detail, at, subject)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        on conflict (tenant, key) do nothing
        """;

    public const string Exists = "select exists (select 1 from outbox where tenant = $1 and key = $2)";

    public const string Read = """
        select tenant, key, kind, license, purchase, detail, at, position, subject
        from outbox where tenant = $1 and position > $2 order by position limit $3
        """;

    /// <summary>When the message with key $2 was written.</summary>
    public const string AtOf = "select at from outbox where tenant = $1 and key = $2";

    /// <summary>Tenants with messages that consumer $1 has not read, and where it stands.</summary>
    public const string Behind = """
        select h.tenant, coalesce(c.position, 0)
        from outbox_heads h left join outbox_cursors c on c.tenant = h.tenant and c.consumer = $1
        where h.position > coalesce(c.position, 0)
        """;

    public const string MoveCursor = """
        insert into outbox_cursors (tenant, consumer, position) values ($1, $2, $3)
        on conflict (tenant, consumer) do update set position = excluded.position
        """;

    /// <summary>Up to $4 tenants with messages that consumer $1 has not read and that no other node than $2 works on, apart from $3: the longest left alone first.</summary>
    public const string Claimable = $"""
        select h.tenant
        from outbox_heads h left join outbox_cursors c on c.tenant = h.tenant and c.consumer = $1
        where h.position > coalesce(c.position, 0)
            and (c.claimed_until is null or c.claimed_until <= {Clock.Now} or c.claimed_by = $2)
            and h.tenant <> all($3)
        order by c.claimed_until nulls first limit $4
        """;

    /// <summary>
    /// Whether it is still free is looked at again under the row's lock. In order of their names, so that nodes which claim the same ones do
    /// not wait for each other in a circle.
    /// </summary>
    public const string Claim = $"""
        insert into outbox_cursors as c (tenant, consumer, position, claimed_by, claimed_until)
        select tenant, $1, 0, $2, {ClaimEnd} from unnest($3) as tenant order by tenant
        on conflict (tenant, consumer) do update set claimed_by = excluded.claimed_by, claimed_until = {ClaimEnd}
        where c.claimed_until is null or c.claimed_until <= {Clock.Now} or c.claimed_by = $2
        returning tenant, position
        """;

    public const string Keep = $"""
        update outbox_cursors set claimed_until = {ClaimEnd}
        where consumer = $1 and claimed_by = $2 and tenant = any($3)
        returning tenant
        """;

    /// <summary>Only by the node $4 whose claim it is. A position never falls, whatever comes late.</summary>
    public const string MoveClaimed = """
        update outbox_cursors set position = greatest(position, $3)
        where tenant = $1 and consumer = $2 and claimed_by = $4
        """;

    /// <summary>When it was given back stays: the longest left alone is claimed first.</summary>
    public const string GiveBack = $"""
        update outbox_cursors c set position = greatest(c.position, p.position), claimed_by = null, claimed_until = {Clock.Now}
        from unnest($3, $4) as p (tenant, position)
        where c.tenant = p.tenant and c.consumer = $1 and c.claimed_by = $2
        """;

    private const string ClaimEnd = $"{Clock.Now} + 30000";

    public const string Range = """
        select
            coalesce((select min(position) from outbox where tenant = $1), 1),
            coalesce((select max(position) from outbox where tenant = $1), 0)
        """;

    public const string PositionOf = "select position from outbox where tenant = $1 and key = $2 and position is not null";

    /// <summary>A snapshot: it knows which transactions had ended when it was taken, in whatever order they end.</summary>
    public const string Mark = "select pg_current_snapshot()::text";

    public const string News = """
        select pg_current_snapshot()::text, array(
            select tenant from outbox_heads
            where published_in >= pg_snapshot_xmin($1::pg_snapshot) and not pg_visible_in_snapshot(published_in, $1::pg_snapshot))
        """;

    public const string MakeKnown = "insert into outbox_cursors (tenant, consumer, position) values ($1, $2, 0) on conflict do nothing";

    public const string BeginAtEnd = """
        insert into outbox_cursors (tenant, consumer, position)
        select tenant, $1, position from outbox_heads
        on conflict do nothing
        """;

    /// <summary>Waits for whoever publishes this tenant's messages now; a statement that comes after it sees what he did.</summary>
    public const string TakeHead = """
        insert into outbox_heads (tenant, position, published_in) values ($1, 0, pg_current_xact_id())
        on conflict (tenant) do update set published_in = excluded.published_in
        """;

    /// <summary>Every committed message without a position gets the next one, in the order they were written.</summary>
    public const string Publish = """
        with head as (select position from outbox_heads where tenant = $1),
        fresh as (
            select key, row_number() over (order by seq) as place from outbox where tenant = $1 and position is null),
        placed as (
            update outbox o set position = head.position + fresh.place
            from fresh, head where o.tenant = $1 and o.key = fresh.key
            returning 1)
        update outbox_heads set position = position + (select count(*) from placed) where tenant = $1
        """;

    public const string Unpublished = "select distinct tenant from outbox where position is null";
}
