"""Schemathesis walks the description, per role, with valid tokens and real ids: never a 5xx, refusals are problems."""

from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from schemathesis.core.result import Ok

from hallway.stack import Stack
from tests.contract.tour import Tour
from tests.people import guest, sign_in

EXAMPLES = 8  # an operation and role
ROLES = ("nobody", "guest", "listener", "host")
NOT_YET = 501  # ICE restart, by design


@schemathesis.serializer("application/sdp")
def as_text(_context: Any, value: Any) -> bytes:
    return str(value).encode("utf-8", "replace")


@pytest.fixture(scope="session")
async def tokens(http: httpx.AsyncClient) -> dict[str, str | None]:
    listener, host = await sign_in(http, "sarah"), await sign_in(http, "rick")
    return {"nobody": None, "guest": (await guest(http)).token, "listener": listener.token, "host": host.token}


@pytest.mark.parametrize("role", ROLES)
def test_no_request_makes_a_service_stumble(
    role: str, tour: Tour, tokens: dict[str, str | None], description: dict[str, Any], stack: Stack
) -> None:
    schema = schemathesis.openapi.from_dict(description)
    headers = {"Authorization": f"Bearer {tokens[role]}"} if tokens[role] else {}
    stumbled: list[str] = []
    with httpx.Client(base_url=stack.url, timeout=20, headers=headers) as http:
        for result in schema.get_all_operations():
            assert isinstance(result, Ok), result
            operation = result.ok()
            if not operation.path.endswith("/stream"):
                _walk(http, operation, tour.ids, stumbled)
    assert stumbled == []


def _walk(http: httpx.Client, operation: Any, ids: dict[str, str], stumbled: list[str]) -> None:
    @seed(1)
    @settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(), real=st.booleans())
    def walk(case: Any, real: bool) -> None:
        if real:  # half of the requests get past the ids
            case.path_parameters = {**(case.path_parameters or {}), **_known(case.path_parameters or {}, ids)}
        request = case.as_transport_kwargs(base_url=str(http.base_url))
        headers = {name: value for name, value in request["headers"].items() if name.lower() != "authorization"}
        response = http.request(
            request["method"],
            request["url"],
            params=request.get("params"),
            headers={**headers, **http.headers},
            json=request.get("json"),
            content=request.get("data"),
        )
        problem = response.headers.get("content-type", "").startswith("application/problem+json")
        if (response.status_code >= 500 and response.status_code != NOT_YET) or (response.is_error and not problem):
            said = f"{response.status_code} {response.text[:200]}"
            stumbled.append(f"{request['method']} {request['url']} {request.get('json')!r}: {said}")

    walk()


def _known(parameters: dict[str, Any], ids: dict[str, str]) -> dict[str, str]:
    return {name: ids[name] for name in parameters if name in ids}
