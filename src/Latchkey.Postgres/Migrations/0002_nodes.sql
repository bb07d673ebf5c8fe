-- Which node works on a tenant for a consumer, and until when, by the database's clock. Once that has passed, another node may take it over.

alter table outbox_cursors
    add column claimed_by text,
    add column claimed_until bigint;

-- Whoever decides about a license's slots holds an advisory lock instead: it leaves no row behind, and costs no journey of its own.
drop table license_locks;
