"""The dependencies of listeners and handlers, and the caller of each kind of request."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

from bot.context import AppContext, SlackPort
from bot.domain.delivery import Delivery
from bot.errors import UnknownButtonError
from bot.messages import ids
from bot.messages.builder import Home, Modal
from bot.messages.status_file import File
from bot.view_models import View


class SenderPort(Protocol):
    """The sender as listeners use it once their transaction is committed."""

    def hurry(self, workspace_id: str, learner_id: str) -> None:
        """Send at once what somebody who has just tapped or typed waits for, and everything else aside."""
        ...

    def refresh(
        self, workspace_id: str, learner_id: str, clicked: str | None = None, via: Callable[[View], bool] | None = None
    ) -> None:
        """Bring a learner's lagging messages up to date."""
        ...

    def show(
        self,
        workspace_id: str,
        learner_id: str,
        views: Sequence[tuple[Delivery, View]],
        clicked: str | None,
        via: Callable[[View], bool] | None,
    ) -> None:
        """Update a learner's messages to these views; the tapped one through `via`, its response_url."""
        ...

    def gap_is_over(self) -> None:
        """Note that events come again: those before are lost, so that due learners are looked up once more."""
        ...

    def wait_for(self, workspace_id: str, method: str) -> timedelta:
        """Take the next call of a method within its rate limit; return the time to wait, zero if it was taken."""
        ...

    def busy(self, workspace_id: str, method: str, after: float) -> None:
        """Hold a method for so many seconds, as Slack's `Retry-After` asks."""
        ...


class ScreenPort(Protocol):
    """Answers to requests, dialogs and App Homes in Slack. Every method may raise a `SlackError`."""

    def answer(self, response_url: str, message: Mapping[str, Any]) -> None:
        """Answer a request at the address that came with it; good for half an hour and five answers."""
        ...

    def open_modal(self, workspace_id: str, trigger_id: str, modal: Modal) -> None:
        """Open a dialog."""
        ...

    def push_modal(self, workspace_id: str, trigger_id: str, modal: Modal) -> None:
        """Open a dialog on top of the one that the trigger was made in."""
        ...

    def update_modal(self, workspace_id: str, view_id: str, modal: Modal) -> None:
        """Replace the content of an open dialog."""
        ...

    def send_file(self, workspace_id: str, channel_id: str, file: File) -> None:
        """Send a file into a conversation, as a message."""
        ...

    def sends_files(self, workspace_id: str) -> bool:
        """Return True if it is known that files may be sent."""
        ...

    def publish_home(self, workspace_id: str, person_id: str, home: Home, known: str | None) -> str:
        """Publish a person's Home over the one with the hash `known` (None: whatever is there); return the new hash."""
        ...


@dataclass(frozen=True)
class Deps:
    """The dependencies of the handlers: context, Slack and sender."""

    ctx: AppContext
    slack: SlackPort
    screens: ScreenPort
    sender: SenderPort


@dataclass(frozen=True)
class Caller:
    """The person behind a request, and its id. `request_id` is the same when Slack sends it again.

    Whether they belong here is for their profile to say and never for the ids in a payload: a member of this workspace
    may be at home in another one of the same company.
    """

    workspace_id: str
    person_id: str
    request_id: str
    saw: tuple[str, str, str] | None = None
    """The tapped message by delivery, channel and `ts`: the tap proves that it arrived."""


def caller_of_command(body: Mapping[str, Any]) -> Caller:
    """Return the caller of a slash command.

    Raises:
        UnknownButtonError: the payload doesn't say who it is from.
    """
    return Caller(_id(body, "team_id"), _id(body, "user_id"), f"command:{_id(body, 'trigger_id')}"[: ids.LONGEST])


def caller_of_tap(body: Mapping[str, Any]) -> Caller:
    """Return the caller of a tap.

    Raises:
        UnknownButtonError: the payload says nothing of a person or of an action.
    """
    actions = body.get("actions")
    action = actions[0] if isinstance(actions, list) and actions else None
    if not isinstance(action, Mapping):
        raise UnknownButtonError("a tap on nothing")
    return _caller(body, f"tap:{_person(body)}:{_id(action, 'action_ts')}:{_id(action, 'action_id')}")


def caller_of_form(body: Mapping[str, Any]) -> Caller:
    """Return the caller of a submitted dialog, or of its search field.

    Each change of a view gives it another hash; a form that was sent back with errors has the same one, but each
    submission has a trigger of its own.

    Raises:
        UnknownButtonError: the payload says nothing of a person or of a view.
    """
    view = body.get("view")
    if not isinstance(view, Mapping):
        raise UnknownButtonError("a submit without a view")
    told = f"{view.get('hash', '')!s:.80}:{body.get('trigger_id', '')!s:.80}"
    return _caller(body, f"submit:{_id(view, 'id')}:{told}")


def caller_of_shortcut(body: Mapping[str, Any]) -> Caller:
    """Return the caller of a message shortcut.

    Raises:
        UnknownButtonError: the payload says nothing of a person.
    """
    return _caller(body, f"shortcut:{body.get('trigger_id', '')!s:.200}")


def said_id(channel_id: str, ts: str) -> str:
    """Return the request id of a typed message: the same from the event and from the DM's history."""
    return f"said:{channel_id}:{ts}"[: ids.LONGEST]


def caller_of_event(body: Mapping[str, Any], person_id: object) -> Caller:
    """Return the caller of an event. Its envelope, not the event, says where the app is installed.

    Raises:
        UnknownButtonError: the envelope or the person's id is missing.
    """
    team = _id(body, "team_id")
    granted = body.get("authorizations")
    first = granted[0] if isinstance(granted, list) and granted else None
    here = _id(first, "team_id") if isinstance(first, Mapping) and first.get("team_id") else team
    person = _id({"user": person_id}, "user")
    return Caller(here, person, f"event:{_id(body, 'event_id')}"[: ids.LONGEST])


def _caller(body: Mapping[str, Any], request_id: str) -> Caller:
    team, user, view = body.get("team"), body.get("user"), body.get("view")
    if not isinstance(team, Mapping) or not isinstance(user, Mapping):
        raise UnknownButtonError("a request of nobody")
    # in a channel that workspaces share, a dialog's `team` is the person's, which need not be where the app is
    installed = view.get("app_installed_team_id") if isinstance(view, Mapping) else None
    here = _id(view, "app_installed_team_id") if isinstance(view, Mapping) and installed else _id(team, "id")
    if not request_id.isprintable():
        raise UnknownButtonError(f"a request's id is {ids.told(request_id)}")
    return Caller(here, _person(body), request_id[: ids.LONGEST])


def _person(body: Mapping[str, Any]) -> str:
    user = body.get("user")
    if not isinstance(user, Mapping):
        raise UnknownButtonError("a request of nobody")
    return _id(user, "id")


def _id(said: Mapping[str, Any], name: str) -> str:
    """Return a valid Slack id, with which the database may be queried."""
    found = said.get(name)
    if not ids.sound(found) or not found:
        raise UnknownButtonError(f"{name} is {ids.told(found)}")
    return found
