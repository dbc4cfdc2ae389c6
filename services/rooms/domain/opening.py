"""A room begins: at once, or planned and opened later by its host or by itself."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from contracts.rooms import RoomOpened, RoomScheduled
from services.kit.decisions import Refused
from services.rooms.domain.commands import OpeningDue, OpenPlanned, OpenRoom, Schedule
from services.rooms.domain.refusals import (
    ALREADY_OPEN,
    CLUB_BANNED,
    GUEST_OPENS,
    ID_TAKEN,
    NO_CLUB,
    NOT_CLUB_ADMIN,
    NOT_HOST,
    TIME_PASSED,
    TOO_FAR,
)
from services.rooms.domain.rows import Beside, Due, Kind, NoLongerDue, Outcome, Presence, Row, happened, nothing
from services.rooms.domain.state import Room

FURTHEST = timedelta(days=366)  # so far ahead a room may be planned
NOT_DUE = NoLongerDue(Kind.OPENING)


def open_room(command: OpenRoom, room: Room, beside: Beside) -> Outcome:
    result = {"id": str(command.room_id)}
    if room.begun:
        return nothing(**result, created=False) if command.seeded and _is_the_same(command, room) else ID_TAKEN
    refused = _may_not_begin(command)
    if refused:
        return refused
    opened = RoomOpened(**_asked_for(command))
    seat = room.public.seq + 1
    rows: list[Row] = [Presence(command.host_id, seat, None, 0, awaited=command.seeded)]
    if not command.seeded:
        rows.append(Due(Kind.GRACE, command.host_id, command.at + beside.times.grace, seat))
    return happened(opened, rows=tuple(rows), **result, created=True)


def schedule(command: Schedule, room: Room) -> Outcome:
    if room.begun:
        return ID_TAKEN
    refused = _may_not_begin(command) or wrong_time(command.scheduled_for, command.at)
    if refused:
        return refused
    planned = RoomScheduled(**_asked_for(command), scheduled_for=command.scheduled_for)
    due = Due(Kind.OPENING, command.host_id, command.scheduled_for)
    return happened(planned, rows=(due,), id=str(command.room_id), created=True)


def open_planned(command: OpenPlanned, room: Room, beside: Beside) -> Outcome:
    """By its host, now, whatever the time; in a club's room by any of the club's admins, who is its host then."""
    if not room.scheduled:
        return ALREADY_OPEN
    if command.by != room.public.host_id and not (beside.club and beside.club.hosts(command.by)):
        return NOT_HOST
    if command.by in beside.kept_out:
        return CLUB_BANNED
    seat = room.public.seq + 1
    grace = Due(Kind.GRACE, command.by, command.at + beside.times.grace, seat)
    return happened(_as_planned(room, command.by), rows=(NOT_DUE, Presence(command.by, seat, None, 0), grace))


def opening_due(command: OpeningDue, room: Room, beside: Beside) -> Outcome:
    """It opens by itself. Its host is awaited; without them it ends again."""
    host, scheduled_for = room.public.host_id, room.public.scheduled_for
    if not room.scheduled or host is None or scheduled_for is None or command.at < scheduled_for:
        return happened(rows=(NoLongerDue(Kind.OPENING, due_by=command.at),))
    until = command.at + beside.times.host_awaited
    opened = _as_planned(room, host).model_copy(update={"host_awaited_until": until})
    return happened(opened, rows=(NOT_DUE, Due(Kind.COUNTDOWN, host, until)))


def wrong_time(scheduled_for: datetime, at: datetime) -> Refused | None:
    if scheduled_for <= at:
        return TIME_PASSED
    return TOO_FAR if scheduled_for > at + FURTHEST else None


def _asked_for(command: OpenRoom | Schedule) -> dict[str, Any]:
    """What a room begins with. A club's room has the club's topic."""
    return {
        "room_id": command.room_id,
        "host_id": command.host_id,
        "name": command.name,
        "club_id": command.club.club_id if command.club else None,
        "topic_id": command.club.topic_id if command.club else command.topic_id,
        "policy": command.policy,
    }


def _may_not_begin(command: OpenRoom | Schedule) -> Refused | None:
    if command.guest:
        return GUEST_OPENS
    if command.club and not command.club.hosts(command.host_id):
        return NOT_CLUB_ADMIN
    return NO_CLUB if command.policy.enter == "club" and not command.club else None


def _as_planned(room: Room, host: UUID) -> RoomOpened:
    planned = room.public
    return RoomOpened(
        room_id=planned.id,
        host_id=host,
        name=planned.name,
        club_id=planned.club_id,
        topic_id=planned.topic_id,
        policy=planned.policy,
    )


def _is_the_same(command: OpenRoom, room: Room) -> bool:
    """Also after the host has left or the room has ended: it was loaded before."""
    club_id = command.club.club_id if command.club else None
    return (room.opened_by, room.public.name, room.public.club_id) == (command.host_id, command.name, club_id)
