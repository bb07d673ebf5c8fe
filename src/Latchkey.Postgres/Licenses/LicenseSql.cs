namespace Latchkey.Postgres.Licenses;

internal static class LicenseSql
{
    private const string Columns = """
        tenant, id, purchase, name, product, key_type, number, generation, key_prefix, key_source, key_masked, folded_state,
        holds, starts_at, ends_at, is_subscription, tier, rank, entitlements, activation_limit, lease_days, lease_grace_days,
        paid_until, test, subject, email, issued, created_at, trial_ends_at, grace_from, kept_after_end
        """;

    public const string Put = $"""
        insert into licenses ({Columns}, keys)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32)
        on conflict (tenant, id) do update set
            purchase = excluded.purchase, name = excluded.name, product = excluded.product, key_type = excluded.key_type,
            number = excluded.number, generation = excluded.generation, key_prefix = excluded.key_prefix, key_source = excluded.key_source,
            key_masked = excluded.key_masked, folded_state = excluded.folded_state, holds = excluded.holds, starts_at = excluded.starts_at,
            ends_at = excluded.ends_at, is_subscription = excluded.is_subscription, tier = excluded.tier, rank = excluded.rank,
            entitlements = excluded.entitlements, activation_limit = excluded.activation_limit, lease_days = excluded.lease_days,
            lease_grace_days = excluded.lease_grace_days, paid_until = excluded.paid_until, test = excluded.test,
            subject = excluded.subject, email = excluded.email, issued = excluded.issued, created_at = excluded.created_at,
            trial_ends_at = excluded.trial_ends_at, grace_from = excluded.grace_from, kept_after_end = excluded.kept_after_end, keys = excluded.keys
        """;

    public const string Delete = "delete from licenses where tenant = $1 and id = $2";

    private const string Select = $"select {Columns} from licenses ";

    public const string Find = Select + "where tenant = $1 and id = $2";

    public const string FindAll = Select + "where tenant = $1 and id = any($2)";

    public const string Keys = "select keys from licenses where tenant = $1 and id = $2";

    public const string AllKeys = "select id, keys from licenses where tenant = $1 and id = any($2)";

    /// <summary>What a key opens, each license with all its keys.</summary>
    public const string ByKey = $"""
        select {Columns}, keys from licenses
        where tenant = $1 and id in (select license from license_keys where tenant = $1 and lookup = $2)
        order by id
        """;

    /// <summary>In order of creation, after the license $2; from the start when there is none.</summary>
    public const string List = Select + """
        where tenant = $1
            and (created_at, id) > (select coalesce(max(created_at), -1), coalesce(max(id), '') from licenses where tenant = $1 and id = $2)
        order by created_at, id limit $3
        """;

    public const string ListGranted = Select + """
        where tenant = $1 and id > $4 and product = $2 and number = 0 and (key_type = $3 or is_subscription)
        order by id limit $5
        """;

    public const string ListByEmail = Select + "where tenant = $1 and email = $2";

    public const string ListBySubject = Select + "where tenant = $1 and subject = $2";

    public const string ListBySubjects = Select + "where tenant = $1 and subject = any($2)";

    public const string HasKey = "select exists (select 1 from license_keys where tenant = $1 and lookup = $2 and license = $3)";

    /// <summary>$2 and $3 in pairs.</summary>
    public const string AddKeys = """
        insert into license_keys (tenant, lookup, license)
        select $1, k.lookup, k.license from unnest($2::bytea[], $3::text[]) k (lookup, license)
        on conflict do nothing
        """;

    public const string DeleteKey = "delete from license_keys where tenant = $1 and lookup = $2 and license = $3";
}
