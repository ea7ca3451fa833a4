"""What every listener is given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from bot.domain.views import View
from bot.errors import UnknownButtonError
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


@dataclass(frozen=True)
class Desk:
    """The house, Slack and the courier."""

    house: House
    slack: Slack
    courier: Courier


@dataclass(frozen=True)
class Caller:
    """Who is behind a request, and its id. `request_id` is the same when Slack sends it again."""

    workspace_id: str
    person_id: str
    request_id: str

    def is_admin(self, house: House) -> bool:
        """True for those the workspace lists as admins; nobody else, whatever a payload says."""
        return self.person_id in house.admins_of(self.workspace_id)


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
        request_id = f"tap:{body['user']['id']}:{action['action_ts']}:{action['action_id']}"
        return Caller(str(body["team"]["id"]), str(body["user"]["id"]), request_id[:250])
    except (KeyError, IndexError, TypeError) as error:
        raise UnknownButtonError(str(error)) from error
