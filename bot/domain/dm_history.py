"""A DM's history, read page by page, the newest first, to find out which messages stand in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.delivery import Delivery


@dataclass(frozen=True)
class HistoryPage:
    """One page: the `ts` of the bot's messages by the delivery's key, and where the next begins; "" after the last."""

    messages: Mapping[str, str]
    cursor: str


@dataclass
class HistoryScan:
    """One reading of a DM back to `since` (Slack's clock), on behalf of what was uncertain when it began.

    It says "not there" of those alone: what became uncertain later may stand on a page that was read before.
    """

    since: datetime
    attempts: frozenset[tuple[str, int]]
    cursor: str = ""
    found: dict[str, str] = field(default_factory=dict)
    over: bool = False

    @classmethod
    def begin(cls, since: datetime, uncertain: Iterable[Delivery]) -> HistoryScan:
        """A reading that nothing has been read of yet."""
        return cls(since, frozenset((d.delivery_id, d.attempt) for d in uncertain))

    def asks_about(self, delivery: Delivery) -> bool:
        """Whether this attempt was uncertain when the reading began."""
        return (delivery.delivery_id, delivery.attempt) in self.attempts

    def take(self, page: HistoryPage) -> None:
        """Add a page."""
        self.found.update(page.messages)
        self.cursor = page.cursor
        self.over = not page.cursor

    def decided(self, delivery: Delivery) -> bool:
        """Whether it is known by now if the delivery is there."""
        return delivery.delivery_id in self.found or (self.over and self.asks_about(delivery))
