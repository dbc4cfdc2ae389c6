"""Erased for ever: looked for in every table, in Kafka's files, in logs and in others' exports."""

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import httpx

from hallway.stack import Stack
from services.directory.tables.users import USERS
from services.kit.database import Database
from services.kit.event_store import EventStore
from tests.mailbox import mailed_token
from tests.people import Person, answer_of, register
from tests.waiting import until

PASSWORD = "correct horse battery"
SERVICES = ("directory", "rooms", "signalling")
TABLES = (
    "select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables where schemaname = 'public'"
)


async def somebody(http: httpx.AsyncClient) -> tuple[Person, str]:
    """With a name that nobody else has: (who, their username)"""
    mark = uuid4().hex[:12]
    account = {
        "username": f"zaphod_{mark}",
        "name": f"Zaphod Beeblebrox {mark}",
        "email": f"zaphod.{mark}@example.com",
        "password": PASSWORD,
    }
    session = answer_of(await http.post("/v1/users", json=account, headers={"Idempotency-Key": mark}))
    http.cookies.clear()
    again = await http.post("/v1/users", json=account)  # what is in the way is not told to Postgres' log
    assert again.json()["code"] == "username_taken"
    return Person(http, UUID(session["id"]), account["name"], session["access_token"]), account["username"]


def traces(username: str) -> list[str]:
    mark = username.removeprefix("zaphod_")
    return [username, f"Beeblebrox {mark}", f"zaphod.{mark}", f"hitch.{mark}"]


async def in_tables(stack: Stack, words: list[str]) -> list[str]:
    """Table and word, wherever one is found in a row: as text, and in bytes."""
    found: list[str] = []
    for service in SERVICES:
        db = await asyncpg.connect(stack.databases.url(service))
        try:
            for table in [row["name"] for row in await db.fetch(TABLES)]:
                for word in words:
                    like = [f"%{word}%", f"%{word.encode().hex()}%"]
                    if await db.fetchval(f"select exists (select from {table} t where t::text ilike any($1))", like):
                        found.append(f"{service} {table}: {word}")
        finally:
            await db.close()
    return found


def in_files(root: Path, words: list[str]) -> list[str]:
    """File and word."""
    return [f"{file.relative_to(root)}: {word}" for file, content in _read(root) for word in words if word in content]


def _read(root: Path) -> Iterator[tuple[Path, str]]:
    for file in root.rglob("*"):
        if file.is_file():
            yield file, file.read_bytes().decode("latin-1")


async def exported(person: Person) -> dict[str, Any]:
    """The files of an export."""
    response = await person.send("GET", "/v1/me/export")
    assert response.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        return {name: json.loads(archive.read(name)) for name in archive.namelist()}


async def lived_a_little(person: Person, username: str, other: Person, stack: Stack) -> tuple[str, str]:
    """Everything that leaves a trace: (their club, a room that they are in)"""
    mark = username.removeprefix("zaphod_")
    token = await mailed_token(stack, f"zaphod.{mark}@example.com", "e-mail address")
    answer_of(await person.http.post("/v1/email-verifications", json={"token": token}))
    await person.http.post("/v1/password-resets", json={"username": username})
    await person.do("PATCH", "/v1/me", {"bio": f"hitch.{mark}", "links": [f"https://example.com/hitch.{mark}"]}, "key")
    await person.http.post("/v1/sessions", json={"username": username, "password": "not it at all"})
    await person.http.get("/v1/users", params={"username": username})
    await person.http.get(f"/person/{username}")
    await other.do("PUT", f"/v1/me/following/{person.user_id}")
    await person.do("PUT", f"/v1/me/following/{other.user_id}")
    club = str((await person.do("POST", "/v1/clubs", {"name": "Heart of gold", "topic": "Science"}))["id"])
    await other.do("PUT", f"/v1/clubs/{club}/members/me")
    await person.do("PUT", f"/v1/clubs/{club}/admins/{other.user_id}")
    room = await other.open_room("Restaurant")
    for each in (other, person):
        await each.join(room)
    await person.do("PUT", f"/v1/rooms/{room}/hand")
    return club, room


async def test_of_somebody_erased_nothing_is_found_anywhere(stack: Stack, http: httpx.AsyncClient) -> None:
    other = await register(http, "Ford")
    person, username = await somebody(http)
    words = traces(username)
    club, room = await lived_a_little(person, username, other, stack)
    assert len(await in_tables(stack, words)) >= len(words)  # the search finds what is there

    answer_of(await person.send("POST", "/v1/me/erasure", {"username": username, "password": PASSWORD}))

    async def gone() -> bool:
        view = (await other.do("GET", f"/v1/clubs/{club}"))["club"]
        seats = (await http.get(f"/v1/rooms/{room}")).json()["room"]["participant_count"]
        return bool((view["founder_id"], view["member_count"], seats) == (str(other.user_id), 1, 1))

    await until("that their seat and club are somebody else's", gone)
    assert await in_tables(stack, words) == []
    assert in_files(stack.layout.kafka, words) == []
    assert in_files(stack.layout.logs, words) == []
    of_other = json.dumps(await exported(other))
    assert not any(word in of_other for word in words)


async def test_the_erased_are_a_former_member_and_their_log_can_be_replayed(
    stack: Stack, http: httpx.AsyncClient
) -> None:
    person, username = await somebody(http)
    room = await person.open_room("Last words")
    await person.join(room)
    await person.do("POST", "/v1/me/erasure", {"username": username, "password": PASSWORD})
    assert (await http.get(f"/v1/users/{person.user_id}")).status_code == 404
    assert (await http.post("/v1/sessions", json={"username": username, "password": PASSWORD})).status_code == 401
    assert (await person.send("PATCH", "/v1/me", {"name": "Back again"})).json()["code"] == "user_unknown"
    async with Database(stack.databases.url("directory"), "test", 2) as database:
        user, version = await EventStore(database, USERS).state(person.user_id)
    assert (user.erased, version) == (True, 2)


async def test_only_the_person_themselves_is_erased(http: httpx.AsyncClient) -> None:
    person, username = await somebody(http)
    for body, code in (
        ({"username": username, "password": "not it at all"}, "wrong_password"),
        ({"username": username}, "wrong_password"),
        ({"username": "somebody_else", "password": PASSWORD}, "invalid_input"),
    ):
        assert (await person.send("POST", "/v1/me/erasure", body)).json()["code"] == code
    assert (await person.do("GET", "/v1/me"))["user"]["username"] == username


async def test_everything_about_me_is_in_the_export(stack: Stack, http: httpx.AsyncClient) -> None:
    other = await register(http, "Ford")
    person, username = await somebody(http)
    club, room = await lived_a_little(person, username, other, stack)
    files = await exported(person)
    assert files["profile.json"][0]["username"] == username
    assert files["email.json"][0]["email_verified"] is True
    assert [each["user_id"] for each in files["following.json"]] == [str(other.user_id)]
    assert [each["user_id"] for each in files["followers.json"]] == [str(other.user_id)]
    assert [(each["club_id"], each["role"]) for each in files["clubs.json"]] == [(club, "founder")]
    sealed = [each["data"]["sealed"] for each in files["directory_facts.json"] if "sealed" in each["data"]]
    assert {"username": username, "name": person.name} in sealed
    mine = [each["type"] for each in files["room_facts.json"] if each["subject"] == room]
    assert mine == ["room.participant_joined.v1", "room.hand_raised.v1"]
    assert PASSWORD not in json.dumps(files)
    assert "argon2" not in json.dumps(files)
