-- Who holds which connection: what is needed when an instance dies without a word.
create table connections (
    room_id       uuid   not null,
    user_id       uuid   not null,
    seat          bigint not null,
    connection_no int    not null,
    instance_id   uuid   not null,
    primary key (room_id, user_id)
);
create index connections_instance on connections (instance_id);

-- A lease each, renewed every 2 s.
create table instances (
    instance_id uuid        primary key,
    renewed_at  timestamptz not null
);

-- Each ticket opens one socket or one media session.
create table used_tickets (
    jti        uuid        primary key,
    expires_at timestamptz not null
);
create index used_tickets_expiry on used_tickets (expires_at);

-- Whose a media session is: its owner may end it, with the ticket that opened it or an access token.
create table media_sessions (
    session_id uuid        primary key,
    room_id    uuid        not null,
    user_id    uuid        not null,
    jti        uuid        not null,
    node_url   text        not null,
    at         timestamptz not null default now()
);
create index media_sessions_at on media_sessions (at);
