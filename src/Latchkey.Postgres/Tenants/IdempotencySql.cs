namespace Latchkey.Postgres.Tenants;

internal static class IdempotencySql
{
    /// <summary>What is older than $2, and what was reserved before $3 by a request that never came to its end; some at a time.</summary>
    public const string DeleteOlder = """
        delete from idempotency where tenant = $1 and (scope, key) in (
            select scope, key from idempotency where tenant = $1 and (created_at <= $2 or (status is null and created_at <= $3))
            limit 100 for update skip locked)
        """;

    /// <summary>Takes a free key, or one that stands there only because it was not deleted yet.</summary>
    public const string Reserve = """
        insert into idempotency (tenant, scope, key, request_hash, status, resource_id, created_at) values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (tenant, scope, key) do update set
            request_hash = excluded.request_hash, status = excluded.status, resource_id = excluded.resource_id, created_at = excluded.created_at
        where idempotency.created_at <= $8 or (idempotency.status is null and idempotency.created_at <= $9)
        """;

    public const string Find = """
        select tenant, scope, key, request_hash, status, resource_id, created_at
        from idempotency where tenant = $1 and scope = $2 and key = $3
        """;

    public const string Complete = "update idempotency set status = $4, resource_id = $5 where tenant = $1 and scope = $2 and key = $3";

    public const string Release = "delete from idempotency where tenant = $1 and scope = $2 and key = $3 and status is null";
}
