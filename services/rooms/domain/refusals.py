"""Why not: each refusal with its code, and a sentence that says what would change it."""

from datetime import datetime

from contracts.problems import Code
from services.kit.decisions import Refused

ROOM_UNKNOWN = Refused(Code.ROOM_UNKNOWN, "Room does not exist")
ROOM_ENDED = Refused(Code.ROOM_ENDED, "This room has ended. There are others in the hallway.")
ID_TAKEN = Refused(Code.ALREADY_EXISTS, "Another room has this id.")
NOT_CLUB_ADMIN = Refused(Code.NOT_CLUB_ADMIN, "Only the club's founder and admins open its rooms.")
GUEST_OPENS = Refused(Code.GUESTS_LISTEN, "Guests may only listen. Sign in to open a room.")
GUEST_SPEAKS = Refused(Code.GUESTS_LISTEN, "Guests may only listen. Sign in to speak.")
GUEST_INVITED = Refused(Code.GUESTS_LISTEN, "Guests may only listen. They can sign in and come back.")
ELSEWHERE = Refused(Code.ELSEWHERE, "You're in this room in another tab. You can listen here instead.")
NOT_IN_ROOM = Refused(Code.NOT_IN_ROOM, "You're not in this room. Step in first.")
TARGET_NOT_IN_ROOM = Refused(Code.TARGET_NOT_IN_ROOM, "That person is not in this room any more.")
ALREADY_ON_STAGE = Refused(Code.ALREADY_ON_STAGE, "Already on stage: no hand or invitation is needed.")
HANDS_CLOSED = Refused(Code.HANDS_CLOSED, "Hands are closed for now. A moderator can open them again.")
INVITE_ONLY = Refused(Code.INVITE_ONLY, "In this room the host invites people to the stage. There are no hands.")
NOT_MODERATOR = Refused(Code.NOT_MODERATOR, "Only the host and moderators do this.")
NOT_HOST = Refused(Code.NOT_HOST, "Only the host does this.")
NOT_ABOVE = Refused(Code.NOT_ABOVE, "You can only act on people with a lower role than yours.")
ONLY_DOWNWARD = Refused(
    Code.ONLY_DOWNWARD, "You can step down by yourself, not up. Raise your hand, or wait for an invitation."
)
HAND_OVER_FIRST = Refused(Code.NOT_ALLOWED, "You hold the keys. Hand them to someone on stage before you step down.")
NEEDS_CONSENT = Refused(Code.NOT_ON_STAGE, "Invite them to the stage first: speaking takes their consent, too.")
NOT_ON_STAGE = Refused(Code.NOT_ON_STAGE, "That person is not on stage.")
YOU_NOT_ON_STAGE = Refused(Code.NOT_ON_STAGE, "You're not on stage.")
HAS_HOST = Refused(Code.HAS_HOST, "This room has a host. The keys can be taken only when there is none.")
NOT_INVITED = Refused(Code.NOT_INVITED, "There is no invitation. Raise your hand, and a moderator can invite you.")
NONE_TO_WITHDRAW = Refused(Code.NOT_INVITED, "That person has no invitation.")
INVITATION_EXPIRED = Refused(Code.INVITATION_EXPIRED, "That invitation ran out. Raise your hand again.")


def removed(until: datetime) -> Refused:
    return Refused(Code.REMOVED, f"You were asked to leave. You can come back at {until:%H:%M} UTC.")
