"""Every way in which Hallway says no: one enum for all services and clients (RFC 9457 problem details).

`type` is `/problems/<code>`. What a person reads is `message`, written where the refusal is decided.
"""

from enum import Enum

from pydantic import BaseModel, ConfigDict


class Code(Enum):
    """Value: (code, HTTP status, title)."""

    INVALID_INPUT = ("invalid_input", 400, "The request is malformed or a value is not allowed")
    INVALID_SDP = ("invalid_sdp", 400, "This cannot be read as SDP")
    UNAUTHENTICATED = ("unauthenticated", 401, "No valid token")
    WRONG_CREDENTIALS = ("wrong_credentials", 401, "Username and password do not match")
    INVALID_TICKET = ("invalid_ticket", 401, "The ticket is not valid, has expired or was used")
    GUESTS_LISTEN = ("guests_listen", 403, "Guests may only listen")
    NOT_ALLOWED = ("not_allowed", 403, "This person may not do this")
    NOT_MODERATOR = ("not_moderator", 403, "Only the host and moderators do this")
    NOT_HOST = ("not_host", 403, "Only the host does this")
    NOT_ABOVE = ("not_above", 403, "One acts only on a strictly lower role")
    ONLY_DOWNWARD = ("only_downward", 403, "On oneself one acts only downward")
    WRONG_PASSWORD = ("wrong_password", 403, "This is not the password")
    NOT_FOUNDER = ("not_founder", 403, "Only the club's founder does this")
    CLUB_BY_INVITATION = ("club_by_invitation", 403, "This club's members are invited")
    CLUB_BANNED = ("club_banned", 403, "Banned from this club")
    NOT_CLUB_ADMIN = ("not_club_admin", 403, "Only the club's founder and admins do this")
    INVITE_ONLY = ("invite_only", 403, "The host invites people to the stage")
    HANDS_CLOSED = ("hands_closed", 403, "Hands are closed for now")
    REMOVED = ("removed", 403, "Removed from this room for a while")
    BANNED = ("banned", 403, "Banned from this room")
    BLOCKED = ("blocked", 403, "One of the two has blocked the other")
    CLUB_ONLY = ("club_only", 403, "This room is for the members of its club")
    PRIVATE = ("private", 403, "This room is for those who are invited")
    NOT_FOUND = ("not_found", 404, "There is nothing here")
    ROOM_UNKNOWN = ("room_unknown", 404, "Room does not exist")
    USER_UNKNOWN = ("user_unknown", 404, "No such person")
    METHOD_NOT_ALLOWED = ("method_not_allowed", 405, "Not with this method")
    NOT_ACCEPTABLE = ("not_acceptable", 406, "No such representation")
    ALREADY_EXISTS = ("already_exists", 409, "Something else has this id")
    USERNAME_TAKEN = ("username_taken", 409, "This username is taken")
    CLUB_UNKNOWN = ("club_unknown", 409, "This club is not known here (yet)")
    NOT_A_MEMBER = ("not_a_member", 409, "Not a member of this club")
    NOT_ASKED = ("not_asked", 409, "They have not asked to come in")
    ALREADY_MEMBER = ("already_member", 409, "A member already")
    FOUNDER_NEEDED = ("founder_needed", 409, "Somebody has to get the club first")
    NO_EMAIL = ("no_email", 409, "There is no e-mail address to write to")
    ELSEWHERE = ("elsewhere", 409, "In this room in another tab or device")
    SUPERSEDED = ("superseded", 409, "A newer connection has this seat")
    NOT_IN_ROOM = ("not_in_room", 409, "Not in this room")
    TARGET_NOT_IN_ROOM = ("target_not_in_room", 409, "That person is not in this room")
    ALREADY_ON_STAGE = ("already_on_stage", 409, "Already on stage")
    NOT_ON_STAGE = ("not_on_stage", 409, "Not on stage")
    NOT_INVITED = ("not_invited", 409, "There is no invitation")
    INVITATION_EXPIRED = ("invitation_expired", 409, "The invitation ran out")
    HAS_HOST = ("has_host", 409, "This room has a host")
    MUTED = ("muted", 409, "Muted by a moderator")
    KEYS_NEEDED = ("keys_needed", 409, "Somebody has to get the keys first")
    ROOM_NOT_OPEN = ("room_not_open", 409, "This room has not opened yet")
    ALREADY_OPEN = ("already_open", 409, "This room is open already")
    ROOM_FULL = ("room_full", 409, "This room is full")
    TOO_MANY = ("too_many", 409, "There is no place for one more")
    NOT_BANNED = ("not_banned", 409, "That person is not banned")
    NOT_YET_VISIBLE = ("not_yet_visible", 409, "Not visible here yet")
    ROOM_ENDED = ("room_ended", 410, "This room has ended")
    LINK_EXPIRED = ("link_expired", 410, "The link from the mail was used or ran out")
    STALE = ("stale", 412, "If-Match is not of what is there now")
    PAYLOAD_TOO_LARGE = ("payload_too_large", 413, "The body is too large")
    UNSUPPORTED_MEDIA_TYPE = ("unsupported_media_type", 415, "Not in this content type")
    KEY_REUSED = ("key_reused", 422, "This idempotency key was used for another request")
    UNACCEPTABLE_OFFER = ("unacceptable_offer", 422, "The offer cannot be answered")
    IF_MATCH_NEEDED = ("if_match_needed", 428, "This needs an If-Match")
    RATE_LIMITED = ("rate_limited", 429, "Too many requests")
    INTERNAL_ERROR = ("internal_error", 500, "Something went wrong here")
    NO_MEDIA_NODE = ("no_media_node", 503, "No media node is alive")
    NODE_FULL = ("node_full", 503, "The media node takes nobody more for now")
    UNAVAILABLE = ("unavailable", 503, "Not available right now")

    def __init__(self, code: str, status: int, title: str) -> None:
        self.code, self.status, self.title = code, status, title

    @classmethod
    def of(cls, code: str) -> "Code":
        """The member with this wire code. Raises KeyError."""
        return _BY_CODE[code]


_BY_CODE = {member.code: member for member in Code}


class Problem(BaseModel):
    """`application/problem+json`, RFC 9457 section 3, with `code` for programs and `message` for people."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    type: str
    title: str
    status: int
    detail: str
    code: str
    message: str


def problem(code: Code, message: str, detail: str | None = None) -> Problem:
    """The problem document of a refusal; `detail` says to a programmer what `message` says to a person."""
    return Problem(
        type=f"/problems/{code.code}",
        title=code.title,
        status=code.status,
        detail=detail or message,
        code=code.code,
        message=message,
    )
