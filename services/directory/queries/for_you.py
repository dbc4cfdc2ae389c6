"""The hallway for one viewer: at most 500 candidates, ranked, each with why it is shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.directory.queries import people, ranked, ranking
from services.directory.queries.conditions import conditions_of
from services.directory.queries.listing import Filter
from services.directory.queries.people import FORMER_MEMBER
from services.directory.queries.ranking import Candidate, Kind, Reason
from services.directory.queries.rooms import CardView
from services.directory.queries.ties import Ties, ties_of
from services.kit.database import Database, Record

CANDIDATES = 500


@dataclass(frozen=True)
class Why:
    kind: Kind
    text: str  # for people
    user_ids: list[UUID] | None = None  # of `follows`, at most 3


@dataclass(frozen=True)
class Page:
    rooms: list[CardView]
    reasons: dict[UUID, list[Why]]
    next_cursor: str | None


async def page(
    database: Database, wanted: Filter, limit: int, cursor: str | None, among: Sequence[UUID] | None, now: datetime
) -> Page:
    """`among`: of these rooms only. Raises `BadCursor`."""
    ties = await ties_of(database, wanted.viewer_id)

    async def rank() -> list[UUID]:
        rows = await _candidates(database, wanted, ties, among)
        best = ranking.ranked([_candidate(ties, **row) for row in rows], now)
        return [each.id for each in best[:CANDIDATES]]

    found = await ranked.page(database, wanted, rank, limit, cursor)
    return Page(found.rooms, await _reasons(database, found.rooms, ties, now), found.next_cursor)


async def _candidates(database: Database, wanted: Filter, ties: Ties, among: Sequence[UUID] | None) -> Sequence[Record]:
    """Rooms with people whom the viewer follows, of their clubs, on their topics, the newest, and the fullest."""
    found = await conditions_of(
        database, wanted, list(ties.on_stage), list(ties.member_of | ties.follows), list(ties.topics)
    )
    if among is not None:
        found.add("room.id = any({})", among)
    return await database.fetch(FOUND.format(these=found.sql, of_topic=OF_TOPIC), *found.args)


async def _reasons(database: Database, cards: Sequence[CardView], ties: Ties, now: datetime) -> dict[UUID, list[Why]]:
    followed = {user for card in cards for user in ties.on_stage.get(card.id, ())[:3]}
    names = await people.names(database, followed) if followed else {}
    return {
        card.id: [_why(each, card, names, now) for each in ranking.shown(_of_card(card, ties), now)] for card in cards
    }


def _candidate(
    ties: Ties, id: UUID, listed_at: datetime, participant_count: int, club_id: UUID | None, topic_id: UUID | None
) -> Candidate:
    return Candidate(
        id,
        listed_at,
        participant_count,
        ties.on_stage.get(id, ()),
        club_id in ties.member_of,
        club_id in ties.follows,
        topic_id in ties.topics,
    )


def _of_card(card: CardView, ties: Ties) -> Candidate:
    return _candidate(ties, card.id, card.listed_at, card.participant_count, card.club_id, card.topic_id)


def _why(reason: Reason, card: CardView, names: Mapping[UUID, str], now: datetime) -> Why:
    match reason.kind:
        case Kind.FOLLOWS:
            shown = list(reason.user_ids[:3])
            return Why(reason.kind, _on_stage([names.get(user, FORMER_MEMBER) for user in shown], reason), shown)
        case Kind.CLUB:
            return Why(reason.kind, f"You are a member of {card.club_name}")
        case Kind.CLUB_FOLLOWED:
            return Why(reason.kind, f"You follow {card.club_name}")
        case Kind.TOPIC:
            return Why(reason.kind, f"You follow {card.topic}")
        case Kind.FRESH:
            return Why(reason.kind, _age(card, now))
        case Kind.BUSY:
            count = card.participant_count
            return Why(reason.kind, "1 person is here" if count == 1 else f"{count:,} people are here")


def _on_stage(names: Sequence[str], reason: Reason) -> str:
    """The first two by name, then how many more."""
    more = len(reason.user_ids) - 2
    if more > 0:
        return f"{names[0]}, {names[1]} and {more} more whom you follow are on stage"
    return f"{' and '.join(names)}, whom you follow, {'is' if len(names) == 1 else 'are'} on stage"


def _age(card: CardView, now: datetime) -> str:
    minutes = int(abs(now - card.listed_at).total_seconds() / 60)
    if card.scheduled_for:
        return "Opens soon" if minutes < 60 else "Planned"
    if minutes < 10:
        return "Just opened"
    return f"Opened {minutes} minutes ago" if minutes < 60 else "Opened a while ago"


FOUND = """
select room.id, room.listed_at, room.participant_count, room.club_id, coalesce(room.topic_id, club.topic_id) as topic_id
from room_card room left join clubs club on club.id = room.club_id
where room.id in (
    (select room.id from room_card room where room.id = any($1) and {these} order by room.listed_at desc limit 150)
    union
    (select room.id from room_card room where room.club_id = any($2) and {these} order by room.listed_at desc limit 100)
    union
    (select room.id from room_card room where {of_topic} and {these} order by room.listed_at desc limit 50)
    union
    (select room.id from room_card room where {these} order by room.fullness desc, room.listed_at desc limit 100)
    union
    (select room.id from room_card room where {these} order by room.listed_at desc, room.id desc limit 100)
)
"""
OF_TOPIC = """
cardinality($3::uuid[]) > 0 and
(room.topic_id = any($3) or (room.topic_id is null and room.club_id in (select id from clubs where topic_id = any($3))))
"""
