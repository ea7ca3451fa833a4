"""Slack workspaces."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Workspace:
    """A Slack workspace in which the bot is installed. `held`: the error code with which Slack refuses its token, if it
    does.
    """

    workspace_id: str
    name: str
    bot_user_id: str
    held: str | None = None
