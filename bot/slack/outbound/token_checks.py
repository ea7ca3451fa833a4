"""Slack's answers about the tokens and about what the bot would send, for `missinglink doctor`."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.errors import SlackRefusedError
from bot.messages import Message
from bot.messages.builder import Home, Modal
from bot.slack.outbound.web_api import ask, granted_in

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Scopes:
    """The scopes that the app was granted, beside those of the manifest."""

    workspace_id: str
    team: str
    missing: tuple[str, ...]
    without: tuple[str, ...]
    """Optional scopes that weren't granted."""
    more: tuple[str, ...]
    """Scopes that were granted, and aren't asked for."""


def scopes(token: str, base_url: str, timeout: int, manifest: Mapping[str, Any]) -> Scopes:
    """Look up the owner of this token, and its scopes.

    Raises:
        SlackError: Slack refused, or couldn't be asked.
    """
    answer = ask(WebClient(token, base_url=base_url, timeout=timeout, retry_handlers=[]), "auth.test")
    granted = granted_in(answer.headers) or frozenset()
    asked = manifest["oauth_config"]["scopes"]
    wanted, optional = set(asked["bot"]), set(asked.get("bot_optional", ()))
    return Scopes(
        str(answer["team_id"]),
        str(answer.get("team", "")),
        tuple(sorted(wanted - granted)),
        tuple(sorted(optional - granted)),
        tuple(sorted(granted - wanted - optional)),
    )


def connects(app_token: str, base_url: str, timeout: int) -> None:
    """Ask for a Socket Mode connection, and don't use it.

    Raises:
        SlackError: Slack refused, or couldn't be asked.
    """
    client = WebClient(app_token, base_url=base_url, timeout=timeout, retry_handlers=[])
    ask(client, "apps.connections.open")


def objections(token: str, base_url: str, timeout: int, shown: Message | Modal | Home) -> tuple[str, ...]:
    """Return the objections of Slack's own validator to a message, a dialog or a Home; empty if there are none.

    https://docs.slack.dev/reference/methods/blocks.validate (looked up 2026-11-24)

    Raises:
        SlackError: Slack refused the call itself, or couldn't be asked.
    """
    kind = "message" if isinstance(shown, Message) else "view"
    client = WebClient(token, base_url=base_url, timeout=timeout, retry_handlers=[])
    try:
        ask(client, "blocks.validate", json={kind: shown.payload()})
    except SlackRefusedError as error:
        if error.code != f"invalid_{kind}" or not isinstance(error.__cause__, SlackApiError):
            raise
        found = error.__cause__.response.get("errors") or [{"message": "refused without a reason"}]
        return tuple(f"{e.get('pointer', '')} {e.get('message', '')}".strip() for e in found)
    return ()
