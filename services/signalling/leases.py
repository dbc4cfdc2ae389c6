"""Leases: how the others know that an instance died, and what becomes of the people it held."""

from dataclasses import dataclass
from uuid import UUID

import structlog

from contracts.signal import ClosedReason
from services.kit.database import Database
from services.kit.events import Cause
from services.signalling.domain import Close
from services.signalling.lines import Line
from services.signalling.presence import Presence
from services.signalling.settings import Settings
from services.signalling.store import SignalStore

log = structlog.get_logger()


@dataclass
class Leases:
    """Of this instance, and the care for those that expired."""

    database: Database
    store: SignalStore
    presence: Presence
    settings: Settings
    instance_id: UUID
    registered: bool = False

    async def renew(self) -> None:
        """Say that this instance lives."""
        known = await self.database.fetchval(RENEW, self.instance_id)
        if known is None:
            if self.registered:
                log.error("this instance was declared dead; its sockets are closed")
                self.presence.declared_dead()
            await self.database.execute(REGISTER, self.instance_id)
            self.registered = True

    async def give_up(self) -> None:
        """At a planned end: the lease is over now; only the time for reconnects is still waited."""
        await self.database.execute(GIVE_UP, self.instance_id, self.settings.lease_seconds)

    async def inherit(self) -> None:
        """Look after the people of instances that died so long ago that whoever could has reconnected.

        Raises httpx.HTTPError when media cannot be asked: nobody is called lost because of that.
        """
        patience = self.settings.lease_seconds + self.settings.reconnect_seconds
        for row in await self.database.fetch(DEAD, self.instance_id, patience):
            await self._inherit_from(row["instance_id"])

    async def find_strays(self) -> None:
        """What the log says that this instance holds, and nobody here knows of: an outcome got lost on its way."""
        for line in await self._held_by(self.instance_id):
            self.presence.adopt(line)

    async def _inherit_from(self, dead: UUID) -> None:
        lines = await self._held_by(dead)
        alive = await self.presence.alive(lines) if lines else set()
        if alive is None:
            return  # asked again in the next round
        for line in lines:
            if line.identity in alive:
                self.presence.sound_expected(line)  # they still have sound: watched here from now on
                await self.presence.opens(line)
            else:
                reason = ClosedReason.INSTANCE_LOST
                command = Close(line.user_id, line.seat, line.connection_no, reason, instance_id=dead)
                await self.store.handle(line.room_id, command, Cause(), always=True)
        await self.database.execute(BURY, dead)
        log.warning("inherited from a dead instance", instance=str(dead), connections=len(lines), alive=len(alive))

    async def _held_by(self, instance_id: UUID) -> list[Line]:
        rows = await self.database.fetch(HELD_BY, instance_id)
        return [Line(row["room_id"], row["user_id"], row["seat"], row["connection_no"]) for row in rows]


RENEW = "update instances set renewed_at = now() where instance_id = $1 returning instance_id"
REGISTER = "insert into instances (instance_id, renewed_at) values ($1, now()) on conflict do nothing"
GIVE_UP = "update instances set renewed_at = now() - make_interval(secs => $2) where instance_id = $1"
DEAD = "select instance_id from instances where instance_id <> $1 and renewed_at < now() - make_interval(secs => $2)"
HELD_BY = "select room_id, user_id, seat, connection_no from connections where instance_id = $1"
BURY = """
delete from instances i where instance_id = $1
    and not exists (select from connections c where c.instance_id = i.instance_id)
"""
