"""The room as a client gets it: the `room` of a join's answer and of the socket's welcome. Ids only, no names."""

import heapq
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from immutables import Map

from contracts.roles import Role
from contracts.room_snapshot import Frozen, Invitation, Link, RoomSnapshot, RoomState, Seat
from contracts.rooms import Policy

AUDIENCE_SHOWN = 50


class ParticipantView(Frozen):
    user_id: UUID
    role: Role
    seat: int
    muted: bool
    invited_by: UUID | None


class HandView(Frozen):
    user_id: UUID
    raised_at: datetime


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
    hands: list[HandView]  # in the order they went up
    invitations: list[Invitation]  # those that this viewer may see
    links: list[Link]  # shown to host and moderators
    scheduled_for: datetime | None
    host_id: UUID | None
    awaited_host_id: UUID | None  # it opened by itself, and waits for this host until `hostless_until`
    hostless_until: datetime | None
    started_at: datetime | None
    seq: int


def view(room: RoomSnapshot, viewer_id: UUID) -> RoomView:
    """The room as this viewer may see it."""
    shown, role = _shown(room.seats), room.role_of(viewer_id)
    sees_all = role is not None and role.moderates
    return RoomView(
        **room.model_dump(
            include={
                *{"id", "name", "club_id", "topic_id", "state", "scheduled_for", "started_at", "seq"},
                *{"host_id", "awaited_host_id", "hostless_until"},
            }
        ),
        policy=room.policy,
        panel=shown.panel,
        audience=shown.audience,
        audience_count=len(room.seats) - len(shown.panel),
        hands=[
            HandView(user_id=hand.user_id, raised_at=hand.raised_at)
            for hand in room.hands
            if viewer_id not in hand.hidden_from
        ],
        invitations=[row for user, row in room.invitations.items() if sees_all or user == viewer_id],
        links=list(room.links.values()) if sees_all else [],
    )


@dataclass(frozen=True)
class _Shown:
    panel: list[ParticipantView]
    audience: list[ParticipantView]


# The last seats that were asked for: many who come at the same moment see the same room.
_RECENT: OrderedDict[int, tuple[Map[UUID, Seat], _Shown]] = OrderedDict()
_MOST_RECENT = 100


def _shown(seats: Map[UUID, Seat]) -> _Shown:
    found = _RECENT.get(id(seats))
    if found is None or found[0] is not seats:
        panel = sorted((s for s in seats.values() if s.role.on_stage), key=lambda s: (s.role.rank, s.seat))
        audience = heapq.nsmallest(
            AUDIENCE_SHOWN, (s for s in seats.values() if not s.role.on_stage), key=lambda s: s.seat
        )
        found = seats, _Shown([_participant(seat) for seat in panel], [_participant(seat) for seat in audience])
        _RECENT[id(seats)] = found
        if len(_RECENT) > _MOST_RECENT:
            _RECENT.popitem(last=False)
    return found[1]


def _participant(seat: Seat) -> ParticipantView:
    return ParticipantView(
        user_id=seat.user_id, role=seat.role, seat=seat.seat, muted=seat.muted, invited_by=seat.invited_by
    )
