"""Offers to answer: Chromium 156's own, and how it would look with something changed."""

from collections.abc import Callable
from pathlib import Path

CHROMIUM = "\r\n".join(Path(__file__).with_name("chromium_offer.sdp").read_text().splitlines()) + "\r\n"


def without(*beginnings: str) -> str:
    """Chromium's offer less the lines that begin so."""
    return changed(lambda line: "" if line.startswith(beginnings) else line)


def changed(change: Callable[[str], str]) -> str:
    return "".join(f"{line}\r\n" for line in map(change, CHROMIUM.splitlines()) if line)
