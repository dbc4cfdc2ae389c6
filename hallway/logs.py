"""`hallway logs`: what the parts wrote, one or all, following if asked."""

import time
from collections.abc import Iterator
from pathlib import Path

POLL_SECONDS = 0.2
LAST_LINES = 200


class NoSuchLog(Exception):
    """The message says which there are."""


def lines(folder: Path, part: str | None, follow: bool) -> Iterator[tuple[str, str]]:
    """(part, line), the last lines of each first. Raises `NoSuchLog`."""
    files = sorted(folder.glob(f"{part or '*'}.log"))
    if not files:
        known = ", ".join(sorted(file.stem for file in folder.glob("*.log"))) or "none yet"
        raise NoSuchLog(f"There is no log of {part or 'anything'} here. There are: {known}.")
    positions = {}
    for file in files:
        text = file.read_bytes()
        positions[file] = len(text)
        yield from ((file.stem, line) for line in text.decode(errors="replace").splitlines()[-LAST_LINES:])
    while follow:
        time.sleep(POLL_SECONDS)
        for file in files:
            with file.open("rb") as stream:
                stream.seek(positions[file])
                fresh = stream.read()
            whole = fresh[: fresh.rfind(b"\n") + 1]  # a line still being written waits
            positions[file] += len(whole)
            yield from ((file.stem, line) for line in whole.decode(errors="replace").splitlines())
