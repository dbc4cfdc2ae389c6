"""Where a room's sound is: on one living node, and the same for everybody."""

from uuid import UUID

from contracts.media import NodeBeat
from contracts.problems import Code
from services.kit.decisions import Refused
from services.kit.events import Cause
from services.signalling.domain import Place
from services.signalling.nodes import Nodes
from services.signalling.store import SignalStore

NO_NODE = Refused(Code.NO_MEDIA_NODE, "Sound is not available right now. Try again in a moment.", 1)


class Placement:
    def __init__(self, store: SignalStore, nodes: Nodes) -> None:
        self._store, self._nodes = store, nodes

    async def superseded(self, room_id: UUID, user_id: UUID, age: tuple[int, int]) -> bool:
        """Whether a newer connection than this (seat, connection_no) has the person's line."""
        lines, _ = await self._store.state(room_id)
        held = lines.held.get(user_id)
        return held is not None and held.age > age

    def failed(self, node: NodeBeat) -> None:
        """Nobody listens there: the next one who asks gets another node."""
        self._nodes.failed(node.node_id)

    async def node_of(self, room_id: UUID, cause: Cause) -> NodeBeat | Refused:
        """The room's node; a room that has none, or whose node is dead, is placed on the least loaded one."""
        lines, _ = await self._store.state(room_id)
        node = self._nodes.get(lines.node_id)
        if node:
            return node
        chosen = self._nodes.choose()
        if chosen is None:
            return NO_NODE
        outcome = await self._store.handle(room_id, Place(chosen.node_id, lines.node_id), cause)
        if isinstance(outcome, Refused):
            return outcome
        return self._nodes.get(UUID(outcome.result["node_id"])) or NO_NODE
