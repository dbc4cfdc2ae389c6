"""Secrets of a local stack: made once, kept in the data folder for its owner only."""

import json
import secrets
from pathlib import Path

NAMES = ("service", "key", "loader", "postgres", "directory", "rooms", "signalling")
BYTES = 32


def load(path: Path) -> dict[str, str]:
    """By name: what services sign with, what the loader shows, and each database role's password."""
    known: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    missing = {name: secrets.token_hex(BYTES) for name in NAMES if name not in known}
    if missing:
        known |= missing
        path.touch(mode=0o600)
        path.write_text(json.dumps(known, indent=2))
    return known
