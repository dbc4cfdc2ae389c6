-- The read side: how far each projection is, moved in the same transaction as what it wrote.
create table projection_offsets (
    projection  text   not null,
    topic       text   not null,
    partition   int    not null,
    next_offset bigint not null,
    primary key (projection, topic, partition)
) with (fillfactor = 50);

-- A stream whose next record could not be applied waits here, with every later record of its own, in order.
create table parked_streams (
    projection text        not null,
    stream     uuid        not null,
    reason     text        not null,
    at         timestamptz not null default now(),
    primary key (projection, stream)
);
create table dead_letters (
    projection text        not null,
    topic      text        not null,
    partition  int         not null,
    "offset"   bigint      not null,
    stream     uuid,       -- null when the record does not even say whose it is
    reason     text        not null,
    key        bytea,
    headers    jsonb       not null,
    value      bytea,
    at         timestamptz not null default now(),
    primary key (projection, topic, partition, "offset")
);
create index dead_letters_stream on dead_letters (projection, stream);
