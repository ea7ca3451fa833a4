"""The dependencies of listeners and handlers, and the caller of each kind of request."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Protocol

from bot.context import AppContext, SlackPort
from bot.domain.delivery import Delivery
from bot.messages.builder import Home, Modal
from bot.messages.command_names import CommandNames
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

    def busy(self, workspace_id: str, method: str, after_seconds: float) -> None:
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


@dataclass(frozen=True, kw_only=True)
class Deps:
    """The dependencies of the handlers: context, Slack and sender."""

    ctx: AppContext
    slack: SlackPort
    screens: ScreenPort
    sender: SenderPort
    names: CommandNames = field(default_factory=CommandNames)
    """The slash commands' names in this Slack app."""


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
