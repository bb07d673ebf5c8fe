namespace Latchkey.Postgres.Purchases;

internal static class StraySql
{
    private const string Unnamed = """
        not exists (
            select 1 from purchases p
            where p.tenant = licenses.tenant and p.id = licenses.purchase and jsonb_exists(p.licenses::jsonb, licenses.id))
        """;

    public const string Licenses = $"select id, purchase from licenses where tenant = $1 and {Unnamed} order by id";

    public const string DeleteLicense = $"delete from licenses where tenant = $1 and id = $2 and {Unnamed}";

    /// <summary>Keys after ($2, $3), each with all keys of its license.</summary>
    public const string Keys = """
        select k.lookup, k.license, l.keys
        from license_keys k left join licenses l on l.tenant = k.tenant and l.id = k.license
        where k.tenant = $1 and (k.lookup, k.license) > ($2, $3)
        order by k.lookup, k.license limit $4
        """;

    public const string Subjects = """
        select subject from subjects where tenant = $1 and subject > $2
        union
        select subject from licenses where tenant = $1 and subject > $2
        order by 1 limit $3
        """;
}
