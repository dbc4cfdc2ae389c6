"""This machine's own IPv4 addresses."""

import socket
from ipaddress import IPv4Address

import psutil

ELSEWHERE = ("203.0.113.1", 9)  # RFC 5737: documentation, never a neighbour


def addresses() -> list[IPv4Address]:
    """Those of every interface that is up."""
    up = {name for name, stats in psutil.net_if_stats().items() if stats.isup}
    return [
        IPv4Address(one.address)
        for name, known in psutil.net_if_addrs().items()
        if name in up
        for one in known
        if one.family == socket.AF_INET
    ]


def default_route() -> IPv4Address | None:
    """The address from which this machine reaches the rest of the world, if it does. Connecting UDP sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(ELSEWHERE)
        except OSError:
            return None
        return IPv4Address(probe.getsockname()[0])
