"""Settings of the directory and of its projector. Each is an environment variable of the same name in capitals."""

from typing import Annotated

from pydantic import Field, field_validator, model_validator
from pydantic_settings import NoDecode

from services.kit.settings import StoreSettings


class Settings(StoreSettings):
    rooms_url: str = Field(description="Address of rooms inside, which knows how rooms were in the past")
    key_secret: str = Field(min_length=32, description="Encrypts the private signing keys in the database")
    demo_mode: bool = Field(False, description="Sign in without a password, choose ids: never on a public address")
    loader_secret: str | None = Field(
        None, min_length=16, description="What the demo's loader sends as X-Loader-Secret; needed in demo mode"
    )
    access_token_seconds: int = Field(900, ge=60, le=3600, description="Life of an access token")
    refresh_days: int = Field(30, ge=1, le=365, description="A session not refreshed for so long ends")
    hallway_tick_ms: int = Field(150, ge=20, le=1000, description="The live hallway gathers changes for so long")
    operators: Annotated[frozenset[str], NoDecode] = Field(
        frozenset(),
        description="Usernames, commas between, of those who run this installation: they may end any room. "
        "Register a username first: whoever has it is the operator. In demo mode anybody can sign in as one",
    )

    @field_validator("operators", mode="before")
    @classmethod
    def _usernames(cls, text: object) -> object:
        """In lower case: usernames are unique whatever the case."""
        if not isinstance(text, str):
            return text
        return frozenset(name.strip().lower() for name in text.split(",") if name.strip())

    @model_validator(mode="after")
    def _demo_needs_its_secret(self) -> "Settings":
        if self.demo_mode and not self.loader_secret:
            raise ValueError("DEMO_MODE needs LOADER_SECRET")
        return self


class ProjectorSettings(StoreSettings):
    """The projector's own: the same database, nothing secret but it."""
