"""Everyone who has the hallway open. What is said to strangers is chosen and joined once for all who ask the same."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from services.directory.live.news import Concerned, News
from services.directory.live.subscription import Subscription
from services.directory.queries.listing import Filter


class Subscriptions:
    def __init__(self) -> None:
        self._by_what_is_asked: dict[Filter, set[Subscription]] = defaultdict(set)
        self._closing = False

    def __len__(self) -> int:
        return sum(map(len, self._by_what_is_asked.values()))

    def add(self, subscription: Subscription) -> None:
        self._by_what_is_asked[subscription.wanted.asked].add(subscription)
        if self._closing:
            subscription.end()

    def remove(self, subscription: Subscription) -> None:
        asked = subscription.wanted.asked
        self._by_what_is_asked[asked].discard(subscription)
        if not self._by_what_is_asked[asked]:
            del self._by_what_is_asked[asked]

    def change(self, subscription: Subscription, wanted: Filter) -> None:
        self.remove(subscription)
        subscription.now_wants(wanted)
        self.add(subscription)

    def tell(self, news: Sequence[News]) -> None:
        concerned = Concerned.by(news)
        for asked, subscriptions in self._by_what_is_asked.items():
            common = said(news, asked)
            for each in subscriptions:
                own = said(news, each.wanted) if concerned.includes(each.wanted) else common
                if own:
                    each.offer(own)

    def begin_again(self, user_ids: Collection[UUID]) -> None:
        """For these people: what they may see has changed."""
        for each in self._everyone():
            if each.wanted.viewer_id in user_ids:
                each.begin_again()

    def close(self) -> None:
        """End every stream: the process is about to stop."""
        self._closing = True
        for each in self._everyone():
            each.end()

    def _everyone(self) -> Iterable[Subscription]:
        return (each for subscriptions in self._by_what_is_asked.values() for each in subscriptions)


def said(news: Iterable[News], wanted: Filter) -> bytes:
    """All that this viewer is told, in order; nothing is empty."""
    blocks = [each.block_for(wanted) for each in news]
    return b"".join(block for block in blocks if block is not None)
