namespace Latchkey.Sqlite.Tenants;

internal static class IdempotencySql
{
    /// <summary>What is older than $1, and what was reserved before $2 by a request that never came to its end.</summary>
    public const string DeleteOlder = "delete from idempotency where created_at <= $1 or (status is null and created_at <= $2)";

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
