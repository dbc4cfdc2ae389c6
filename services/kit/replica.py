"""A read model folded in memory, as a projection would fold it into Postgres. Pure."""

from typing import Generic, TypeVar
from uuid import UUID

from contracts.base import Fact
from services.kit.folding import Folding, Step, Stop, facts_of
from services.kit.offsets import Records
from services.kit.projection import ReadModel
from services.kit.recipe import Memory

F = TypeVar("F", bound=Fact)
S = TypeVar("S")


class Replica(Generic[F, S]):
    """`parked` by stream, with all that waits; `nobodys` are records that do not say whose they are."""

    def __init__(self, model: ReadModel[F, S], memory: Memory[F, S]) -> None:
        self.memory = memory
        self.parked: dict[UUID, Stop[F]] = {}
        self.nobodys: list[Step[F]] = []
        self._folding = Folding(model)

    def apply(self, records: Records) -> None:
        streams, nobodys = self._folding.sort(records)
        self.nobodys += nobodys
        for stream in streams.keys() & self.parked.keys():
            stop = self.parked[stream]
            self.parked[stream] = Stop(stop.reason, [*stop.waiting, *streams.pop(stream)])
        states = self.memory.load(facts_of(streams))
        changed: dict[UUID, S] = {}
        for stream, steps in streams.items():
            before = states.get(stream)
            after, stopped = self._folding.follow(stream, steps, before)
            if after is not None and after is not before:
                changed[stream] = after
            if stopped:
                self.parked[stream] = stopped
        self.memory.save(changed)

    def mend(self) -> None:
        """Fold what waits in parked streams, where it can be folded by now: as an operator's retry would."""
        waiting = {stream: stop.waiting for stream, stop in self.parked.items()}
        states = self.memory.load(facts_of(waiting))
        for stream, steps in waiting.items():
            state, stop = self._folding.mend(stream, steps, states.get(stream))
            if stop:
                self.parked[stream] = stop
            else:
                del self.parked[stream]
                if state is not None:
                    self.memory.save({stream: state})
