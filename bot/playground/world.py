"""What the local Slack remembers: people, channels, messages. Touched only by the server's own event loop."""

from __future__ import annotations

import itertools
import json
import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.packaged import folder

TEAM = "T0HARBOUR"
APP = "A0MISSING"
BOT_USER = "U0MISSINGLINK"
BOT_ID = "B0MISSING"
GENERAL = "C0GENERAL"


@dataclass
class User:
    """A person or an app. `tz` is an IANA name."""

    id: str
    handle: str
    name: str
    title: str
    tz: str
    locale: str = "en-GB"
    team: str = TEAM
    deleted: bool = False
    is_bot: bool = False
    shown: bool = True
    """False for people who exist for the tests' sake and don't stand in the page."""

    def as_slack(self) -> dict[str, Any]:
        """The `user` object of `users.info`."""
        return {
            "id": self.id,
            "team_id": self.team,
            "name": self.handle,
            "real_name": self.name,
            "deleted": self.deleted,
            "is_bot": self.is_bot,
            "is_stranger": self.team != TEAM,
            "is_restricted": False,
            "is_admin": False,
            "tz": self.tz,
            "locale": self.locale,
            "profile": {"display_name": self.name, "real_name": self.name, "title": self.title},
        }


@dataclass
class Message:
    """A message in a channel; an ephemeral one has `only_for`. `ts` is real, `business` is the moved clock's."""

    channel: str
    ts: str
    user: str
    text: str
    business: datetime
    blocks: list[dict[str, Any]] = field(default_factory=list)
    metadata: dict[str, Any] | None = None
    only_for: str | None = None
    edited: bool = False

    def as_slack(self, *, with_metadata: bool = False) -> dict[str, Any]:
        """The message object of `conversations.history`."""
        made: dict[str, Any] = {"type": "message", "user": self.user, "ts": self.ts, "text": self.text, "team": TEAM}
        if self.user == BOT_USER:
            made |= {"bot_id": BOT_ID, "app_id": APP}
        if self.blocks:
            made["blocks"] = self.blocks
        if self.edited:
            made["edited"] = {"user": self.user, "ts": f"{self.ts[:-1]}1"}
        if with_metadata and self.metadata:
            made["metadata"] = self.metadata
        return made


@dataclass
class Channel:
    """A DM of one person with the bot, or a channel for all."""

    id: str
    name: str
    member: str | None = None
    messages: list[Message] = field(default_factory=list)

    def find(self, ts: str) -> Message | None:
        """The message with this ts."""
        return next((m for m in self.messages if m.ts == ts), None)


@dataclass
class ResponseUrl:
    """Where a command's or tap's answer may be posted: five times, for thirty minutes."""

    channel: str
    user: str
    until: float
    original_ts: str | None = None
    uses: int = 5


class World:
    """One workspace with one app installed."""

    def __init__(self) -> None:
        self.bot_token = "xoxb-local-" + secrets.token_hex(8)
        self.app_token = "xapp-1-local-" + secrets.token_hex(8)
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {GENERAL: Channel(GENERAL, "general")}
        self.response_urls: dict[str, ResponseUrl] = {}
        self.tickets: set[str] = set()
        """Addresses of Socket Mode that were handed out and not used yet."""
        self.manifest: dict[str, Any] = json.loads(folder("manifest.json").read_text(encoding="utf-8"))
        self.posts: list[Message] = []
        """The ledger: every message the app posted that was accepted, in order, whatever became of the reply."""
        self.refusals: list[dict[str, Any]] = []
        """Every call the Web API refused, with its reason."""
        self.ahead = timedelta(0)
        self.stands = timedelta(0)
        self.version = 0
        self._ts = itertools.count(1)
        self._last = 0.0

    def changed(self) -> None:
        """Something a page would show is different now."""
        self.version += 1

    def now(self) -> datetime:
        """Where the business clock stands."""
        return datetime.now(UTC) + self.stands

    def new_ts(self) -> str:
        """A `ts` later than every one before."""
        self._last = max(time.time(), self._last + 0.000002)
        return f"{self._last:.6f}"

    def new_id(self, prefix: str) -> str:
        """An id such as Slack makes."""
        return f"{prefix}{next(self._ts):X}{secrets.token_hex(4).upper()}"

    def dm(self, user_id: str) -> Channel:
        """The person's DM with the bot, opened if need be."""
        for channel in self.channels.values():
            if channel.member == user_id:
                return channel
        channel = Channel("D0" + user_id[2:], "directmessage", user_id)
        self.channels[channel.id] = channel
        return channel

    def write(self, channel: Channel, user: str, text: str, **more: Any) -> Message:
        """Put a message into a channel."""
        message = Message(channel.id, self.new_ts(), user, text, self.now(), **more)
        message.blocks = self.with_ids(message.blocks)
        channel.messages.append(message)
        self.changed()
        return message

    def with_ids(self, blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Blocks with an id each, as Slack gives those that have none."""
        return [block if block.get("block_id") else {**block, "block_id": self.new_id("b")} for block in blocks]

    def visible(self, channel: Channel, user_id: str) -> Iterator[Message]:
        """What a person sees of a channel."""
        return (m for m in channel.messages if m.only_for in {None, user_id})

    def may_see(self, channel: Channel, user_id: str) -> bool:
        """A DM is its member's alone."""
        return channel.member in {None, user_id}

    def new_response_url(self, channel: str, user: str, original_ts: str | None = None) -> str:
        """The id of a fresh response_url."""
        key = secrets.token_urlsafe(18)
        self.response_urls[key] = ResponseUrl(channel, user, time.time() + 30 * 60, original_ts)
        return key
