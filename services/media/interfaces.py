"""This machine's own addresses."""

import socket
from collections.abc import Callable
from ipaddress import ip_address

import psutil

from services.media.engine.candidates import IPAddress

FAMILIES = (socket.AF_INET, socket.AF_INET6)
ELSEWHERE = {socket.AF_INET: "203.0.113.1", socket.AF_INET6: "2001:db8::1"}  # documentation, never a neighbour
DISCARD = 9  # a port
LOOK_AGAIN_SECONDS = 2.0  # to look takes a millisecond, the seventh part of a join


class Interfaces:
    """What this machine had at most 2 s ago. `clock`: monotonic seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock, self._look_at = clock, float("-inf")
        self._known: tuple[list[IPAddress], list[IPAddress]]

    def known(self) -> tuple[list[IPAddress], list[IPAddress]]:
        """`addresses` and `default_routes`."""
        if self._clock() >= self._look_at:
            self._known, self._look_at = (addresses(), default_routes()), self._clock() + LOOK_AGAIN_SECONDS
        return self._known


def addresses() -> list[IPAddress]:
    """Those of every interface that is up."""
    up = {name for name, stats in psutil.net_if_stats().items() if stats.isup}
    return [
        ip_address(one.address.partition("%")[0])
        for name, known in psutil.net_if_addrs().items()
        if name in up
        for one in known
        if one.family in FAMILIES
    ]


def default_routes() -> list[IPAddress]:
    """The addresses from which this machine reaches the rest of the world. Connecting UDP sends nothing."""
    found: list[IPAddress] = []
    for family in FAMILIES:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            try:
                probe.connect((ELSEWHERE[family], DISCARD))
            except OSError:
                continue
            found.append(ip_address(probe.getsockname()[0]))
    return found
