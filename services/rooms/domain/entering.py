"""Who gets in: the questions at the door, in this order."""

from dataclasses import dataclass
from uuid import UUID

from contracts.roles import Role
from contracts.room_snapshot import Invitation, Link
from services.kit.decisions import Refused
from services.rooms.domain.commands import Join
from services.rooms.domain.refusals import BANNED, CLUB_BANNED, CLUB_ONLY, LINK_OVER, PRIVATE, ROOM_FULL, removed
from services.rooms.domain.rows import Beside
from services.rooms.domain.state import Room


@dataclass(frozen=True)
class Admission:
    invited_by: UUID | None  # through whose invitation or link


def admit(command: Join, room: Room, beside: Beside) -> Admission | Refused:
    """Somebody without a seat. The host, also one who may have the keys back, is never kept out but by a ban."""
    user, at = command.user_id, command.at
    if user in room.banned or (command.guest and command.device and command.device in room.banned.values()):
        return BANNED
    if user in beside.kept_out:
        return CLUB_BANNED
    if room.role_of(user) is Role.HOST or room.may_have_keys_back(user, at):
        return Admission(None)
    invitation, link = _invitation(command, room), _link(command, room)
    until = room.removed_until.get(user)
    if until and at < until and not invitation:
        return removed(until)
    if not invitation and not link and (refused := _for_others(command, room, beside)):
        return refused
    most = room.public.policy.max_people
    if most is not None and len(room.public.seats) >= most:
        return ROOM_FULL
    return Admission(invitation.by if invitation else link.by if link else None)


def _for_others(command: Join, room: Room, beside: Beside) -> Refused | None:
    """Without invitation or link."""
    match room.public.policy.enter:
        case "private" if command.user_id not in room.admitted:
            return LINK_OVER if command.link else PRIVATE
        case "club" if command.user_id not in beside.members:
            return CLUB_ONLY
        case _:
            return None


def _invitation(command: Join, room: Room) -> Invitation | None:
    invitation = room.public.invitations.get(command.user_id)
    return invitation if invitation and invitation.expires_at > command.at else None


def _link(command: Join, room: Room) -> Link | None:
    link = room.public.links.get(command.link) if command.link else None
    return link if link and link.expires_at > command.at else None
