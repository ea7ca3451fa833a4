"""The objects of a workspace: people, messages, channels, and an app's temporary permissions."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

TEAM = "T0HARBOUR"
SISTER = "T0SHIPYARD"
"""Another workspace of the same company."""
COMPANY = {"id": "E0GROUP", "name": "Harbour Group"}
DOMAIN = "harbour"
APP = "A0MISSING"
BOT_USER = "U0MISSINGLINK"
BOT_ID = "B0MISSING"
GENERAL = "C0GENERAL"
SLACKBOT = "USLACKBOT"
VERIFICATION = "local"


@dataclass(kw_only=True)
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
    shares_channel: bool = False
    """True for somebody of another company who is in a shared channel."""
    teams: tuple[str, ...] = ()
    """The workspaces of one company that the person is a member of, besides their home (`team`)."""
    is_restricted: bool = False
    """True for a guest."""
    dnd: tuple[datetime, datetime] | None = None
    """The start and end of do-not-disturb."""
    status: tuple[str, str] = ("", "")
    """The status's emoji, with colons, and its text."""
    status_until: datetime | None = None
    """The instant at which the status ends by itself."""
    shown: bool = True
    """False for people who exist only for tests and aren't on the page."""

    def as_slack(self) -> dict[str, Any]:
        """Return the `user` object of `users.info`."""
        now = datetime.now(ZoneInfo(self.tz))
        offset = now.utcoffset()
        return {
            "id": self.id,
            "team_id": self.team,
            "name": self.handle,
            "deleted": self.deleted,
            "color": "1f3a4d",
            "real_name": self.name,
            "tz": self.tz,
            "tz_label": now.tzname(),
            "tz_offset": int(offset.total_seconds()) if offset else 0,
            "profile": _profile(self),
            "is_admin": False,
            "is_owner": False,
            "is_primary_owner": False,
            "is_restricted": self.is_restricted,
            "is_ultra_restricted": False,
            "is_bot": self.is_bot,
            "is_app_user": False,
            "is_stranger": self.stranger,
            "is_email_confirmed": not self.is_bot,
            "updated": int(now.timestamp()),
            "locale": self.locale,
            "who_can_share_contact_card": "EVERYONE",
            **({"enterprise_user": self._company()} if self.teams else {}),
        }

    @property
    def stranger(self) -> bool:
        """Return True for somebody who is neither a member nor in a shared channel."""
        return not self.shares_channel and self.team != TEAM and TEAM not in self.teams

    def _company(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "enterprise_id": COMPANY["id"],
            "enterprise_name": COMPANY["name"],
            "is_admin": False,
            "is_owner": False,
            "is_primary_owner": False,
            "teams": list(self.teams),
        }


def _profile(user: User) -> dict[str, Any]:
    first, _, last = user.name.partition(" ")
    sizes = (24, 32, 48, 72, 192, 512)
    return {
        "title": user.title,
        "real_name": user.name,
        "real_name_normalized": user.name,
        "display_name": user.name,
        "display_name_normalized": user.name,
        "first_name": first,
        "last_name": last,
        "team": user.team,
        "status_emoji_display_info": [],
        "status_emoji": user.status[0],
        "status_text": user.status[1],
        "status_expiration": int(user.status_until.timestamp()) if user.status_until else 0,
        **dict.fromkeys(("phone", "skype", "status_text_canonical", "avatar_hash"), ""),
        **{f"image_{size}": f"https://example.org/{user.handle}-{size}.png" for size in sizes},
    }


@dataclass(kw_only=True)
class PostedMessage:
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
    files: list[Upload] = field(default_factory=list)
    """The files shown in it."""

    def as_slack(self, *, with_metadata: bool = False) -> dict[str, Any]:
        """Return the message object of `conversations.history`."""
        made: dict[str, Any] = {"type": "message", "user": self.user, "ts": self.ts, "text": self.text, "team": TEAM}
        if self.user == BOT_USER:
            made |= {"bot_id": BOT_ID, "app_id": APP}
        if self.blocks:
            made["blocks"] = self.blocks
        if self.edited:
            made["edited"] = {"user": self.user, "ts": f"{self.ts[:-1]}1"}
        if self.files:
            made["files"] = [{"id": file.file_id, "name": file.name} for file in self.files]
        if with_metadata and self.metadata:
            made["metadata"] = self.metadata
        return made


@dataclass(kw_only=True)
class Channel:
    """A DM of one person with the bot, or a channel for all."""

    id: str
    name: str
    member: str | None = None
    messages: list[PostedMessage] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    """The ids of a channel's members, in the order in which they came."""
    private: bool = False

    def find(self, ts: str) -> PostedMessage | None:
        """Return the message with this ts."""
        return next((m for m in self.messages if m.ts == ts), None)


@dataclass(kw_only=True)
class UserGroup:
    """A user group, which is named with an @ as people are."""

    id: str
    handle: str
    people: list[str] = field(default_factory=list)
    disabled: bool = False


@dataclass(kw_only=True)
class ResponseUrl:
    """A URL for answers to a command or tap: five times, for thirty minutes."""

    channel: str
    user: str
    until: float
    original_ts: str | None = None
    uses: int = 5


@dataclass(kw_only=True)
class Trigger:
    """A permission to open a modal for a person: once, and briefly."""

    user: str
    until: float
    view_id: str | None = None
    """The modal it came from, if any."""
    submitted: bool = False
    """True if it came with a modal's submission."""
    exchanged: bool = False


@dataclass
class OpenView:
    """A modal's view that a person sees, with the errors under its fields: block id to sentence.

    `view` is the object that Slack returns; `view["state"]["values"]` is the person's input so far.
    """

    view: dict[str, Any]
    errors: dict[str, str] = field(default_factory=dict)


@dataclass(kw_only=True)
class Upload:
    """A file being uploaded. `content` is None until it has arrived; `done`: it was shown."""

    file_id: str
    name: str
    length: int
    content: bytes | None = None
    done: bool = False
