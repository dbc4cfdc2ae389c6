"""What is sent to rooms."""

from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from contracts.roles import Role
from contracts.rooms import Policy
from services.kit.texts import PLAIN, Plain, name, plain


class Asked(BaseModel):
    """What is sent: a field that nobody knows is a mistake, and is said so."""

    model_config = ConfigDict(frozen=True, extra="forbid")


RoomName = Annotated[  # the lengths are those of the name without spaces around it: constraints go from left to right
    str,
    StringConstraints(strip_whitespace=True, min_length=3, max_length=60),
    AfterValidator(name),
    Field(description="3 to 60 characters", examples=["Jazz at noon"], json_schema_extra={"pattern": PLAIN.pattern}),
]


Speak = Annotated[
    Literal["hand", "invite", "open"],
    Field(description="Who may step onto the stage: by hand and invitation, by invitation only, or anyone"),
]
Enter = Annotated[
    Literal["everyone", "club", "private"],
    Field(description="Who may come in: everyone, members of the room's club, or those invited by name or by a link"),
]
MaxPeople = Annotated[int, Field(ge=2, le=100_000, description="How many fit in; null for no limit of its own")]
Why = Annotated[
    Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), AfterValidator(plain)]
    | None,
    Field(description="Said to the one it is about, and to the moderators"),
]


class PolicyAsked(Asked):
    speak: Speak = "hand"
    hands_open: bool = True
    enter: Enter = "everyone"
    max_people: MaxPeople | None = None

    def policy(self) -> Policy:
        return Policy(**self.model_dump())


class PolicyChange(Asked):
    """What is given changes."""

    speak: Speak = "hand"
    hands_open: bool = True
    enter: Enter = "everyone"
    max_people: MaxPeople | None = None

    def changes(self) -> dict[str, Any]:
        return self.model_dump(include=self.model_fields_set)


class NewRoom(Asked):
    name: RoomName
    club_id: UUID | None = None
    topic: (
        Annotated[Plain, Field(max_length=60, description="A topic's name or id; a club's room has the club's")] | None
    ) = None
    policy: PolicyAsked = PolicyAsked()
    scheduled_for: Annotated[
        AwareDatetime | None, Field(description="Open later: by its host, or by itself at this time")
    ] = None


class EditRoom(Asked):
    """What is given changes; at least one thing does."""

    name: RoomName | None = None
    policy: PolicyChange | None = None
    scheduled_for: Annotated[AwareDatetime | None, Field(description="Of a room that has not opened yet")] = None

    @model_validator(mode="after")
    def something(self) -> Self:
        if self.name is None and self.policy is None and self.scheduled_for is None:
            raise ValueError("say what changes: name, policy or scheduled_for")
        return self


class Reason(Asked):
    why: Why = None


class JoinRoom(Asked):
    connection: Annotated[UUID, Field(description="Made by the client when its page or program starts")]
    takeover: Annotated[bool, Field(description="Take the seat over from another tab")] = False
    link: Annotated[Plain | None, Field(max_length=200, description="The `link` through which you came")] = None


class LeaveRoom(Asked):
    connection: Annotated[UUID | None, Field(description="Leave only if the seat is still this connection's")] = None
    keys_to: Annotated[UUID | None, Field(description="Who on stage gets the keys, when the host leaves")] = None


class NewInvitation(Asked):
    user_id: UUID


class InvitationAnswer(Asked):
    answer: Literal["accepted", "declined"]


class NewLink(Asked):
    lasts_seconds: Annotated[int, Field(ge=60, le=30 * 86_400)] = 7 * 86_400


class NewRole(Asked):
    role: Role
    why: Why = None


class Microphone(Asked):
    on: Annotated[Literal[True], Field(description="Undo a moderator's mute; muting oneself is the client's own")]
