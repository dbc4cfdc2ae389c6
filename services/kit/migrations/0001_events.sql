-- The write side: the event table is the outbox.
create table events (
    pos     bigint      generated always as identity,
    xid     xid8        not null default pg_current_xact_id(),
    stream  uuid        not null,
    version bigint      not null check (version > 0),
    id      uuid        not null unique,
    type    text        not null,
    data    jsonb       not null,
    meta    jsonb       not null,
    at      timestamptz not null,
    primary key (stream, version),
    constraint payload_size check (octet_length(data::text) <= 65536)
);
create unique index events_feed on events (xid, pos); -- without it each poll of the relay scans the table

create table relay_cursor (
    name text   primary key,
    xid  xid8   not null default '0',
    pos  bigint not null default 0
);

-- What was answered to a command that came with an idempotency key. Kept 24 h; refusals too, tickets never.
create table commands (
    actor       text        not null,
    key         text        not null,
    route       text        not null,
    body_sha256 bytea       not null,
    stream      uuid        not null,
    status      smallint    not null,
    outcome     jsonb       not null,
    at          timestamptz not null,
    primary key (actor, key)
);
create index commands_at on commands (at);
