"""What happens by itself on a node: reports, the end of a silence, the end of a sentence."""

import asyncio
import time
from collections.abc import Callable
from uuid import UUID

from services.media.engine import reports
from services.media.node import MediaNode
from services.media.udp import UdpSocket

TICK_SECONDS = 0.1  # reports are spread over ticks: all at once would hold up the sound
ROUND_SECONDS = 0.5


async def run(node: MediaNode, udp: UdpSocket, forget: Callable[[UUID], None]) -> None:
    """Until cancelled; `forget` hears of rooms that nobody has been in for a while."""
    round_due = 0.0
    while True:
        await asyncio.sleep(TICK_SECONDS)
        at = reports.Clock(time.monotonic(), time.time())
        report(node, udp, at)
        if at.now >= round_due:
            round_due = at.now + ROUND_SECONDS
            make_round(node, at.now)
            for room_id in node.sessions.forget_empty(at.now):
                forget(room_id)


def report(node: MediaNode, udp: UdpSocket, at: reports.Clock) -> None:
    """Send everyone the RTCP report that is due to them."""
    for who in node.sessions:
        if who.report_due > at.now or who.srtp is None or who.listener.address is None:
            continue
        who.report_due = at.now + reports.EVERY_SECONDS
        packet = node.sessions.rooms[who.room_id].report(who, at)
        udp.send(who.srtp.protect_rtcp(packet), who.listener.address)


def make_round(node: MediaNode, now: float) -> None:
    """End sessions that gave no sign of life (RFC 7675 section 5.1), notice pauses."""
    for who in node.sessions:
        if now - who.last_heard > node.silence_seconds:
            node.end(who, "silent")
    for room in node.sessions.rooms.values():
        room.tick(now)
