namespace Latchkey.Crash;

/// <summary>What must not stand in the tables, whichever store keeps them.</summary>
internal static class Doubles
{
    /// <summary>Each counts what must not be there. Grouped first: the tables have no indexes for questions nobody else asks.</summary>
    public static readonly (string What, string Sql)[] All =
    [
        ("purchases without exactly one license", NotOnce("purchases", "select purchase as id, count(*) as times from licenses group by purchase")),
        ("licenses without exactly one mail", NotOnce("licenses", "select license as id, count(*) as times from mails group by license")),
        ("licenses not issued exactly once", NotOnce("licenses", "select license as id, count(*) as times from outbox where kind = 'license.issued' group by license")),
        ("activations not announced exactly once", NotOnce("activations", "select detail as id, count(*) as times from outbox where kind = 'activation.created' group by detail")),
        ("keys that open more than one license", "select count(*) from (select 1 from license_keys group by tenant, lookup having count(*) > 1) as twice"),
        ("licenses over their limit", """
            with live as (select license, count(*) as times from activations where released_at is null group by license)
            select count(*) from licenses join live on live.license = licenses.id where live.times > licenses.activation_limit
            """),
        ("entries left to be folded", "select count(*) from inbox where due_at is not null or status <> 'applied'"),
    ];

    private static string NotOnce(string table, string counts) =>
        $"with counted as materialized ({counts}) select count(*) from {table} left join counted on counted.id = {table}.id where coalesce(counted.times, 0) <> 1";
}
