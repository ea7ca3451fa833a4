"""What every listener is given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from bot.domain.views import View
from bot.errors import UnknownButtonError
from bot.messages.draft import Home, Modal
from bot.services.house import House, Slack


class Courier(Protocol):
    """What listeners ask of the schedule once their transaction is committed."""

    def deliver(self) -> int:
        """Send everything that is due now."""
        ...

    def refresh(
        self, workspace_id: str, learner_id: str, clicked: str | None = None, via: Callable[[View], bool] | None = None
    ) -> None:
        """Bring a learner's lagging messages up to date."""
        ...

    def work_off(self) -> None:
        """Work off what admins asked for."""
        ...


class Screens(Protocol):
    """Dialogs and App Homes in Slack. Every method may raise a `SlackError`."""

    def open_modal(self, workspace_id: str, trigger_id: str, modal: Modal) -> None:
        """Open a dialog."""
        ...

    def push_modal(self, workspace_id: str, trigger_id: str, modal: Modal) -> None:
        """Open a dialog on top of the one that the trigger was made in."""
        ...

    def update_modal(self, workspace_id: str, view_id: str, modal: Modal) -> None:
        """Put another content into an open dialog."""
        ...

    def publish_home(self, workspace_id: str, person_id: str, home: Home, known: str | None) -> str:
        """Publish a person's Home over the one with the hash `known` (None: whatever is there); the new hash."""
        ...


@dataclass(frozen=True)
class Desk:
    """The house, Slack and the courier."""

    house: House
    slack: Slack
    screens: Screens
    courier: Courier


@dataclass(frozen=True)
class Caller:
    """Who is behind a request, and its id. `request_id` is the same when Slack sends it again."""

    workspace_id: str
    person_id: str
    request_id: str
    foreign: bool = False
    """True for a person of another workspace, in a shared channel."""


def caller_of_command(body: Mapping[str, Any]) -> Caller:
    """Behind a slash command."""
    return Caller(str(body["team_id"]), str(body["user_id"]), f"command:{body['trigger_id']}")


def caller_of_tap(body: Mapping[str, Any]) -> Caller:
    """Behind a tap.

    Raises:
        UnknownButtonError: the payload says nothing of a person or of an action.
    """
    try:
        action = body["actions"][0]
        tapped = f"{action['action_ts']}:{action['action_id']}"
    except (KeyError, IndexError, TypeError) as error:
        raise UnknownButtonError(str(error)) from error
    return _caller(body, f"tap:{_person(body)}:{tapped}")


def caller_of_form(body: Mapping[str, Any]) -> Caller:
    """Behind a submitted dialog: each change of a view gives it another hash.

    Raises:
        UnknownButtonError: the payload says nothing of a person or of a view.
    """
    view = body.get("view")
    if not isinstance(view, Mapping) or not isinstance(view.get("id"), str):
        raise UnknownButtonError("a submit without a view")
    return _caller(body, f"submit:{view['id']}:{view.get('hash', '')}")


def caller_of_shortcut(body: Mapping[str, Any]) -> Caller:
    """Behind a message shortcut.

    Raises:
        UnknownButtonError: the payload says nothing of a person.
    """
    return _caller(body, f"shortcut:{body.get('trigger_id', '')}")


def _caller(body: Mapping[str, Any], request_id: str) -> Caller:
    team, user = body.get("team"), body.get("user")
    if not isinstance(team, Mapping) or not isinstance(team.get("id"), str) or not isinstance(user, Mapping):
        raise UnknownButtonError("a request of nobody")
    foreign = user.get("team_id", team["id"]) != team["id"]
    return Caller(team["id"], _person(body), request_id[:250], foreign)


def _person(body: Mapping[str, Any]) -> str:
    user = body.get("user")
    person = user.get("id") if isinstance(user, Mapping) else None
    if not isinstance(person, str) or not person:
        raise UnknownButtonError("a request of nobody")
    return person
