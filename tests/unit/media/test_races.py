"""Role facts race with the connect: whatever comes first, the greatest seq says who is heard at the end.

The whole node, with real DTLS and SRTP, in every order in which these things can happen.
"""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from ipaddress import IPv4Address
from itertools import count, permutations
from random import Random
from uuid import UUID, uuid4

import pytest
from pylibsrtp import Policy

from contracts.media import MediaConnected, MediaDisconnected, MediaFact
from contracts.roles import Role
from services.media.admission import Limits
from services.media.engine.gate import Standing
from services.media.engine.plane import Event, Record
from services.media.joining import Joining, NotInRoom
from services.media.node import MediaNode, Tell
from services.media.srtp import SrtpSessions
from tests.unit.media.people import check, credentials, session, terms
from tests.unit.media.wires import WiredClient, WireLoop

SEAT, LISTENERS_SEAT = 7, 3
ROOM_FOR_ALL = Limits(silence_seconds=30.0, most_sessions=1_000, most_joining=1_000)
OFFERED = Standing(SEAT, Role.AUDIENCE, muted=False, seq=10)
PROMOTED = Standing(SEAT, Role.SPEAKER, muted=False, seq=11)
MUTED = Standing(SEAT, Role.SPEAKER, muted=True, seq=12)
LISTENER = Standing(LISTENERS_SEAT, Role.AUDIENCE, muted=False, seq=12)
ENDINGS = {
    "unmuted": Standing(SEAT, Role.SPEAKER, muted=False, seq=13),
    "moved to the audience": Standing(SEAT, Role.AUDIENCE, muted=False, seq=13),
    "gone": Standing(SEAT, None, muted=False, seq=13),
}
Step = Callable[["Race"], None]


class Race:
    """One room in which somebody comes in while the room speaks of them; a listener counts what is heard."""

    def __init__(self, loop: WireLoop, node: MediaNode, number: int) -> None:
        self.loop, self.node, self.room_id, self.user_id = loop, node, uuid4(), uuid4()
        self.client = WiredClient(loop, ("192.0.2.1", number))
        self.session_id: UUID | None = None
        self.answer = ""
        self.connecting: asyncio.Task[None] | None = None
        self.heard = 0
        self._listen(number)

    def offer(self) -> None:
        joining = Joining(self.room_id, self.user_id, 1, OFFERED, self.client.offer, from_loopback=False)
        with suppress(NotInRoom):
            who, self.answer = self.node.open(joining)
            self.session_id = who.session_id

    def connect(self) -> None:
        """Begin: what comes next happens in the middle of it."""
        if self.answer:
            self.connecting = asyncio.create_task(self.client.connect(self.answer))

    def tell(self, standing: Standing) -> None:
        """A fact of the log."""
        self.node.obey(self.room_id, standing.seq, [standing], everyone=False)

    def tell_all(self) -> None:
        """Signalling's list, with everyone in the room."""
        self.node.obey(self.room_id, MUTED.seq, [MUTED, LISTENER], everyone=True)

    @property
    def here(self) -> bool:
        return self.session_id is not None and self.node.sessions.get(self.session_id) is not None

    async def settle(self) -> None:
        """The connect is over; or in vain, if the session ended."""
        if self.connecting is None:
            return
        if not self.here:
            self.connecting.cancel()
        with suppress(asyncio.CancelledError, ConnectionError):
            await self.connecting

    async def speak(self) -> None:
        if self.client.state == "connected":
            for _ in range(10):
                self.client.say()
            await asyncio.sleep(0.01)
            self.client.vanish()

    def _listen(self, number: int) -> None:
        """A listener whose keys need no handshake: it is the plane's own business."""
        self.node.obey(self.room_id, 9, [replace(LISTENER, seq=9)], everyone=False)
        plane, listener, address = self.loop.plane, 60_000 + number, ("192.0.2.2", number)
        ice = credentials(listener)
        agreed = replace(terms(listener), room=self.node.sessions.rooms[self.room_id].number, seat=LISTENERS_SEAT)
        plane.add(listener, agreed, time.monotonic())
        plane.receive(check(ice), address, time.monotonic())
        key = bytes(28)
        self.keys = SrtpSessions(session(key, Policy.SSRC_ANY_INBOUND), session(key, Policy.SSRC_ANY_OUTBOUND))
        plane.connect(listener, self.keys, time.monotonic())
        self.loop.ends[address] = self._count

    def _count(self, datagram: bytes) -> None:
        self.heard += 128 <= datagram[0] <= 191


def house(tell: Tell) -> tuple[WireLoop, MediaNode]:
    loop, addresses = WireLoop(), [IPv4Address("192.0.2.7")]
    node = MediaNode(uuid4(), [loop], lambda _: addresses, tell, uuid4, Random(1).getrandbits, ROOM_FOR_ALL)
    return loop, node


def orders(ending: Standing) -> Iterator[tuple[Step, ...]]:
    """All of them; only that a connect needs an offer."""
    steps: list[Step] = [
        Race.offer,
        Race.connect,
        Race.tell_all,
        *(_told(standing) for standing in (PROMOTED, MUTED, ending)),
    ]
    return (order for order in permutations(steps) if order.index(Race.offer) < order.index(Race.connect))


def _told(standing: Standing) -> Step:
    return lambda race: race.tell(standing)


@pytest.mark.parametrize("ending", ENDINGS)
async def test_in_every_order_the_last_word_of_the_room_counts(ending: str) -> None:
    loop, node = house(lambda _: None)
    loop.start(node.happened)
    numbers = count(1)
    last = ENDINGS[ending]

    async def run(order: tuple[Step, ...]) -> tuple[bool, bool]:
        race = Race(loop, node, next(numbers))
        for step in order:
            step(race)
            await asyncio.sleep(0)
        await race.settle()
        here = race.here
        await race.speak()
        return here, race.heard > 0

    outcomes = await asyncio.gather(*map(run, orders(last)))
    assert len(outcomes) == 360
    assert set(outcomes) == {(last.role is not None, last.heard)}
    await node.shut_down()


@pytest.mark.parametrize("moment", range(1, 4))
@pytest.mark.parametrize("turns_later", range(6))
async def test_whoever_is_sent_away_in_the_middle_of_the_handshake_is_not_connected_after_all(
    moment: int, turns_later: int
) -> None:
    told: list[MediaFact] = []
    loop, node = house(told.append)
    records = 0

    def happened(event: Event) -> None:
        nonlocal records
        node.happened(event)
        records += isinstance(event, Record)
        if isinstance(event, Record) and records == moment:
            asyncio.get_running_loop().call_soon(send_away, turns_later)

    def send_away(turns: int) -> None:
        if turns:
            asyncio.get_running_loop().call_soon(send_away, turns - 1)
        else:
            node.obey(race.room_id, 13, [ENDINGS["gone"]], everyone=False)

    loop.start(happened)
    race = Race(loop, node, 1)
    race.offer()
    race.connect()
    await asyncio.sleep(0.1)
    await race.settle()
    assert not race.here or records < moment
    connected, ended = (sum(isinstance(one, kind) for one in told) for kind in (MediaConnected, MediaDisconnected))
    assert connected == ended + race.here
    await node.shut_down()
