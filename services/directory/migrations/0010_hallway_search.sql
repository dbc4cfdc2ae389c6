-- Search that forgives typing errors, with nothing but what every Postgres has (docs/decisions/0017).
-- Keys of each word: its trigrams, the first with a blank for the word's beginning; and of words up to 12 letters the
-- word itself and what is left of it without any one letter. `queries/matching.py` makes the same of what is asked.
create function search_keys(said text) returns text[] language sql immutable parallel safe strict
return array(
    with words as (
        select distinct left(found[1], 32) as word
        from regexp_matches(
            lower(regexp_replace(normalize(said, NFKD), '[\u0300-\u036f]', '', 'g') collate pg_c_utf8),
            '[[:alnum:]]+', 'g'
        ) found
    )
    select substr(' ' || word, at, 3) from words, generate_series(1, length(word) - 1) at
    union
    select '-' || word from words where length(word) between 3 and 12
    union
    select '-' || overlay(word placing '' from at for 1) from words, generate_series(1, length(word)) at
    where length(word) between 4 and 12
);
create index users_search on users using gin (search_keys(name || ' ' || username));
create index clubs_search on clubs using gin (search_keys(name));
create index room_card_search on room_card using gin (search_keys(name)) where state <> 'ended';

-- Who hosts, or is to: rooms of people whom one has blocked are not shown, nor of those who have blocked one.
alter table room_card add column host_id uuid generated always as (
    case when panel->0->>'role' = 'HOST' then (panel->0->>'user_id')::uuid else awaited_host_id end
) stored;
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
