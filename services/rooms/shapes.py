"""The JSON that comes into rooms, and that leaves it."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from contracts.roles import Role
from contracts.room_view import RoomView
from contracts.rooms import Policy
from services.kit.texts import PLAIN, Plain, plain


class Asked(BaseModel):
    """What is sent: a field that nobody knows is a mistake, and is said so."""

    model_config = ConfigDict(frozen=True, extra="forbid")


RoomName = Annotated[  # the lengths are those of the name without spaces around it: constraints go from left to right
    str,
    StringConstraints(strip_whitespace=True, min_length=3, max_length=60),
    AfterValidator(plain),
    Field(description="3 to 60 characters", examples=["Jazz at noon"], json_schema_extra={"pattern": PLAIN.pattern}),
]


class PolicyAsked(Asked):
    """Who may step onto the stage: by hand and invitation, by invitation only, or anyone."""

    speak: Literal["hand", "invite", "open"] = "hand"
    hands_open: bool = True

    def policy(self) -> Policy:
        return Policy(speak=self.speak, hands_open=self.hands_open)


class NewRoom(Asked):
    name: RoomName
    club_id: UUID | None = None
    topic: (
        Annotated[Plain, Field(max_length=60, description="A topic's name or id; a club's room has the club's")] | None
    ) = None
    policy: PolicyAsked = PolicyAsked()


class JoinRoom(Asked):
    connection: Annotated[UUID, Field(description="Made by the client when its page or program starts")]
    takeover: Annotated[bool, Field(description="Take the seat over from another tab")] = False


class LeaveRoom(Asked):
    connection: Annotated[UUID | None, Field(description="Leave only if the seat is still this connection's")] = None


class NewInvitation(Asked):
    user_id: UUID


class InvitationAnswer(Asked):
    answer: Literal["accepted", "declined"]


class NewRole(Asked):
    role: Role


class Microphone(Asked):
    on: Annotated[Literal[True], Field(description="Undo a moderator's mute; muting oneself is the client's own")]


class Done(BaseModel):
    seq: Annotated[int, Field(description="The room's version after the command")]


class Opened(Done):
    id: UUID


class JoinedParticipant(BaseModel):
    user_id: UUID
    role: Role
    name: str
    seat: int
    connection_no: int


class TicketPair(BaseModel):
    signal: Annotated[str, Field(description="Opens the room socket, once, within 60 s")]
    media: Annotated[str, Field(description="Opens a media session, once, within 60 s")]


class Joined(Done):
    participant: JoinedParticipant
    room: RoomView
    tickets: TicketPair


class EventFeed(BaseModel):
    events: Annotated[list[dict[str, Any]], Field(description="Facts as CloudEvents 1.0 JSON, in order")]
    seq: Annotated[int, Field(description="The last one covered, also by facts that this viewer may not see")]
