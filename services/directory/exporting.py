"""Everything about me, as a ZIP of JSON: what the directory holds, and what rooms know of me."""

import tempfile
import zipfile
from collections.abc import AsyncIterator
from contextlib import ExitStack
from typing import IO, Any
from uuid import UUID

import orjson

from services.directory.queries import export
from services.directory.rooms_client import RoomsClient
from services.directory.tables.users import UserStore
from services.kit.database import Database

IN_MEMORY_BYTES = 8 * 1024 * 1024
ABOUT = {
    "what": "Everything that this Hallway keeps about you. One file a kind; people, clubs and rooms by id.",
    "directory_facts.json": "what was said of you in your own stream, opened with your key",
    "room_facts.json": "what you did in rooms and what others did to you there, as far as you were shown it",
    "not here": "your password (only a hash is kept), the secrets of your sessions, and for seven days measurements of"
    " your connections",
}


class Exports:
    def __init__(self, database: Database, store: UserStore, rooms: RoomsClient) -> None:
        self._database, self._store, self._rooms = database, store, rooms

    async def of(self, user_id: UUID) -> IO[bytes]:
        """The ZIP, to be read from its beginning and closed. Raises ProblemError when rooms does not answer."""
        with ExitStack() as until_it_is_whole:
            file = until_it_is_whole.enter_context(tempfile.SpooledTemporaryFile(IN_MEMORY_BYTES))
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr("about.json", _json(ABOUT))
                for name, rows in (await export.tables(self._database, user_id)).items():
                    archive.writestr(f"{name}.json", _json(rows))
                await _write(archive, "directory_facts.json", export.facts(self._database, self._store, user_id))
                await _write(archive, "room_facts.json", self._rooms.facts_about(user_id))
            file.seek(0)
            until_it_is_whole.pop_all()
            return file


async def _write(archive: zipfile.ZipFile, name: str, rows: AsyncIterator[dict[str, Any]]) -> None:
    """A JSON array, a row at a time: there may be many."""
    with archive.open(name, "w") as entry:
        separator = b"["
        async for row in rows:
            entry.write(separator + b"\n" + orjson.dumps(row))
            separator = b","
        entry.write(b"[]\n" if separator == b"[" else b"\n]\n")


def _json(value: object) -> bytes:
    return orjson.dumps(value, default=str, option=orjson.OPT_INDENT_2)  # asyncpg has an UUID of its own
