"""The one UDP socket, for everyone in every room."""

import asyncio
import socket
from collections import Counter
from collections.abc import Callable

from services.media.engine.listener import Address

BUFFER_BYTES = 4 << 20  # about half a second of 200 listeners
LONGEST_DATAGRAM = 1_500
AT_ONCE = 64  # datagrams read before other tasks get their turn


class UdpSocket:
    """Bound on every address; `port` 0 takes a free one."""

    def __init__(self, port: int) -> None:
        self.counts: Counter[str] = Counter()
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        for option in (socket.SO_RCVBUF, socket.SO_SNDBUF):
            self._socket.setsockopt(socket.SOL_SOCKET, option, BUFFER_BYTES)
        self._socket.setblocking(False)
        self._socket.bind(("0.0.0.0", port))
        self.port: int = self._socket.getsockname()[1]

    def listen(self, receive: Callable[[bytes, Address], None]) -> None:
        """From now on every datagram goes to `receive`, in this loop's thread."""
        asyncio.get_running_loop().add_reader(self._socket.fileno(), self._readable, receive)

    def close(self) -> None:
        asyncio.get_running_loop().remove_reader(self._socket.fileno())
        self._socket.close()

    def send(self, datagram: bytes | memoryview, address: Address) -> bool:
        """False when the kernel will not have it: sound waits for nobody, so it is dropped."""
        try:
            self._socket.sendto(datagram, address)
        except OSError:  # its buffer is full, or there is no way there
            self.counts["dropped"] += 1
            return False
        return True

    def _readable(self, receive: Callable[[bytes, Address], None]) -> None:
        for _ in range(AT_ONCE):
            try:
                datagram, address = self._socket.recvfrom(LONGEST_DATAGRAM)
            except BlockingIOError:
                return
            except OSError:  # an ICMP error of an earlier send is reported here
                continue
            receive(datagram, address)
