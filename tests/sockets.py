"""A room socket as a program that only read docs/protocol.md would open it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import orjson
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.people import Person
from tests.waiting import until


@dataclass
class Socket:
    """Everything that was received, and how it closed."""

    connection: ClientConnection
    messages: list[dict[str, Any]] = field(default_factory=list)
    close_code: int | None = None

    async def read(self) -> None:
        try:
            async for text in self.connection:
                self.messages.append(orjson.loads(text))
        except ConnectionClosed:
            pass  # how it closed is in its code
        self.close_code = self.connection.close_code

    @property
    def facts(self) -> list[dict[str, Any]]:
        return [fact for message in self.messages if message["type"] == "facts" for fact in message["facts"]]

    async def gets(self, type_: str, seconds: float = 10) -> dict[str, Any]:
        """The first message of this type."""

        async def found() -> dict[str, Any] | None:
            return self._first(self.messages, type_)

        message = await until(f"a message {type_} ({self.messages})", found, seconds)
        assert message is not None
        return message

    async def gets_fact(self, type_: str, seconds: float = 10) -> dict[str, Any]:
        async def found() -> dict[str, Any] | None:
            return self._first(self.facts, type_)

        fact = await until(f"a fact {type_}", found, seconds)
        assert fact is not None
        return fact

    def _first(self, told: list[dict[str, Any]], type_: str) -> dict[str, Any] | None:
        """It will not come any more once the socket is closed."""
        found = next((each for each in told if each["type"] == type_), None)
        assert found or self.close_code is None, f"closed with {self.close_code}, without {type_}"
        return found

    async def closes(self, seconds: float = 20) -> int:
        async def closed() -> int | None:
            return self.close_code

        code = await until("the socket is closed", closed, seconds)
        assert code is not None
        return code


@asynccontextmanager
async def room_socket(url: str, room_id: str, ticket: str, after: int | None = None) -> AsyncIterator[Socket]:
    """`url` is the gateway's http address."""
    query = f"?after={after}" if after is not None else ""
    address = f"{url.replace('http', 'ws', 1)}/v1/rooms/{room_id}/signal{query}"
    async with connect(address, subprotocols=["hallway.v1", f"ticket.{ticket}"]) as connection:  # type: ignore[list-item]
        socket = Socket(connection)
        reading = asyncio.create_task(socket.read())
        try:
            yield socket
        finally:
            await connection.close()
            await reading


@asynccontextmanager
async def stepped_in(
    url: str, person: Person, room_id: str, takeover: bool = False
) -> AsyncIterator[tuple[dict[str, Any], Socket]]:
    """Join and open the socket: the join's answer, and the socket after its welcome."""
    joined = await person.join(room_id, takeover)
    async with room_socket(url, room_id, joined["tickets"]["signal"]) as socket:
        await socket.gets("welcome")
        yield joined, socket
