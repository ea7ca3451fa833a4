"""Events, in their envelopes."""

from __future__ import annotations

from typing import Any

from bot.errors import UnknownButtonError
from bot.messages import ids
from bot.slack.handlers.deps import Caller
from bot.slack.inbound.payloads.parts import Id, Strict


class Authorization(Strict):
    """An installation that hears of an event."""

    team_id: Id | None = None


class Event(Strict):
    """The envelope of an event."""

    team_id: Id
    event_id: Id
    authorizations: list[Authorization] | None = None

    def caller_of(self, person_id: str | None) -> Caller:
        """Return whose event it is. It says by itself only where it happened; where the app is installed, its envelope.

        Raises:
            UnknownButtonError: the event doesn't say who it is about.
        """
        if not person_id or not ids.sound(person_id):
            raise UnknownButtonError(f"user is {ids.told(person_id)}")
        installed = self.authorizations[0].team_id if self.authorizations else None
        return Caller(installed or self.team_id, person_id, f"event:{self.event_id}"[: ids.LONGEST])


class WrittenMessage(Strict):
    """A message in a conversation."""

    channel: str | None = None
    channel_type: str | None = None
    subtype: str | None = None
    bot_id: str | None = None
    user: str | None = None
    ts: str | None = None
    text: str | None = None


class MessageEvent(Event):
    """Something was written."""

    event: WrittenMessage


class ShownHome(Strict):
    """The view that Slack shows in a Home."""

    hash: str | None = None


class OpenedTab(Strict):
    """A tab of the app's own page."""

    user: str | None = None
    tab: str | None = None
    view: ShownHome | None = None


class HomeEvent(Event):
    """Somebody opened a Home."""

    event: OpenedTab


class ChangedProfile(Strict):
    """A profile as Slack's API has it."""

    user: dict[str, Any]


class ProfileEvent(Event):
    """A profile, name, zone or status changed."""

    event: ChangedProfile


class Tokens(Strict):
    """Revoked tokens, by kind."""

    bot: list[Any] | None = None


class Revocation(Strict):
    """The tokens that an app has lost."""

    tokens: Tokens | None = None


class EndEvent(Event):
    """The app was removed, or its tokens were revoked."""

    event: Revocation


def typed_message_id(channel_id: str, ts: str) -> str:
    """Return the id of the request that typed words are: the same from the event and from the DM's history."""
    return f"said:{channel_id}:{ts}"[: ids.LONGEST]
