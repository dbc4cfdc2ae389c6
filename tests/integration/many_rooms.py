"""A hallway as large as it gets, written straight into the read model: 50,000 live rooms, people, clubs, follows."""

from uuid import UUID

import asyncpg

ROOMS, PEOPLE, CLUBS = 50_000, 20_000, 1_000


def person(number: int) -> UUID:
    return _id(1, number)


def club(number: int) -> UUID:
    return _id(2, number)


def _id(kind: int, number: int) -> UUID:
    return UUID(f"{kind * 16:08x}-0000-0000-0000-{number:012x}")


async def fill(url: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute("set transaction_timeout = 0")
        for statement in FILL.split(";"):
            if statement.strip():
                await connection.execute(statement)
    finally:
        await connection.close()


# Numbers are spread by multiplying with primes, so that nothing is in anybody's favour. The keys of names are made
# by hand, as `search_keys` would: for so many it would take a minute.
FILL = f"""
create function pg_temp.id(kind int, number bigint) returns uuid language sql immutable as
    $$ select (lpad(to_hex(kind * 16), 8, '0') || '-0000-0000-0000-' || lpad(to_hex(number), 12, '0'))::uuid $$;
create function pg_temp.word(number bigint) returns text language sql immutable as
    $$ select translate(to_hex((number * 2654435761) % 16777213), '0123456789', 'ghijklmnop') $$;
alter table room_card disable trigger user;
insert into users (id, username, name, joined_at)
    select pg_temp.id(1, n), 'u' || n, initcap(pg_temp.word(n)), now()
    from generate_series(1::bigint, {PEOPLE}) n;
insert into clubs (id, name, topic_id, founder_id, founded_at)
    select pg_temp.id(2, n), initcap(pg_temp.word(n * 31)) || ' club',
           ('00000000-0000-7000-8000-0000000000a' || 1 + n % 5)::uuid, pg_temp.id(1, n), now()
    from generate_series(1::bigint, {CLUBS}) n;
insert into room_card (id, name, club_id, topic_id, state, policy, panel, panel_count, participant_count,
                       started_at, listed_at, seq)
    select pg_temp.id(3, n), 'Talking about ' || pg_temp.word(n * 7) || ' and ' || pg_temp.word(n % 4001),
           case when n % 2 = 0 then pg_temp.id(2, 1 + n * 7919 % {CLUBS}) end, null, 'live', '{{}}',
           jsonb_build_array(jsonb_build_object('user_id', pg_temp.id(1, 1 + n % {PEOPLE}), 'role', 'HOST'),
                             jsonb_build_object('user_id', pg_temp.id(1, 1 + n * 31 % {PEOPLE}), 'role', 'SPEAKER')),
           2, 2 + n * 104729 % 97, now() - n * interval '1 second', now() - n * interval '1 second', 10
    from generate_series(1::bigint, {ROOMS}) n;
insert into room_search (room_id, keys)
    select pg_temp.id(3, n), array(select substr(word, at, 3) from generate_series(1, length(word) - 2) at)
    from generate_series(1::bigint, {ROOMS}) n, lateral (values (' ' || pg_temp.word(n * 7))) as named(word);
alter table room_card enable trigger user;
insert into participants (room_id, user_id, role, seat, muted, guest)
    select pg_temp.id(3, n), pg_temp.id(1, 1 + n % {PEOPLE}), 'HOST', 1, false, false
    from generate_series(1::bigint, {ROOMS}) n
    union all
    select pg_temp.id(3, n), pg_temp.id(1, 1 + n * 31 % {PEOPLE}), 'SPEAKER', 2, false, false
    from generate_series(1::bigint, {ROOMS}) n where n * 31 % {PEOPLE} <> n % {PEOPLE}
    union all
    select pg_temp.id(3, n), pg_temp.id(1, 1 + (n * 17 + s) % {PEOPLE}), 'AUDIENCE', 10 + s, false, false
    from generate_series(1::bigint, {ROOMS}) n, generate_series(1, 3) s
    on conflict do nothing;
insert into user_follows (follower_id, followed_id)
    select pg_temp.id(1, 1), pg_temp.id(1, 1 + n * 3) from generate_series(1::bigint, 5000) n
    union
    select pg_temp.id(1, 1 + n % {PEOPLE}), pg_temp.id(1, 1 + n * 31 % {PEOPLE})
    from generate_series(1::bigint, 100000) n;
insert into club_followers (user_id, club_id)
    select pg_temp.id(1, 1), pg_temp.id(2, n) from generate_series(1, 200) n;
insert into club_members (club_id, user_id, role, since)
    select pg_temp.id(2, n), pg_temp.id(1, 1), 'member', now() from generate_series(1, 50) n;
insert into user_blocks (blocker_id, blocked_id, blocked_at)
    select pg_temp.id(1, 1), pg_temp.id(1, 15000 + n), now() from generate_series(1, 100) n;
vacuum analyze users;
vacuum analyze clubs;
vacuum analyze room_card;
vacuum analyze participants;
vacuum analyze room_search;
vacuum analyze user_follows;
vacuum analyze club_followers;
vacuum analyze user_blocks
"""
