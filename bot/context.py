"""The context of every use case: database, catalogue, admins, clocks, and the port to Slack."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from bot.content import Report
from bot.domain.agenda import Defaults
from bot.domain.audience import PeopleSource
from bot.domain.content import Catalogue
from bot.domain.dm_history import HistoryPage, OwnPage
from bot.domain.intents import WordsPage
from bot.domain.look_ups import LookedUp
from bot.domain.people import AWAY_EMOJI, Profile
from bot.domain.written import WrittenItem
from bot.store.database import Database
from bot.view_models import View


class Clock(Protocol):
    """The clocks, all UTC. Only the business clock can be moved by the program."""

    def business(self) -> datetime:
        """Return business time, which decides on dates, hours and due messages."""
        ...

    def real(self) -> datetime:
        """Return real time, for leases, retries and rate limits: monotonic within a process, however the machine's
        clock is set.
        """
        ...

    def wall(self) -> datetime:
        """Return the machine's time as it is set now, to compare with Slack's timestamps."""
        ...


class ProfilePort(Protocol):
    """The port to people's profiles. May raise a `SlackError`."""

    def profile(self, workspace_id: str, person_id: str) -> Profile | None:
        """Return a person's profile; None if Slack doesn't know them."""
        ...


class SlackPort(ProfilePort, Protocol):
    """The port to Slack for use cases and the tick. Every method may raise a `SlackError`."""

    def open_dm(self, workspace_id: str, person_id: str) -> str:
        """Return the id of the bot's DM with a person."""
        ...

    def post(self, workspace_id: str, channel_id: str, view: View, key: str) -> str:
        """Post a message with the delivery's id in its metadata; return its `ts`."""
        ...

    def history(self, workspace_id: str, channel_id: str, since: datetime, cursor: str) -> HistoryPage:
        """Return one page of a DM's history since then (Slack's clock), newest first. `cursor`: "" for the first
        page.
        """
        ...

    def words_since(self, workspace_id: str, channel_id: str, since: datetime, cursor: str) -> WordsPage:
        """Return one page of what people typed into a DM since then (the machine's clock); see `history`."""
        ...

    def own_messages(self, workspace_id: str, channel_id: str, cursor: str) -> OwnPage:
        """Return one page of the bot's own messages in a DM, newest first. `cursor`: "" for the first page."""
        ...

    def delete(self, workspace_id: str, channel_id: str, ts: str) -> None:
        """Delete one of the bot's messages."""
        ...

    def delete_file(self, workspace_id: str, file_id: str) -> None:
        """Delete one of the bot's files."""
        ...

    def blank_home(self, workspace_id: str, person_id: str) -> None:
        """Publish a Home that shows nothing of a person, for somebody who was erased."""
        ...

    def members(self, workspace_id: str, source: PeopleSource, most: int) -> tuple[str, ...]:
        """Return the ids of those in a user group or channel, apps included; one more than `most` where there are more.

        Raises:
            SlackRefusedError: there is no such group or channel for the bot, or a scope is missing.
        """
        ...

    def update(self, workspace_id: str, channel_id: str, ts: str, view: View) -> None:
        """Update a message to show this view."""
        ...

    def permalink(self, workspace_id: str, channel_id: str, ts: str) -> str:
        """Return a link to a message."""
        ...

    def quiet_until(self, workspace_id: str, person_id: str, at: datetime) -> datetime | None:
        """Return the end of a person's do-not-disturb that holds at `at`; None if none does or it can't be known."""
        ...

    def knows_quiet(self, workspace_id: str) -> bool:
        """Return False if do-not-disturb is known to be unavailable."""
        ...

    def works(self, workspace_id: str) -> bool:
        """Return True if Slack accepts the workspace's token."""
        ...


@dataclass(frozen=True, kw_only=True)
class AppContext:
    """The context of one running bot. Its functions take a workspace's id; with a single workspace all ids get the same
    answer.
    """

    db: Database
    clock: Clock
    catalogue_of: Callable[[str], Catalogue]
    admins_of: Callable[[str], frozenset[str]]
    defaults_of: Callable[[str], Defaults]
    own_items_of: Callable[[str], frozenset[str]] = lambda _: frozenset()
    """The ids of items that the company wrote itself."""
    away_emoji: frozenset[str] = AWAY_EMOJI
    """The emoji of a holiday status."""
    proofread: Callable[[Sequence[WrittenItem]], Report] = lambda _: Report(Catalogue())
    """Returns what a workspace would be served with these over the folders, and what is wrong or doubtful in them."""
    looked_up: Callable[[str, str, Iterable[LookedUp]], None] = lambda *_: None
    """Notes that a person of a workspace looked words up. Whose they are is never told."""
    reread: Callable[[], object] = lambda: None
    """Takes up what was published or withdrawn, once it is committed."""

    def steady(self) -> AppContext:
        """Return a context for one transaction: its catalogues stay as they are when lessons are read again."""
        seen: dict[str, Catalogue] = {}

        def catalogue_of(workspace_id: str) -> Catalogue:
            if workspace_id not in seen:
                seen[workspace_id] = self.catalogue_of(workspace_id)
            return seen[workspace_id]

        return replace(self, catalogue_of=catalogue_of)
