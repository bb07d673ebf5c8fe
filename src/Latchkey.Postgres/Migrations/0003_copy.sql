-- That this database was filled by a copy of another store. No node starts here before the copy is finished.

create table copies (
    id integer primary key check (id = 1),
    started_at bigint not null,
    finished_at bigint
);
