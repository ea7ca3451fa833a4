"""Read a payload once, into the typed request that the listeners are given.

What a listener can't do without is missing or odd where Slack didn't make the payload: that is `Meaningless`, a value
with a reason for the log, in which nothing stands that was sent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from bot.errors import UnknownButtonError
from bot.messages import ids
from bot.slack.handlers.deps import Caller
from bot.slack.handlers.dialogs import Form
from bot.slack.inbound.bolt_fields import STRICT, path
from bot.slack.outbound.responses import Origin

SHORT = 80
"""Characters of a hash or a trigger that a request's id takes up."""


def _id(text: str) -> str:
    """Let an id pass as Slack makes them: a database may be asked for it."""
    if not text or not ids.sound(text):
        raise ValueError("no id")
    return text


def _printable(text: str) -> str:
    if not text.isprintable():
        raise ValueError("not printable")
    return text


Id = Annotated[str, AfterValidator(_id)]
Part = Annotated[str, AfterValidator(_printable)]
"""A part of a request's id."""


class Strict(BaseModel):
    """A part of a payload."""

    model_config = ConfigDict(**STRICT, frozen=True, defer_build=True)


class Person(Strict):
    """The person behind a request."""

    id: Id


class Team(Strict):
    """A workspace."""

    id: Id


class Option(Strict):
    """An entry of a menu, or a box that can be ticked."""

    value: str | None = None


class Action(Strict):
    """A tapped element."""

    action_id: Id
    action_ts: Id
    block_id: str | None = None
    type: str | None = None
    selected_option: Option | None = None
    selected_options: list[Option] | None = None


class View(Strict):
    """A dialog or Home. What is filled in in it is read of a submitted one alone."""

    id: Id
    type: str | None = None
    hash: Part | None = None
    app_installed_team_id: Id | None = None


class SubmittedView(View):
    """A dialog that was filled in."""

    callback_id: str | None = None
    private_metadata: str | None = None
    state: Any = None

    @property
    def form(self) -> Form:
        """Return what is filled in, by action id."""
        values = {field: value for block in _filled_in(self.state).values() for field, value in block.items()}
        about = self.private_metadata or ""
        return Form(callback_id=self.callback_id or "", view_id=self.id, about=about, values=values)


def _filled_in(state: object) -> dict[str, dict[str, ids.Value]]:
    """Return what is filled in, by block and action id. An odd field is an empty one: a form says so at the field."""
    values = state.get("values") if isinstance(state, Mapping) else None
    return {
        block_id: {field: _value(entry) for field, entry in block.items() if isinstance(entry, Mapping)}
        for block_id, block in (values.items() if isinstance(values, Mapping) else ())
        if isinstance(block, Mapping)
    }


def _value(entry: Mapping[str, Any]) -> ids.Value:
    many = entry.get("selected_options", entry.get("selected_users"))
    if isinstance(many, list):
        return tuple(str(each.get("value") if isinstance(each, Mapping) else each) for each in many)
    chosen = entry.get("selected_option")
    if isinstance(chosen, Mapping):
        return str(chosen.get("value"))
    plain = entry.get("selected_date") or entry.get("selected_time") or entry.get("value")
    return plain if isinstance(plain, str) else None


class Container(Strict):
    """The place of a tap."""

    channel_id: str | None = None
    message_ts: str | None = None
    is_ephemeral: bool | None = None


class Interaction(Strict):
    """The use of an element, dialog or shortcut."""

    team: Team
    user: Person
    view: View | None = None
    trigger_id: Part | None = None
    response_url: str | None = None

    @property
    def in_home(self) -> bool:
        """Return True for an action in a Home."""
        return self.view is not None and self.view.type == "home"

    @property
    def origin(self) -> Origin:
        """Return where it was done."""
        return Origin(
            response_url=self.response_url,
            trigger_id=self.trigger_id or "",
            modal_id=self.view.id if self.view and self.view.type == "modal" else "",
            in_view=self.view is not None,
        )

    def caller_of(self, request_id: str) -> Caller:
        """Return who did it. `request_id`: the same when Slack sends the request again."""
        # in a channel that workspaces share, a dialog's `team` is the person's, which need not be where the app is
        installed = self.view.app_installed_team_id if self.view else None
        return Caller(installed or self.team.id, self.user.id, request_id[: ids.LONGEST])


