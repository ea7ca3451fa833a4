"""The state of the local Slack: people, channels, messages. Only the server's event loop touches it."""

from __future__ import annotations

import itertools
import json
import secrets
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.package_files import folder
from localslack.drafts import Drafts
from localslack.objects import (
    APP,
    BOT_ID,
    BOT_USER,
    GENERAL,
    TEAM,
    Channel,
    OpenView,
    PostedMessage,
    ResponseUrl,
    Trigger,
    Upload,
    User,
    UserGroup,
)
from localslack.rate_limits import Meter
from localslack.typed_text import handed_on

__all__ = ["APP", "BOT_ID", "BOT_USER", "GENERAL", "TEAM", "Channel", "OpenView", "PostedMessage", "User", "World"]


class World:
    """One workspace with one app installed."""

    trigger_seconds = 3.0
    ack_seconds = 3.0
    retry_waits: tuple[float, ...] = (0.0, 60.0, 300.0)
    """Seconds before each further delivery of an event that wasn't acknowledged."""
    enforces_rate_limits = False
    """True if calls beyond Slack's rate limits are refused. Most tests call faster than people would."""
    refuses_with = ""
    """The error code with which the bot's token is refused, such as "account_inactive"; "" while it works."""

    takes_charts = True
    """False in a workspace that doesn't take charts and tables yet: they are rolled out in phases."""

    def __init__(self) -> None:
        self.bot_token = "xoxb-local-" + secrets.token_hex(8)
        self.app_token = "xapp-1-local-" + secrets.token_hex(8)
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {GENERAL: Channel(id=GENERAL, name="general")}
        self.groups: dict[str, UserGroup] = {}
        self.response_urls: dict[str, ResponseUrl] = {}
        self.tickets: set[str] = set()
        """Addresses of Socket Mode that were handed out and not used yet."""
        self.signing_secret = secrets.token_hex(16)
        self.homes: dict[str, dict[str, Any]] = {}
        """Published Homes by person, as Slack returns a view."""
        self.modals: dict[str, list[OpenView]] = {}
        """Open modals by person, the top one last."""
        self.triggers: dict[str, Trigger] = {}
        self.suggested: dict[tuple[str, str], list[dict[str, Any]]] = {}
        """The options a menu offered last, by the person and the menu's action id."""
        self.drafts = Drafts()
        self.meter = Meter()
        self.manifest: dict[str, Any] = json.loads(folder("manifest.json").read_text(encoding="utf-8"))
        self.bot_handle = self.manifest["features"]["bot_user"]["display_name"].replace(" ", "").lower()
        self.posts: list[PostedMessage] = []
        """The ledger: every message the app posted that was accepted, in order, whatever became of the reply."""
        self.refusals: list[dict[str, Any]] = []
        """Every call the Web API refused, with its reason."""
        self.sent: list[tuple[str, dict[str, Any]]] = []
        """Every payload on its way to the app: kind and payload."""
        self.acknowledged: list[tuple[str, dict[str, Any], dict[str, Any]]] = []
        """The payloads acknowledged in time: kind, payload, and the acknowledgement's body."""
        self.calls: list[tuple[str, dict[str, Any], dict[str, Any]]] = []
        """Every call of the Web API: method, arguments with their JSON read, answer."""
        self.responses: list[dict[str, Any]] = []
        """Every post to a response_url that was accepted."""
        self.uploads: dict[str, Upload] = {}
        """Files by the secret of the address that they are sent to."""
        self.granted = _scopes(self.manifest)
        """The scopes of the bot's token, as of its installation: a changed manifest grants nothing by itself."""
        self.ahead = self.stands = timedelta(0)
        self.version = 0
        self._ts = itertools.count(1)
        self._last = 0.0

    def changed(self) -> None:
        """Mark that a page would show something different now."""
        self.version += 1

    def now(self) -> datetime:
        """Return business time, UTC."""
        return datetime.now(UTC) + self.stands

    def new_ts(self) -> str:
        """Return a `ts` later than every earlier one."""
        self._last = max(time.time(), self._last + 0.000002)
        return f"{self._last:.6f}"

    def new_id(self, prefix: str) -> str:
        """Return a new id in Slack's form."""
        return f"{prefix}{next(self._ts):X}{secrets.token_hex(4).upper()}"

    def dm(self, user_id: str) -> Channel:
        """Return the person's DM with the bot, and open it if needed."""
        for channel in self.channels.values():
            if channel.member == user_id:
                return channel
        channel = Channel(id="D0" + user_id[2:], name="directmessage", member=user_id)
        self.channels[channel.id] = channel
        return channel

    def write(self, channel: Channel, user: str, text: str, **more: Any) -> PostedMessage:
        """Put a message into a channel."""
        message = PostedMessage(channel=channel.id, ts=self.new_ts(), user=user, text=text, business=self.now(), **more)
        message.blocks = self.with_ids(message.blocks)
        channel.messages.append(message)
        self.changed()
        return message

    def rewrite(self, message: PostedMessage, text: str, blocks: list[dict[str, Any]]) -> None:
        """Replace the content of a message."""
        message.text, message.blocks, message.edited = text, blocks, True
        self.drafts.redrawn(message)
        self.changed()

    def with_ids(self, blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return blocks that all have an id, as Slack adds missing ones."""
        return [block if block.get("block_id") else {**block, "block_id": self.new_id("b")} for block in blocks]

    def handed_on(self, text: str) -> str:
        """Return typed text as Slack passes it on; see `typed_text`."""
        people = {user.handle: user.id for user in self.users.values()} | {self.bot_handle: BOT_USER}
        channels = {channel.name: channel.id for channel in self.channels.values() if channel.member is None}
        groups = {group.handle: group.id for group in self.groups.values() if not group.disabled}
        return handed_on(text, people, channels, groups)

    def visible(self, channel: Channel, user_id: str) -> Iterator[PostedMessage]:
        """Return the messages that a person sees in a channel."""
        return (m for m in channel.messages if m.only_for in {None, user_id})

    def may_see(self, channel: Channel, user_id: str) -> bool:
        """Return True if the channel isn't somebody else's DM."""
        return channel.member in {None, user_id}

    def new_response_url(self, channel: str, user: str, original_ts: str | None = None) -> str:
        """Return the id of a new response_url."""
        key = secrets.token_urlsafe(18)
        self.response_urls[key] = ResponseUrl(
            channel=channel, user=user, until=time.time() + 30 * 60, original_ts=original_ts
        )
        return key

    def new_trigger(self, user: str, view_id: str | None = None, *, submitted: bool = False) -> str:
        """Return the id of a new trigger."""
        key = f"{int(time.time() * 1000)}.{secrets.randbelow(10**9)}.{secrets.token_hex(16)}"
        self.triggers[key] = Trigger(
            user=user, until=time.monotonic() + self.trigger_seconds, view_id=view_id, submitted=submitted
        )
        return key


def _scopes(manifest: dict[str, Any]) -> set[str]:
    listed = manifest["oauth_config"]["scopes"]
    return {*listed["bot"], *listed.get("bot_optional", [])}
