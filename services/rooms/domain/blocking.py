"""People who have blocked each other in one room. Who blocked you does not see your hand, nor may you invite them;
host and moderators are told when two such people share the stage.

What has not arrived from the directory yet is not known here; a block that is lifted shows with the next hand.
"""

from collections.abc import Iterable
from uuid import UUID

from contracts.rooms import BlockedOnStage, HandHidden
from services.rooms.domain.commands import Blocked
from services.rooms.domain.rows import Beside, Outcome, happened, nothing
from services.rooms.domain.state import Room


def hidden_from(user: UUID, room: Room, beside: Beside) -> tuple[UUID, ...]:
    """Who is here and has blocked them."""
    return tuple(sorted(who for who, whom in beside.blocks if whom == user and room.seat(who)))


def hands_hidden(comer: UUID, room: Room, beside: Beside) -> list[HandHidden]:
    """The hands that somebody who comes in does not see."""
    return [
        HandHidden(room_id=room.public.id, user_id=hand.user_id, from_id=comer)
        for hand in room.public.hands
        if (comer, hand.user_id) in beside.blocks and comer not in hand.hidden_from
    ]


def shared_stage(user: UUID, room: Room, beside: Beside) -> list[BlockedOnStage]:
    """For whom the stage is shared with this person, who is stepping onto it."""
    others = (seat.user_id for seat in room.on_stage() if seat.user_id != user)
    return [_told(room, user, other) for other in others if beside.apart(user, other)]


def blocked(command: Blocked, room: Room) -> Outcome:
    """Somebody here has just blocked somebody else here."""
    who, whom = room.seat(command.by), room.seat(command.user_id)
    if who is None or whom is None:
        return nothing()
    pair = Beside(blocks=frozenset({(command.by, command.user_id)}))
    together = who.role.on_stage and whom.role.on_stage
    told: Iterable[BlockedOnStage] = [_told(room, command.by, command.user_id)] if together else ()
    return happened(*hands_hidden(command.by, room, pair), *told)


def _told(room: Room, user: UUID, other: UUID) -> BlockedOnStage:
    return BlockedOnStage(room_id=room.public.id, user_id=user, other_id=other)


def on_stage_blocked(room: Room, me: UUID, beside: Beside) -> tuple[list[UUID], bool]:
    """Who of those on stage was blocked by me, and whether anyone there has blocked me."""
    stage = [seat.user_id for seat in room.on_stage()]
    mine = [user for user in stage if (me, user) in beside.blocks]
    return mine, any((user, me) in beside.blocks for user in stage)
