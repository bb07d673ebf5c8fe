namespace Latchkey.Sqlite.Licenses;

internal static class ActivationSql
{
    private const string Columns = "tenant, license, id, device_hash, name, platform, app_version, created_at, last_seen_at, released_at, seq";

    private const string Select = $"select {Columns} from activations ";

    public const string ByDevice = Select + "where tenant = $1 and license = $2 and device_hash = $3";

    public const string ById = Select + "where tenant = $1 and license = $2 and id = $3";

    public const string CountLive = "select count(*) from activations where tenant = $1 and license = $2 and released_at is null";

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

    public const string Releases = "select at from activation_releases where tenant = $1 and license = $2 and at > $3 order by at";

    public const string AddRelease = "insert into activation_releases (tenant, license, at, activation) values ($1, $2, $3, $4) on conflict do nothing";
}
