"""Slash commands."""

from __future__ import annotations

from bot.messages import ids
from bot.slack.handlers.deps import Caller
from bot.slack.inbound.payloads.parts import Id, Strict
from bot.slack.outbound.show_reply import Origin


class Command(Strict):
    """A slash command."""

    team_id: Id
    user_id: Id
    trigger_id: Id
    command: str
    text: str | None = None
    response_url: str | None = None

    @property
    def origin(self) -> Origin:
        """Return where it was typed."""
        return Origin(response_url=self.response_url, trigger_id=self.trigger_id)

    @property
    def caller(self) -> Caller:
        """Return who typed it."""
        return Caller(self.team_id, self.user_id, f"command:{self.trigger_id}"[: ids.LONGEST])
