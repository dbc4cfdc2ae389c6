"""What somebody is told who comes back and is not what they were."""

from datetime import datetime
from uuid import UUID

from contracts.roles import Role
from contracts.rooms import LeftReason
from services.rooms.domain.state import Room

GONE = {
    LeftReason.LOST: "Your connection was away for too long, and your seat was given up",
    LeftReason.REMOVED: "You were asked to leave, and your seat was given up",
}
LEFT = "You left, and your seat with you"


def on_return(room: Room, user: UUID, at: datetime) -> str | None:
    """None when there is nothing to say."""
    given_up = room.given_up.get(user)
    if given_up is None or room.public.awaited_host_id == user:
        return None
    was = "the host" if given_up.role is Role.HOST else "a moderator"
    if room.may_have_keys_back(user, at):
        then = "You can take the keys back."
    else:
        then = "The host can make you one again." if given_up.role is Role.MODERATOR else "Raise your hand to speak."
    return f"You were {was} here. {GONE.get(given_up.reason, LEFT)}: you are a listener now. {then}"
