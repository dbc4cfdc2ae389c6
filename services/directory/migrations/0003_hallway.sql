-- The hallway read model: a fold of room.events.v1, written by the projector only.
create table room_card (
    id                uuid        primary key,
    name              text        not null,
    club_id           uuid,
    topic_id          uuid,
    state             text        not null,
    policy            jsonb       not null,
    panel             jsonb       not null, -- at most 6 of {user_id, role}, by role, then seat
    panel_count       int         not null,
    participant_count int         not null,
    started_at        timestamptz,
    listed_at         timestamptz not null, -- when it started, or is to start
    seq               bigint      not null
) with (fillfactor = 60);
-- Nothing that a join changes is in an index, so that a join rewrites one row in its own page and no more.
create index room_card_newest on room_card (listed_at desc, id desc) where state <> 'ended';
create index room_card_of_club on room_card (club_id, listed_at desc, id desc) where state <> 'ended';

create table participants (
    room_id uuid    not null,
    user_id uuid    not null,
    role    text    not null,
    seat    bigint  not null,
    muted   boolean not null, -- by a moderator
    guest   boolean not null,
    primary key (room_id, user_id)
);
create index participants_on_stage on participants (room_id) where role <> 'AUDIENCE';
create index participants_audience on participants (room_id, seat) where role = 'AUDIENCE';
