-- Settings.
alter table tenants add column brand text;

-- Kept. What becomes of a link is decided by the fold of a purchase that came with it; an entry with source redemption says so for replays.
create table purchase_links (
    tenant text collate "C" not null,
    id text collate "C" not null,
    version integer not null,
    strength text not null,
    state text collate "C" not null,
    reason text,
    terms text not null,
    subject text collate "C",
    return_url text,
    created_at bigint not null,
    expires_at bigint not null,
    opened_at bigint,
    redeemed_at bigint,
    purchase text collate "C",
    product_id text collate "C",
    offer_code_id text,
    checkout_url text,
    removed boolean not null,
    candidates text not null,
    refunds text not null,
    chore text,
    chore_due_at bigint,
    chore_attempts integer not null,
    chore_error text,
    data bytea,
    primary key (tenant, id)
);

-- Data is sealed: pressing it saves nothing.
alter table purchase_links alter column data set storage external;

create index purchase_links_state on purchase_links (tenant, state, id);
create index purchase_links_product on purchase_links (tenant, product_id) where strength = 'product' and product_id is not null;
create index purchase_links_chore on purchase_links (chore_due_at) where chore_due_at is not null;

-- Kept. Who is about to answer a link's return, and the answer.
create table purchase_link_completions (
    tenant text collate "C" not null,
    link text collate "C" not null,
    claimed_by text,
    claimed_until bigint,
    attempts integer not null,
    completed_at bigint,
    answer bytea,
    primary key (tenant, link)
);
