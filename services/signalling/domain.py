"""The connections of a room, and the node that carries its sound. The stream is the room's id."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import assert_never
from uuid import UUID

from contracts.base import Envelope
from contracts.problems import Code
from contracts.signal import ClosedReason, ConnectionClosed, ConnectionOpened, RoomMoved, RoomPlaced, SignalFact
from services.kit.decisions import Decided, Refused


@dataclass(frozen=True)
class Open:
    """A seat has a line, at this instance."""

    user_id: UUID
    seat: int
    connection_no: int
    instance_id: UUID


@dataclass(frozen=True)
class Close:
    """`instance_id`: only while that instance holds it."""

    user_id: UUID
    seat: int
    connection_no: int
    reason: ClosedReason
    instance_id: UUID | None = None


@dataclass(frozen=True)
class Place:
    """Instead of `instead_of`, where the room is now as far as the caller knows: another's choice stands."""

    node_id: UUID
    instead_of: UUID | None


Command = Open | Close | Place


@dataclass(frozen=True)
class Held:
    user_id: UUID
    seat: int
    connection_no: int
    instance_id: UUID

    @property
    def age(self) -> tuple[int, int]:
        """Greater is newer: a later seat, or a later connection of the same."""
        return self.seat, self.connection_no


@dataclass(frozen=True)
class Released:
    user_id: UUID


Row = Held | Released
Outcome = Decided[SignalFact, Row] | Refused


@dataclass(frozen=True)
class Lines:
    room_id: UUID
    node_id: UUID | None = None
    held: Mapping[UUID, Held] = field(default_factory=dict)


SUPERSEDED = Refused(Code.SUPERSEDED, "A newer connection has your seat. You can listen here instead.")


def decide(command: Command, lines: Lines, beside: None) -> Outcome:
    match command:
        case Open():
            return _open(command, lines)
        case Close():
            return _close(command, lines)
        case Place():
            return _place(command, lines)
        case _:
            assert_never(command)


def _open(command: Open, lines: Lines) -> Outcome:
    """The newest connection of a person wins; an older one is refused; the same again is harmless."""
    fresh = Held(command.user_id, command.seat, command.connection_no, command.instance_id)
    current = lines.held.get(command.user_id)
    if current == fresh:
        return Decided()
    if current and current.age > fresh.age:
        return SUPERSEDED
    facts: tuple[SignalFact, ...] = (
        ConnectionOpened(
            room_id=lines.room_id,
            user_id=command.user_id,
            seat=command.seat,
            connection_no=command.connection_no,
            instance_id=command.instance_id,
        ),
    )
    if current and current.age < fresh.age:
        facts = (_closed(lines, current, ClosedReason.SUPERSEDED), *facts)
    return Decided(facts, (fresh,))


def _close(command: Close, lines: Lines) -> Outcome:
    """Only the current one: the end of an older connection says nothing any more."""
    current = lines.held.get(command.user_id)
    if current is None or current.age != (command.seat, command.connection_no):
        return Decided()
    if command.instance_id not in (None, current.instance_id):
        return Decided()
    return Decided((_closed(lines, current, command.reason),), (Released(command.user_id),))


def _place(command: Place, lines: Lines) -> Outcome:
    if lines.node_id not in (None, command.instead_of):
        return Decided(result={"node_id": str(lines.node_id)})
    result = {"node_id": str(command.node_id)}
    if lines.node_id is None:
        return Decided((RoomPlaced(room_id=lines.room_id, node_id=command.node_id),), result=result)
    if lines.node_id == command.node_id:
        return Decided(result=result)
    moved = RoomMoved(room_id=lines.room_id, from_node_id=lines.node_id, node_id=command.node_id)
    return Decided((moved,), result=result)


def _closed(lines: Lines, held: Held, reason: ClosedReason) -> ConnectionClosed:
    return ConnectionClosed(
        room_id=lines.room_id,
        user_id=held.user_id,
        seat=held.seat,
        connection_no=held.connection_no,
        reason=reason,
    )


def evolve(lines: Lines, envelope: Envelope[SignalFact]) -> Lines:
    match envelope.fact:
        case ConnectionOpened(user_id=user, seat=seat, connection_no=number, instance_id=instance):
            return replace(lines, held={**lines.held, user: Held(user, seat, number, instance)})
        case ConnectionClosed(user_id=user):
            return replace(lines, held={key: held for key, held in lines.held.items() if key != user})
        case RoomPlaced(node_id=node) | RoomMoved(node_id=node):
            return replace(lines, node_id=node)
        case _:
            assert_never(envelope.fact)
