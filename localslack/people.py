"""Actions of people in Slack, converted into the payloads that Slack sends an app."""

from __future__ import annotations

import time
from typing import Any

from localslack import inputs, payloads
from localslack.arguments import MethodError, check_content
from localslack.inputs import Raw, Values
from localslack.objects import BOT_USER, SLACKBOT, TEAM, Channel, PostedMessage, User
from localslack.outbox import Outbox
from localslack.screens import GONE, Screens
from localslack.transport import DeliveryError
from localslack.world import World


class People(Screens):
    """The people of the workspace. Each action returns what its doer would notice: "" or a complaint."""

    def __init__(self, world: World, outbox: Outbox, base: str) -> None:
        super().__init__(world, outbox)
        self._base = base

    async def command(self, user_id: str, channel_id: str, typed: str) -> str:
        """Type a slash command."""
        user, channel = self._where(user_id, channel_id)
        name, _, text = typed.strip().partition(" ")
        known = {c["command"]: c for c in self._world.manifest["features"]["slash_commands"]}
        if name not in known:
            return self._slackbot(channel, user, f"{name} is not a valid command.")
        if known[name].get("should_escape"):
            text = self.escaped(text)
        answering = {
            "response_url": self._response_url(channel, user),
            "trigger_id": self._world.new_trigger(user.id),
        }
        return await self.send_command(payloads.command(user, channel, name, text.strip(), **answering))

    async def send_command(self, payload: dict[str, Any]) -> str:
        """Send a command's payload, which tests may forge, and show its answer."""
        channel, user = self._world.channels[payload["channel_id"]], self._world.users[payload["user_id"]]
        name = payload["command"]
        try:
            answer = await self.outbox.send("slash_commands", payload, answers=True)
        except DeliveryError as failed:
            how = (
                "because the app did not respond"
                if failed.reason != "http_error"
                else 'with the error "dispatch_failed"'
            )
            return self._slackbot(channel, user, f"{name} failed {how}")
        if answer is None:
            return self._slackbot(channel, user, f'{name} failed with the error "operation_timeout"')
        return self._shown(channel, user, name, answer)

    def _shown(self, channel: Channel, user: User, name: str, answer: dict[str, Any]) -> str:
        if not (answer.get("text") or answer.get("blocks")):
            return ""
        try:
            text, blocks = check_content(self._world, answer.get("text"), answer.get("blocks"))
        except MethodError as error:
            self._refused(name, error.code, *error.messages)
            return self._slackbot(channel, user, f'{name} failed with the error "{error.code}"')
        only_for = None if answer.get("response_type") == "in_channel" else user.id
        self._world.write(channel, BOT_USER, text, blocks=blocks, only_for=only_for)
        return ""

    async def tap(
        self,
        user_id: str,
        channel_id: str,
        ts: str,
        block_id: str,
        action_id: str,
        value: Raw = "",
        *,
        values: Values | None = None,
    ) -> str:
        """Tap a button, choose `value` in a menu, tick all of it in checkboxes, or type it into a field and press
        Enter, in a message. `values`: other input in the message.
        """
        user, channel = self._where(user_id, channel_id)
        message = self._seen(user, channel, ts)
        found = inputs.find(message.blocks, block_id, action_id) if message else None
        if message is None or found is None:
            return GONE
        block, element = found
        state = self._world.drafts.enter(user_id, message, values or {})
        if block["type"] == "input":
            state = self._world.drafts.enter(user_id, message, {block_id: {action_id: value}})
            if not inputs.told(block, element, value):
                return ""
            complaint = inputs.wrong(element, state[block_id][action_id])
            if complaint:
                return complaint
        action = {
            **inputs.tapped(element, value),
            "action_id": action_id,
            "block_id": block_id,
            "action_ts": f"{time.time():.6f}",
        }
        return await self.send_tap(user, channel, message, action)

    async def fill(self, user_id: str, channel_id: str, ts: str, block_id: str, action_id: str, text: str) -> str:
        """Type a text into a field of a message, in place of what is in it. The app isn't told."""
        user, channel = self._where(user_id, channel_id)
        message = self._seen(user, channel, ts)
        found = inputs.find(message.blocks, block_id, action_id) if message else None
        if message is None or found is None or found[1]["type"] != "plain_text_input":
            return GONE
        self._world.drafts.enter(user_id, message, {block_id: {action_id: text}})
        return ""

    async def press_enter(self, user_id: str, channel_id: str, ts: str, block_id: str, action_id: str) -> str:
        """Press Enter in a field of a message."""
        user, channel = self._where(user_id, channel_id)
        message = self._seen(user, channel, ts)
        entered = self._world.drafts.state(user_id, message) if message else {}
        text = entered.get(block_id, {}).get(action_id, {}).get("value")
        return await self.tap(user_id, channel_id, ts, block_id, action_id, text)

    async def send_tap(self, user: User, channel: Channel, message: PostedMessage, action: dict[str, Any]) -> str:
        """Send a tap's payload, whose action tests may forge."""
        values = self._world.drafts.tapped(user.id, message, action)
        tap = payloads.tap_in_message(channel, message, action, {"values": values})
        return await self.send_interaction(self._answerable(user, channel, message, tap))

    async def shortcut(self, user_id: str, channel_id: str, ts: str, callback_id: str) -> str:
        """Choose a shortcut in a message's menu. Ephemeral messages have none."""
        user, channel = self._where(user_id, channel_id)
        message = channel.find(ts)
        known = self._world.manifest["features"].get("shortcuts", [])
        if (
            message is None
            or message.only_for
            or not any(s["type"] == "message" and s["callback_id"] == callback_id for s in known)
        ):
            return GONE
        chosen = payloads.shortcut(channel, message, callback_id)
        return await self.send_interaction(self._answerable(user, channel, message, chosen))

    async def say(self, user_id: str, channel_id: str, text: str) -> str:
        """Type a message."""
        user, channel = self._where(user_id, channel_id)
        message = self._world.write(channel, user.id, self.escaped(text))
        if channel.member is None:
            return ""
        event = {
            "type": "message",
            "channel": channel.id,
            "channel_type": "im",
            "user": user.id,
            "text": message.text,
            "ts": message.ts,
            "event_ts": message.ts,
            "team": TEAM,
        }
        return await self.event("message.im", event)

    async def change_profile(self, user_id: str, **changes: Any) -> str:
        """Change a person's zone, locale or state."""
        user = self._world.users[user_id]
        for name, value in changes.items():
            setattr(user, name, value)
        self._world.changed()
        return await self.event("user_change", payloads.user_changed(user, self._world.new_ts()))

    async def uninstall(self, order: tuple[str, ...] = ("tokens_revoked", "app_uninstalled")) -> str:
        """Take the app out of the workspace. Slack promises no order of the two events."""
        self._world.refuses_with = "account_inactive"
        self._world.changed()
        said = ""
        for kind in order:
            event: dict[str, Any] = {"type": kind, "event_ts": self._world.new_ts()}
            if kind == "tokens_revoked":
                event["tokens"] = {"oauth": [], "bot": [BOT_USER]}
            said = await self.event(kind, event) or said
        return said

    def answer_by_url(self, key: str, body: dict[str, Any]) -> tuple[int, str]:
        """Handle a POST to a response_url; return HTTP status and text."""
        url = self._world.response_urls.get(key)
        if url is None:
            return 404, "no_such_url"
        if url.uses <= 0:
            return 404, "used_url"
        if time.time() > url.until:
            return 404, "expired_url"
        url.uses -= 1
        channel, user = self._world.channels[url.channel], self._world.users[url.user]
        original = channel.find(url.original_ts) if url.original_ts else None
        if body.get("delete_original") and original is not None:
            channel.messages.remove(original)
            self._world.changed()
            return 200, "ok"
        try:
            text, blocks = check_content(self._world, body.get("text"), body.get("blocks"))
        except MethodError as error:
            self._refused("response_url", error.code, *error.messages)
            return 400, error.code
        self._world.responses.append(body)
        if body.get("replace_original") and original is not None:
            self._world.rewrite(original, text, blocks)
        else:
            only_for = None if body.get("response_type") == "in_channel" else user.id
            self._world.write(channel, BOT_USER, text, blocks=blocks, only_for=only_for)
        return 200, "ok"

    def escaped(self, text: str) -> str:
        """Return typed text as Slack passes it on; see `typed_text`."""
        return self._world.handed_on(text)

    def _where(self, user_id: str, channel_id: str) -> tuple[User, Channel]:
        user, channel = self._world.users[user_id], self._world.channels[channel_id]
        if not self._world.may_see(channel, user_id):
            raise PermissionError(f"{channel_id} is somebody else's")
        return user, channel

    def _seen(self, user: User, channel: Channel, ts: str) -> PostedMessage | None:
        return next((m for m in self._world.visible(channel, user.id) if m.ts == ts), None)

    def _slackbot(self, channel: Channel, user: User, text: str) -> str:
        self._world.write(channel, SLACKBOT, text, only_for=user.id)
        return text

    def _response_url(self, channel: Channel, user: User, original_ts: str | None = None) -> str:
        return f"{self._base}/response/{self._world.new_response_url(channel.id, user.id, original_ts)}"

    def _answerable(
        self, user: User, channel: Channel, message: PostedMessage, payload: dict[str, Any]
    ) -> dict[str, Any]:
        return payloads.interaction(
            user,
            payload,
            trigger_id=self._world.new_trigger(user.id),
            response_url=self._response_url(channel, user, message.ts),
        )
