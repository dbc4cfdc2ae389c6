"""The C plane as a `Plane`: numbers, texts and addresses cross over, and nothing is decided here."""

import math
import secrets
from collections.abc import Mapping, Sequence
from ipaddress import ip_address
from typing import Any

from services.media.engine.plane import (
    COUNTS,
    Address,
    Event,
    IceCredentials,
    Quality,
    Record,
    Silent,
    Srtp,
    Started,
    Stopped,
    StreamStart,
    Terms,
)
from services.media.native.library import Library, ffi, pointer, srtp_functions

FETCHED = 64  # events at once


class NativePlane:
    """`send` is a `send_datagrams`, and `sender` what it is called with; both must live as long as this."""

    def __init__(self, library: Library, send: Any, sender: Any, silence_seconds: float) -> None:
        self._c = library
        self._keys: dict[int, Srtp] = {}  # so that they live as long as the plane uses them
        self._events = ffi.new(f"event[{FETCHED}]")
        self._counts = ffi.new(f"uint64_t[{len(COUNTS)}]")
        self.handle = library.plane_new(srtp_functions(), send, sender, silence_seconds, secrets.randbits(64))
        if self.handle == ffi.NULL:
            raise MemoryError("no memory for a data plane")

    def free(self) -> None:
        """Nothing else may be called any more."""
        self._c.plane_free(self.handle)
        self._keys.clear()

    def open(self, room: int, reporter: int, streams: Sequence[StreamStart]) -> None:
        starts = [(one.ssrc, one.timestamp, one.sequence) for one in streams]
        self._c.plane_open(self.handle, room, reporter, ffi.new("stream_start[]", starts))

    def close(self, room: int) -> None:
        self._c.plane_close(self.handle, room)

    def add(self, session: int, terms: Terms, now: float) -> None:
        ids = terms.level_id or 0, terms.source_level_id or 0
        c_terms = ffi.new("session_terms *", [terms.room, terms.seat, terms.payload_type, terms.lines, *ids])
        texts = _texts(terms.ice)
        self._c.plane_add(self.handle, session, c_terms, ffi.new("ice_credentials *", texts), now)

    def renew(self, session: int, ice: IceCredentials) -> None:
        texts = _texts(ice)
        self._c.plane_renew(self.handle, session, ffi.new("ice_credentials *", texts))

    def connect(self, session: int, srtp: Srtp, now: float) -> None:
        self._keys[session] = srtp
        self._c.plane_connect(self.handle, session, pointer(srtp.seal), pointer(srtp.unseal), now)

    def allow(self, session: int, heard: bool, now: float) -> None:
        self._c.plane_allow(self.handle, session, heard, now)

    def silence(self, session: int, now: float) -> None:
        self._c.plane_silence(self.handle, session, now)
        self._keys.pop(session, None)

    def remove(self, session: int) -> None:
        self._c.plane_remove(self.handle, session)
        self._keys.pop(session, None)

    def send(self, session: int, record: bytes) -> None:
        self._c.plane_send(self.handle, session, record, len(record))

    def receive(self, datagram: bytes, address: Address, now: float) -> None:
        bytes_ = ffi.new("uint8_t[]", datagram + b"\0")  # never empty
        self._c.plane_receive(self.handle, bytes_, len(datagram), _address(address), now)

    def tick(self, now: float, unix: float) -> None:
        self._c.plane_tick(self.handle, now, unix)

    def told(self) -> list[Event]:
        told: list[Event] = []
        while count := self._c.plane_told(self.handle, self._events, FETCHED):
            told += [_event(self._c, self._events[number]) for number in range(count)]
        return told

    def heard_at(self, session: int) -> float | None:
        return _known(self._c.plane_heard_at(self.handle, session))

    @property
    def counts(self) -> Mapping[str, int]:
        self._c.plane_counts(self.handle, self._counts)
        return dict(zip(COUNTS, self._counts, strict=True))


def _texts(ice: IceCredentials) -> list[Any]:
    return [ffi.new("char[]", text.encode()) for text in (ice.local_ufrag, ice.local_password, ice.remote_ufrag)]


def _address(address: Address) -> Any:
    host = ip_address(address[0])
    return ffi.new("address *", [host.packed.ljust(16, b"\0"), address[1], host.version])


def address_of(c_address: Any) -> Address:
    size = 4 if c_address.family == 4 else 16
    return str(ip_address(bytes(ffi.buffer(c_address.host)[:size]))), int(c_address.port)


def _event(c: Library, event: Any) -> Event:
    session = int(event.session)
    if event.kind == c.EVENT_RECORD:
        return Record(session, bytes(ffi.buffer(event.datagram, event.length)))
    if event.kind == c.EVENT_STARTED:
        return Started(session)
    if event.kind == c.EVENT_STOPPED:
        return Stopped(session, event.values[0])
    if event.kind == c.EVENT_SILENT:
        return Silent(session)
    return Quality(session, *map(_known, event.values))


def _known(value: float) -> float | None:
    return None if math.isnan(value) else value
