-- What every peer keeps. The keys are the fewest that make repeats collapse and a ping findable by its id.

create table pings (
    id uuid primary key,
    tenant text not null,
    received_at timestamptz not null,
    repeats integer not null default 0,
    body_key bytea not null,
    body bytea not null,
    constraint pings_body_key unique (tenant, body_key)
);

-- What a ping's handler writes besides, in the fair form.

create table sales (
    tenant text not null,
    id text not null,
    product text not null,
    email text not null,
    price_cents bigint not null,
    refunded boolean not null,
    updated_at timestamptz not null,
    primary key (tenant, id)
);

create table entitlements (
    tenant text not null,
    sale text not null,
    tier text not null,
    license_key text not null,
    active boolean not null,
    primary key (tenant, sale)
);

create table outbox (
    position bigint primary key generated always as identity,
    tenant text not null,
    sale text not null,
    kind text not null,
    created_at timestamptz not null
);
