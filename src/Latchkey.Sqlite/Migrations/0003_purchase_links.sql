-- Settings.
alter table tenants add column brand text;

-- Kept. What becomes of a link is decided by the fold of a purchase that came with it; an entry with source redemption says so for replays.
create table purchase_links (
    tenant text not null,
    id text not null,
    version integer not null,
    strength text not null,
    state text not null,
    reason text,
    terms text not null,
    subject text,
    return_url text,
    created_at integer not null,
    expires_at integer not null,
    opened_at integer,
    redeemed_at integer,
    purchase text,
    product_id text,
    offer_code_id text,
    checkout_url text,
    removed integer not null,
    candidates text not null,
    refunds text not null,
    chore text,
    chore_due_at integer,
    chore_attempts integer not null,
    chore_error text,
    data blob,
    primary key (tenant, id)
) strict;

create index purchase_links_state on purchase_links (tenant, state, id);
create index purchase_links_product on purchase_links (tenant, product_id) where strength = 'product' and product_id is not null;
create index purchase_links_chore on purchase_links (chore_due_at) where chore_due_at is not null;

-- Kept. Who is about to answer a link's return, and the answer.
create table purchase_link_completions (
    tenant text not null,
    link text not null,
    claimed_by text,
    claimed_until integer,
    attempts integer not null,
    completed_at integer,
    answer blob,
    primary key (tenant, link)
) strict;
