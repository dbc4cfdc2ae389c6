"""A service that has only just started and cannot check tokens yet: that is no fault of the token's."""

import asyncio
from collections.abc import Mapping
from functools import partial

import httpx

from hallway.stack import Stack
from services.signalling.sockets import RESTART
from tests.people import sign_in
from tests.sockets import room_socket
from tests.waiting import until


async def test_without_keys_nobody_is_told_that_their_token_or_ticket_is_not_valid(
    stack: Stack, http: httpx.AsyncClient
) -> None:
    rick = await sign_in(http, "rick")
    room_id = await rick.open_room("Keys to come")
    tickets = (await rick.join(room_id))["tickets"]

    await stack.kill("rooms")  # where the tickets' keys are
    await stack.kill("signalling")
    signalling = asyncio.create_task(stack.restart("signalling"))
    offer = {"Authorization": f"Bearer {tickets['media']}", "Content-Type": "application/sdp"}
    passing(await answered(stack.ports.signalling, "POST", f"/v1/rooms/{room_id}/media", offer))
    async with room_socket(f"http://127.0.0.1:{stack.ports.signalling}", room_id, tickets["signal"]) as socket:
        assert await socket.closes() == RESTART

    await stack.kill("directory")  # where the people's are
    rooms = asyncio.create_task(stack.restart("rooms"))
    token = {"Authorization": f"Bearer {rick.token}"}
    passing(await answered(stack.ports.rooms, "PUT", f"/v1/rooms/{room_id}/hand", token))

    await stack.restart("directory")
    await asyncio.gather(rooms, signalling)
    again = (await rick.join(room_id))["tickets"]["signal"]  # the first one may have expired by now
    async with room_socket(stack.url, room_id, again) as socket:
        await socket.gets("welcome")
    assert (await rick.send("PUT", f"/v1/rooms/{room_id}/hand")).json()["code"] == "already_on_stage"


async def answered(port: int, method: str, path: str, headers: Mapping[str, str]) -> httpx.Response:
    """What the service itself says, as soon as it listens; until then the gateway would speak for it."""
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as service:
        await until("the service listens", partial(_listens, service), seconds=60)
        return await service.request(method, path, headers=headers, content="v=0")


async def _listens(service: httpx.AsyncClient) -> bool:
    try:
        return (await service.get("/livez")).is_success
    except httpx.TransportError:
        return False


def passing(answer: httpx.Response) -> None:
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable"), answer.text
    assert answer.headers["Retry-After"] == "1"
