"""Hands: raised by listeners, lowered by their owners or by moderators."""

from contracts.rooms import HandLowered, HandRaised
from services.kit.decisions import Refused
from services.rooms.domain.blocking import hidden_from
from services.rooms.domain.commands import LowerAllHands, LowerHand, RaiseHand
from services.rooms.domain.moderating import may_act_on, may_moderate
from services.rooms.domain.refusals import (
    ALREADY_ON_STAGE,
    GUEST_SPEAKS,
    HANDS_CLOSED,
    INVITE_ONLY,
    MANY_HANDS,
    NOT_IN_ROOM,
)
from services.rooms.domain.rows import Beside, Outcome, happened, nothing
from services.rooms.domain.state import Room

MOST_HANDS = 100


def raise_hand(command: RaiseHand, room: Room, beside: Beside) -> Outcome:
    user, seat, policy = command.user_id, room.seat(command.user_id), room.public.policy
    if seat is None:
        return NOT_IN_ROOM
    if seat.guest:
        return GUEST_SPEAKS
    if seat.role.on_stage:
        return ALREADY_ON_STAGE
    if room.public.has_hand_up(user):
        return nothing()  # asking twice changes nothing
    if policy.speak == "invite":
        return INVITE_ONLY
    if not policy.hands_open:
        return HANDS_CLOSED
    if len(room.public.hands) >= MOST_HANDS:
        return MANY_HANDS
    return happened(HandRaised(room_id=room.public.id, user_id=user, hidden_from=hidden_from(user, room, beside)))


def lower_hand(command: LowerHand, room: Room) -> Outcome:
    if room.seat(command.by) is None:
        return NOT_IN_ROOM
    if command.user_id != command.by:
        target = may_act_on(room, command.user_id, command.by)
        if isinstance(target, Refused):
            return target
    if not room.public.has_hand_up(command.user_id):
        return nothing()
    return happened(HandLowered(room_id=room.public.id, user_id=command.user_id, by=command.by))


def lower_all_hands(command: LowerAllHands, room: Room) -> Outcome:
    refused = may_moderate(room, command.by)
    if refused:
        return refused
    hands = room.public.hands
    return happened(*(HandLowered(room_id=room.public.id, user_id=hand.user_id, by=command.by) for hand in hands))
