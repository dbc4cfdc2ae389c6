"""The room as a client gets it: the `room` of a join's answer and of the socket's welcome. Ids only, no names."""

from datetime import datetime
from uuid import UUID

from contracts.roles import Role
from contracts.room_snapshot import Frozen, Invitation, RoomSnapshot, RoomState, Seat
from contracts.rooms import Policy

AUDIENCE_SHOWN = 50


class ParticipantView(Frozen):
    user_id: UUID
    role: Role
    seat: int
    muted: bool


class RoomView(Frozen):
    id: UUID
    name: str
    club_id: UUID | None
    topic_id: UUID | None
    state: RoomState
    policy: Policy
    panel: list[ParticipantView]  # by role, then seat
    audience: list[ParticipantView]  # the first 50, by seat
    audience_count: int
    hands: list[UUID]  # in the order they went up
    invitations: list[Invitation]  # those that this viewer may see
    hostless_until: datetime | None
    started_at: datetime | None
    seq: int


def view(room: RoomSnapshot, viewer_id: UUID) -> RoomView:
    """The room as this viewer may see it."""
    panel = sorted((s for s in room.seats.values() if s.role.on_stage), key=lambda s: (s.role.rank, s.seat))
    audience = sorted((s for s in room.seats.values() if not s.role.on_stage), key=lambda s: s.seat)
    role = room.role_of(viewer_id)
    sees_all = role is not None and role.moderates
    return RoomView(
        **room.model_dump(
            include={"id", "name", "club_id", "topic_id", "state", "hostless_until", "started_at", "seq"}
        ),
        policy=room.policy,
        panel=[_participant(seat) for seat in panel],
        audience=[_participant(seat) for seat in audience[:AUDIENCE_SHOWN]],
        audience_count=len(audience),
        hands=list(room.hands),
        invitations=[row for user, row in room.invitations.items() if sees_all or user == viewer_id],
    )


def _participant(seat: Seat) -> ParticipantView:
    return ParticipantView(user_id=seat.user_id, role=seat.role, seat=seat.seat, muted=seat.muted)
