"""The history of a DM, read page by page, newest first, to reconcile uncertain deliveries with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.delivery import Delivery


@dataclass(frozen=True)
class HistoryPage:
    """One page: the `ts` of the bot's messages by delivery id, and the cursor of the next page ("" after the last)."""

    messages: Mapping[str, str]
    cursor: str


@dataclass(kw_only=True)
class HistoryScan:
    """One scan of a DM's history back to `since` (Slack's clock), for the attempts that were uncertain when it began.

    It finds only those attempts absent: one that became uncertain later may be on a page that was read before.
    """

    since: datetime
    attempts: frozenset[tuple[str, int]]
    cursor: str = ""
    found: dict[str, str] = field(default_factory=dict)
    over: bool = False

    @classmethod
    def begin(cls, since: datetime, uncertain: Iterable[Delivery]) -> HistoryScan:
        """Return a scan that has read no page yet."""
        return cls(since=since, attempts=frozenset((d.delivery_id, d.attempt) for d in uncertain))

    def asks_about(self, delivery: Delivery) -> bool:
        """Return True if this attempt was uncertain when the scan began."""
        return (delivery.delivery_id, delivery.attempt) in self.attempts

    def take(self, page: HistoryPage) -> None:
        """Add a page."""
        self.found.update(page.messages)
        self.cursor = page.cursor
        self.over = not page.cursor

    def decided(self, delivery: Delivery) -> bool:
        """Return True if the scan shows by now that the delivery is there, or that it isn't."""
        return delivery.delivery_id in self.found or (self.over and self.asks_about(delivery))


@dataclass(frozen=True)
class OwnMessage:
    """One of the bot's messages in a DM: its `ts`, its delivery's id ("" where it has none), and its files' ids."""

    ts: str
    key: str
    files: tuple[str, ...] = ()


@dataclass(frozen=True)
class OwnPage:
    """One page of the bot's own messages, newest first. `cursor`: "" at the end."""

    messages: tuple[OwnMessage, ...]
    cursor: str
