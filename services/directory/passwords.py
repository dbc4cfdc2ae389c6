"""Passwords: argon2id (RFC 9106) in threads, and the same work whether or not a person exists."""

import asyncio

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from services.kit.health import Check

AT_ONCE = 2  # each takes 64 MiB and a core


class Passwords:
    def __init__(self) -> None:
        self._hasher = PasswordHasher()  # argon2-cffi's defaults: RFC 9106's second recommendation, 64 MiB
        self._turn = asyncio.Semaphore(AT_ONCE)
        self._nobodys = self._hasher.hash("nobody has this password")
        self._compared = 0

    async def hash(self, password: str) -> str:
        async with self._turn:
            return await asyncio.to_thread(self._hasher.hash, password)

    async def matches(self, password_hash: str | None, password: str) -> bool:
        """Whether it is theirs. Without a hash the answer is no, after as much work."""
        async with self._turn:
            right = await asyncio.to_thread(self._verify, password_hash or self._nobodys, password)
        return right and password_hash is not None

    async def health(self) -> Check:
        """How many passwords were compared: as many as were sent, whether or not somebody has that username."""
        return Check(True, "comparing", {"compared": self._compared})

    def _verify(self, password_hash: str, password: str) -> bool:
        self._compared += 1
        try:
            return self._hasher.verify(password_hash, password)
        except (VerificationError, InvalidHashError):
            return False
