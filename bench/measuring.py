"""Figures: median and spread of rounds, in turn with a baseline, so that a noisy machine is noisy for both."""

import asyncio
import json
import statistics
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
RESULTS = Path(__file__).with_name("results")


@dataclass(frozen=True)
class Figure:
    """`values` of the rounds, in `unit`; the ratio is to the baseline's of the same round."""

    name: str
    unit: str
    values: Sequence[float]
    baseline: Sequence[float] = ()
    baseline_name: str = ""
    target: str = ""
    more: Mapping[str, float] = field(default_factory=dict)

    @property
    def median(self) -> float:
        return statistics.median(self.values)

    @property
    def spread(self) -> float:
        """Half of what lies between the highest and the lowest, as a part of the median."""
        return (max(self.values) - min(self.values)) / 2 / self.median if self.median else 0.0

    @property
    def ratio(self) -> float | None:
        pairs = zip(self.values, self.baseline, strict=True)
        return statistics.median(value / other for value, other in pairs) if self.baseline else None

    def json(self) -> dict[str, object]:
        return {**asdict(self), "median": self.median, "spread": self.spread, "ratio": self.ratio}


def write(name: str, figures: Sequence[Figure]) -> Path:
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{name}.json"
    measured = {"at": time.strftime("%Y-%m-%dT%H:%M:%S%z"), "figures": [each.json() for each in figures]}
    path.write_text(json.dumps(measured, indent=2) + "\n")
    return path


async def timed(doing: Awaitable[object]) -> float:
    """Seconds."""
    began = time.perf_counter()
    await doing
    return time.perf_counter() - began


async def by_callers(callers: int, work: Iterable[T], do: Callable[[T], Awaitable[object]]) -> None:
    """So many at a time, each taking the next piece when it has done one."""
    pieces = iter(work)

    async def caller() -> None:
        for piece in pieces:
            await do(piece)

    await asyncio.gather(*(caller() for _ in range(callers)))


def percentile(values: Sequence[float], percent: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * percent / 100))]
