namespace Latchkey.Postgres.Tenants;

internal static class AuditSql
{
    public const string Add = "insert into audit (tenant, id, at, actor, action, target) values ($1, $2, $3, $4, $5, $6)";

    public const string List = """
        select tenant, id, at, actor, action, target
        from audit where tenant = $1 and ($2::text is null or id < $2) order by id desc limit $3
        """;
}
