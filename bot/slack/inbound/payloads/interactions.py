"""Taps, dialogs, searches and shortcuts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pydantic import Field

from bot.messages import ids
from bot.slack.handlers.deps import Caller
from bot.slack.handlers.dialogs import Form
from bot.slack.inbound.payloads.forms import Option, filled_in
from bot.slack.inbound.payloads.parts import Id, Part, Person, Strict, Team
from bot.slack.outbound.show_reply import Origin

SHORT = 80
"""Characters of a hash or a trigger that a request's id takes up."""


class Action(Strict):
    """A tapped element."""

    action_id: Id
    action_ts: Id
    block_id: str | None = None
    type: str | None = None
    selected_option: Option | None = None
    selected_options: list[Option] | None = None
    value: str | None = None


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
        values = {field: value for block in filled_in(self.state).values() for field, value in block.items()}
        about = self.private_metadata or ""
        return Form(callback_id=self.callback_id or "", view_id=self.id, about=about, values=values)


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
    def meaning(self) -> ids.TapMeaning:
        """Return what it asks for.

        Raises:
            UnknownButtonError: this program never sent such a thing.
        """
        action = self.action
        chosen = action.selected_option.value if action.selected_option else None
        boxes = None
        if action.type == "checkboxes":
            boxes = tuple(str(option.value) for option in action.selected_options or ())
        written = (action.value or "") if action.type == "plain_text_input" else None
        return ids.read(
            action.action_id, action.block_id, chosen, boxes=boxes, written=written, beside=self._beside(action)
        )

    def _beside(self, action: Action) -> dict[str, ids.Value]:
        """Return what is filled in in the blocks that are about the same as the tapped one, by action id."""
        subject = ids.about(action.block_id or "")
        filled = filled_in(self.state).items() if self.state else ()
        return {
            field: value
            for block_id, block in filled
            if ids.about(block_id) == subject
            for field, value in block.items()
        }

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
