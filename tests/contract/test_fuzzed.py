"""Schemathesis walks the description, per role, with valid tokens and real ids: never a 5xx, refusals are problems."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from schemathesis.core.result import Ok

from hallway.stack import Stack
from tests.people import guest, register

EXAMPLES = 8  # an operation, sent by each role
ROLES = ("nobody", "guest", "listener", "host")


@schemathesis.serializer("application/sdp", "application/trickle-ice-sdpfrag")
def as_text(_context: Any, value: Any) -> bytes:
    return str(value).encode("utf-8", "replace")


@dataclass(frozen=True)
class Cast:
    """People of their own, since they may be renamed, and what they may be asked about."""

    tokens: dict[str, str | None]
    ids: dict[str, str]


@pytest.fixture(scope="session")
async def cast(http: httpx.AsyncClient) -> Cast:
    listener, host = await register(http, "A fuzzed listener"), await register(http, "A fuzzed host")
    tokens = {"nobody": None, "guest": (await guest(http)).token, "listener": listener.token, "host": host.token}
    club = await host.do("POST", "/v1/clubs", {"name": "A fuzzed club", "topic": "Science"})
    ids = {"user_id": str(listener.user_id), "club_id": str(club["id"]), "room_id": await host.open_room("Fuzzed")}
    for person in (host, listener):
        await person.join(ids["room_id"])
    return Cast(tokens, ids)


@pytest.fixture(scope="session")
def requests(cast: Cast, description: dict[str, Any], stack: Stack) -> Sequence[Mapping[str, Any]]:
    """Made up once, for all roles."""
    made: list[Mapping[str, Any]] = []
    for result in schemathesis.openapi.from_dict(description).get_all_operations():
        assert isinstance(result, Ok), result
        operation = result.ok()
        if not operation.path.endswith("/stream"):
            _walk(operation, stack.url, cast.ids, made)
    return made


@pytest.mark.parametrize("role", ROLES)
def test_no_request_makes_a_service_stumble(
    role: str, cast: Cast, requests: Sequence[Mapping[str, Any]], stack: Stack
) -> None:
    token = cast.tokens[role]
    own = {"Authorization": f"Bearer {token}"} if token else {}
    stumbled: list[str] = []
    with httpx.Client(base_url=stack.url, timeout=20, headers=own) as http:
        for request in requests:
            response = http.request(**{**request, "headers": {**request["headers"], **http.headers}})
            problem = response.headers.get("content-type", "").startswith("application/problem+json")
            if response.status_code >= 500 or (response.is_error and not problem):
                said = f"{response.status_code} {response.text[:200]}"
                stumbled.append(f"{request['method']} {request['url']} {request['json']!r}: {said}")
    assert stumbled == []


def _walk(operation: Any, url: str, ids: dict[str, str], made: list[Mapping[str, Any]]) -> None:
    @seed(1)
    @settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(), real=st.booleans())
    def walk(case: Any, real: bool) -> None:
        if real:  # half of the requests get past the ids
            case.path_parameters = {**(case.path_parameters or {}), **_known(case.path_parameters or {}, ids)}
        request = case.as_transport_kwargs(base_url=url)
        made.append(
            {
                "method": request["method"],
                "url": request["url"],
                "params": request.get("params"),
                "headers": {name: text for name, text in request["headers"].items() if name.lower() != "authorization"},
                "json": request.get("json"),
                "content": request.get("data"),
            }
        )

    walk()


def _known(parameters: dict[str, Any], ids: dict[str, str]) -> dict[str, str]:
    return {name: ids[name] for name in parameters if name in ids}
