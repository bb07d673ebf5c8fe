namespace Latchkey.Sqlite.Tenants;

internal static class IdempotencySql
{
    public const string DeleteOlder = "delete from idempotency where created_at <= $1";

    public const string Find = """
        select tenant, scope, key, request_hash, status, resource_id, created_at
        from idempotency where tenant = $1 and scope = $2 and key = $3
        """;

    public const string Reserve = """
        insert into idempotency (tenant, scope, key, request_hash, status, resource_id, created_at) values ($1, $2, $3, $4, $5, $6, $7)
        """;

    public const string Complete = "update idempotency set status = $4, resource_id = $5 where tenant = $1 and scope = $2 and key = $3";

    public const string Release = "delete from idempotency where tenant = $1 and scope = $2 and key = $3 and status is null";
}
