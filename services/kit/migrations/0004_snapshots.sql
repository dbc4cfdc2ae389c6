-- States remembered, so that a long stream need not be folded from its beginning. Only a cache: rows may be deleted.
create table snapshots (
    stream       uuid        primary key,
    version      bigint      not null,
    fold_version int         not null,
    state        bytea       not null,
    at           timestamptz not null default now()
);
