namespace Latchkey.Postgres.Purchases;

internal static class PurchaseSql
{
    private const string Columns = """
        tenant, id, name, subscription_id, subject, email, test, state, held_for, holds, paid_until, charges, licenses,
        due_at, folded_at, digest, created_at, link_email
        """;

    public const string Put = $"""
        insert into purchases ({Columns})
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
        on conflict (tenant, id) do update set
            name = excluded.name, subscription_id = excluded.subscription_id, subject = excluded.subject, email = excluded.email,
            test = excluded.test, state = excluded.state, held_for = excluded.held_for, holds = excluded.holds,
            paid_until = excluded.paid_until, charges = excluded.charges, licenses = excluded.licenses, due_at = excluded.due_at,
            folded_at = excluded.folded_at, digest = excluded.digest, created_at = excluded.created_at,
            link_email = excluded.link_email
        """;

    private const string Select = $"select {Columns} from purchases ";

    public const string Find = Select + "where tenant = $1 and id = $2";

    public const string FindAll = Select + "where tenant = $1 and id = any($2)";

    /// <summary>In order of creation, after the purchase $2; from the start when there is none.</summary>
    public const string List = Select + """
        where tenant = $1
            and (created_at, id) > (select coalesce(max(created_at), -1), coalesce(max(id), '') from purchases where tenant = $1 and id = $2)
        order by created_at, id limit $3
        """;

    /// <summary>Purchases that have entries, or stand in the table, after $2.</summary>
    public const string AllNamed = """
        select purchase from inbox where tenant = $1 and purchase > $2
        union
        select id from purchases where tenant = $1 and id > $2
        order by 1 limit $3
        """;

    public const string Delete = "delete from purchases where tenant = $1 and id = $2";

    /// <summary>The same, of those that wait for a rule or are ignored by one.</summary>
    public const string ListUnmapped = Select + """
        where tenant = $1 and held_for in ('unmapped_product', 'unmapped_plan', 'ignored_by_rule')
            and (created_at, id) > (select coalesce(max(created_at), -1), coalesce(max(id), '') from purchases where tenant = $1 and id = $2)
        order by created_at, id limit $3
        """;

    /// <summary>$2 is now.</summary>
    public const string Due = "select id from purchases where tenant = $1 and due_at <= $2 order by due_at limit $3";

    /// <summary>The settings cannot be changed before the transaction that asked is done.</summary>
    public const string SettingsVersion = "select version from tenants where tenant = $1 for share";

    /// <summary>What may belong together, by the address they share.</summary>
    public const string ListLinkable = Select + "where tenant = $1 and link_email = $2 order by id limit 100";

    /// <summary>A purchase whose fold by time alone failed is tried again later.</summary>
    public const string PostponeDue = "update purchases set due_at = $3 where tenant = $1 and id = $2 and due_at < $3";
}
