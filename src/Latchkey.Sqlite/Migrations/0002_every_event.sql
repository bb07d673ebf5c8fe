-- Settings.
alter table tenants add column subject_from text;
alter table tenants add column subject_name text;
alter table tenants add column subject_secret blob;
alter table tenants add column gumroad_token blob;
alter table tenants add column allowed_origins text not null default '[]';

alter table products add column trial_days integer;
alter table products add column on_completed text;

alter table key_types add column quantity text not null default 'seats';
alter table key_types add column kept_after_end text;

alter table rules add column offer_code text;
alter table rules add column url_param text;
alter table rules add column contents text not null default '[]';

-- Computed. Only what may rest on another purchase, or another on it, has an address here.
alter table purchases add column link_email text;
create index purchases_link on purchases (tenant, link_email) where link_email is not null;

alter table licenses add column trial_ends_at integer;
alter table licenses add column grace_from integer;
alter table licenses add column kept_after_end text;
create index licenses_subject on licenses (tenant, subject);

-- Kept. A subject's version never falls, not even by a replay; rights is what the version stands for.
create table subjects (
    tenant text not null,
    subject text not null,
    version integer not null,
    rights text not null,
    primary key (tenant, subject)
) strict, without rowid;

-- Kept. Whose an address is.
create table subject_claims (
    tenant text not null,
    email text not null,
    user text not null,
    claimed_at integer not null,
    primary key (tenant, email)
) strict, without rowid;

create index subject_claims_user on subject_claims (tenant, user);

alter table outbox add column subject text;

-- What was computed by the rules of before is folded again by those of now.
update purchases set due_at = 0;
