"""Settings of the directory and of its projector. Each is an environment variable of the same name in capitals."""

from pydantic import Field, model_validator

from services.kit.settings import StoreSettings


class Settings(StoreSettings):
    key_secret: str = Field(min_length=32, description="Encrypts the private signing keys in the database")
    demo_mode: bool = Field(False, description="Sign in without a password, choose ids: never on a public address")
    loader_secret: str | None = Field(
        None, min_length=16, description="What the demo's loader sends as X-Loader-Secret; needed in demo mode"
    )
    access_token_seconds: int = Field(900, ge=60, le=3600, description="Life of an access token")
    refresh_days: int = Field(30, ge=1, le=365, description="A session not refreshed for so long ends")
    hallway_tick_ms: int = Field(150, ge=20, le=1000, description="The live hallway gathers changes for so long")

    @model_validator(mode="after")
    def _demo_needs_its_secret(self) -> "Settings":
        if self.demo_mode and not self.loader_secret:
            raise ValueError("DEMO_MODE needs LOADER_SECRET")
        return self


class ProjectorSettings(StoreSettings):
    """The projector's own: the same database, nothing secret but it."""
