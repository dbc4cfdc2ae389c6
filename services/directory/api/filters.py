"""Which rooms somebody wants to see, and in which order: the first is the same for the list and the live hallway."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query

from contracts.problems import Code
from services.directory.api.doors import topic_or_400
from services.directory.queries import people
from services.directory.queries.listing import ENDED, Filter, blocks_of
from services.kit.database import Database
from services.kit.identity import Person
from services.kit.problems import ProblemError

STATES = r"^((live|scheduled)(,(live|scheduled))*|ended)$"
UUID_TEXT = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"


class Sort(StrEnum):
    NEWEST = "newest"
    FOR_YOU = "for_you"
    BEST_MATCH = "best_match"


@dataclass(frozen=True)
class Parameters:
    user_id: UUID | None
    club: UUID | None
    topic_id: UUID | None
    states: tuple[str, ...]


@dataclass(frozen=True)
class Version:
    room_id: UUID
    seq: int


@dataclass(frozen=True)
class Order:
    by: Sort
    q: str | None
    min_seq: Version | None


def parameters(
    user_id: Annotated[
        UUID | None, Query(description="Rooms of the clubs that this person follows, and of no club")
    ] = None,
    user_id_of_old: Annotated[UUID | None, Query(alias="userId", description="The same as `user_id`")] = None,
    club: Annotated[UUID | None, Query(description="Rooms of this club")] = None,
    topic: Annotated[
        str | None, Query(min_length=1, max_length=60, description="Rooms on this topic: its name or id")
    ] = None,
    state: Annotated[
        str,
        Query(
            pattern=STATES,
            max_length=60,
            description="`live`, `scheduled`, or both with a comma between; `ended`, of one `club`",
        ),
    ] = "live",
) -> Parameters:
    if state == ENDED and club is None:
        raise ProblemError(Code.INVALID_INPUT, "Rooms that have ended are listed by club: add `club`.")
    topic_id = topic_or_400(topic) if topic is not None else None
    return Parameters(user_id or user_id_of_old, club, topic_id, tuple(state.split(",")))


Wanted = Annotated[Parameters, Depends(parameters)]


def order(
    wanted: Wanted,
    q: Annotated[
        str | None,
        Query(
            min_length=2,
            max_length=60,
            description="In the room's name, its club's and of people on stage; typed badly",
        ),
    ] = None,
    sort: Annotated[
        Sort | None, Query(description="`newest`, or `best_match` where there is `q`, unless said otherwise")
    ] = None,
    min_seq: Annotated[
        str | None,
        Query(
            pattern=f"^{UUID_TEXT}:[0-9]{{1,18}}$",
            description="`<room id>:<seq>`: wait (up to 1 s) until this version of the room is visible here",
        ),
    ] = None,
) -> Order:
    by = sort or (Sort.BEST_MATCH if q else Sort.NEWEST)
    if by is Sort.BEST_MATCH and not q:
        raise ProblemError(Code.INVALID_INPUT, "`best_match` needs `q`: what is to be matched.")
    if wanted.states == (ENDED,) and (q or by is not Sort.NEWEST):
        raise ProblemError(Code.INVALID_INPUT, "Rooms that have ended are listed newest first, without `q`.")
    room_id, _, seq = (min_seq or "").partition(":")
    return Order(by, q, Version(UUID(room_id), int(seq)) if min_seq else None)


Ordered = Annotated[Order, Depends(order)]


async def filter_of(database: Database, wanted: Parameters, viewer: Person | None) -> Filter:
    """With the blocks between the viewer and others, as they are now."""
    return Filter(
        viewer_id=viewer.user_id if viewer else None,
        follower_id=wanted.user_id,
        club_id=wanted.club,
        topic_id=wanted.topic_id,
        states=wanted.states,
        blocked=await blocks_of(database, viewer.user_id) if viewer and not viewer.guest else frozenset(),
    )


async def live_filter_of(database: Database, wanted: Parameters, viewer: Person | None) -> Filter:
    """The same for cards that come by: with the clubs that the person follows, as they are now."""
    clubs = frozenset(await people.followed_clubs(database, wanted.user_id)) if wanted.user_id else None
    return replace(await filter_of(database, wanted, viewer), clubs=clubs)
