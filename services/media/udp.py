"""The UDP port that everybody's sound goes through: one socket for IPv4 and, where the machine has it, one for IPv6."""

import asyncio
import socket
from collections.abc import Callable

from services.media.engine.plane import Address

BUFFER_BYTES = 4 << 20  # about half a second of 200 listeners
LONGEST_DATAGRAM = 1_500
AT_ONCE = 64  # datagrams read before other tasks get their turn


def bound(port: int) -> tuple[socket.socket, socket.socket | None]:
    """The two sockets, on every address and the same port; `port` 0 takes a free one. Raises OSError."""
    four = _bound(socket.AF_INET, "0.0.0.0", port)
    try:
        return four, _bound(socket.AF_INET6, "::", four.getsockname()[1])
    except OSError:  # a machine without IPv6, or somebody has that port there
        return four, None


def _bound(family: socket.AddressFamily, host: str, port: int) -> socket.socket:
    udp = socket.socket(family, socket.SOCK_DGRAM)
    try:
        for option in (socket.SO_RCVBUF, socket.SO_SNDBUF):
            udp.setsockopt(socket.SOL_SOCKET, option, BUFFER_BYTES)
        if family == socket.AF_INET6:
            udp.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        udp.setblocking(False)
        udp.bind((host, port))
    except OSError:
        udp.close()
        raise
    return udp


class UdpSockets:
    def __init__(self, port: int) -> None:
        self._four, self._six = bound(port)
        self.port: int = self._four.getsockname()[1]

    def listen(self, receive: Callable[[bytes, Address], None]) -> None:
        """From now on every datagram goes to `receive`, in this loop's thread."""
        for udp in self._all():
            asyncio.get_running_loop().add_reader(udp.fileno(), _readable, udp, receive)

    def close(self) -> None:
        for udp in self._all():
            asyncio.get_running_loop().remove_reader(udp.fileno())
            udp.close()

    def send(self, datagram: bytes | memoryview, address: Address) -> bool:
        """False when the kernel will not have it: sound waits for nobody, so it is dropped."""
        udp = self._six if ":" in address[0] else self._four
        try:
            return udp is not None and udp.sendto(datagram, address) > 0
        except OSError:  # its buffer is full, or there is no way there
            return False

    def _all(self) -> list[socket.socket]:
        return [udp for udp in (self._four, self._six) if udp]


def _readable(udp: socket.socket, receive: Callable[[bytes, Address], None]) -> None:
    for _ in range(AT_ONCE):
        try:
            datagram, address = udp.recvfrom(LONGEST_DATAGRAM)
        except BlockingIOError:
            return
        except OSError:  # an ICMP error of an earlier send is reported here
            continue
        receive(datagram, address[:2])
