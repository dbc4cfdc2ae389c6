-- What stands beside a room's log, changed only under the room's lock.
create table presence (
    room_id       uuid    not null,
    user_id       uuid    not null,
    seat          bigint  not null,
    connection    uuid,   -- null until the owner has joined: the opener's seat is there before
    connection_no int     not null,
    connected     boolean not null,
    primary key (room_id, user_id)
);

create table deadlines (
    room_id       uuid        not null,
    kind          text        not null check (kind in ('grace', 'invitation', 'countdown')),
    user_id       uuid        not null,
    due_at        timestamptz not null,
    seat          bigint      not null,
    connection_no int         not null,
    primary key (room_id, kind, user_id)
);
create index deadlines_due on deadlines (due_at);

-- What decisions need of clubs: a projection of club.events.v1.
create table clubs (
    club_id    uuid   primary key,
    topic_id   uuid   not null,
    founder_id uuid   not null,
    admins     uuid[] not null,
    seq        bigint not null
);
