"""What each fact of a room makes of its card. Pure; the same live, in a rebuild and in a retry."""

from typing import assert_never
from uuid import UUID

from contracts.base import Envelope
from contracts.roles import Role
from contracts.room_snapshot import RoomState
from contracts.rooms import (
    BanLifted,
    BlockedOnStage,
    GuestRegistered,
    HandHidden,
    HandLowered,
    HandRaised,
    HostLost,
    HostTransferred,
    InvitationDeclined,
    InvitationWithdrawn,
    LinkMade,
    LinkWithdrawn,
    ParticipantBanned,
    ParticipantJoined,
    ParticipantLeft,
    ParticipantMuted,
    ParticipantRemoved,
    ParticipantUnmuted,
    RoleChanged,
    RoomEnded,
    RoomFact,
    RoomOpened,
    RoomPolicyChanged,
    RoomRenamed,
    RoomRescheduled,
    RoomScheduled,
    SpeakerInvited,
)
from services.directory.projections.card import Card, Seat
from services.kit.evolving import replace

NOT_SHOWN = (  # facts that change neither what the hallway's list shows nor to whom
    *(GuestRegistered, HandRaised, HandHidden, HandLowered, LinkMade, LinkWithdrawn, HostLost, BlockedOnStage),
    *(ParticipantMuted, ParticipantUnmuted, ParticipantRemoved, ParticipantBanned, BanLifted),
)
OF_INSIDERS = (SpeakerInvited, InvitationDeclined, InvitationWithdrawn)  # only to whom, and only of private rooms


def people_in(fact: RoomFact) -> tuple[UUID, ...]:
    """Whose seats a fact touches: those have to be in the card when it is folded."""
    match fact:
        case (
            ParticipantJoined()
            | ParticipantLeft()
            | RoleChanged()
            | GuestRegistered()
            | ParticipantMuted()
            | ParticipantUnmuted()
        ):
            return (fact.user_id,)
        case HostTransferred(from_id=former, to_id=to):
            return (to,) if former is None else (former, to)
        case _:
            return ()


def fold(card: Card | None, envelope: Envelope[RoomFact]) -> Card:
    """The card after one more fact. Raises KeyError or ValueError when it cannot follow what was before."""
    return replace(_fold(card or Card(envelope.stream), envelope.fact, envelope), seq=envelope.seq)


def _fold(card: Card, fact: RoomFact, envelope: Envelope[RoomFact]) -> Card:
    match fact:  # the commonest first: each case that does not fit takes its time
        case ParticipantJoined(user_id=user, guest=guest):
            return _seated(card, user, Seat(Role.AUDIENCE, envelope.seq, guest=guest))
        case ParticipantLeft(user_id=user):
            return _settled(_gone(card, user), user)
        case (
            HandRaised()
            | HandLowered()
            | HandHidden()
            | ParticipantRemoved()
            | ParticipantBanned()
            | BanLifted()
            | BlockedOnStage()
            | LinkMade()
            | LinkWithdrawn()
            | HostLost()
        ):
            return card  # nothing that the hallway shows
        case RoleChanged(user_id=user, role=role):
            return _settled(_with_role(card, user, role), user)
        case SpeakerInvited(user_id=user):
            return replace(card, invited=card.invited | {user})
        case InvitationDeclined(user_id=user) | InvitationWithdrawn(user_id=user):
            return _settled(card, user)
        case RoomOpened():
            return _opened(card, fact, envelope)
        case RoomEnded():
            nobody = replace(card, seats={}, participant_count=0, invited=frozenset(), awaited_host_id=None)
            return replace(nobody, state=RoomState.ENDED, ended_at=max(envelope.at, card.started_at or envelope.at))
        case ParticipantMuted(user_id=user):
            return _with(card, user, replace(card.seats[user], muted=True))
        case ParticipantUnmuted(user_id=user):
            return _with(card, user, replace(card.seats[user], muted=False))
        case GuestRegistered(user_id=user):
            return _with(card, user, replace(card.seats[user], guest=False))
        case HostTransferred(from_id=former, to_id=to):
            stepped_back = _with_role(card, former, Role.MODERATOR) if former in card.seats and former else card
            return replace(_settled(_with_role(stepped_back, to, Role.HOST), to), awaited_host_id=None)
        case RoomScheduled(scheduled_for=at):
            planned = replace(_begun(card, fact), state=RoomState.SCHEDULED, listed_at=at)
            return replace(planned, awaited_host_id=fact.host_id)
        case RoomRescheduled(scheduled_for=at):
            return replace(card, listed_at=at)
        case RoomRenamed(name=name):
            return replace(card, name=name)
        case RoomPolicyChanged(policy=policy):
            return replace(card, policy=policy)
        case _:
            assert_never(fact)


def _begun(card: Card, fact: RoomScheduled | RoomOpened) -> Card:
    return replace(card, name=fact.name, club_id=fact.club_id, topic_id=fact.topic_id, policy=fact.policy)


def _opened(card: Card, fact: RoomOpened, envelope: Envelope[RoomFact]) -> Card:
    """With its host in the first seat; or by itself, and then nobody sits there yet."""
    live = replace(_begun(card, fact), state=RoomState.LIVE, started_at=envelope.at, listed_at=envelope.at)
    if fact.host_awaited_until:
        return replace(live, awaited_host_id=fact.host_id)
    seated = _seated(replace(live, awaited_host_id=None), fact.host_id, Seat(Role.HOST, envelope.seq))
    return _settled(seated, fact.host_id)


def _settled(card: Card, user: UUID) -> Card:
    """Whoever answers, opens the room, leaves or changes role has no invitation open."""
    return replace(card, invited=card.invited - {user}) if user in card.invited else card


def _seated(card: Card, user: UUID, seat: Seat) -> Card:
    if user in card.seats:
        raise ValueError(f"{user} has a seat already")
    return replace(card, seats={**card.seats, user: seat}, participant_count=card.participant_count + 1)


def _gone(card: Card, user: UUID) -> Card:
    if user not in card.seats:
        raise KeyError(f"{user} has no seat")
    rest = dict(card.seats)
    del rest[user]
    return replace(card, seats=rest, participant_count=card.participant_count - 1)


def _with_role(card: Card, user: UUID, role: Role) -> Card:
    """A moderator's mute ends with one's time on stage."""
    seat = card.seats[user]
    return _with(card, user, replace(seat, role=role, muted=seat.muted and role.on_stage))


def _with(card: Card, user: UUID, seat: Seat) -> Card:
    return replace(card, seats={**card.seats, user: seat})
