"""Private rooms in the hallway: only those who may know of them are shown them, anywhere."""

from collections.abc import Callable

import httpx

from contracts.rooms import (
    EndedReason,
    InvitationWithdrawn,
    LeftReason,
    ParticipantJoined,
    ParticipantLeft,
    Policy,
    RoomEnded,
    RoomPolicyChanged,
)
from tests.integration.telling import SOON, ToldRoom
from tests.integration.viewing import listed, page, says, watching
from tests.people import Person, guest, register

NewRoom = Callable[[], ToldRoom]
PRIVATE = Policy(enter="private", max_people=12)


async def test_a_private_room_is_known_to_those_in_it_its_planned_host_and_the_invited(
    http: httpx.AsyncClient, new_room: NewRoom
) -> None:
    host, listener, invited, stranger = [await register(http, name) for name in ("Host", "In", "Invited", "Stranger")]
    visitor, room = await guest(http), new_room()

    async def knowing(state: str = "live") -> list[Person]:
        """Who is shown the room: everywhere the same people."""
        await room.stored()
        people = [host, listener, invited, stranger, visitor]
        shown = [each for each in people if room.id in await listed(http, each, state=state)]
        for each in people:
            at_its_address = await page(http, room, each), await page(http, room, each, "/audience")
            assert ("room_unknown" in at_its_address) == (each not in shown)
        assert room.id not in await listed(http, state=state)
        assert room.id not in await listed(http, state=state, user_id=str(host.user_id))
        assert await page(http, room) == await page(http, room, None, "/audience") == "room_unknown"
        return shown

    await room.tell(room.scheduled(host, policy=PRIVATE))
    assert await knowing("scheduled") == [host]
    await room.tell(room.opened(host, PRIVATE, awaited=SOON))
    assert await knowing() == [host], "awaited"
    await room.tell(room.invited(invited, host))
    await room.tell(ParticipantJoined(room_id=room.id, user_id=listener.user_id))
    assert await knowing() == [host, listener, invited]
    policy = (await page(http, room, host))["policy"]
    assert (policy["enter"], policy["max_people"]) == ("private", 12)
    await room.tell(InvitationWithdrawn(room_id=room.id, user_id=invited.user_id))
    await room.tell(ParticipantJoined(room_id=room.id, user_id=visitor.user_id, guest=True))
    assert await knowing() == [host, listener, visitor]
    left = ParticipantLeft(room_id=room.id, user_id=listener.user_id, seat=room.seq, reason=LeftReason.LEFT)
    await room.tell(left)
    assert await knowing() == [host, visitor]
    assert await page(http, room, stranger, "?min_seq=1") == "not_yet_visible", "like a room that does not exist"


async def test_a_room_that_becomes_private_is_hidden_and_one_that_opens_again_is_shown(
    http: httpx.AsyncClient, new_room: NewRoom
) -> None:
    host, invited, room = await register(http, "Host"), await register(http, "Invited"), new_room()
    private = RoomPolicyChanged(room_id=room.id, policy=PRIVATE, by=host.user_id)
    everyone = RoomPolicyChanged(room_id=room.id, policy=Policy(), by=host.user_id)
    invitation = room.invited(invited, host)
    async with watching(http) as anybody, watching(http, invited) as guest_of_honour, watching(http, host) as hosting:
        await room.tell(room.opened(host), invitation)
        await says(anybody, room, "card")
        await room.tell(private)
        await says(anybody, room, "card", "gone")
        await room.stored()
        assert await page(http, room) == "room_unknown"
        assert (await page(http, room, invited))["id"] == str(room.id), "invited while it was open to everyone"
        await room.tell(InvitationWithdrawn(room_id=room.id, user_id=invited.user_id))
        await says(guest_of_honour, room, "card", "gone")
        await room.tell(invitation)
        await says(guest_of_honour, room, "card", "gone", "card")
        await room.tell(everyone)
        await says(anybody, room, "card", "gone", "card")
        await room.tell(private, RoomEnded(room_id=room.id, reason=EndedReason.ENDED))
        await says(anybody, room, "card", "gone", "card", "gone")
        await says(hosting, room, "card", "gone")
        assert anybody.told.count(("gone", room.id)) == 2


async def test_a_private_room_is_never_mentioned_to_strangers(http: httpx.AsyncClient, new_room: NewRoom) -> None:
    host, stranger, room, after = (
        await register(http, "Host"),
        await register(http, "S"),
        new_room(),
        new_room(),
    )
    async with watching(http, stranger, state="live,scheduled") as stranger_sees, watching(http, host) as host_sees:
        await room.tell(room.scheduled(host, policy=PRIVATE), room.opened(host, PRIVATE))
        await says(host_sees, room, "card")
        await room.tell(RoomEnded(room_id=room.id, reason=EndedReason.ENDED))
        await says(host_sees, room, "card", "gone")
        await after.tell(after.opened(host))
        await says(stranger_sees, after, "card")
        assert stranger_sees.of(room) == []
