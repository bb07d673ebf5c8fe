-- Times are Unix milliseconds. Every primary and unique key starts with the tenant, except in what belongs to the installation.
-- Names sort by their bytes (collate "C"), as they do in the program and in every other store.
-- Tables marked "computed" are dropped and folded again by a replay; no foreign key leads to them from what is kept.

create table installation (
    id integer primary key check (id = 1),
    master_key_fingerprint text not null,
    lookup_secret bytea not null
);

create table tenants (
    tenant text collate "C" primary key,
    name text not null,
    state text not null,
    issuer text not null,
    created_at bigint not null,
    version integer not null,
    derivation_secret bytea not null,
    data_secret bytea not null,
    seller_id text,
    enabled boolean not null,
    test_purchases boolean not null,
    smtp_from text,
    rules_version integer not null,
    subject_from text,
    subject_name text,
    subject_secret bytea,
    gumroad_token bytea,
    allowed_origins text not null default '[]'
);

create table tokens (
    tenant text collate "C" not null references tenants (tenant),
    kind text collate "C" not null,
    id text collate "C" not null,
    hash bytea not null,
    label text not null,
    scopes text not null,
    created_at bigint not null,
    expires_at bigint,
    primary key (tenant, kind, id)
);

create table products (
    tenant text collate "C" not null references tenants (tenant),
    id text collate "C" not null,
    name text not null,
    key_prefix text not null,
    key_source text,
    trial_days integer,
    on_completed text,
    primary key (tenant, id)
);

create table key_types (
    tenant text collate "C" not null references tenants (tenant),
    product text collate "C" not null,
    id text collate "C" not null,
    name text not null,
    activation_limit integer,
    duration_days integer,
    entitlements text not null,
    tier text,
    rank integer not null,
    lease_days double precision not null,
    lease_grace_days double precision not null,
    billing_grace_days integer not null,
    quantity text not null default 'seats',
    kept_after_end text,
    primary key (tenant, product, id)
);

create table rules (
    tenant text collate "C" not null references tenants (tenant),
    place integer not null,
    gumroad_product text not null,
    variant text,
    recurrence text,
    min_price_usd_cents bigint,
    max_price_usd_cents bigint,
    product text collate "C",
    key_type text,
    ignore boolean not null,
    offer_code text,
    url_param text,
    contents text not null default '[]',
    primary key (tenant, place)
);

create table signing_keys (
    tenant text collate "C" not null references tenants (tenant),
    key_id text collate "C" not null,
    role text not null,
    public_key bytea not null,
    wrapped_seed bytea,
    created_at bigint not null,
    current_from bigint not null,
    withdrawn_at bigint,
    primary key (tenant, key_id)
);

-- Append-only. due_at is set while the entry waits to be folded, and only then.
create table inbox (
    tenant text collate "C" not null,
    id text collate "C" not null,
    source text not null,
    received_at bigint not null,
    first_seen_at bigint not null,
    last_seen_at bigint not null,
    repeats integer not null,
    repeat_key bytea not null,
    content_type text,
    resource_hint text,
    truncated boolean not null,
    status text not null,
    reason text,
    resource text,
    purchase text collate "C",
    due_at bigint,
    attempts integer not null default 0,
    body bytea not null,
    primary key (tenant, id)
);

-- Bodies are sealed: pressing them saves nothing.
alter table inbox alter column body set storage external;

-- Our own notes are looked for beside their purchase instead: an index page less to write for each purchase.
create unique index inbox_repeat on inbox (tenant, repeat_key) where source <> 'baked';
create index inbox_due on inbox (tenant, due_at) where due_at is not null;
create index inbox_purchase on inbox (tenant, purchase) where purchase is not null;
create index inbox_not_applied on inbox (tenant, status, id) where status in ('held', 'failed', 'ignored');

-- Which tenants have something to fold, and when. A queue: whoever makes something due adds a row, and so waits for nobody;
-- whoever folds takes all rows of a tenant that are due.
create table ready (
    tenant text collate "C" not null,
    seq bigint not null generated always as identity,
    due_at bigint not null,
    primary key (tenant, seq)
);

create index ready_due on ready (due_at);

-- Computed.
create table purchases (
    tenant text collate "C" not null,
    id text collate "C" not null,
    name text not null,
    subscription_id text collate "C",
    subject text collate "C",
    email text collate "C",
    test boolean not null,
    state text not null,
    held_for text,
    holds text not null,
    paid_until bigint,
    charges text not null,
    licenses text not null,
    due_at bigint,
    folded_at bigint not null,
    digest text not null,
    created_at bigint not null,
    link_email text collate "C",
    primary key (tenant, id)
);

create index purchases_created on purchases (tenant, created_at, id);
create index purchases_due on purchases (tenant, due_at) where due_at is not null;
-- Only what may rest on another purchase, or another on it, has an address there.
create index purchases_link on purchases (tenant, link_email) where link_email is not null;

