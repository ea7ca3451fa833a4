"""What every service is given: the database, what can be taught, who is an admin, and the two clocks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.agenda import Defaults
from bot.domain.content import Catalogue
from bot.domain.dm_history import HistoryPage
from bot.domain.intents import WordsPage
from bot.domain.people import AWAY_EMOJI, Profile
from bot.store.database import Database
from bot.view_models import View


class Clock(Protocol):
    """What time it is, UTC. Only the business clock can be moved from here, the wall's by whoever has the machine."""

    def business(self) -> datetime:
        """What decides about dates, hours and what is due."""
        ...

    def real(self) -> datetime:
        """What leases, retries and paces run on: the machine's when the process began, and steady from then on, however
        the machine's is set.
        """
        ...

    def wall(self) -> datetime:
        """The machine's as it is set now: what Slack's own instants are held against."""
        ...


class ProfilePort(Protocol):
    """Who people are. May raise a `SlackError`."""

    def profile(self, workspace_id: str, person_id: str) -> Profile | None:
        """What Slack says of a person; None for somebody it doesn't know."""
        ...


class SlackPort(ProfilePort, Protocol):
    """What services and ticks need of Slack. Every method may raise a `SlackError`."""

    def open_dm(self, workspace_id: str, person_id: str) -> str:
        """The id of the bot's DM with a person."""
        ...

    def post(self, workspace_id: str, channel_id: str, view: View, key: str) -> str:
        """Post a message that carries the delivery's key; its `ts`."""
        ...

    def history(self, workspace_id: str, channel_id: str, since: datetime, cursor: str) -> HistoryPage:
        """One page of a DM's history since then (Slack's clock), newest first: from `cursor` on, "" for the first."""
        ...

    def words_since(self, workspace_id: str, channel_id: str, since: datetime, cursor: str) -> WordsPage:
        """One page of what people typed into a DM since then (the machine's clock): see `history`."""
        ...

    def update(self, workspace_id: str, channel_id: str, ts: str, view: View) -> None:
        """Make a message show this view."""
        ...

    def permalink(self, workspace_id: str, channel_id: str, ts: str) -> str:
        """An address that leads to a message."""
        ...

    def quiet_until(self, workspace_id: str, person_id: str, at: datetime) -> datetime | None:
        """When a person's do-not-disturb ends that holds at `at`; None when it doesn't, or can't be known."""
        ...

    def knows_quiet(self, workspace_id: str) -> bool:
        """False where it is known that do-not-disturb can't be asked for."""
        ...

    def works(self, workspace_id: str) -> bool:
        """True when the workspace's token is accepted."""
        ...


@dataclass(frozen=True)
class AppContext:
    """One running bot. The functions take a workspace's id: in the single-workspace mode all answer alike."""

    db: Database
    clock: Clock
    catalogue_of: Callable[[str], Catalogue]
    admins_of: Callable[[str], frozenset[str]]
    defaults_of: Callable[[str], Defaults]
    away_emoji: frozenset[str] = AWAY_EMOJI
    """What a status shows that means a holiday."""
