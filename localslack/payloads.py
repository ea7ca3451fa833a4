"""The payloads that Slack sends an app, field by field, as documented under https://docs.slack.dev/reference."""

from __future__ import annotations

import time
from typing import Any

from localslack.objects import APP, BOT_USER, COMPANY, DOMAIN, TEAM, VERIFICATION, Channel, PostedMessage, User

Payload = dict[str, Any]


def command(user: User, channel: Channel, name: str, text: str, **more: str) -> Payload:
    """Return a slash command. `more`: its response_url and trigger_id."""
    return {
        "token": VERIFICATION,
        "team_id": TEAM,
        "team_domain": DOMAIN,
        "channel_id": channel.id,
        "channel_name": channel.name,
        "user_id": user.id,
        "user_name": user.handle,
        "command": name,
        "text": text,
        "api_app_id": APP,
        "is_enterprise_install": "false",
        **({f"enterprise_{key}": value for key, value in COMPANY.items()} if user.teams else {}),
        **more,
    }


def tap_in_message(channel: Channel, message: PostedMessage, action: Payload, state: Payload) -> Payload:
    """Return a tap in a message. An ephemeral message isn't included."""
    seen = {"message": message.as_slack()} if message.only_for is None else {}
    return {
        "type": "block_actions",
        "container": {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": channel.id,
            "is_ephemeral": message.only_for is not None,
        },
        "channel": _place(channel),
        **seen,
        "state": state,
        "actions": [action],
    }


def tap_in_view(view: Payload, action: Payload) -> Payload:
    """Return a tap in a modal or Home. Without a channel, there is no response_url."""
    return {"type": "block_actions", "container": _view(view), "view": view, "actions": [action]}


def suggestion(view: Payload, block_id: str, action_id: str, typed: str) -> Payload:
    """Return a request for the options of a menu that match typed text."""
    return {
        "type": "block_suggestion",
        "action_id": action_id,
        "block_id": block_id,
        "value": typed,
        "container": _view(view),
        "view": view,
    }


def submission(view: Payload) -> Payload:
    """Return the submission of a modal."""
    return {"type": "view_submission", "view": view, "response_urls": []}


def closed(view: Payload, *, cleared: bool) -> Payload:
    """Return the closing of a modal. `cleared`: all of its views closed at once."""
    return {"type": "view_closed", "view": view, "is_cleared": cleared}


def shortcut(channel: Channel, message: PostedMessage, callback_id: str) -> Payload:
    """Return a shortcut in a message's menu."""
    return {
        "type": "message_action",
        "callback_id": callback_id,
        "action_ts": f"{time.time():.6f}",
        "message_ts": message.ts,
        "channel": _place(channel),
        "message": message.as_slack(),
    }


def interaction(user: User, payload: Payload, **more: str) -> Payload:
    """Return an interaction with the fields that all share. `more`: its trigger_id and response_url, if it has them."""
    # a message shortcut is the only interaction without the app's id
    app = {} if payload["type"] == "message_action" else {"api_app_id": APP}
    return {
        **payload,
        **app,
        "user": {"id": user.id, "username": user.handle, "name": user.handle, "team_id": user.team},
        "token": VERIFICATION,
        "team": {"id": TEAM, "domain": DOMAIN},
        "enterprise": COMPANY if user.teams else None,
        "is_enterprise_install": False,
        **more,
    }


def event(event_id: str, inner: Payload) -> Payload:
    """Return an event in its envelope."""
    return {
        "token": VERIFICATION,
        "team_id": TEAM,
        "api_app_id": APP,
        "event": inner,
        "type": "event_callback",
        "event_id": event_id,
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


def user_changed(user: User, event_ts: str) -> Payload:
    """Return the event of a changed profile. Only this event includes a profile's custom fields."""
    said = user.as_slack()
    said["profile"]["fields"] = {}
    return {"type": "user_change", "user": said, "cache_ts": int(time.time()), "event_ts": event_ts}


def _place(channel: Channel) -> Payload:
    return {"id": channel.id, "name": channel.name}


def _view(view: Payload) -> Payload:
    return {"type": "view", "view_id": view["id"]}
