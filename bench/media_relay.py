"""The same few listeners by aiortc's MediaRelay and by our node: the whole process' CPU a delivered packet."""

import asyncio
import json
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import psutil
from aiortc import RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import AudioStreamTrack

from bench.measuring import Figure
from bench.media import spoken
from bench.sound.crowd import crowd
from bench.sound.service import service
from tests.waiting import until

LISTENERS, SECONDS, ROUNDS = 10, 4.0, 3


async def measure() -> list[Figure]:
    """Theirs and ours one after the other, each the median of three rounds."""
    theirs = await by_media_relay()
    async with service({"MEDIA_LOOPS": "1"}) as media, crowd(media, [(1, LISTENERS)]) as (people, _):
        ours = [(await spoken(media, people, people.speakers[0]))[0] for _ in range(ROUNDS)]
    name = f"{LISTENERS} listeners, 1 speaker, by aiortc's MediaRelay"
    return [Figure(name, "us a packet", theirs, ours, "our node")]


async def by_media_relay() -> list[float]:
    async with relay_process() as relay, listening(relay) as listeners:
        process = psutil.Process(relay.pid)
        return [await _round(process, listeners) for _ in range(ROUNDS)]


async def _round(process: psutil.Process, listeners: Sequence[RTCPeerConnection]) -> float:
    """Microseconds of its CPU for each packet that arrived."""
    used, before = sum(process.cpu_times()[:2]), await arrived(listeners)
    await asyncio.sleep(SECONDS)
    return (sum(process.cpu_times()[:2]) - used) / (await arrived(listeners) - before) * 1e6


@asynccontextmanager
async def relay_process() -> AsyncIterator[Process]:
    relay = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bench.sound.media_relay", stdin=PIPE, stdout=PIPE
    )
    try:
        yield relay
    finally:
        relay.kill()
        await relay.wait()


@asynccontextmanager
async def listening(relay: Process) -> AsyncIterator[list[RTCPeerConnection]]:
    """One who speaks (digital silence is a voice like any other here), and the others."""
    speaker, *listeners = (RTCPeerConnection() for _ in range(1 + LISTENERS))
    speaker.addTrack(AudioStreamTrack())
    try:
        await connected(relay, speaker)
        for listener in listeners:
            listener.addTransceiver("audio", "recvonly")
            await connected(relay, listener)
        await until("everybody hears", lambda: everybody_hears(listeners))
        yield listeners
    finally:
        await asyncio.gather(*(each.close() for each in (speaker, *listeners)))


async def connected(relay: Process, who: RTCPeerConnection) -> None:
    assert relay.stdin
    assert relay.stdout
    await who.setLocalDescription(await who.createOffer())
    relay.stdin.write(json.dumps(who.localDescription.sdp).encode() + b"\n")
    answer = json.loads(await relay.stdout.readline())
    await who.setRemoteDescription(RTCSessionDescription(answer, "answer"))


async def everybody_hears(listeners: Sequence[RTCPeerConnection]) -> bool:
    return all([await arrived([listener]) for listener in listeners])


async def arrived(listeners: Sequence[RTCPeerConnection]) -> int:
    """Packets, ever."""
    reports = [await listener.getStats() for listener in listeners]
    return sum(one.packetsReceived for report in reports for one in report.values() if one.type == "inbound-rtp")
