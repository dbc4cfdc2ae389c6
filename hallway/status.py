"""`hallway status`: each part with its health, memory and lag."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx
import psutil
from rich.table import Table

from hallway.parts import kafka, postgres
from hallway.state import process_of

LISTENS = {"postgres": postgres.listens, "kafka": kafka.answers}  # those that do not speak HTTP


@dataclass(frozen=True)
class Row:
    name: str
    health: str
    megabytes: float | None
    up_seconds: float | None
    lag: str


async def rows(document: Mapping[str, Any]) -> list[Row]:
    """One a part, asked now. `document` is what the runner wrote down."""
    parts, ports = document["parts"], document["ports"]
    async with httpx.AsyncClient(timeout=5, trust_env=False) as http:
        asked = await asyncio.gather(*(_asked(http, name, ports[name]) for name in parts))
    return [_row(name, process_of(parts[name]), *said) for name, said in zip(parts, asked, strict=True)]


def table(found: list[Row]) -> Table:
    shown = Table(box=None, pad_edge=False)
    for column, justify in (
        ("part", "left"),
        ("health", "left"),
        ("memory", "right"),
        ("up", "right"),
        ("lag", "left"),
    ):
        shown.add_column(column, justify="right" if justify == "right" else "left")
    for row in found:
        memory = f"{row.megabytes:.0f} MB" if row.megabytes is not None else ""
        up = f"{row.up_seconds:.0f} s" if row.up_seconds is not None else ""
        colour = "green" if row.health == "ready" else "red"
        shown.add_row(row.name, f"[{colour}]{row.health}[/]", memory, up, row.lag)
    total = sum(row.megabytes or 0 for row in found)
    shown.add_row("", "", f"[bold]{total:.0f} MB[/]", "", "")
    return shown


def _row(name: str, process: psutil.Process | None, health: str, lag: str) -> Row:
    if process is None:
        return Row(name, "down", None, None, "")
    family = [process, *process.children(recursive=True)]
    return Row(name, health, sum(_megabytes(each) for each in family), time.time() - process.create_time(), lag)


def _megabytes(process: psutil.Process) -> float:
    """Its own and its share of what it shares."""
    try:
        return float(process.memory_full_info().pss) / 1e6
    except psutil.Error:  # gone meanwhile, or not ours to look at
        return 0.0


async def _asked(http: httpx.AsyncClient, name: str, port: int) -> tuple[str, str]:
    """(health, lag)"""
    if name in LISTENS:
        return ("ready" if await LISTENS[name](port) else "does not answer"), ""
    path = "/livez" if name == "gateway" else "/readyz"
    try:
        answer = (await http.get(f"http://127.0.0.1:{port}{path}")).json()
    except (httpx.HTTPError, ValueError) as error:
        return f"does not answer ({type(error).__name__})", ""
    bad = [f"{check}: {said['detail']}" for check, said in answer.get("checks", {}).items() if not said["ready"]]
    lag = [f"{what} {_numbers(each)}" for what, each in answer.get("lag", {}).items()]
    return "; ".join(bad) or "ready", ", ".join(lag)


def _numbers(lag: Mapping[str, float]) -> str:
    return " ".join(f"{value:g} {unit}" for unit, value in lag.items())
