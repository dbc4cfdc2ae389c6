"""Every public operation done once with success, by the people who may: also where valid ids come from.

What was done is recorded by (method, path template), so that nothing in the description is left out.
"""

import re
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx

from contracts.topics import topic_id
from tests.people import Person, answer_of, guest, register, sign_in

Operation = tuple[str, str]
Mailbox = Callable[[str], AsyncIterator[list[dict[str, Any]]]]  # what came to an address, asked again and again
SCIENCE = str(topic_id("Science"))


@dataclass
class Tour:
    http: httpx.AsyncClient
    paths: list[str]  # templates of the description
    loader_secret: str
    mailbox: Mailbox
    succeeded: set[Operation] = field(default_factory=set)
    ids: dict[str, str] = field(default_factory=dict)  # a valid value for each path parameter

    async def run(self) -> "Tour":
        rick, sarah, cj = [await sign_in(self.http, name) for name in ("rick", "sarah", "cj")]
        self.ids |= {"user_id": str(sarah.user_id), "topic_id": SCIENCE}
        await self._sessions()
        await self._people(rick, sarah)
        await self._account()
        await self._clubs(rick, sarah)
        await self._room(rick, sarah, cj)
        await self._reading(rick)
        return self

    async def _sessions(self) -> None:
        name = f"tour{uuid4().hex[:8]}"
        account = {"username": name, "name": "On a tour", "password": "correct horse battery"}
        await self._send("GET", "/v1/sessions/ways", None)
        await self._send("POST", "/v1/users", None, account)
        await self._send("POST", "/v1/sessions", None, {"username": name, "password": account["password"]})
        await self._send("POST", "/v1/sessions/refresh", None)
        await self._send("DELETE", "/v1/sessions/current", None)
        await self._send("POST", "/v1/sessions/demo", None, {"username": "rick"})
        await self._send("POST", "/v1/sessions/guest", None)

    async def _people(self, rick: Person, sarah: Person) -> None:
        chosen = str(uuid4())
        await self._load("PUT", f"/v1/users/{chosen}", None, {"username": f"u{chosen[:8]}", "name": "Chosen"})
        await self._send("GET", "/v1/me", rick)
        me = await register(self.http, "Will be renamed")
        await self._send("PATCH", "/v1/me", me, {"name": "Renamed"})
        await self._send("PUT", f"/v1/me/following/{sarah.user_id}", me)
        await self._send("DELETE", f"/v1/me/following/{sarah.user_id}", me)
        await self._send("PUT", f"/v1/me/blocks/{sarah.user_id}", me)
        await self._send("GET", "/v1/me/blocks", me)
        await self._send("DELETE", f"/v1/me/blocks/{sarah.user_id}", me)
        for list_ in ("followers", "following", "mutuals", "clubs"):
            await self._send("GET", f"/v1/users/{sarah.user_id}/{list_}", me)
        await self._send("PUT", f"/v1/me/topics/{SCIENCE}", me)
        await self._send("DELETE", f"/v1/me/topics/{SCIENCE}", me)
        for list_ in ("clubs", "club-invitations"):
            await self._send("GET", f"/v1/me/{list_}", me)

    async def _account(self) -> None:
        name = f"tour{uuid4().hex[:8]}"
        account = {"username": name, "name": "On a tour", "password": "correct horse battery"}
        session = await self._send("POST", "/v1/users", None, account)
        me = Person(self.http, UUID(session["id"]), "On a tour", session["access_token"])
        proof = {"password": account["password"]}
        address = {"email": f"{name}@example.com"}
        await self._send("PUT", "/v1/me/email", me, {**address, **proof})
        await self._send("POST", "/v1/me/email/verification", me)
        await self._send("POST", "/v1/email-verifications", None, {"token": await self._mailed(address["email"], 2)})
        await self._send("POST", "/v1/password-resets", None, {"username": name})
        reset = {"token": await self._mailed(address["email"], 3), **proof}
        me.token = (await self._send("PUT", "/v1/password-resets", None, reset))["access_token"]
        await self._send("PUT", "/v1/me/password", me, {"current": proof["password"], **proof})
        await self._send("DELETE", "/v1/me/email", me)
        await self._send("DELETE", "/v1/me/devices", me)
        (device,) = (await self._send("GET", "/v1/me/devices", me))["devices"]
        self.ids["device_id"] = str(device["id"])
        await self._send("DELETE", f"/v1/me/devices/{device['id']}", me)
        await self._send("GET", "/v1/me/export", me)
        await self._send("POST", "/v1/me/erasure", me, {"username": name, **proof})

    async def _mailed(self, address: str, number: int) -> str:
        """The token of the mail that came there as the so-manieth."""
        async for mails in self.mailbox(address):
            if len(mails) >= number:
                return str(mails[0]["text"]).partition("#token=")[2].split()[0]
        raise AssertionError("no mail came")

    async def _clubs(self, rick: Person, sarah: Person) -> None:
        founded = await self._send("POST", "/v1/clubs", rick, {"name": "On tour", "topic": "Science"})
        club = self.ids["club_id"] = str(founded["id"])
        await self._send("PATCH", f"/v1/clubs/{club}", rick, {"name": "On a long tour"})
        await self._send("PUT", f"/v1/clubs/{club}/followers/me", sarah)
        await self._send("DELETE", f"/v1/clubs/{club}/followers/me", sarah)
        await self._send("PUT", f"/v1/clubs/{club}/members/me", sarah)
        await self._send("GET", f"/v1/clubs/{club}/members", sarah)
        await self._send("PUT", f"/v1/clubs/{club}/admins/{sarah.user_id}", rick)
        await self._send("DELETE", f"/v1/clubs/{club}/admins/{sarah.user_id}", rick)
        await self._send("DELETE", f"/v1/clubs/{club}/members/me", sarah)
        await self._send("PATCH", f"/v1/clubs/{club}", rick, {"admission": "approval"})
        await sarah.do("PUT", f"/v1/clubs/{club}/members/me")
        await self._send("GET", f"/v1/clubs/{club}/waiting", rick)
        await self._send("PUT", f"/v1/clubs/{club}/waiting/{sarah.user_id}", rick, {"answer": "accepted"})
        await self._send("PUT", f"/v1/clubs/{club}/founder", rick, {"user_id": str(sarah.user_id)})
        await self._send("PUT", f"/v1/clubs/{club}/founder", sarah, {"user_id": str(rick.user_id)})
        await sarah.do("DELETE", f"/v1/clubs/{club}/admins/{sarah.user_id}")
        await self._send("DELETE", f"/v1/clubs/{club}/members/{sarah.user_id}", rick)
        await self._send("PUT", f"/v1/clubs/{club}/invitations/{sarah.user_id}", rick)
        await self._send("DELETE", f"/v1/clubs/{club}/invitations/{sarah.user_id}", rick)
        await self._send("PUT", f"/v1/clubs/{club}/bans/{sarah.user_id}", rick)
        await self._send("GET", f"/v1/clubs/{club}/bans", rick)
        await self._send("DELETE", f"/v1/clubs/{club}/bans/{sarah.user_id}", rick)
        await self._load("PUT", f"/v1/clubs/{uuid4()}", rick, {"name": "Chosen club", "topic": "Science"})

    async def _room(self, rick: Person, sarah: Person, cj: Person) -> None:
        room = self.ids["room_id"] = await rick.open_room("On tour")
        self.succeeded.add(("post", "/v1/rooms"))
        base = f"/v1/rooms/{room}"
        for person in (rick, sarah, cj):
            await self._send("POST", f"{base}/join", person, {"connection": str(person.connection)})
        await self._send("PUT", f"{base}/hand", sarah)
        await self._send("DELETE", f"{base}/hand", sarah)
        await sarah.do("PUT", f"{base}/hand")
        await self._send("DELETE", f"{base}/hands/{sarah.user_id}", rick)
        await self._send("DELETE", f"{base}/hands", rick)
        await self._send("POST", f"{base}/invitations", rick, {"user_id": str(cj.user_id)})
        await self._send("DELETE", f"{base}/invitations/{cj.user_id}", rick)
        await rick.do("POST", f"{base}/invitations", {"user_id": str(sarah.user_id)})
        await self._send("PUT", f"{base}/invitations/me", sarah, {"answer": "accepted"})
        await self._send("POST", f"{base}/participants/{sarah.user_id}/mute", rick)
        await self._send("PUT", f"{base}/microphone", sarah, {"on": True})
        await self._send("PUT", f"{base}/participants/{sarah.user_id}/role", rick, {"role": "MODERATOR"})
        await self._send("DELETE", f"{base}/participants/{cj.user_id}", rick)
        for path in ("events?after=0", f"me?about={cj.user_id}", "moderation", "summary"):
            await self._send("GET", f"{base}/{path}", sarah)
        await self._send("PUT", f"{base}/bans/{cj.user_id}", rick, {"why": "On tour"})
        await self._send("DELETE", f"{base}/bans/{cj.user_id}?why=over", rick)
        await self._send("PATCH", base, rick, {"name": "Still on tour", "policy": {"enter": "private"}})
        made = await self._send("POST", f"{base}/links", rick, {"lasts_seconds": 60})
        self.ids["link_id"] = str(made["link_id"])
        await self._send("GET", f"{base}/links", rick)
        await self._send("DELETE", f"{base}/links/{made['link_id']}", rick)
        await self._send("PATCH", base, rick, {"policy": {"enter": "everyone"}})
        await self._send("POST", f"{base}/leave", sarah)
        ended = await rick.open_room("Soon over")
        await self._send("POST", f"/v1/rooms/{ended}/end", rick)
        await self._load("PUT", f"/v1/rooms/{uuid4()}", rick, {"name": "Chosen room"})
        tomorrow = (datetime.now(UTC) + timedelta(days=1)).isoformat()
        planned = await self._send("POST", "/v1/rooms", rick, {"name": "Planned tour", "scheduled_for": tomorrow})
        await self._send("POST", f"/v1/rooms/{planned['id']}/open", rick)

    async def _reading(self, rick: Person) -> None:
        ids = self.ids
        for path in (
            "/v1/rooms",
            f"/v1/rooms/{ids['room_id']}",
            f"/v1/rooms/{ids['room_id']}/audience",
            f"/v1/users?ids={ids['user_id']}",
            f"/v1/users/{ids['user_id']}",
            "/v1/topics",
            "/v1/clubs",
            f"/v1/clubs/{ids['club_id']}",
        ):
            await self._send("GET", path, rick)

    async def visitor(self) -> Person:
        return await guest(self.http)

    async def _load(self, method: str, path: str, person: Person | None, body: Any) -> dict[str, Any]:
        return await self._send(method, path, person, body, {"X-Loader-Secret": self.loader_secret})

    async def _send(
        self, method: str, path: str, person: Person | None, body: Any = None, more: dict[str, str] | None = None
    ) -> dict[str, Any]:
        headers = dict(more or {}) | ({"Authorization": f"Bearer {person.token}"} if person else {})
        answer = answer_of(await self.http.request(method, path, json=body, headers=headers))
        self.succeeded.add((method.lower(), self._template(path)))
        return answer

    def _template(self, path: str) -> str:
        """The path of the description that this one is an instance of; the one with the fewest parameters."""
        plain = path.partition("?")[0]
        fits = [each for each in self.paths if re.fullmatch(re.sub(r"\{[^}]+\}", "[^/]+", each), plain)]
        return min(fits, key=lambda each: each.count("{"), default=plain)
