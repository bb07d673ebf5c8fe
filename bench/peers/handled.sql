-- One statement is one transaction and one round trip: nothing that begins and commits by itself is quicker.
with ping as (
    insert into pings (id, tenant, received_at, body_key, body)
    values ($1::uuid, $2::text, $3::timestamptz, $4::bytea, $5::bytea)
    on conflict (tenant, body_key) do update set repeats = pings.repeats + 1
    returning id, repeats
), sale as (
    insert into sales (tenant, id, product, email, price_cents, refunded, updated_at)
    select $2::text, $6::text, $7::text, $8::text, $9::bigint, $10::boolean, $3::timestamptz from ping where repeats = 0
    on conflict (tenant, id) do update set
        product = excluded.product, email = excluded.email, price_cents = excluded.price_cents,
        refunded = excluded.refunded, updated_at = excluded.updated_at
), entitlement as (
    insert into entitlements (tenant, sale, tier, license_key, active)
    select $2::text, $6::text, $11::text, $12::text, not $10::boolean from ping where repeats = 0
    on conflict (tenant, sale) do update set
        tier = excluded.tier, license_key = excluded.license_key, active = excluded.active
), message as (
    insert into outbox (tenant, sale, kind, created_at)
    select $2::text, $6::text, 'sale.handled', $3::timestamptz from ping where repeats = 0
)
select id, repeats from ping
