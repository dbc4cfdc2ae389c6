"""Settings of the media service. Each is an environment variable of the same name in capitals."""

from ipaddress import IPv4Address, IPv6Address
from typing import Annotated, Literal

from pydantic import Field, field_validator
from pydantic_settings import NoDecode

from services.kit.settings import ServiceSettings


class Settings(ServiceSettings):
    rooms_url: str = Field("http://127.0.0.1:18084", description="Where the rooms service answers")
    node_id: str = Field("media-1", description="This node's name for people; its id is new with every start")
    node_url: str = Field("http://127.0.0.1:18086", description="Where signalling reaches this process by HTTP")
    media_udp_port: int = Field(
        18100, ge=0, le=65_535, description="The UDP port of the first loop, the others have those after it; 0: any"
    )
    media_loop: Literal["auto", "native", "python"] = Field(
        "auto", description="What carries the sound: native is the C loop, auto is that where it was compiled"
    )
    media_loops: int = Field(
        0, ge=0, le=64, description="How many native loops, each with a core's work and a UDP port; 0: one a core"
    )
    media_addresses: Annotated[tuple[IPv4Address | IPv6Address, ...], NoDecode] = Field(
        (),
        description="Public addresses that browsers reach us at, with commas between; empty: the machine's own",
    )
    media_silence_seconds: float = Field(
        30.0, gt=0, description="A session without a sign of life for so long is ended (RFC 7675: 30 s)"
    )

    media_max_sessions: int = Field(4_000, ge=1, description="Whoever comes when there are so many is refused")
    media_max_joining: int = Field(256, ge=1, description="So many sessions may be without encryption at a time")

    @field_validator("media_addresses", mode="before")
    @classmethod
    def _with_commas(cls, value: object) -> object:
        return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value
