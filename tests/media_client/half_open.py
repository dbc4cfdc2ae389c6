"""Somebody who only pretends to come."""

import asyncio

from tests.media_client.client import MediaClient


class HalfOpen(MediaClient):
    """Says hello, and not a word more whatever it is answered."""

    def __init__(self) -> None:
        super().__init__()
        self.hello: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()

    async def _send(self, datagram: bytes) -> None:
        await super()._send(datagram)
        self.hello.set_result(datagram)
        await asyncio.Event().wait()

    def again(self) -> None:
        """Begin a handshake once more."""
        self._socket.sendto(self.hello.result())
