"""What an operator may set. Each is an environment variable of the same name in capitals."""

from pydantic import Field

from services.kit.settings import StoreSettings


class Settings(StoreSettings):
    directory_url: str = Field(description="Address of directory inside, for the keys of access tokens")
    rooms_url: str = Field(description="Address of rooms inside, for the keys of tickets and for rooms as they are")
    lease_seconds: float = Field(10, gt=0, description="An instance that has not renewed its lease for so long is dead")
    lease_renew_seconds: float = Field(2, gt=0, description="How often an instance renews its lease")
    reconnect_seconds: float = Field(15, ge=0, description="How long others wait for a dead instance's people")
    beat_seconds: float = Field(10, gt=0, description="How often a socket says that it lives")
