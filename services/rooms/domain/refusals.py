"""Why not: each refusal with its code, and a sentence that says what would change it."""

from datetime import datetime

from contracts.problems import Code
from services.kit.decisions import Refused

# The room.
ROOM_UNKNOWN = Refused(Code.ROOM_UNKNOWN, "Room does not exist")
ROOM_ENDED = Refused(Code.ROOM_ENDED, "This room has ended. There are others in the hallway.")
ID_TAKEN = Refused(Code.ALREADY_EXISTS, "Another room has this id.")
ALREADY_OPEN = Refused(Code.ALREADY_OPEN, "This room is open already, so its time cannot change. Step in.")
NOT_CLUB_ADMIN = Refused(Code.NOT_CLUB_ADMIN, "Only the club's founder and admins open its rooms.")
NO_CLUB = Refused(
    Code.INVALID_INPUT, "This room belongs to no club, so it cannot be for members only. Use everyone or private."
)
TIME_PASSED = Refused(Code.INVALID_INPUT, "scheduled_for lies in the past. Choose a time to come, or leave it out.")
TOO_FAR = Refused(Code.INVALID_INPUT, "scheduled_for lies more than a year ahead. Choose a time within a year.")

# The door.
ELSEWHERE = Refused(Code.ELSEWHERE, "You're in this room in another tab. You can listen here instead.")
NOT_IN_ROOM = Refused(Code.NOT_IN_ROOM, "You're not in this room. Step in first.")
BANNED = Refused(Code.BANNED, "You were banned from this room. Only its host and moderators can lift that.")
CLUB_BANNED = Refused(
    Code.CLUB_BANNED, "You are banned from this room's club. Only the club's founder and admins can lift that."
)
PRIVATE = Refused(
    Code.PRIVATE, "This room is for those who are invited. Ask its host or a moderator for a link or an invitation."
)
LINK_OVER = Refused(Code.PRIVATE, "This link no longer opens the room. Ask its host or a moderator for another one.")
CLUB_ONLY = Refused(Code.CLUB_ONLY, "This room is for members of its club. Join the club, or ask for an invitation.")
ROOM_FULL = Refused(Code.ROOM_FULL, "This room is full. Try again when somebody has left.")

# The stage.
GUEST_OPENS = Refused(Code.GUESTS_LISTEN, "Guests may only listen. Sign in to open a room.")
GUEST_SPEAKS = Refused(Code.GUESTS_LISTEN, "Guests may only listen. Sign in to speak.")
GUEST_INVITED = Refused(Code.GUESTS_LISTEN, "Guests may only listen. They can sign in and come back.")
ALREADY_ON_STAGE = Refused(Code.ALREADY_ON_STAGE, "Already on stage: no hand or invitation is needed.")
HANDS_CLOSED = Refused(Code.HANDS_CLOSED, "Hands are closed for now. A moderator can open them again.")
INVITE_ONLY = Refused(Code.INVITE_ONLY, "In this room the host invites people to the stage. There are no hands.")
MANY_HANDS = Refused(Code.TOO_MANY, "There are as many hands up as a room can take. Wait until some are down.")
MANY_INVITATIONS = Refused(
    Code.TOO_MANY, "There are as many open invitations as a room can have. Withdraw one, or wait for answers."
)
MANY_LINKS = Refused(Code.TOO_MANY, "There are as many links as a room can have. Withdraw one first.")
NO_SUCH_LINK = Refused(Code.NOT_FOUND, "There is no such link (any more).")
NOT_INVITED = Refused(Code.NOT_INVITED, "There is no invitation. Raise your hand, and a moderator can invite you.")
NONE_TO_WITHDRAW = Refused(Code.NOT_INVITED, "That person has no invitation.")
INVITATION_EXPIRED = Refused(Code.INVITATION_EXPIRED, "That invitation ran out. Raise your hand again.")
BLOCKED_BY_THEM = Refused(Code.BLOCKED, "That person has blocked you. Another moderator can invite them.")
YOU_NOT_ON_STAGE = Refused(Code.NOT_ON_STAGE, "You're not on stage.")
RAISE_HAND = Refused(Code.NOT_ON_STAGE, "You're listening. Raise your hand, and a moderator can invite you up.")
HAND_IS_UP = Refused(Code.NOT_ON_STAGE, "Your hand is up. A moderator can invite you now.")
INVITED = Refused(Code.NOT_ON_STAGE, "You're invited to the stage. Accept, and you can speak.")
STEP_UP = Refused(Code.NOT_ON_STAGE, "The stage is open to everyone here. Step up, and you can speak.")
MUTED = Refused(Code.MUTED, "A moderator muted you. Open your microphone again, and you can speak.")

# Acting on people.
NOT_MODERATOR = Refused(Code.NOT_MODERATOR, "Only the host and moderators do this.")
NOT_HOST = Refused(Code.NOT_HOST, "Only the host does this.")
NOT_ABOVE = Refused(Code.NOT_ABOVE, "You can only act on people with a lower role than yours.")
ONLY_DOWNWARD = Refused(
    Code.ONLY_DOWNWARD, "You can step down by yourself, not up. Raise your hand, or wait for an invitation."
)
TARGET_NOT_IN_ROOM = Refused(Code.TARGET_NOT_IN_ROOM, "That person is not in this room any more.")
NOT_ON_STAGE = Refused(Code.NOT_ON_STAGE, "That person is not on stage.")
NEEDS_CONSENT = Refused(Code.NOT_ON_STAGE, "Invite them to the stage first: speaking takes their consent, too.")
NOT_YOURSELF = Refused(Code.NOT_ABOVE, "You cannot do this to yourself. You can leave.")
STILL_BANNED = Refused(Code.BANNED, "That person is banned from this room. Lift the ban first.")
NOT_BANNED = Refused(Code.NOT_BANNED, "That person is not banned here.")

# The keys.
HAND_OVER_FIRST = Refused(Code.NOT_ALLOWED, "You hold the keys. Hand them to someone on stage before you step down.")
KEYS_NEEDED = Refused(
    Code.KEYS_NEEDED, "You hold the keys. Say who on stage gets them (keys_to), or end the room for everybody."
)
HAS_HOST = Refused(Code.HAS_HOST, "This room has a host. The keys can be taken only when there is none.")
HOST_AWAITED = Refused(Code.NOT_ALLOWED, "This room waits for its host. Nobody else takes the keys meanwhile.")


def removed(until: datetime) -> Refused:
    return Refused(Code.REMOVED, f"You were asked to leave. You can come back at {until:%H:%M} UTC.")


def not_open(scheduled_for: datetime) -> Refused:
    message = f"This room opens on {scheduled_for:%d %B} at {scheduled_for:%H:%M} UTC, or when its host opens it."
    return Refused(Code.ROOM_NOT_OPEN, message)
