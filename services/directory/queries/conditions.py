"""A filter as SQL over `room_card room`: the same rule as `Filter.takes`."""

from services.directory.queries.listing import ENDED, Filter, rooms_of
from services.kit.database import Database


class Conditions:
    """Gathers conditions and their arguments; the first arguments may be a query's own."""

    def __init__(self, *args: object) -> None:
        self.args = list(args)
        self._all: list[str] = []

    def add(self, condition: str, *values: object) -> None:
        """`condition` has a `{}` for each value, or `{0}`, `{1}` …"""
        numbers = [f"${len(self.args) + n}" for n in range(1, len(values) + 1)]
        self.args.extend(values)
        self._all.append(condition.format(*numbers))

    @property
    def sql(self) -> str:
        return " and ".join(self._all)


async def conditions_of(database: Database, wanted: Filter, *args: object) -> Conditions:
    found = Conditions(*args)
    _states(found, wanted)
    if wanted.viewer_id is None or wanted.states == (ENDED,):
        found.add("not room.private")
    else:
        found.add(KNOWN, wanted.viewer_id, await rooms_of(database, wanted.viewer_id))
    if wanted.blocked:
        found.add(NOT_HOSTED_BY, list(wanted.blocked))
    if wanted.follower_id is not None:
        found.add(FOLLOWED, wanted.follower_id)
    if wanted.club_id is not None:
        found.add(OF_CLUB, wanted.club_id)
    if wanted.topic_id is not None:
        found.add(OF_TOPIC, wanted.topic_id)
    return found


def _states(found: Conditions, wanted: Filter) -> None:
    """In the words of the indexes, of which live, planned and past rooms have their own."""
    if len(set(wanted.states)) == 1:
        found.add(ONLY[wanted.states[0]])
    else:
        found.add("room.state <> 'ended' and room.state = any({})", list(wanted.states))


ONLY = {
    "live": "room.state <> 'ended' and room.state = 'live'",
    "scheduled": "room.state <> 'ended' and room.state = 'scheduled'",
    "ended": "room.state = 'ended' and room.started_at is not null",  # what was cancelled never began
}
KNOWN = "(not room.private or room.awaited_host_id = {} or room.id = any({}))"
NOT_HOSTED_BY = "(room.host_id is null or room.host_id <> all({}))"
# Limited, or the planner reads everything that they follow to look a hundred rooms up.
FOLLOWED = """
(room.club_id is null
 or (select true from club_followers where user_id = {} and club_id = room.club_id limit 1))
"""
OF_CLUB = "room.club_id = {}"
OF_TOPIC = """
(room.topic_id = {0} or (room.topic_id is null and room.club_id in (select id from clubs where topic_id = {0})))
"""
