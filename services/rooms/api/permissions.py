"""What somebody may do in a room, by the rules that decide it when they do."""

from uuid import UUID

from services.kit.decisions import Refused
from services.kit.identity import Person
from services.rooms.api.door import Door
from services.rooms.domain.allowed import May, allowed, own, speak, towards
from services.rooms.domain.blocking import on_stage_blocked
from services.rooms.domain.rows import Beside
from services.rooms.domain.state import Room
from services.rooms.shapes.outgoing import Caution, Me, Permission


async def me_in(door: Door, room_id: UUID, person: Person, about: UUID | None) -> Me:
    """Read beside the log without its lock: what it says may have changed when the command comes."""
    room, at, me = await door.room(room_id), door.clock(), person.user_id
    commands = own(room, me, at, person.guest, door.device(room_id, person))
    about_them = towards(about, me, at) if about else {}
    async with door.store.database.acquire() as db:
        beside = await door.store.aggregate.read(db, room_id, room, [*commands.values(), *about_them.values()])
    may = allowed(commands, room, beside)
    seat = room.seat(me)
    return Me(
        seq=room.public.seq,
        role=room.role_of(me),
        seat=seat.seat if seat else None,
        may=_shown({"speak": speak(may, room, me), **may}),
        towards=_shown(allowed(about_them, room, beside)) if about else None,
        warnings=warnings(room, me, beside),
    )


def warnings(room: Room, me: UUID, beside: Beside) -> list[Caution]:
    """Whom one has blocked oneself is named; that one was blocked is said, by whom is not."""
    mine, of_me = on_stage_blocked(room, me, beside)
    said: list[Caution] = []
    if mine:
        said.append(Caution(code="blocked_on_stage", message="Somebody you have blocked is on stage.", user_ids=mine))
    if of_me:
        said.append(Caution(code="blocked_by_on_stage", message="Somebody on stage has blocked you.", user_ids=[]))
    return said


def _shown(may: May) -> dict[str, Permission]:
    return {action: _permission(refused) for action, refused in may.items()}


def _permission(refused: Refused | None) -> Permission:
    if refused is None:
        return Permission(allowed=True)
    return Permission(allowed=False, code=refused.code.code, message=refused.message)