class Tap(Interaction):
    """A tap in a message, dialog or Home."""

    actions: list[Action] = Field(min_length=1)
    container: Container | None = None
    state: Any = None

    @property
    def action(self) -> Action:
        """Return what was tapped."""
        return self.actions[0]

    @property
    def meaning(self) -> ids.Tap:
        """Return what it asks for.

        Raises:
            UnknownButtonError: this program never sent such a thing.
        """
        action = self.action
        chosen = action.selected_option.value if action.selected_option else None
        boxes = None
        if action.type == "checkboxes":
            boxes = tuple(str(option.value) for option in action.selected_options or ())
        beside = _filled_in(self.state).get(action.block_id or "", {}) if self.state else {}
        return ids.read(action.action_id, action.block_id, chosen, boxes=boxes, beside=beside)

    @property
    def origin(self) -> Origin:
        """Return where it was tapped."""
        return replace(super().origin, whispered=bool(self.container and self.container.is_ephemeral))

    @property
    def sighting(self) -> tuple[str, str] | None:
        """Return channel and `ts` of the message it was tapped in; None for another place, and for a whisper."""
        where = self.container
        if where is None or where.is_ephemeral or not (ids.sound(where.channel_id) and ids.sound(where.message_ts)):
            return None
        return where.channel_id, where.message_ts

    @property
    def caller(self) -> Caller:
        """Return who tapped."""
        return self.caller_of(f"tap:{self.user.id}:{self.action.action_ts}:{self.action.action_id}")


class _OfView(Interaction):
    view: View

    @property
    def caller(self) -> Caller:
        """Return who submitted or searched.

        Each change of a view gives it another hash; a form that was sent back with errors has the same one, but each
        submission has a trigger of its own.
        """
        told = f"{self.view.hash or '':.{SHORT}}:{self.trigger_id or '':.{SHORT}}"
        return self.caller_of(f"submit:{self.view.id}:{told}")


class Submission(_OfView):
    """A submitted dialog."""

    view: SubmittedView


class Suggestion(_OfView):
    """A search field that wants options for the typed text."""

    value: str | None = None


class Shortcut(Interaction):
    """A shortcut in a message's menu. The message's text is read and kept nowhere."""

    message: dict[str, Any] | None = None

    @property
    def caller(self) -> Caller:
        """Return who chose it."""
        return self.caller_of(f"shortcut:{self.trigger_id or ''}")


class Command(Strict):
    """A slash command."""

    team_id: Id
    user_id: Id
    trigger_id: Id
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


class Authorization(Strict):
    """An installation that hears of an event."""

    team_id: Id | None = None


class Event(Strict):
    """The envelope of an event."""

    team_id: Id
    event_id: Id
    authorizations: list[Authorization] | None = None

    def caller_of(self, person_id: str | None) -> Caller:
        """Return whose event it is. It says by itself only where it happened; where the app is installed, its envelope.

        Raises:
            UnknownButtonError: the event doesn't say who it is about.
        """
        if not person_id or not ids.sound(person_id):
            raise UnknownButtonError(f"user is {ids.told(person_id)}")
        installed = self.authorizations[0].team_id if self.authorizations else None
        return Caller(installed or self.team_id, person_id, f"event:{self.event_id}"[: ids.LONGEST])


class TypedMessage(Strict):
    """A message in a conversation."""

    channel: str | None = None
    channel_type: str | None = None
    subtype: str | None = None
    bot_id: str | None = None
    user: str | None = None
    ts: str | None = None
    text: str | None = None


class MessageEvent(Event):
    """Something was written."""

    event: TypedMessage


class ShownHome(Strict):
    """The view that Slack shows in a Home."""

    hash: str | None = None


class OpenedTab(Strict):
    """A tab of the app's own page."""

    user: str | None = None
    tab: str | None = None
    view: ShownHome | None = None


class HomeEvent(Event):
    """Somebody opened a Home."""

    event: OpenedTab


class ChangedProfile(Strict):
    """A profile as Slack's API has it."""

    user: dict[str, Any]


class ProfileEvent(Event):
    """A profile, name, zone or status changed."""

    event: ChangedProfile


class Tokens(Strict):
    """Revoked tokens, by kind."""

    bot: list[Any] | None = None


class Revocation(Strict):
    """The tokens that an app has lost."""

    tokens: Tokens | None = None


class EndEvent(Event):
    """The app was removed, or its tokens were revoked."""

    event: Revocation


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


def typed_message_id(channel_id: str, ts: str) -> str:
    """Return the id of the request that typed words are: the same from the event and from the DM's history."""
    return f"said:{channel_id}:{ts}"[: ids.LONGEST]
