"""What people do in Slack, turned into the payloads that Slack sends an app."""

from __future__ import annotations

import html
import re
import secrets
import time
from typing import Any

from bot.playground.sockets import Sockets
from bot.playground.webapi import MethodError, check_content
from bot.playground.world import APP, BOT_USER, TEAM, Channel, Message, User, World

HANDLE = re.compile(r"(?<![\w<|])@([a-z0-9._-]+)")
SLACKBOT = "USLACKBOT"
DOMAIN = "harbour"
VERIFICATION = "local"


class People:
    """The hands of everybody in the workspace. Each action returns what its doer would notice: "" or a complaint."""

    def __init__(self, world: World, sockets: Sockets, base: str) -> None:
        self._world, self._sockets, self._base = world, sockets, base

    async def command(self, user_id: str, channel_id: str, typed: str) -> str:
        """Type a slash command."""
        user, channel = self._where(user_id, channel_id)
        name, _, text = typed.strip().partition(" ")
        known = {c["command"]: c for c in self._world.manifest["features"]["slash_commands"]}
        if name not in known:
            return self._slackbot(channel, user, f"{name} is not a valid command.")
        if known[name].get("should_escape"):
            text = self.escaped(text)
        payload = {
            "token": VERIFICATION,
            "team_id": TEAM,
            "team_domain": DOMAIN,
            "channel_id": channel.id,
            "channel_name": channel.name,
            "user_id": user.id,
            "user_name": user.handle,
            "command": name,
            "text": text.strip(),
            "api_app_id": APP,
            "is_enterprise_install": "false",
            "response_url": self._response_url(channel, user),
            "trigger_id": self._trigger(),
        }
        try:
            answer = await self._sockets.send("slash_commands", payload, answers=True)
        except ConnectionError:
            return self._slackbot(channel, user, f"{name} failed because the app did not respond")
        if answer is None:
            return self._slackbot(channel, user, f'{name} failed with the error "operation_timeout"')
        return self._shown(channel, user, name, answer)

    def _shown(self, channel: Channel, user: User, name: str, answer: dict[str, Any]) -> str:
        if not (answer.get("text") or answer.get("blocks")):
            return ""
        try:
            text, blocks = check_content(self._world, answer.get("text"), answer.get("blocks"))
        except MethodError as error:
            self._world.refusals.append({"method": name, "error": error.code, "messages": list(error.messages)})
            return self._slackbot(channel, user, f'{name} failed with the error "{error.code}"')
        only_for = None if answer.get("response_type") == "in_channel" else user.id
        self._world.write(channel, BOT_USER, text, blocks=blocks, only_for=only_for)
        return ""

    async def tap(self, user_id: str, channel_id: str, ts: str, block_id: str, action_id: str, value: str = "") -> str:
        """Tap a button, or choose `value` in a menu."""
        user, channel = self._where(user_id, channel_id)
        message = next((m for m in self._world.visible(channel, user_id) if m.ts == ts), None)
        element = _element(message, block_id, action_id) if message else None
        if message is None or element is None:
            return "That isn't there any more."
        action = {
            **_chosen(element, value),
            "action_id": action_id,
            "block_id": block_id,
            "action_ts": f"{time.time():.6f}",
        }
        return await self.send_tap(user, channel, message, action)

    async def send_tap(self, user: User, channel: Channel, message: Message, action: dict[str, Any]) -> str:
        """The payload of a tap on its way; tests forge actions with it."""
        payload: dict[str, Any] = {
            "type": "block_actions",
            "user": {"id": user.id, "username": user.handle, "name": user.handle, "team_id": user.team},
            "api_app_id": APP,
            "token": VERIFICATION,
            "container": {
                "type": "message",
                "message_ts": message.ts,
                "channel_id": channel.id,
                "is_ephemeral": message.only_for is not None,
            },
            "trigger_id": self._trigger(),
            "team": {"id": TEAM, "domain": DOMAIN},
            "enterprise": None,
            "is_enterprise_install": False,
            "channel": {"id": channel.id, "name": channel.name},
            "message": message.as_slack(),
            "state": {"values": {}},
            "response_url": self._response_url(channel, user, message.ts),
            "actions": [action],
        }
        try:
            answer = await self._sockets.send("interactive", payload, answers=False)
        except ConnectionError:
            return "The app isn't connected."
        return "" if answer is not None else "The app did not respond in time."

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
        return await self.event(
            "user_change", {"type": "user_change", "user": user.as_slack(), "event_ts": self._world.new_ts()}
        )

    async def event(self, subscription: str, event: dict[str, Any]) -> str:
        """Send an event, if the manifest subscribes to it."""
        if subscription not in self._world.manifest["settings"]["event_subscriptions"]["bot_events"]:
            return ""
        payload = {
            "token": VERIFICATION,
            "team_id": TEAM,
            "api_app_id": APP,
            "event": event,
            "type": "event_callback",
            "event_id": self._world.new_id("Ev"),
            "event_time": int(time.time()),
            "is_ext_shared_channel": False,
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": TEAM,
                    "user_id": BOT_USER,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
        }
        try:
            answer = await self._sockets.send("events_api", payload, answers=False)
        except ConnectionError:
            return "The app isn't connected."
        return "" if answer is not None else "The app did not respond in time."

    def answer_by_url(self, key: str, body: dict[str, Any]) -> tuple[int, str]:
        """A POST to a response_url: HTTP status and text."""
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
            self._world.refusals.append(
                {"method": "response_url", "error": error.code, "messages": list(error.messages)}
            )
            return 400, error.code
        if body.get("replace_original") and original is not None:
            original.text, original.blocks, original.edited = text, blocks, True
            self._world.changed()
        else:
            only_for = None if body.get("response_type") == "in_channel" else user.id
            self._world.write(channel, BOT_USER, text, blocks=blocks, only_for=only_for)
        return 200, "ok"

    def escaped(self, text: str) -> str:
        """What a person typed, as Slack hands it on: signs escaped, known names as mentions."""
        text = html.escape(text, quote=False)
        by_handle = {u.handle: u for u in self._world.users.values()}

        def mention(match: re.Match[str]) -> str:
            user = by_handle.get(match[1])
            return f"<@{user.id}|{user.handle}>" if user else match[0]

        return HANDLE.sub(mention, text)

    def _where(self, user_id: str, channel_id: str) -> tuple[User, Channel]:
        user, channel = self._world.users[user_id], self._world.channels[channel_id]
        if not self._world.may_see(channel, user_id):
            raise PermissionError(f"{channel_id} is somebody else's")
        return user, channel

    def _slackbot(self, channel: Channel, user: User, text: str) -> str:
        self._world.write(channel, SLACKBOT, text, only_for=user.id)
        return text

    def _response_url(self, channel: Channel, user: User, original_ts: str | None = None) -> str:
        return f"{self._base}/response/{self._world.new_response_url(channel.id, user.id, original_ts)}"

    def _trigger(self) -> str:
        return f"{int(time.time() * 1000)}.{secrets.randbelow(10**9)}.{secrets.token_hex(16)}"


def _element(message: Message, block_id: str, action_id: str) -> dict[str, Any] | None:
    for block in message.blocks:
        if block.get("block_id") == block_id:
            for element in block.get("elements", []):
                if element.get("action_id") == action_id:
                    return dict(element)
    return None


def _chosen(element: dict[str, Any], value: str) -> dict[str, Any]:
    if element["type"] == "button":
        made = {"type": "button", "text": element["text"]}
        return {**made, "value": element["value"]} if "value" in element else made
    option = next((o for o in element["options"] if o["value"] == value), None)
    return {"type": element["type"], "selected_option": option}
