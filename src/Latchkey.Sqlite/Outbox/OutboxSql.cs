namespace Latchkey.Sqlite.Outbox;

internal static class OutboxSql
{
    /// <summary>
    /// The position is given here: commits of the one writer are serial, so a reader that has seen 10 is never handed 9,
    /// and a message that is there already takes none.
    /// </summary>
    public const string Append = """
        insert into outbox (tenant, position, key, kind, license, purchase, detail, at, subject)
        values ($1, (select coalesce(max(position), 0) + 1 from outbox where tenant = $1), $2, $3, $4, $5, $6, $7, $8)
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
        select t.tenant, coalesce(c.position, 0)
        from tenants t left join outbox_cursors c on c.tenant = t.tenant and c.consumer = $1
        where exists (select 1 from outbox o where o.tenant = t.tenant and o.position > coalesce(c.position, 0))
        """;

    public const string Cursor = "select position from outbox_cursors where tenant = $1 and consumer = $2";

    public const string MoveCursor = """
        insert into outbox_cursors (tenant, consumer, position) values ($1, $2, $3)
        on conflict (tenant, consumer) do update set position = excluded.position
        """;

    public const string Range = """
        select
            coalesce((select min(position) from outbox where tenant = $1), 1),
            coalesce((select max(position) from outbox where tenant = $1), 0)
        """;

    public const string PositionOf = "select position from outbox where tenant = $1 and key = $2";

    public const string Mark = "select coalesce(max(rowid), 0) from outbox";

    /// <summary>Row ids rise with every commit of the one writer, whosever message it is: what is new costs as much as there is of it.</summary>
    public const string News = "select tenant, max(rowid) from outbox where rowid > $1 group by tenant";

    public const string MakeKnown = "insert into outbox_cursors (tenant, consumer, position) values ($1, $2, 0) on conflict do nothing";

    public const string BeginAtEnd = """
        insert into outbox_cursors (tenant, consumer, position)
        select tenant, $1, max(position) from outbox where true group by tenant
        on conflict do nothing
        """;
}
