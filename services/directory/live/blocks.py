"""Begins the hallway again for two people between whom a block came or went."""

from contracts.cloudevents import UnknownType
from contracts.users import USER_FACTS, UserBlocked, UserUnblocked
from services.directory.live.subscriptions import Subscriptions
from services.kit.offsets import Records
from services.kit.tail import read


class Blocks:
    def __init__(self, subscriptions: Subscriptions) -> None:
        self._subscriptions = subscriptions

    async def heard(self, records: Records) -> None:
        for each in read(records, USER_FACTS):
            if not isinstance(each, UnknownType) and isinstance(each.fact, UserBlocked | UserUnblocked):
                self._subscriptions.begin_again((each.fact.user_id, each.fact.blocked_id))
