"""What a successful response always has. Slack's types make nearly every field optional; these come from the examples
and tables of each method's documentation, looked up 2026-11-24.

A key is a path: `user.id`, `messages[].ts` for each of a list's entries.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

METHODS = "https://docs.slack.dev/reference/methods/"

_VIEW = (
    "view", "view.id", "view.team_id", "view.type", "view.blocks", "view.private_metadata", "view.callback_id",
    "view.state.values", "view.hash", "view.clear_on_close", "view.notify_on_close", "view.root_view_id",
    "view.app_id", "view.bot_id",
)  # fmt: skip

REQUIRED: dict[str, tuple[str, ...]] = {
    "apps.connections.open": ("url",),
    "auth.test": ("url", "team", "user", "team_id", "user_id", "bot_id", "is_enterprise_install"),
    "blocks.validate": (),
    "chat.delete": ("channel", "ts"),
    "chat.getPermalink": ("channel", "permalink"),
    "chat.postMessage": ("channel", "ts", "message.type", "message.text", "message.ts", "message.bot_id"),
    "chat.update": ("channel", "ts", "text", "message.text", "message.user"),
    "conversations.history": (
        "messages",
        "messages[].type",
        "messages[].ts",
        "messages[].text",
        "has_more",
        "pin_count",
    ),
    "conversations.members": ("members", "response_metadata.next_cursor"),
    "conversations.open": ("channel.id",),
    "dnd.info": ("dnd_enabled", "next_dnd_start_ts", "next_dnd_end_ts"),
    "files.completeUploadExternal": ("files", "files[].id"),
    "files.delete": (),
    "files.getUploadURLExternal": ("upload_url", "file_id"),
    "usergroups.users.list": ("users",),
    "users.info": ("user",),
    "users.list": ("members", "cache_ts", "response_metadata.next_cursor"),
    "views.open": (*_VIEW, "view.title", "view.submit", "view.external_id"),
    "views.publish": _VIEW,
    "views.push": (*_VIEW, "view.title", "view.submit", "view.previous_view_id"),
    "views.update": (*_VIEW, "view.title", "view.submit"),
}
"""The documentation of a method stands at METHODS followed by its name."""

USER = ("id", "team_id", "name", "deleted", "profile", "is_bot", "updated", "is_app_user")
ACTIVE_USER = (
    "real_name", "tz", "tz_label", "tz_offset", "color", "is_admin", "is_owner", "is_primary_owner", "is_restricted",
    "is_ultra_restricted", "profile.real_name", "profile.display_name", "profile.real_name_normalized",
    "profile.display_name_normalized", "profile.team",
)  # fmt: skip
"""https://docs.slack.dev/reference/objects/user-object: a deactivated person has fewer fields."""


def missing(payload: Any, keys: tuple[str, ...], at: str = "") -> Iterator[str]:
    """The JSON pointers of those keys that a payload doesn't have."""
    for key in keys:
        yield from _missing(payload, key.split("."), at)


def _missing(node: Any, parts: list[str], at: str) -> Iterator[str]:
    name, rest = parts[0], parts[1:]
    each = name.endswith("[]")
    name = name.removesuffix("[]")
    if not isinstance(node, dict) or name not in node:
        yield f"{at}/{name}"
    elif each:
        for index, entry in enumerate(node[name]):
            yield from _missing(entry, rest, f"{at}/{name}/{index}")
    elif rest:
        yield from _missing(node[name], rest, f"{at}/{name}")
