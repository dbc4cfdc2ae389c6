-- A planned room has a host before anybody sits there; a private one is known to those in it and those invited.
alter table room_card
    add column awaited_host_id uuid, -- until they come
    add column private boolean not null generated always as (coalesce(policy->>'enter', '') = 'private') stored;
-- Of live rooms alone: in the other index all planned ones come before the newest of them.
create index room_card_live on room_card (listed_at desc, id desc) where state = 'live';
create index room_card_soonest on room_card (listed_at, id) where state = 'scheduled';

-- Invited by name, while that lasts: of any room, for it may become private meanwhile.
create table invited (
    room_id uuid not null,
    user_id uuid not null,
    primary key (room_id, user_id)
);
create index invited_to on invited (user_id, room_id);
create index participants_rooms on participants (user_id, room_id); -- "the rooms I am in"
