-- Times are Unix milliseconds. Every primary and unique key starts with the tenant, except in what belongs to the installation.
-- Tables marked "computed" are dropped and folded again by a replay; no foreign key leads to them from what is kept.

create table installation (
    id integer primary key check (id = 1),
    master_key_fingerprint text not null,
    lookup_secret blob not null
) strict;

create table tenants (
    tenant text primary key,
    name text not null,
    state text not null,
    issuer text not null,
    created_at integer not null,
    version integer not null,
    derivation_secret blob not null,
    data_secret blob not null,
    seller_id text,
    enabled integer not null,
    test_purchases integer not null,
    smtp_from text,
    rules_version integer not null
) strict, without rowid;

create table tokens (
    tenant text not null references tenants (tenant),
    kind text not null,
    id text not null,
    hash blob not null,
    label text not null,
    scopes text not null,
    created_at integer not null,
    expires_at integer,
    primary key (tenant, kind, id)
) strict, without rowid;

create table products (
    tenant text not null references tenants (tenant),
    id text not null,
    name text not null,
    key_prefix text not null,
    key_source text,
    primary key (tenant, id)
) strict, without rowid;

create table key_types (
    tenant text not null references tenants (tenant),
    product text not null,
    id text not null,
    name text not null,
    activation_limit integer,
    duration_days integer,
    entitlements text not null,
    tier text,
    rank integer not null,
    lease_days real not null,
    lease_grace_days real not null,
    billing_grace_days integer not null,
    primary key (tenant, product, id)
) strict, without rowid;

create table rules (
    tenant text not null references tenants (tenant),
    place integer not null,
    gumroad_product text not null,
    variant text,
    recurrence text,
    min_price_usd_cents integer,
    max_price_usd_cents integer,
    product text,
    key_type text,
    ignore integer not null,
    primary key (tenant, place)
) strict, without rowid;

create table signing_keys (
    tenant text not null references tenants (tenant),
    key_id text not null,
    role text not null,
    public_key blob not null,
    wrapped_seed blob,
    created_at integer not null,
    current_from integer not null,
    withdrawn_at integer,
    primary key (tenant, key_id)
) strict, without rowid;

-- Append-only. due_at is set while the entry waits to be folded, and only then.
create table inbox (
    tenant text not null,
    id text not null,
    source text not null,
    received_at integer not null,
    first_seen_at integer not null,
    last_seen_at integer not null,
    repeats integer not null,
    repeat_key blob not null,
    content_type text,
    resource_hint text,
    truncated integer not null,
    status text not null,
    reason text,
    resource text,
    purchase text,
    due_at integer,
    attempts integer not null default 0,
    body blob not null,
    primary key (tenant, id)
) strict;

-- Our own notes are looked for beside their purchase instead: an index page less to write for each purchase.
create unique index inbox_repeat on inbox (tenant, repeat_key) where source <> 'baked';
create index inbox_due on inbox (due_at) where due_at is not null;
create index inbox_purchase on inbox (tenant, purchase) where purchase is not null;
create index inbox_not_applied on inbox (tenant, status, id) where status in ('held', 'failed', 'ignored');

-- Computed.
create table purchases (
    tenant text not null,
    id text not null,
    name text not null,
    subscription_id text,
    subject text,
    email text,
    test integer not null,
    state text not null,
    held_for text,
    holds text not null,
    paid_until integer,
    charges text not null,
    licenses text not null,
    due_at integer,
    folded_at integer not null,
    digest text not null,
    created_at integer not null,
    primary key (tenant, id)
) strict;

create index purchases_created on purchases (tenant, created_at, id);
create index purchases_due on purchases (due_at) where due_at is not null;

-- Computed. The licenses of a purchase are named in its row, the keys of a license in its own: an index less for each.
create table licenses (
    tenant text not null,
    id text not null,
    purchase text not null,
    name text not null,
    product text not null,
    key_type text not null,
    number integer not null,
    generation integer not null,
    key_prefix text not null,
    key_source text not null,
    key_masked text not null,
    folded_state text not null,
    holds text not null,
    starts_at integer not null,
    ends_at integer,
    is_subscription integer not null,
    tier text,
    rank integer not null,
    entitlements text not null,
    activation_limit integer,
    lease_days real not null,
    lease_grace_days real not null,
    paid_until integer,
    test integer not null,
    subject text not null,
    email text,
    issued integer not null,
    created_at integer not null,
    keys text not null,
    primary key (tenant, id)
) strict;

create index licenses_created on licenses (tenant, created_at, id);
create index licenses_email on licenses (tenant, email) where email is not null;

-- Computed. Which licenses a key opens.
create table license_keys (
    tenant text not null,
    lookup blob not null,
    license text not null,
    primary key (tenant, lookup, license)
) strict, without rowid;

-- Kept. The lock of a license is the one writer itself, so there are no lock rows here.
create table activations (
    tenant text not null,
    license text not null,
    id text not null,
    device_hash text not null,
    name text,
    platform text,
    app_version text,
    created_at integer not null,
    last_seen_at integer not null,
    released_at integer,
    seq integer not null,
    primary key (tenant, license, id),
    unique (tenant, license, device_hash)
) strict;

create index activations_live on activations (tenant, license) where released_at is null;

create table activation_releases (
    tenant text not null,
    license text not null,
    at integer not null,
    activation text not null,
    primary key (tenant, license, at, activation)
) strict, without rowid;

create table outbox (
    tenant text not null,
    position integer not null,
    key text not null,
    kind text not null,
    license text,
    purchase text,
    detail text,
    at integer not null,
    primary key (tenant, position),
    unique (tenant, key)
) strict;

create table outbox_cursors (
    tenant text not null,
    consumer text not null,
    position integer not null,
    primary key (tenant, consumer)
) strict, without rowid;

create table mails (
    tenant text not null,
    id text not null,
    license text not null,
    template text not null,
    state text not null,
    attempts integer not null,
    due_at integer not null,
    last_error text,
    created_at integer not null,
    sent_at integer,
    primary key (tenant, id),
    unique (tenant, license, template)
) strict;

create index mails_due on mails (due_at) where state = 'waiting';

-- tenant is empty for what belongs to the installation.
create table idempotency (
    tenant text not null,
    scope text not null,
    key text not null,
    request_hash blob not null,
    status integer,
    resource_id text,
    created_at integer not null,
    primary key (tenant, scope, key)
) strict, without rowid;

create index idempotency_created on idempotency (created_at);

create table audit (
    tenant text not null,
    id text not null,
    at integer not null,
    actor text not null,
    action text not null,
    target text,
    primary key (tenant, id)
) strict, without rowid;
