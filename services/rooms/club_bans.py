"""Whom clubs keep out: kept beside the rooms, and told to the rooms in which they are just now."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from contracts.base import Envelope
from contracts.clubs import CLUB_FACTS, ClubBanLifted, ClubFact, ClubMemberBanned
from services.kit.database import Database
from services.kit.ids import Clock
from services.kit.reactor import Reactor
from services.rooms.beside import RoomStore
from services.rooms.domain.commands import BannedByClub
from services.rooms.telling import tell_rooms_of

CLUB_BANS = "rooms-club-bans"  # the consumer's name, under which its offsets stand


def club_bans(database: Database, store: RoomStore, clock: Clock) -> Reactor[ClubFact]:
    return Reactor(database, CLUB_BANS, CLUB_FACTS, reaction(database, store, clock))


def reaction(database: Database, store: RoomStore, clock: Clock) -> Callable[[Envelope[ClubFact]], Awaitable[None]]:
    """The row first: whoever knocks from now on stays outside, and whoever is in a room hears the command."""

    async def react(envelope: Envelope[ClubFact]) -> None:
        match envelope.fact:
            case ClubMemberBanned(club_id=club, user_id=user, by=by):
                await _keep(database, club, user, True, envelope.seq)
                await tell_rooms_of(user, BannedByClub(user, club, by, clock()), CLUB_BANS, envelope, database, store)
            case ClubBanLifted(club_id=club, user_id=user):
                await _keep(database, club, user, False, envelope.seq)
            case _:
                pass

    return react


async def _keep(database: Database, club: UUID, user: UUID, banned: bool, seq: int) -> None:
    await database.execute(KEEP, club, user, banned, seq)


KEEP = """
insert into club_bans (club_id, user_id, banned, seq) values ($1, $2, $3, $4)
on conflict (club_id, user_id) do update set banned = excluded.banned, seq = excluded.seq
where excluded.seq > club_bans.seq
"""
