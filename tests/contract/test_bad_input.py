"""Whatever is wrong with a request, the answer is the right 4xx, a problem document, and a sentence for a person."""

import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import httpx
import pytest

from contracts.problems import Code
from hallway.stack import Stack
from services.kit.database import Database
from services.kit.keys import KeyRing
from services.kit.tokens import Signer
from tests.contract.large import send_large
from tests.contract.tour import Tour
from tests.media_client.offer import write as offered
from tests.people import Person, guest, sign_in

UNKNOWN = "00000000-0000-7000-8000-00000000dead"
SDP, FRAGMENT = "application/sdp", "application/trickle-ice-sdpfrag"
TEN_MEGABYTES = 10_000_000
KNOWN_CODES = {code.code: code.status for code in Code}
TICKETED = ("/media", "/signal")  # what opens these is a ticket, not an access token


def operations(description: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            yield method, path, operation


def filled(path: str, ids: dict[str, str]) -> str:
    return re.sub(r"\{([^}]+)\}", lambda name: ids.get(name[1], UNKNOWN), path)


def check(response: httpx.Response, *statuses: int) -> None:
    """It is a problem document, consistent in itself, and one of these statuses."""
    where = f"{response.request.method} {response.request.url}: {response.status_code} {response.text[:300]}"
    assert response.status_code in statuses, where
    assert response.headers["content-type"].startswith("application/problem+json"), where
    problem = response.json()
    assert problem["status"] == response.status_code, where
    assert KNOWN_CODES[problem["code"]] == response.status_code, where
    assert problem["type"] == f"/problems/{problem['code']}", where
    assert len(problem["message"]) > 10, where


async def expired_token(stack: Stack) -> str:
    """Signed with directory's own key, and too old."""
    async with Database(stack.databases.url("directory"), "test", 2) as database:
        keys = KeyRing(database, stack.secrets["key"])
        await keys.load()
        return Signer(keys, "hallway").sign("hallway", {"sub": str(uuid4()), "name": "Late"}, -3600)


async def test_every_operation_reaches_success_once(tour: Tour, description: dict[str, Any]) -> None:
    wanted = {(method, path) for method, path, _ in operations(description)}
    elsewhere = {(method, path) for method, path in wanted if "/media" in path or path.endswith("/stream")}
    assert wanted - tour.succeeded - elsewhere == set()


@pytest.mark.parametrize("token", ["none", "nonsense", "expired", "none-algorithm"])
async def test_what_needs_a_token_says_so(
    token: str, tour: Tour, description: dict[str, Any], stack: Stack, http: httpx.AsyncClient
) -> None:
    headers = {
        "none": {},
        "nonsense": {"Authorization": "Bearer nonsense"},
        "expired": {"Authorization": f"Bearer {await expired_token(stack)}"},
        "none-algorithm": {"Authorization": "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0."},
    }[token]
    asked = 0
    for method, path, operation in operations(description):
        security = operation.get("security", [])
        needed = bool(security) and {} not in security and (method != "get" or path.startswith("/v1/me"))
        if needed and not any(part in path for part in TICKETED):
            check(await http.request(method, filled(path, tour.ids), headers=headers), 401)
            asked += 1
    assert asked > 15


async def test_a_wrong_type_or_a_malformed_body_is_told_what_is_wrong(
    tour: Tour, description: dict[str, Any], http: httpx.AsyncClient
) -> None:
    rick = await sign_in(http, "rick")
    for method, path, operation in operations(description):
        if "requestBody" in operation and "/media" not in path:
            for body in (b"{", b"[]", b'"text"', b"\xff\xfe", b'{"name": 7, "username": [], "role": "KING"}'):
                headers = {"Authorization": f"Bearer {rick.token}", "Content-Type": "application/json"}
                response = await http.request(method, filled(path, tour.ids), content=body, headers=headers)
                optional = not operation["requestBody"].get("required", False)
                if not (optional and response.is_success):
                    check(response, 400, 401, 403, 404, 409)


async def test_an_id_that_is_no_id_and_one_that_nobody_has(
    description: dict[str, Any], tour: Tour, http: httpx.AsyncClient
) -> None:
    rick = await sign_in(http, "rick")
    for method, path, _operation in operations(description):
        if "{" in path and not any(part in path for part in TICKETED):
            for value in ("no-id", "%00", "1' or '1'='1"):
                response = await rick.send(method, re.sub(r"\{[^}]+\}", value, path))
                check(response, 400, 403, 404)  # 403: ids are chosen by the demo's loader only
            response = await rick.send(method, re.sub(r"\{[^}]+\}", UNKNOWN, path))
            if response.is_error:
                check(response, 400, 403, 404, 409)


async def test_ten_megabytes_are_refused(tour: Tour, description: dict[str, Any], http: httpx.AsyncClient) -> None:
    rick = await sign_in(http, "rick")
    base_url = str(http.base_url).rstrip("/")
    for method, path, operation in operations(description):
        if "requestBody" in operation:
            check(await send_large(base_url, method, filled(path, tour.ids), rick.token, TEN_MEGABYTES), 413)


async def test_what_is_somebody_elses_is_refused(tour: Tour, http: httpx.AsyncClient) -> None:
    rick, cj, visitor = await sign_in(http, "rick"), await sign_in(http, "cj"), await guest(http)
    room = await rick.open_room("Not yours")
    for person in (cj, visitor):
        await person.join(room)
    await _refused(cj, "POST", f"/v1/rooms/{room}/end", None, "not_host")
    await _refused(cj, "DELETE", f"/v1/rooms/{room}/hands", None, "not_moderator")
    await _refused(cj, "POST", f"/v1/rooms/{room}/participants/{rick.user_id}/mute", None, "not_moderator")
    await _refused(cj, "POST", f"/v1/rooms/{room}/invitations", {"user_id": str(visitor.user_id)}, "not_moderator")
    await _refused(visitor, "PUT", f"/v1/rooms/{room}/hand", None, "guests_listen")
    await _refused(cj, "PATCH", f"/v1/clubs/{tour.ids['club_id']}", {"name": "Mine now"}, None)


@pytest.mark.parametrize(
    "text", ["", "x", "x" * 10_000, "a\u0000b", "\ud800", "\u202eevil", "Robert'); drop table rooms;--"]
)
async def test_odd_names_are_refused_or_kept_as_they_are(text: str, http: httpx.AsyncClient) -> None:
    rick = await sign_in(http, "rick")
    content = b'{"name": "' + text.encode("utf-8", "surrogatepass").replace(b"\0", b"\\u0000") + b'"}'
    headers = {"Authorization": f"Bearer {rick.token}", "Content-Type": "application/json"}
    response = await http.post("/v1/rooms", content=content, headers=headers)
    if response.is_error:
        check(response, 400)
        return
    answer = response.json()
    page = (await http.get(f"/v1/rooms/{answer['id']}", params={"min_seq": answer["seq"]})).json()
    assert page["room"]["name"] == text


async def test_nothing_inside_is_reachable_and_nothing_under_v1_is_a_page(http: httpx.AsyncClient) -> None:
    for path in (f"/internal/rooms/{UNKNOWN}", "/v1/nothing", "/v1/rooms/x/y/z", "/rooms/x/y/z"):
        check(await http.get(path), 400, 404)
    assert "text/html" in (await http.get("/room/whatever")).headers["content-type"]


@pytest.mark.parametrize(
    ("offer", "type_", "status", "code"),
    [
        (b"v=0 this is no sdp", "application/sdp", 400, "invalid_sdp"),
        (b"", "application/sdp", 400, "invalid_sdp"),
        (b"\xff\xfe\x00", "application/sdp", 400, "invalid_sdp"),
        (b"{}", "application/json", 415, "unsupported_media_type"),
    ],
)
async def test_a_broken_offer_is_told_so(
    offer: bytes, type_: str, status: int, code: str, http: httpx.AsyncClient
) -> None:
    rick = await sign_in(http, "rick")
    room = await rick.open_room("Broken offers")
    ticket = (await rick.join(room))["tickets"]["media"]
    headers = {"Authorization": f"Bearer {ticket}", "Content-Type": type_}
    response = await http.post(f"/v1/rooms/{room}/media", content=offer, headers=headers)
    check(response, status)
    assert response.json()["code"] == code


@pytest.mark.parametrize(
    ("body", "changes", "status", "code"),
    [
        (b"v=0", {}, 400, "invalid_sdp"),
        (b"", {}, 400, "invalid_sdp"),
        (b"\xff\xfe\x00", {}, 400, "invalid_sdp"),
        (b"a=end-of-candidates\r\n", {"Content-Type": "application/sdp"}, 415, "unsupported_media_type"),
        (b"a=end-of-candidates\r\n", {"If-Match": '"of before"'}, 412, "stale"),
        (b"a=end-of-candidates\r\n", {"If-Match": ""}, 428, "if_match_needed"),
        (b"a=end-of-candidates\r\n", {"Authorization": "Bearer nonsense"}, 401, "invalid_ticket"),
    ],
)
async def test_a_broken_restart_is_told_so(
    body: bytes, changes: dict[str, str], status: int, code: str, http: httpx.AsyncClient
) -> None:
    rick = await sign_in(http, "rick")
    room = await rick.open_room("Broken restarts")
    ticket = {"Authorization": f"Bearer {(await rick.join(room))['tickets']['media']}"}
    offer = offered("ufrag", "a password of ours", "AB:CD")
    session = await http.post(f"/v1/rooms/{room}/media", content=offer, headers=ticket | {"Content-Type": SDP})
    headers = ticket | {"Content-Type": FRAGMENT, "If-Match": "*"} | changes
    response = await http.patch(session.headers["Location"], content=body, headers=headers)
    check(response, status)
    assert response.json()["code"] == code


async def _refused(person: Person, method: str, path: str, body: Any, code: str | None) -> None:
    response = await person.send(method, path, body)
    check(response, 403)
    assert code is None or response.json()["code"] == code
