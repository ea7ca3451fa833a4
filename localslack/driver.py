"""The driver of the local Slack for tests and the demo: plain calls that wait until they are done."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

from localslack import inputs
from localslack.faults import ENVELOPE_KINDS, Fault, Faults
from localslack.inputs import Raw
from localslack.people import People
from localslack.world import BOT_USER, PostedMessage, World

T = TypeVar("T")
View = dict[str, Any]
PATIENCE_SECONDS = 120


class Driver:
    """A driver that acts for people, looks at what they see, moves the clock, and injects faults."""

    world: World
    people: People
    faults: Faults
    _loop: asyncio.AbstractEventLoop | None = None

    def do(self, action: Coroutine[Any, Any, T]) -> T:
        """Run a coroutine in the server's loop, and wait for it."""
        assert self._loop is not None
        try:
            doing = asyncio.run_coroutine_threadsafe(action, self._loop)
        except RuntimeError:
            # the server has ended, and its loop with it
            action.close()
            raise
        return doing.result(PATIENCE_SECONDS)

    def now(self, act: Callable[[], T]) -> T:
        """Call a function in the server's loop, and wait for it."""

        async def acting() -> T:
            return act()

        return self.do(acting())

    def command(self, user: str, typed: str, channel: str | None = None) -> str:
        """Type a slash command, by default in the person's DM with the bot; return a complaint or ""."""
        return self.do(self.people.command(user, channel or self.world.dm(user).id, typed))

    def tap(self, user: str, message: PostedMessage, action_id: str, value: Raw = "") -> str:
        """Tap an element of a message, or tick all of `value` in its checkboxes; return a complaint or ""."""
        block_id = _block(message.blocks, action_id)
        return self.do(self.people.tap(user, message.channel, message.ts, block_id, action_id, value))

    def fill(self, user: str, message: PostedMessage, action_id: str, text: str) -> str:
        """Type a text into a field of a message, which the next tap in it carries; return a complaint or ""."""
        block_id = _block(message.blocks, action_id)
        return self.do(self.people.fill(user, message.channel, message.ts, block_id, action_id, text))

    def press_enter(self, user: str, message: PostedMessage, action_id: str) -> str:
        """Press Enter in a field of a message; return a complaint or ""."""
        block_id = _block(message.blocks, action_id)
        return self.do(self.people.press_enter(user, message.channel, message.ts, block_id, action_id))

    def shortcut(self, user: str, message: PostedMessage, callback_id: str) -> str:
        """Choose a shortcut in a message's menu; return a complaint or ""."""
        return self.do(self.people.shortcut(user, message.channel, message.ts, callback_id))

    def say(self, user: str, text: str) -> str:
        """Type a message to the bot."""
        return self.do(self.people.say(user, self.world.dm(user).id, text))

    def messages(self, user: str) -> list[PostedMessage]:
        """Return the messages in the person's DM with the bot, without ephemeral ones."""
        return [m for m in self.world.dm(user).messages if m.only_for is None]

    def show(self, messages: Sequence[Mapping[str, Any]]) -> None:
        """Put messages of the bot into everybody's DM, in the place of all that stand there."""
        self.do(self._show(messages))

    async def _show(self, messages: Sequence[Mapping[str, Any]]) -> None:
        for user in list(self.world.users):
            channel = self.world.dm(user)
            channel.messages.clear()
            for message in messages:
                self.world.write(channel, BOT_USER, message["text"], blocks=message["blocks"])

    def whispers(self, user: str) -> list[PostedMessage]:
        """Return the ephemeral messages that only this person saw, in any channel."""
        return [m for c in self.world.channels.values() for m in c.messages if m.only_for == user]

    def open_home(self, user: str) -> str:
        """Open the app's Home; return a complaint or ""."""
        return self.do(self.people.open_home(user))

    def home(self, user: str) -> View | None:
        """Return the person's Home, if one was published."""
        return self.world.homes.get(user)

    def modal(self, user: str) -> View | None:
        """Return the view of the modal that the person sees, if there is one."""
        stack = self.world.modals.get(user)
        return stack[-1].view if stack else None

    def modal_errors(self, user: str) -> dict[str, str]:
        """Return the errors under the fields of that view: block id to sentence."""
        stack = self.world.modals.get(user)
        return stack[-1].errors if stack else {}

    def tap_view(self, user: str, view: View, action_id: str, value: Raw = "") -> str:
        """Tap or choose an element in a modal or in Home; return a complaint or ""."""
        block_id = _block(view["blocks"], action_id)
        return self.do(self.people.tap_view(user, view["id"], block_id, action_id, value))

    def submit(self, user: str, values: dict[str, Raw] | None = None) -> str:
        """Fill in the top view's fields, by action id, and submit it; return a complaint or ""."""
        view = self._top(user)
        placed: dict[str, dict[str, Raw]] = {}
        for action_id, raw in (values or {}).items():
            placed.setdefault(_block(view["blocks"], action_id), {})[action_id] = raw
        return self.do(self.people.submit(user, view["id"], placed))

    def close_modal(self, user: str, *, all_views: bool = False) -> str:
        """Close the top view, or with the cross all of them; return a complaint or ""."""
        return self.do(self.people.close(user, self._top(user)["id"], all_views=all_views))

    def suggest(self, user: str, action_id: str, typed: str) -> list[dict[str, Any]]:
        """Type into a menu of the top view; return the options that the app offers."""
        view = self._top(user)
        return self.do(self.people.suggest(user, view["id"], _block(view["blocks"], action_id), action_id, typed))

    def set_status(self, user: str, emoji: str, until: datetime | None = None, text: str = "") -> str:
        """Set a person's status, or clear it with neither emoji nor text."""
        return self.do(self.people.change_profile(user, status=(emoji, text), status_until=until))

    def deactivate(self, user: str) -> str:
        """Deactivate a person, as an admin of the workspace does."""
        return self.do(self.people.change_profile(user, deleted=True))

    def uninstall(self, order: tuple[str, ...] = ("tokens_revoked", "app_uninstalled")) -> str:
        """Remove the app from the workspace; its two events come in this order."""
        return self.do(self.people.uninstall(order))

    def fault(self, path: str, kind: str, times: int = 1, seconds: float = 1.0) -> None:
        """Inject a fault into the next requests of a method, such as "chat.postMessage".

        For "duplicate" and "reorder", `path` is the kind of payload: "events_api", "interactive", "slash_commands".
        """
        if kind in ENVELOPE_KINDS:
            self.people.outbox.faults.add(kind, path, times)
        else:
            self.faults.active.append(Fault(path, kind, times, seconds))

    def begin_at(self, at: datetime) -> None:
        """Set the business clock to `at` from the start, before any bot connects."""
        self.world.ahead = self.world.stands = at - datetime.now(UTC)

    def move_to(self, at: datetime) -> None:
        """Move the business clock's target."""
        self.world.ahead = at - datetime.now(UTC)
        self.world.changed()

    @property
    def arrived(self) -> bool:
        """Return True if the bot reports that it stands at the clock's target."""
        return abs((self.world.ahead - self.world.stands).total_seconds()) < 1

    def _top(self, user: str) -> View:
        view = self.modal(user)
        assert view is not None, f"{user} has no modal open"
        return view


def _block(blocks: list[dict[str, Any]], action_id: str) -> str:
    """Return the id of the block that contains an element."""
    return next((str(b["block_id"]) for b, e in inputs.elements(blocks) if e["action_id"] == action_id), "")
