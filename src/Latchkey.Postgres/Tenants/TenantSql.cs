namespace Latchkey.Postgres.Tenants;

internal static class TenantSql
{
    public const string Find = """
        select tenant, name, state, issuer, created_at, seller_id, enabled, test_purchases, smtp_from, version,
            derivation_secret, data_secret, rules_version, subject_from, subject_name, subject_secret, gumroad_token, allowed_origins, brand
        from tenants where tenant = $1
        """;

    public const string Version = "select version from tenants where tenant = $1";

    /// <summary>Whoever changes settings changes them alone.</summary>
    public const string Lock = "select rules_version from tenants where tenant = $1 for no key update";

    public const string List = """
        select tenant, name, state, issuer, created_at from tenants
        where $1 = '' or (created_at, tenant) > (select created_at, tenant from tenants where tenant = $1)
        order by created_at, tenant limit $2
        """;

    public const string Add = """
        insert into tenants (
            tenant, name, state, issuer, created_at, seller_id, enabled, test_purchases, smtp_from, version,
            derivation_secret, data_secret, rules_version)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
        on conflict (tenant) do nothing
        """;

    /// <summary>Part of every change of settings: folds made with older ones are thrown away.</summary>
    public const string RaiseVersion = "update tenants set version = version + 1 where tenant = $1";

    public const string SetState = "update tenants set state = $2 where tenant = $1";

    public const string SetIntegration = """
        update tenants set seller_id = $2, enabled = $3, test_purchases = $4, smtp_from = $5,
            subject_from = $6, subject_name = $7, subject_secret = $8, gumroad_token = $9, allowed_origins = $10, brand = $11
        where tenant = $1
        """;

    public const string Tokens = "select id, kind, hash, label, scopes, created_at, expires_at from tokens where tenant = $1 order by created_at, id";

    public const string AddToken = """
        insert into tokens (tenant, id, kind, hash, label, scopes, created_at, expires_at) values ($1, $2, $3, $4, $5, $6, $7, $8)
        """;

    public const string RemoveToken = "delete from tokens where tenant = $1 and kind = $2 and id = $3";

    public const string Products = "select id, name, key_prefix, key_source, trial_days, on_completed from products where tenant = $1 order by id";

    public const string PutProduct = """
        insert into products (tenant, id, name, key_prefix, key_source, trial_days, on_completed) values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (tenant, id) do update set name = excluded.name, key_prefix = excluded.key_prefix, key_source = excluded.key_source,
            trial_days = excluded.trial_days, on_completed = excluded.on_completed
        """;

    public const string KeyTypes = """
        select product, id, name, activation_limit, duration_days, entitlements, tier, rank, lease_days, lease_grace_days, billing_grace_days,
            quantity, kept_after_end
        from key_types where tenant = $1 order by product, id
        """;

    public const string PutKeyType = """
        insert into key_types (
            tenant, product, id, name, activation_limit, duration_days, entitlements, tier, rank, lease_days, lease_grace_days, billing_grace_days,
            quantity, kept_after_end)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
        on conflict (tenant, product, id) do update set
            name = excluded.name, activation_limit = excluded.activation_limit, duration_days = excluded.duration_days,
            entitlements = excluded.entitlements, tier = excluded.tier, rank = excluded.rank, lease_days = excluded.lease_days,
            lease_grace_days = excluded.lease_grace_days, billing_grace_days = excluded.billing_grace_days,
            quantity = excluded.quantity, kept_after_end = excluded.kept_after_end
        """;

    public const string Rules = """
        select gumroad_product, variant, recurrence, min_price_usd_cents, max_price_usd_cents, product, key_type, ignore,
            offer_code, url_param, contents
        from rules where tenant = $1 order by place
        """;

    public const string SetRulesVersion = "update tenants set rules_version = $2 where tenant = $1";

    public const string DeleteRules = "delete from rules where tenant = $1";

    public const string AddRule = """
        insert into rules (
            tenant, place, gumroad_product, variant, recurrence, min_price_usd_cents, max_price_usd_cents, product, key_type, ignore,
            offer_code, url_param, contents)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
        """;

    public const string SigningKeys = """
        select key_id, role, public_key, wrapped_seed, created_at, current_from, withdrawn_at
        from signing_keys where tenant = $1 order by created_at, key_id
        """;

    public const string WithdrawSigningKey = "update signing_keys set withdrawn_at = $3 where tenant = $1 and key_id = $2 and withdrawn_at is null";

    public const string AddSigningKey = """
        insert into signing_keys (tenant, key_id, role, public_key, wrapped_seed, created_at, current_from, withdrawn_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        """;
}
