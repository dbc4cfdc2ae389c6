"""Secrets that are handed out once and kept as hashes: of sessions, and of links in mails."""

import secrets
from hashlib import sha256


def new_secret() -> str:
    """256 random bits, as text that fits into a cookie or an address."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> bytes:
    """What is kept. Plain SHA-256 is enough for so many random bits."""
    return sha256(secret.encode()).digest()
