"""Links that let people into a private room, for a while."""

from datetime import timedelta

from contracts.rooms import LinkMade, LinkWithdrawn
from services.rooms.domain.commands import MakeLink, WithdrawLink
from services.rooms.domain.moderating import may_moderate
from services.rooms.domain.refusals import MANY_LINKS, NO_SUCH_LINK
from services.rooms.domain.rows import Outcome, happened
from services.rooms.domain.state import Room

MOST_LINKS = 20
LONGEST = timedelta(days=30)


def make_link(command: MakeLink, room: Room) -> Outcome:
    """One that has run out makes place for it."""
    refused = may_moderate(room, command.by)
    if refused:
        return refused
    over = [link for link in room.public.links.values() if link.expires_at <= command.at]
    if len(room.public.links) - len(over) >= MOST_LINKS:
        return MANY_LINKS
    room_id, expires_at = room.public.id, command.at + min(command.lasts, LONGEST)
    withdrawn = (LinkWithdrawn(room_id=room_id, link_id=link.link_id, by=command.by) for link in over)
    made = LinkMade(room_id=room_id, link_id=command.link_id, by=command.by, expires_at=expires_at)
    return happened(*withdrawn, made, link_id=str(command.link_id), expires_at=expires_at.isoformat())


def withdraw_link(command: WithdrawLink, room: Room) -> Outcome:
    refused = may_moderate(room, command.by)
    if refused:
        return refused
    if command.link_id not in room.public.links:
        return NO_SUCH_LINK
    return happened(LinkWithdrawn(room_id=room.public.id, link_id=command.link_id, by=command.by))
