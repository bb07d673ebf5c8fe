namespace Latchkey.Postgres.Licenses;

internal static class ActivationSql
{
    private const string Columns = "tenant, license, id, device_hash, name, platform, app_version, created_at, last_seen_at, released_at, seq";

    private const string Select = $"select {Columns} from activations ";

    /// <summary>Until the transaction ends. Held by whoever decides about a license's slots.</summary>
    public const string Lock = "select pg_advisory_xact_lock(hashtextextended('slots:' || $1 || '|' || $2, 0))";

    /// <summary>Of the device $3 and with the id $4, either of which may be null.</summary>
    public const string Asked = Select + "where tenant = $1 and license = $2 and (device_hash = $3::text or id = $4::text)";

    /// <summary>How many are live, and the releases after $3.</summary>
    public const string Taken = """
        select
            (select count(*) from activations where tenant = $1 and license = $2 and released_at is null),
            array(select at from activation_releases where tenant = $1 and license = $2 and at > $3 order by at)
        """;

    public const string CountLive = """
        select license, count(*) from activations where tenant = $1 and license = any($2) and released_at is null group by license
        """;

    public const string List = Select + """
        where tenant = $1 and license = $2
            and (created_at, id) > (
                select coalesce(max(created_at), -1), coalesce(max(id), '') from activations where tenant = $1 and license = $2 and id = $3)
        order by created_at, id limit $4
        """;

    public const string ListLive = Select + """
        where tenant = $1 and license = $2 and released_at is null
            and (created_at, id) > (
                select coalesce(max(created_at), -1), coalesce(max(id), '') from activations where tenant = $1 and license = $2 and id = $3)
        order by created_at, id limit $4
        """;

    public const string Put = $"""
        insert into activations ({Columns}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        on conflict (tenant, license, id) do update set
            device_hash = excluded.device_hash, name = excluded.name, platform = excluded.platform, app_version = excluded.app_version,
            last_seen_at = excluded.last_seen_at, released_at = excluded.released_at, seq = excluded.seq
        """;

    public const string AddRelease = "insert into activation_releases (tenant, license, at, activation) values ($1, $2, $3, $4) on conflict do nothing";
}
