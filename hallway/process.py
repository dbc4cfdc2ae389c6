"""One process of the stack: started in a session of its own, logging to a file, ending with us whatever happens."""

import asyncio
import ctypes
import json
import os
import re
import signal
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from hallway.trouble import Trouble

PR_SET_PDEATHSIG = 1
POLL_SECONDS = 0.05
TELLING = re.compile(r"error|fatal|fail|refuse|denied|exception", re.I)
LIBC = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True)
class Spec:
    """How to run a part, and how to know that it is up."""

    name: str
    command: Sequence[str]
    healthy: Callable[[], Awaitable[bool]]
    env: Mapping[str, str] = field(default_factory=dict)
    folder: Path | None = None
    user: int | None = None  # run as this uid (Postgres refuses root)
    stop_signal: signal.Signals = signal.SIGTERM
    stop_seconds: float = 10.0
    start_seconds: float = 120.0  # of a busy machine
    remedy: str = "see its log with `hallway logs`"


class Running:
    """A started part. `stop` asks, `kill` does not."""

    def __init__(self, spec: Spec, log: Path) -> None:
        self.spec, self.log = spec, log
        self.since = time.time()
        self._process: asyncio.subprocess.Process | None = None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process and self._process.returncode is None else None

    async def start(self) -> None:
        """Start and wait until healthy. Raises `Trouble` when it ends instead, or takes too long."""
        with self.log.open("ab") as output:
            self._log_began = output.tell()
            self._process = await asyncio.create_subprocess_exec(
                *self.spec.command,
                env={**_inherited(), **self.spec.env},
                cwd=self.spec.folder,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                preexec_fn=partial(_die_with_parent, self.spec.stop_signal, os.getpid()),
                user=self.spec.user,
                group=self.spec.user,
                extra_groups=[] if self.spec.user is not None else None,
            )
        self.since = time.time()
        await self._until_healthy()

    async def ended(self) -> int:
        """Wait for its end and return the exit code (negative: the signal)."""
        if self._process is None:
            raise RuntimeError(f"{self.spec.name} was never started")
        return await self._process.wait()

    async def stop(self) -> None:
        if self._process is None or self._process.returncode is not None:
            return
        self._process.send_signal(self.spec.stop_signal)
        try:
            await asyncio.wait_for(self._process.wait(), self.spec.stop_seconds)
        except TimeoutError:
            await self.kill()

    async def kill(self) -> None:
        """SIGKILL, to it and whatever it started."""
        if self._process is None or self._process.returncode is not None:
            return
        os.killpg(self._process.pid, signal.SIGKILL)
        await self._process.wait()

    async def _until_healthy(self) -> None:
        process = self._process
        if process is None:
            raise RuntimeError(f"{self.spec.name} was never started")
        deadline = time.monotonic() + self.spec.start_seconds
        while not await self.spec.healthy():
            if process.returncode is not None:
                raise Trouble(self.spec.name, self._last_words(), self.spec.remedy)
            if time.monotonic() > deadline:
                await self.kill()
                seconds = int(self.spec.start_seconds)
                raise Trouble(self.spec.name, f"not ready after {seconds} s ({self._last_words()})", self.spec.remedy)
            await asyncio.sleep(POLL_SECONDS)

    def _last_words(self) -> str:
        """The last line of its log that says something."""
        with self.log.open("rb") as file:
            file.seek(self._log_began)
            return last_words(file.read().decode(errors="replace"))


def last_words(log: str) -> str:
    """The last line that tells of trouble: of a traceback in a structured log, its last one."""
    lines = [line.strip() for raw in log.splitlines() for line in _said(raw).splitlines() if line.strip()]
    telling = [line for line in lines if TELLING.search(line) and "startup failed" not in line]
    return (telling or lines or ["it said nothing"])[-1][:300]


def _said(line: str) -> str:
    try:
        return str(json.loads(line)["event"])
    except (ValueError, KeyError, TypeError):
        return line


def _inherited() -> dict[str, str]:
    """Our environment, less what is meant for the runner and would confuse a part. Parts never go through a proxy."""
    meant_for_us = ("DATABASE_URL", "KAFKA_BOOTSTRAP")
    inherited = {name: value for name, value in os.environ.items() if name not in meant_for_us}
    return inherited | {"NO_PROXY": "*", "no_proxy": "*"}


def _die_with_parent(signal_: signal.Signals, parent: int) -> None:
    """Between fork and exec: the kernel ends this process when the runner dies, even by SIGKILL."""
    LIBC.prctl(PR_SET_PDEATHSIG, signal_)
    if os.getppid() != parent:  # it died before we asked
        os._exit(1)
