"""The same work as aiortc itself does it: a process of its own, offers on its input, answers on its output.

The first to come is the speaker. aiortc decodes the voice, and encodes it again for each listener.
"""

import asyncio
import json
import sys

from aiortc import MediaStreamTrack, RTCPeerConnection, RTCSessionDescription
from aiortc.contrib.media import MediaRelay


class RelayRoom:
    def __init__(self) -> None:
        self._relay = MediaRelay()
        self._voice: MediaStreamTrack | None = None
        self._connections: list[RTCPeerConnection] = []

    async def answer(self, offer: str) -> str:
        connection = RTCPeerConnection()
        self._connections.append(connection)
        connection.on("track", self._speaks)
        voice = self._voice
        await connection.setRemoteDescription(RTCSessionDescription(offer, "offer"))
        if voice:
            connection.addTrack(self._relay.subscribe(voice))
        await connection.setLocalDescription(await connection.createAnswer())
        return connection.localDescription.sdp

    def _speaks(self, track: MediaStreamTrack) -> None:
        self._voice = self._voice or track


async def main() -> None:
    room = RelayRoom()
    while offer := await asyncio.to_thread(sys.stdin.readline):
        print(json.dumps(await room.answer(json.loads(offer))), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
