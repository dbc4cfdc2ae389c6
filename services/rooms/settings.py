"""What an operator may set. Each is an environment variable of the same name in capitals."""

from datetime import timedelta

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from services.kit.event_store import Limits
from services.kit.settings import StoreSettings
from services.rooms.domain.rows import Times


class TimesSettings(BaseSettings):
    """How long things last in a room; all that a command needs of the settings."""

    model_config = SettingsConfigDict(extra="ignore", frozen=True)

    grace_seconds: float = Field(60, gt=0, description="How long a seat is kept over a lost connection")
    countdown_seconds: float = Field(300, gt=0, description="How long a room without a host stays open")
    invitation_seconds: float = Field(60, gt=0, description="How long an invitation to somebody in the room lasts")
    invitation_outside_seconds: float = Field(600, gt=0, description="The same for somebody who is not there yet")
    come_back_seconds: float = Field(600, gt=0, description="After so long somebody removed may come back")
    host_awaited_seconds: float = Field(900, gt=0, description="How long a room that opened by itself awaits its host")

    @property
    def times(self) -> Times:
        return Times(
            grace=timedelta(seconds=self.grace_seconds),
            countdown=timedelta(seconds=self.countdown_seconds),
            invitation=timedelta(seconds=self.invitation_seconds),
            invitation_outside=timedelta(seconds=self.invitation_outside_seconds),
            come_back=timedelta(seconds=self.come_back_seconds),
            host_awaited=timedelta(seconds=self.host_awaited_seconds),
        )


class Settings(TimesSettings, StoreSettings):
    key_secret: str = Field(min_length=32, description="Encrypts the ticket keys at rest; the same for all instances")
    directory_url: str = Field(description="Address of directory inside, for the keys of access tokens")
    demo_mode: bool = Field(False, description="Opens the loader's route, which chooses a room's id")
    loader_secret: str | None = Field(None, description="What the demo's loader shows in X-Loader-Secret")
    most_waiting_for_one: int = Field(1_000, gt=0, description="Commands that may wait for one room; over it 503")
    most_waiting: int = Field(10_000, gt=0, description="Commands that may wait in this process; over it 503")
    cached_rooms: int = Field(10_000, gt=0, description="Rooms whose state this process keeps in memory")
    ticket_seconds: int = Field(60, gt=0, description="How long a ticket may wait to be used")

    @property
    def limits(self) -> Limits:
        return Limits(
            most_waiting_for_one=self.most_waiting_for_one,
            most_waiting=self.most_waiting,
            cached_streams=self.cached_rooms,
        )
