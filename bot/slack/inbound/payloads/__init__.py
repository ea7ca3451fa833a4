"""Read a payload once, into the typed request that the listeners are given.

What a listener can't do without is missing or odd where Slack didn't make the payload: that is `Meaningless`, a value
with a reason for the log, in which nothing stands that was sent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from pydantic import ValidationError

from bot.errors import UnknownButtonError
from bot.slack.inbound.bolt_fields import path
from bot.slack.inbound.payloads.commands import Command
from bot.slack.inbound.payloads.events import EndEvent, Event, HomeEvent, MessageEvent, ProfileEvent, typed_message_id
from bot.slack.inbound.payloads.interactions import Shortcut, Submission, Suggestion, Tap
from bot.slack.inbound.payloads.parts import Strict

__all__ = [
    "Command",
    "EndEvent",
    "Event",
    "HomeEvent",
    "Meaningless",
    "MessageEvent",
    "ProfileEvent",
    "Shortcut",
    "SlackRequest",
    "Submission",
    "Suggestion",
    "Tap",
    "expect",
    "read",
    "typed_message_id",
]


@dataclass(frozen=True)
class Meaningless:
    """A request of which nothing can be made, and why, for the log."""

    why: str


SlackRequest = Tap | Submission | Suggestion | Shortcut | Command | Event | Meaningless
INTERACTIONS: dict[str, type[Tap | Submission | Suggestion | Shortcut]] = {
    "block_actions": Tap,
    "view_submission": Submission,
    "block_suggestion": Suggestion,
    "message_action": Shortcut,
}
EVENTS: dict[str, type[Event]] = {
    "message": MessageEvent,
    "app_home_opened": HomeEvent,
    "user_change": ProfileEvent,
    "app_uninstalled": EndEvent,
    "tokens_revoked": EndEvent,
}


def read(payload: Mapping[str, Any]) -> SlackRequest:
    """Return the request that a payload is; never raises on one that Bolt can read."""
    kind = _kind(payload)
    if kind is None:
        return Meaningless("of a kind that nobody listens to")
    try:
        return kind.model_validate(payload)
    except ValidationError as error:
        return Meaningless(f"{path(error, _fields())} is no such thing")


@cache
def _fields() -> frozenset[str]:
    """Return the names of all fields that are read."""
    return frozenset(name for model in _below(Strict) for name in model.model_fields)


def _below(model: type[Strict]) -> Iterator[type[Strict]]:
    for each in model.__subclasses__():
        yield each
        yield from _below(each)


def _kind(payload: Mapping[str, Any]) -> type[Tap | Submission | Suggestion | Shortcut | Event | Command] | None:
    kind = payload.get("type")
    if kind == "event_callback":
        return EVENTS.get(payload["event"]["type"])
    return INTERACTIONS.get(kind or "") or (Command if "command" in payload else None)


Kind = TypeVar("Kind", bound=Tap | Submission | Suggestion | Shortcut | Event | Command)


def expect(request: SlackRequest, kind: type[Kind]) -> Kind:
    """Return the request as the kind that a listener is for.

    Raises:
        UnknownButtonError: it is another, or none.
    """
    if isinstance(request, kind):
        return request
    raise UnknownButtonError(request.why if isinstance(request, Meaningless) else "of another kind")
