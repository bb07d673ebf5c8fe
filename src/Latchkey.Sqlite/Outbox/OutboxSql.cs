namespace Latchkey.Sqlite.Outbox;

internal static class OutboxSql
{
    /// <summary>
    /// The position is given here: commits of the one writer are serial, so a reader that has seen 10 is never handed 9,
    /// and a message that is there already takes none.
    /// </summary>
    public const string Append = """
        insert into outbox (tenant, position, key, kind, license, purchase, detail, at)
        values ($1, (select coalesce(max(position), 0) + 1 from outbox where tenant = $1), $2, $3, $4, $5, $6, $7)
        on conflict (tenant, key) do nothing
        """;

    public const string Read = """
        select tenant, key, kind, license, purchase, detail, at, position
        from outbox where tenant = $1 and position > $2 order by position limit $3
        """;

    /// <summary>Tenants with messages that consumer $1 has not read, and where it stands.</summary>
    public const string Behind = """
        select t.tenant, coalesce(c.position, 0)
        from tenants t left join outbox_cursors c on c.tenant = t.tenant and c.consumer = $1
        where exists (select 1 from outbox o where o.tenant = t.tenant and o.position > coalesce(c.position, 0))
        """;

    public const string Cursor = "select position from outbox_cursors where tenant = $1 and consumer = $2";

    public const string MoveCursor = """
        insert into outbox_cursors (tenant, consumer, position) values ($1, $2, $3)
        on conflict (tenant, consumer) do update set position = excluded.position
        """;
}
