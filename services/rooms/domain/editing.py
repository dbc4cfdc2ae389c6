"""What the host changes about a room: its name, its policy, and, before it opens, its time."""

from contracts.base import Fact
from contracts.roles import Role
from contracts.rooms import HandLowered, Policy, RoomPolicyChanged, RoomRenamed, RoomRescheduled
from services.kit.decisions import Refused
from services.rooms.domain.commands import Edit
from services.rooms.domain.moderating import may_moderate
from services.rooms.domain.opening import wrong_time
from services.rooms.domain.refusals import ALREADY_OPEN, NO_CLUB, NOT_HOST, NOT_IN_ROOM
from services.rooms.domain.rows import Due, Kind, Outcome, happened
from services.rooms.domain.state import Room


def edit(command: Edit, room: Room) -> Outcome:
    policy = room.public.policy.model_copy(update=dict(command.policy))
    refused = _may_not(command, room, policy)
    if refused:
        return refused
    room_id, by, facts = room.public.id, command.by, list[Fact]()
    if command.name not in (None, room.public.name):
        facts.append(RoomRenamed(room_id=room_id, name=command.name, by=by))
    if policy != room.public.policy:
        facts.append(RoomPolicyChanged(room_id=room_id, policy=policy, by=by))
        if policy.speak != "hand":  # nobody waits in a line that is no more
            facts += [HandLowered(room_id=room_id, user_id=hand.user_id, by=by) for hand in room.public.hands]
    if command.scheduled_for not in (None, room.public.scheduled_for):
        facts.append(RoomRescheduled(room_id=room_id, scheduled_for=command.scheduled_for, by=by))
        return happened(*facts, rows=(Due(Kind.OPENING, room.public.host_id or by, command.scheduled_for),))
    return happened(*facts)


def _only_hands(command: Edit) -> bool:
    """Closing hands and opening them again is a moderator's matter, too."""
    return set(command.policy) == {"hands_open"} and command.name is None and command.scheduled_for is None


def _may_not(command: Edit, room: Room, policy: Policy) -> Refused | None:
    role, time = room.role_of(command.by), command.scheduled_for
    if _only_hands(command):
        if refused := may_moderate(room, command.by):
            return refused
    elif role is not Role.HOST:
        return NOT_HOST if role or room.scheduled else NOT_IN_ROOM
    if policy.enter == "club" and room.public.club_id is None:
        return NO_CLUB
    if time is None:
        return None
    return wrong_time(time, command.at) if room.scheduled else ALREADY_OPEN
