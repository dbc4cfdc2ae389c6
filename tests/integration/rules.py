"""Words of the tests of a room's rules."""

from typing import Any

import httpx
import pytest

from tests.people import Person, Refusal, sign_in


async def refused(doing: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        await doing
    return refusal.value.code


async def three(http: httpx.AsyncClient) -> tuple[Person, Person, Person]:
    rick, sarah, cj = [await sign_in(http, name) for name in ("rick", "sarah", "cj")]
    return rick, sarah, cj


async def on_stage(host: Person, person: Person, room_id: str) -> None:
    await host.do("POST", f"/v1/rooms/{room_id}/invitations", {"user_id": str(person.user_id)})
    await person.do("PUT", f"/v1/rooms/{room_id}/invitations/me", {"answer": "accepted"})


async def facts(person: Person, room_id: str, after: int = 0) -> list[dict[str, Any]]:
    feed = await person.do("GET", f"/v1/rooms/{room_id}/events?after={after}")
    return [{"type": event["type"], **event["data"]} for event in feed["events"]]


async def gets_in(person: Person, room_id: str, not_yet: str = "club_only") -> bool:
    """Whether they do; the only other answer is `not_yet`."""
    answer = await person.send("POST", f"/v1/rooms/{room_id}/join", {"connection": str(person.connection)})
    assert answer.is_success or answer.json()["code"] == not_yet, answer.text
    return answer.is_success
