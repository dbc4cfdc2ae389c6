"""Which ports the parts listen on, and who else may have one."""

import os
import random
import socket
from dataclasses import asdict, dataclass

import psutil

from hallway.trouble import Trouble

PARTS = {
    "gateway_admin": 0,
    "directory": 1,
    "projector": 2,
    "rooms": 3,
    "signalling": 4,
    "media": 5,
    "web": 6,
    "postgres": 7,
    "kafka": 8,
    "kafka_controller": 9,
    "mail_smtp": 10,
    "mail": 11,
    "media_udp": 12,  # and those after it, one a loop
}
MEDIA_LOOPS = min(os.cpu_count() or 1, 4)
RESERVED = len(PARTS) + MEDIA_LOOPS  # the gateway's is not among them, and media_udp is counted twice
HIGHEST = 65535
QUIET = (20_000, 32_000)  # Linux gives connections ports from 32768 up
EVERYWHERE = "0.0.0.0"  # sound must reach browsers on other machines


@dataclass(frozen=True)
class Ports:
    """One a listener; `media_udp` is UDP, the first of `MEDIA_LOOPS` ports."""

    gateway: int
    gateway_admin: int
    directory: int
    projector: int
    rooms: int
    signalling: int
    media: int
    web: int
    postgres: int
    kafka: int
    kafka_controller: int
    mail: int
    mail_smtp: int
    media_udp: int

    @classmethod
    def of_environment(cls) -> "Ports":
        """HALLWAY_PORT for the gateway, the others from HALLWAY_BASE_PORT up. Raises `Trouble`."""
        base = _number("HALLWAY_BASE_PORT", 18081)
        return cls(_number("HALLWAY_PORT", 8080), **{name: base + n for name, n in PARTS.items()})

    @classmethod
    def free(cls) -> "Ports":
        """Ports that nobody has, for a stack beside others.

        From below those that the kernel gives to connections, or one of these may take a port before its part does.
        """
        while True:
            first = random.randrange(*QUIET, RESERVED)
            ports = cls(first, **{name: first + 1 + n for name, n in PARTS.items()})
            if all(_is_free(name, port) for name, port in asdict(ports).items()):
                return ports


def check_free(ports: Ports, skip: set[str]) -> None:
    """Raises `Trouble` for the first port that somebody else has: which one, who, and what to change."""
    for name, port in asdict(ports).items():
        if name not in skip and not _is_free(name, port):
            variable = "HALLWAY_PORT" if name == "gateway" else "HALLWAY_BASE_PORT"
            raise Trouble(
                name.replace("_", " "),
                f"port {port} is taken{_by_whom(port)}",
                f"stop that, or choose another with {variable}=…",
            )


def _number(variable: str, usual: int) -> int:
    text = os.environ.get(variable) or str(usual)
    if not text.isdecimal() or not 0 < int(text) <= HIGHEST - RESERVED:
        raise Trouble("hallway", f"{variable} is {text!r}, which is no port", "give a number such as 8080")
    return int(text)


def _is_free(name: str, port: int) -> bool:
    if name == "media_udp":
        return all(_binds(socket.SOCK_DGRAM, EVERYWHERE, port + loop) for loop in range(MEDIA_LOOPS))
    return _binds(socket.SOCK_STREAM, "127.0.0.1", port)


def _binds(kind: socket.SocketKind, host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET, kind) as probe:
        if kind is socket.SOCK_STREAM:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _by_whom(port: int) -> str:
    """ " by nginx (pid 7)", as far as we may see."""
    try:
        holders = {each.pid for each in psutil.net_connections("inet") if each.laddr and each.laddr.port == port}
        names = [f"{psutil.Process(pid).name()} (pid {pid})" for pid in holders if pid]
    except psutil.Error:
        names = []
    return f" by {', '.join(names)}" if names else " by another program"
