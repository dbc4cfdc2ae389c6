-- Search that forgives typing errors, with nothing but what every Postgres has (docs/decisions/0017).
-- Keys of each word: its trigrams, the first with a blank for the word's beginning; and of words up to 12 letters the
-- word itself and what is left of it without any one letter. `queries/matching.py` makes the same of what is asked.
create function search_keys(said text) returns text[] language sql immutable parallel safe strict
return array(
    with words as (
        select left(word, 32) as word
        from unnest(regexp_split_to_array(
            lower(regexp_replace(normalize(said, NFKD), '[\u0300-\u036f]', '', 'g') collate pg_c_utf8),
            '[^[:alnum:]]+'
        )) word
    )
    select substr(' ' || word, at, 3) from words, generate_series(1, length(word) - 1) at
    union all
    select '-' || word from words where length(word) between 3 and 12
    union all
    select '-' || overlay(word placing '' from at for 1) from words, generate_series(1, length(word)) at
    where length(word) between 4 and 12
);
create index users_search on users using gin (search_keys(name || ' ' || username));
create index clubs_search on clubs using gin (search_keys(name));
alter index users_search alter column 1 set statistics 0; -- nobody asks for them, and each takes the keys of 30,000 names
alter index clubs_search alter column 1 set statistics 0;

-- Of rooms that have not ended. Beside the cards: what changes them most, a join, is not to pay for the keys of a name.
create table room_search (
    room_id uuid   primary key,
    keys    text[] not null
);
create index room_search_keys on room_search using gin (keys);
create function keep_room_search() returns trigger language plpgsql as $$
begin
    delete from room_search where room_id = new.id;
    if new.state <> 'ended' then
        insert into room_search values (new.id, search_keys(new.name));
    end if;
    return null;
end $$;
create trigger room_is_new after insert on room_card
    for each row when (new.state <> 'ended') execute function keep_room_search();
create trigger room_has_changed after update of name, state on room_card
    for each row when (old.name <> new.name or (old.state = 'ended') <> (new.state = 'ended'))
    execute function keep_room_search();
insert into room_search select id, search_keys(name) from room_card where state <> 'ended';

-- Who hosts, or is to: rooms of people whom one has blocked are not shown, nor of those who have blocked one.
alter table room_card add column host_id uuid generated always as (
    case when panel->0->>'role' = 'HOST' then (panel->0->>'user_id')::uuid else awaited_host_id end
) stored;

-- How full a room is, in doublings: a join changes it, and with it the index, once for twice as many people.
alter table room_card add column fullness smallint
    generated always as (floor(ln(greatest(participant_count, 1)) / ln(2))) stored;
create index room_card_fullest on room_card (fullness desc, listed_at desc) where state = 'live';

create index participants_speaking on participants (user_id, room_id) where role <> 'AUDIENCE';
create index user_blocks_of on user_blocks (blocked_id, blocker_id);

-- A club's rooms that have ended, the latest first; those that were cancelled never began.
create index room_card_past on room_card (club_id, listed_at desc, id desc)
    where state = 'ended' and started_at is not null;

-- Lists by rank are kept for a while as they were, so that their pages fit together. Losing them is harmless.
create unlogged table ranked_lists (
    id       uuid        primary key,
    room_ids uuid[]      not null,
    made_at  timestamptz not null default now()
);
create index ranked_lists_age on ranked_lists (made_at);
