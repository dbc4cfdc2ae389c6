"""Sound as a program that only read docs/protocol.md would have it: an offer through the gateway, then the node."""

import httpx

from tests.media_client import MediaClient


async def offer(http: httpx.AsyncClient, room_id: str, ticket: str, client: MediaClient) -> httpx.Response:
    headers = {"Authorization": f"Bearer {ticket}", "Content-Type": "application/sdp"}
    return await http.post(f"/v1/rooms/{room_id}/media", content=client.offer, headers=headers)


async def sound_of(http: httpx.AsyncClient, room_id: str, ticket: str) -> tuple[MediaClient, str]:
    """A connected client, and where its session is."""
    client = MediaClient()
    answer = await offer(http, room_id, ticket, client)
    assert (answer.status_code, answer.headers["content-type"]) == (201, "application/sdp")
    assert answer.headers["etag"]
    await client.connect(answer.text, host="127.0.0.1")
    return client, answer.headers["location"]
