namespace Latchkey.Sqlite.Tenants;

internal static class InstallationSql
{
    public const string Find = "select master_key_fingerprint, lookup_secret from installation";

    public const string Add = "insert into installation (id, master_key_fingerprint, lookup_secret) values (1, $1, $2) on conflict (id) do nothing";
}