-- Computed. The licenses of a purchase are named in its row, the keys of a license in its own: an index less for each.
create table licenses (
    tenant text collate "C" not null,
    id text collate "C" not null,
    purchase text collate "C" not null,
    name text not null,
    product text collate "C" not null,
    key_type text not null,
    number integer not null,
    generation integer not null,
    key_prefix text not null,
    key_source text not null,
    key_masked text not null,
    folded_state text not null,
    holds text not null,
    starts_at bigint not null,
    ends_at bigint,
    is_subscription boolean not null,
    tier text,
    rank integer not null,
    entitlements text not null,
    activation_limit integer,
    lease_days double precision not null,
    lease_grace_days double precision not null,
    paid_until bigint,
    test boolean not null,
    subject text collate "C" not null,
    email text collate "C",
    issued boolean not null,
    created_at bigint not null,
    keys text not null,
    trial_ends_at bigint,
    grace_from bigint,
    kept_after_end text,
    primary key (tenant, id)
);

create index licenses_created on licenses (tenant, created_at, id);
create index licenses_email on licenses (tenant, email) where email is not null;
create index licenses_subject on licenses (tenant, subject);

-- Computed. Which licenses a key opens.
create table license_keys (
    tenant text collate "C" not null,
    lookup bytea not null,
    license text collate "C" not null,
    primary key (tenant, lookup, license)
);

-- Whoever decides about a license's slots holds its row.
create table license_locks (
    tenant text collate "C" not null,
    license text collate "C" not null,
    primary key (tenant, license)
);

-- Kept.
create table activations (
    tenant text collate "C" not null,
    license text collate "C" not null,
    id text collate "C" not null,
    device_hash text collate "C" not null,
    name text,
    platform text,
    app_version text,
    created_at bigint not null,
    last_seen_at bigint not null,
    released_at bigint,
    seq bigint not null,
    primary key (tenant, license, id),
    unique (tenant, license, device_hash)
);

create index activations_live on activations (tenant, license) where released_at is null;

create table activation_releases (
    tenant text collate "C" not null,
    license text collate "C" not null,
    at bigint not null,
    activation text collate "C" not null,
    primary key (tenant, license, at, activation)
);

-- A message has no position before it is published, which is after its commit: in the order of seq, and by one at a time for each tenant.
create table outbox (
    tenant text collate "C" not null,
    key text collate "C" not null,
    seq bigint not null generated always as identity,
    position bigint,
    kind text collate "C" not null,
    license text collate "C",
    purchase text collate "C",
    detail text,
    at bigint not null,
    subject text collate "C",
    primary key (tenant, key),
    unique (tenant, position)
);

create index outbox_unpublished on outbox (tenant, seq) where position is null;

-- The last position given, and the transaction that gave it. Whoever publishes holds the row.
create table outbox_heads (
    tenant text collate "C" primary key,
    position bigint not null,
    published_in xid8 not null
);

create index outbox_heads_published on outbox_heads (published_in);

create table outbox_cursors (
    tenant text collate "C" not null,
    consumer text collate "C" not null,
    position bigint not null,
    primary key (tenant, consumer)
);

create table mails (
    tenant text collate "C" not null,
    id text collate "C" not null,
    license text collate "C" not null,
    template text collate "C" not null,
    state text not null,
    attempts integer not null,
    due_at bigint not null,
    last_error text,
    created_at bigint not null,
    sent_at bigint,
    claimed_by text,
    claimed_until bigint,
    primary key (tenant, id),
    unique (tenant, license, template)
);

create index mails_due on mails (due_at) where state = 'waiting';

-- tenant is empty for what belongs to the installation.
create table idempotency (
    tenant text collate "C" not null,
    scope text collate "C" not null,
    key text collate "C" not null,
    request_hash bytea not null,
    status integer,
    resource_id text,
    created_at bigint not null,
    primary key (tenant, scope, key)
);

create index idempotency_created on idempotency (tenant, created_at);
create index idempotency_reserved on idempotency (tenant, created_at) where status is null;

create table audit (
    tenant text collate "C" not null,
    id text collate "C" not null,
    at bigint not null,
    actor text not null,
    action text not null,
    target text,
    primary key (tenant, id)
);

-- Kept. A subject's version never falls, not even by a replay; rights is what the version stands for.
create table subjects (
    tenant text collate "C" not null,
    subject text collate "C" not null,
    version bigint not null,
    rights text not null,
    primary key (tenant, subject)
);

-- Kept. Whose an address is.
create table subject_claims (
    tenant text collate "C" not null,
    email text collate "C" not null,
    owner text collate "C" not null,
    claimed_at bigint not null,
    primary key (tenant, email)
);

create index subject_claims_user on subject_claims (tenant, owner);

