namespace Latchkey.Sqlite.PurchaseLinks;

internal static class PurchaseLinkSql
{
    private const string Columns = """
        tenant, id, version, strength, state, reason, terms, subject, return_url, created_at, expires_at, opened_at, redeemed_at, purchase,
        product_id, offer_code_id, checkout_url, removed, candidates, refunds, chore, chore_due_at, chore_attempts, chore_error, data
        """;

    public const string Add = $"""
        insert into purchase_links ({Columns})
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25)
        """;

    private const string Select = $"select {Columns} from purchase_links ";

    public const string Find = Select + "where tenant = $1 and id = $2";

    /// <summary>The link that a product was made for.</summary>
    public const string FindByProduct = Select + "where tenant = $1 and product_id = $2 and strength = 'product'";

    /// <summary>Ids sort by the time they were made.</summary>
    public const string List = Select + "where tenant = $1 and id > $2 order by id limit $3";

    public const string ListByState = Select + "where tenant = $1 and state = $2 and id > $3 order by id limit $4";

    public const string ListNotRemoved = Select + "where tenant = $1 and chore = 'remove' and chore_attempts > 0 and id > $2 order by id limit $3";

    /// <summary>Only if nobody has changed it since version $3 was read. What the app gave with it never changes.</summary>
    public const string Update = """
        update purchase_links set version = version + 1, strength = $4, state = $5, reason = $6, terms = $7, subject = $8, return_url = $9,
            expires_at = $10, opened_at = $11, redeemed_at = $12, purchase = $13, product_id = $14, offer_code_id = $15, checkout_url = $16,
            removed = $17, candidates = $18, refunds = $19, chore = $20, chore_due_at = $21, chore_attempts = $22, chore_error = $23
        where tenant = $1 and id = $2 and version = $3
        """;

    /// <summary>Chores that are due at $1 wait until $2 from now on, as far as this one is concerned: who has claimed them does them meanwhile.</summary>
    public const string ClaimDue = $"""
        update purchase_links set chore_due_at = $2, version = version + 1
        where (tenant, id) in (select tenant, id from purchase_links where chore_due_at <= $1 order by chore_due_at limit $3)
        returning {Columns}
        """;
}
