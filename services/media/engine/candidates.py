"""Where we say that we can be reached (RFC 8445 section 5.1)."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from typing import TypeAlias

IPAddress: TypeAlias = IPv4Address | IPv6Address
LOOPBACK = IPv4Address("127.0.0.1")
HOST_PREFERENCE = 126  # RFC 8445 section 5.1.2.2
RTP_COMPONENT = 1


@dataclass(frozen=True, slots=True)
class Candidate:
    address: IPAddress
    port: int
    priority: int
    foundation: int

    def __str__(self) -> str:
        """The value of `a=candidate` (RFC 8839 section 5.1)."""
        return f"{self.foundation} {RTP_COMPONENT} udp {self.priority} {self.address} {self.port} typ host"


def reachable_at(
    public: Sequence[IPAddress],
    interfaces: Sequence[IPAddress],
    default_routes: Collection[IPAddress],
    from_loopback: bool,
) -> list[IPAddress]:
    """The addresses to offer, best first.

    `public` if set; else every interface address that is neither loopback nor link-local, that of the default route
    first. 127.0.0.1 comes last, and only when the page itself came from a loopback host: Firefox pairs no loopback
    address with others, and to anyone else it would be their own machine. A machine without any network has only it.
    """
    own = [address for address in interfaces if not (address.is_loopback or address.is_link_local)]
    own.sort(key=lambda address: (address not in default_routes, address.version))
    chosen = [*(public or own), *([LOOPBACK] if from_loopback else [])]
    return list(dict.fromkeys(chosen)) or [LOOPBACK]


def candidates(addresses: Sequence[IPAddress], port: int) -> list[Candidate]:
    """Host candidates in descending priority (RFC 8445 section 5.1.2.1)."""
    return [
        Candidate(address, port, (HOST_PREFERENCE << 24) | ((65_535 - rank) << 8) | (256 - RTP_COMPONENT), rank + 1)
        for rank, address in enumerate(addresses)
    ]


def reaching(candidates: Sequence[Candidate], ufrag: str, password: str) -> Iterator[str]:
    """Where our end of the transport is and with what to check it, as attributes (RFC 8839 section 5)."""
    for candidate in candidates:
        yield f"a=candidate:{candidate}"
    yield "a=end-of-candidates"
    yield f"a=ice-ufrag:{ufrag}"
    yield f"a=ice-pwd:{password}"
