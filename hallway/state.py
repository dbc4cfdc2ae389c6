"""What runs, written down: for `hallway status` elsewhere, and so that a next start finds what a killed one left."""

import json
import os
import signal
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import psutil

from hallway.ports import Ports
from hallway.process import Running
from hallway.trouble import Trouble

WAIT_SECONDS = 15.0


def write(path: Path, parts: Mapping[str, Running], ports: Ports) -> None:
    """With each process its start time, so that a pid used again is not mistaken for it."""
    rows = {name: {"pid": part.pid, "started": _started(part.pid)} for name, part in parts.items() if part.pid}
    document = {"runner": {"pid": os.getpid(), "started": _started(os.getpid())}, "parts": rows, "ports": asdict(ports)}
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(document, indent=2))
    fresh.replace(path)


def read(path: Path) -> dict[str, Any] | None:
    """What was written, or None when nothing runs here."""
    if not path.exists():
        return None
    document: dict[str, Any] = json.loads(path.read_text())
    return document


def clear_leftovers(path: Path) -> None:
    """End what a killed runner left behind. Raises `Trouble` while another runner is at work here."""
    found = read(path)
    if found is None:
        return
    runner = process_of(found["runner"])
    if runner is not None and runner.pid != os.getpid():
        raise Trouble("hallway", f"it already runs here (pid {runner.pid})", "stop that one, or set HALLWAY_DATA")
    left = [process for row in found["parts"].values() if (process := process_of(row))]
    for process in left:
        process.send_signal(signal.SIGINT if "postgres" in process.name() else signal.SIGTERM)
    _, alive = psutil.wait_procs(left, WAIT_SECONDS)
    for process in alive:
        process.kill()
    path.unlink()


def process_of(row: Mapping[str, Any]) -> psutil.Process | None:
    """The very process that was written down, if it still runs."""
    try:
        process = psutil.Process(row["pid"])
        same = abs(process.create_time() - row["started"]) < 1 and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return None
    return process if same else None


def _started(pid: int | None) -> float | None:
    try:
        return psutil.Process(pid).create_time() if pid else None
    except psutil.NoSuchProcess:
        return None
