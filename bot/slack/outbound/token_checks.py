"""Slack's answers about the tokens and about what the bot would send, for `missinglink doctor`."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.messages import Message
from bot.messages.builder import Home, Modal
from bot.slack.outbound.api_client import ApiClient, scopes_in

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Scopes:
    """The scopes that the app was granted, beside those of the manifest."""

    workspace_id: str
    team: str
    missing: tuple[str, ...]
    without: tuple[str, ...]
    """Optional scopes that weren't granted."""
    more: tuple[str, ...]
    """Scopes that were granted, and aren't asked for."""


def scopes(token: str, base_url: str, timeout_seconds: int, manifest: Mapping[str, Any]) -> Scopes:
    """Look up the owner of this token, and its scopes.

    Raises:
        SlackError: Slack refused, or couldn't be asked.
    """
    found = ApiClient(base_url, timeout_seconds).ask(token, "auth.test")
    answer, granted = found.checked(), scopes_in(found.scopes) or frozenset()
    asked = manifest["oauth_config"]["scopes"]
    wanted, optional = set(asked["bot"]), set(asked.get("bot_optional", ()))
    return Scopes(
        workspace_id=str(answer["team_id"]),
        team=str(answer.get("team", "")),
        missing=tuple(sorted(wanted - granted)),
        without=tuple(sorted(optional - granted)),
        more=tuple(sorted(granted - wanted - optional)),
    )


def connects(app_token: str, base_url: str, timeout_seconds: int) -> None:
    """Ask for a Socket Mode connection, and don't use it.

    Raises:
        SlackError: Slack refused, or couldn't be asked.
    """
    ApiClient(base_url, timeout_seconds).call(app_token, "apps.connections.open")


def objections(token: str, base_url: str, timeout_seconds: int, shown: Message | Modal | Home) -> tuple[str, ...]:
    """Return the objections of Slack's own validator to a message, a dialog or a Home; empty if there are none.

    https://docs.slack.dev/reference/methods/blocks.validate (looked up 2026-11-24)

    Raises:
        SlackError: Slack refused the call itself, or couldn't be asked.
    """
    kind = "message" if isinstance(shown, Message) else "view"
    answer = ApiClient(base_url, timeout_seconds).ask(token, "blocks.validate", sent={kind: shown.payload()})
    if answer.data.get("error") != f"invalid_{kind}":
        answer.checked()
        return ()
    found = answer.data.get("errors") or [{"message": "refused without a reason"}]
    return tuple(f"{e.get('pointer', '')} {e.get('message', '')}".strip() for e in found)
