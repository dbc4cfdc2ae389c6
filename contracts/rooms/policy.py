"""What the host decides about a room: who may come in, who may speak, how many fit in."""

from typing import Literal

from pydantic import BaseModel, ConfigDict


class Policy(BaseModel):
    """`enter`: everyone, the club's members, or (private) those invited by name or by a link.

    `speak`: by hand and invitation, by invitation only, or anyone steps up. `max_people` None: no limit of its own.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    speak: Literal["hand", "invite", "open"] = "hand"
    hands_open: bool = True
    enter: Literal["everyone", "club", "private"] = "everyone"
    max_people: int | None = None
