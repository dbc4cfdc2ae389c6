"""Which rooms somebody wants to see: the same parameters for the list and for the live hallway."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query

from services.directory.api.doors import topic_or_400
from services.directory.queries import people
from services.directory.queries.listing import Filter
from services.kit.database import Database
from services.kit.identity import Person

STATES = r"^(live|scheduled)(,(live|scheduled))*$"


@dataclass(frozen=True)
class Parameters:
    user_id: UUID | None
    club: UUID | None
    topic_id: UUID | None
    states: tuple[str, ...]


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
        str, Query(pattern=STATES, max_length=60, description="`live`, `scheduled`, or both with a comma between")
    ] = "live",
) -> Parameters:
    topic_id = topic_or_400(topic) if topic is not None else None
    return Parameters(user_id or user_id_of_old, club, topic_id, tuple(state.split(",")))


Wanted = Annotated[Parameters, Depends(parameters)]


async def filter_of(database: Database, wanted: Parameters, viewer: Person | None) -> Filter:
    """With the clubs that the person follows: looked up first, which is much faster than a join."""
    clubs = frozenset(await people.followed_clubs(database, wanted.user_id)) if wanted.user_id else None
    return Filter(viewer.user_id if viewer else None, clubs, wanted.club, wanted.topic_id, wanted.states)
