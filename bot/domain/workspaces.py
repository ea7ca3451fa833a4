"""A Slack team that the bot is installed in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Workspace:
    """A Slack team, and the error code that holds it, if one does."""

    workspace_id: str
    name: str
    bot_user_id: str
    held: str | None = None
