"""Payloads as Slack's documentation shows them, in our own words: what the checks must let pass."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

Payload = dict[str, Any]

TEAM = {"id": "T1", "domain": "harbour"}
USER = {"id": "U1", "username": "maya", "name": "maya", "team_id": "T1"}
CHANNEL = {"id": "D1", "name": "directmessage"}
PLAIN = {"type": "plain_text", "text": "Go", "emoji": True}
OPTION = {"text": PLAIN, "value": "a"}
BLOCKS = [
    {"type": "section", "block_id": "s", "text": {"type": "mrkdwn", "text": "*Read*", "verbatim": False}},
    {"type": "actions", "block_id": "b", "elements": [{"type": "button", "text": PLAIN, "action_id": "go"}]},
]
MESSAGE = {
    "type": "message", "user": "UBOT", "bot_id": "B1", "app_id": "A1", "team": "T1", "ts": "1700000000.000100",
    "text": "Read", "blocks": BLOCKS,
}  # fmt: skip
REQUEST = {"api_app_id": "A1", "token": "t", "team": TEAM, "is_enterprise_install": False}
MODAL: Payload = {
    "type": "modal", "title": PLAIN, "submit": PLAIN, "close": PLAIN, "callback_id": "c", "private_metadata": "",
    "blocks": [
        {
            "type": "input",
            "block_id": "i",
            "label": PLAIN,
            "element": {"type": "plain_text_input", "action_id": "typed", "multiline": True},
        }
    ],
}  # fmt: skip
VIEW = {
    **MODAL, "id": "V1", "team_id": "T1", "app_id": "A1", "bot_id": "B1", "app_installed_team_id": "T1",
    "state": {"values": {"i": {"typed": {"type": "plain_text_input", "value": "words"}}}}, "hash": "1.a",
    "clear_on_close": False, "notify_on_close": False, "root_view_id": "V1", "previous_view_id": None,
    "external_id": "",
}  # fmt: skip
PROFILE = {
    "title": "", "phone": "", "skype": "", "real_name": "Maya", "real_name_normalized": "Maya",
    "display_name": "maya", "display_name_normalized": "maya", "status_text": "", "status_text_canonical": "",
    "status_emoji": "", "status_emoji_display_info": [], "status_expiration": 0, "avatar_hash": "g1",
    "first_name": "Maya", "last_name": "", "image_24": "https://example.org/24.png",
    "image_32": "https://example.org/32.png", "image_48": "https://example.org/48.png",
    "image_72": "https://example.org/72.png", "image_192": "https://example.org/192.png",
    "image_512": "https://example.org/512.png", "team": "T1",
}  # fmt: skip
PERSON = {
    "id": "U1", "team_id": "T1", "name": "maya", "deleted": False, "color": "9f69e7", "real_name": "Maya",
    "tz": "America/New_York", "tz_label": "Eastern Standard Time", "tz_offset": -18000, "profile": PROFILE,
    "is_admin": False, "is_owner": False, "is_primary_owner": False, "is_restricted": False,
    "is_ultra_restricted": False, "is_bot": False, "is_app_user": False, "updated": 1700000000,
    "is_email_confirmed": True, "who_can_share_contact_card": "EVERYONE",
}  # fmt: skip


def _tap(action: Payload) -> Payload:
    container = {"type": "message", "message_ts": MESSAGE["ts"], "channel_id": "D1", "is_ephemeral": False}
    said = {"action_id": "go", "block_id": "b", "action_ts": "1700000001.000200", **action}
    return {
        **REQUEST, "type": "block_actions", "user": USER, "container": container, "trigger_id": "1.2.a",
        "channel": CHANNEL, "message": MESSAGE, "state": {"values": {}}, "response_url": "https://example.org/r",
        "actions": [said],
    }  # fmt: skip


def _event(event: Payload) -> Payload:
    authorised = {
        "enterprise_id": None, "team_id": "T1", "user_id": "UBOT", "is_bot": True, "is_enterprise_install": False,
    }  # fmt: skip
    return {
        "token": "t", "team_id": "T1", "api_app_id": "A1", "type": "event_callback", "event_id": "Ev1",
        "event_time": 1700000000, "is_ext_shared_channel": False, "authorizations": [authorised],
        "event_context": "4-abc", "event": event,
    }  # fmt: skip


def _in_view() -> Payload:
    tapped = _tap({"type": "button", "text": PLAIN, "value": "v"})
    left = {k: v for k, v in tapped.items() if k not in {"message", "channel", "response_url", "state"}}
    return {**left, "container": {"type": "view", "view_id": "V1"}, "view": VIEW}


_TYPED = {
    "type": "message", "channel": "D1", "channel_type": "im", "user": "U1", "text": "hello", "team": "T1",
    "ts": "1700000000.000100", "event_ts": "1700000000.000100", "client_msg_id": "a-b",
}  # fmt: skip
_SUBMITTED = {**REQUEST, "user": USER, "view": VIEW}

SENT: dict[str, tuple[str, Payload]] = {
    "command": (
        "slash_commands",
        {
            "token": "t", "team_id": "T1", "team_domain": "harbour", "channel_id": "D1", "user_id": "U1",
            "channel_name": "directmessage", "user_name": "maya", "command": "/learn", "text": "next",
            "api_app_id": "A1", "is_enterprise_install": "false", "response_url": "https://example.org/r",
            "trigger_id": "1.2.a",
        },
    ),
    "block_actions": ("interactive", _tap({"type": "button", "text": PLAIN, "value": "v"})),
    "a tap in a view": ("interactive", _in_view()),
    "a choice": ("interactive", _tap({"type": "static_select", "selected_option": OPTION, "placeholder": PLAIN})),
    "a radio button": ("interactive", _tap({"type": "radio_buttons", "selected_option": OPTION})),
    "an overflow": ("interactive", _tap({"type": "overflow", "selected_option": OPTION})),
    "a date": ("interactive", _tap({"type": "datepicker", "selected_date": "2026-03-02"})),
    "message_action": (
        "interactive",
        {
            "type": "message_action", "callback_id": "explain", "trigger_id": "1.2.a", "message_ts": MESSAGE["ts"],
            "response_url": "https://example.org/r", "message": MESSAGE, "user": USER, "channel": CHANNEL,
            "team": TEAM, "token": "t", "action_ts": "1.2", "is_enterprise_install": False,
        },
    ),
    "shortcut": (
        "interactive",
        {
            "type": "shortcut", "callback_id": "ask", "trigger_id": "1.2.a", "team": TEAM,
            "user": {"id": "U1", "username": "maya", "team_id": "T1"}, "token": "t", "action_ts": "1.2",
            "is_enterprise_install": False,
        },
    ),
    "view_submission": (
        "interactive",
        {**_SUBMITTED, "type": "view_submission", "trigger_id": "1.2.a", "response_urls": []},
    ),
    "view_closed": ("interactive", {**_SUBMITTED, "type": "view_closed", "is_cleared": False}),
    "block_suggestion": (
        "interactive",
        {
            **REQUEST, "type": "block_suggestion", "block_id": "b", "action_id": "a", "value": "fo", "user": USER,
            "container": {"type": "view", "view_id": "V1"}, "view": VIEW,
        },
    ),
    "message": ("events_api", _event(_TYPED)),
    "user_change": (
        "events_api",
        _event({
            "type": "user_change", "cache_ts": 1700000000, "event_ts": "1.2",
            "user": {**PERSON, "locale": "en-GB", "profile": {**PROFILE, "fields": {}}},
        }),
    ),
    "app_home_opened": (
        "events_api",
        _event({"type": "app_home_opened", "user": "U1", "channel": "D1", "tab": "home", "event_ts": "1.2"}),
    ),
    "app_uninstalled": ("events_api", _event({"type": "app_uninstalled"})),
    "tokens_revoked": ("events_api", _event({"type": "tokens_revoked", "tokens": {"oauth": [], "bot": ["UBOT"]}})),
}  # fmt: skip

_POSTED = {"ok": True, "channel": "D1", "ts": MESSAGE["ts"]}
_SHOWN = {"ok": True, "view": {**VIEW, "state": {"values": {}}, "previous_view_id": "V0"}}

ANSWERS: dict[str, Payload] = {
    "apps.connections.open": {"ok": True, "url": "wss://example.org/link"},
    "auth.test": {
        "ok": True, "url": "https://harbour.example.org/", "team": "Harbour", "user": "bot", "team_id": "T1",
        "user_id": "UBOT", "bot_id": "B1", "is_enterprise_install": False,
    },
    "blocks.validate": {"ok": True},
    "chat.delete": {"ok": True, "channel": "D1", "ts": "1.0"},
    "chat.getPermalink": {"ok": True, "channel": "D1", "permalink": "https://harbour.example.org/archives/D1/p1"},
    "chat.postMessage": {**_POSTED, "message": MESSAGE},
    "chat.update": {**_POSTED, "text": "Read", "message": {k: v for k, v in MESSAGE.items() if k != "ts"}},
    "conversations.history": {"ok": True, "messages": [MESSAGE], "has_more": False, "pin_count": 0},
    "conversations.members": {"ok": True, "members": ["U1"], "response_metadata": {"next_cursor": ""}},
    "conversations.open": {"ok": True, "channel": {"id": "D1"}},
    "dnd.info": {"ok": True, "dnd_enabled": True, "next_dnd_start_ts": 1, "next_dnd_end_ts": 2},
    "files.completeUploadExternal": {"ok": True, "files": [{"id": "F1", "title": "Status"}]},
    "files.delete": {"ok": True},
    "files.getUploadURLExternal": {
        "ok": True, "upload_url": "https://files.example.org/upload/v1/abc", "file_id": "F1",
    },
    "usergroups.users.list": {"ok": True, "users": ["U1"]},
    "users.info": {"ok": True, "user": PERSON},
    "users.list": {"ok": True, "members": [PERSON], "cache_ts": 1, "response_metadata": {"next_cursor": ""}},
    "views.open": _SHOWN,
    "views.publish": _SHOWN,
    "views.push": _SHOWN,
    "views.update": _SHOWN,
}  # fmt: skip


def patched(payload: Payload, pointer: str, value: Any) -> Payload:
    """A copy with another value at a JSON pointer."""
    copy = deepcopy(payload)
    *way, last = pointer.strip("/").split("/")
    node: Any = copy
    for step in way:
        node = node[int(step) if isinstance(node, list) else step]
    node[int(last) if isinstance(node, list) else last] = value
    return copy
