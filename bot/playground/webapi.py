"""The Web API methods that the bot calls, as Slack documents them; anything else is `unknown_method`."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping
from typing import Any

from bot.limits import violations
from bot.playground.world import APP, BOT_ID, BOT_USER, TEAM, Channel, World

Arguments = Mapping[str, Any]


class MethodError(Exception):
    """`ok: false` with Slack's code, and what Slack adds to explain it."""

    def __init__(self, code: str, *messages: str) -> None:
        super().__init__(code)
        self.code, self.messages = code, messages


def call(world: World, base: str, method: str, token: str, arguments: Arguments) -> dict[str, Any]:
    """Answer a method as Slack would. `base` is this server's own address."""
    handler = METHODS.get(method, _unknown)
    try:
        _authorised(world, method, token)
        return {"ok": True, **handler(world, base, arguments)}
    except MethodError as error:
        world.refusals.append({"method": method, "error": error.code, "messages": list(error.messages)})
        answer: dict[str, Any] = {"ok": False, "error": error.code}
        if error.messages:
            answer["response_metadata"] = {"messages": list(error.messages)}
        return answer


def _authorised(world: World, method: str, token: str) -> None:
    if not token:
        raise MethodError("not_authed")
    expected, other = world.bot_token, world.app_token
    if method == "apps.connections.open":
        expected, other = other, expected
    if token == other:
        raise MethodError("not_allowed_token_type")
    if token != expected:
        raise MethodError("invalid_auth")


def _need(arguments: Arguments, name: str) -> str:
    value = arguments.get(name)
    if not isinstance(value, str) or not value:
        raise MethodError("invalid_arguments", f"[ERROR] missing required field: {name}")
    return value


def _flag(arguments: Arguments, name: str) -> bool:
    return str(arguments.get(name, "")).lower() in {"true", "1"}


def _channel(world: World, arguments: Arguments) -> Channel:
    channel = world.channels.get(_need(arguments, "channel"))
    if channel is None:
        raise MethodError("channel_not_found")
    return channel


def _object(arguments: Arguments, name: str, code: str) -> Any:
    value = arguments.get(name)
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise MethodError(code) from None


def _unknown(_world: World, _base: str, _arguments: Arguments) -> dict[str, Any]:
    raise MethodError("unknown_method")


def _auth_test(_world: World, base: str, _arguments: Arguments) -> dict[str, Any]:
    return {
        "url": base + "/",
        "team": "Harbour & Sons",
        "user": "missinglink",
        "team_id": TEAM,
        "user_id": BOT_USER,
        "bot_id": BOT_ID,
        "is_enterprise_install": False,
    }


def _connections_open(world: World, base: str, _arguments: Arguments) -> dict[str, Any]:
    ticket = secrets.token_urlsafe(12)
    world.tickets.add(ticket)
    return {"url": f"{base.replace('http', 'ws', 1)}/link?ticket={ticket}&app_id={APP}"}


def _users_info(world: World, _base: str, arguments: Arguments) -> dict[str, Any]:
    user = world.users.get(_need(arguments, "user"))
    if user is None:
        raise MethodError("user_not_found")
    said = user.as_slack()
    if not _flag(arguments, "include_locale"):
        said.pop("locale")
    return {"user": said}


def _conversations_open(world: World, _base: str, arguments: Arguments) -> dict[str, Any]:
    user = world.users.get(_need(arguments, "users"))
    if user is None:
        raise MethodError("user_not_found")
    if user.deleted:
        raise MethodError("user_disabled")
    if user.is_bot:
        raise MethodError("cannot_dm_bot")
    return {"channel": {"id": world.dm(user.id).id}}


def _history(world: World, _base: str, arguments: Arguments) -> dict[str, Any]:
    channel = _channel(world, arguments)
    limit = min(int(arguments.get("limit") or 100), 999)
    oldest = float(arguments.get("oldest") or 0)
    start = int(str(arguments.get("cursor") or "0"))
    shared = [m for m in reversed(channel.messages) if m.only_for is None and float(m.ts) > oldest]
    page = shared[start : start + limit]
    more = start + limit < len(shared)
    with_metadata = _flag(arguments, "include_all_metadata")
    return {
        "messages": [m.as_slack(with_metadata=with_metadata) for m in page],
        "has_more": more,
        "response_metadata": {"next_cursor": str(start + limit) if more else ""},
    }


def check_content(world: World, text: object, blocks: object) -> tuple[str, list[dict[str, Any]]]:
    """A message's text and blocks, refused with the reasons when Slack would refuse them."""
    if not text and not blocks:
        raise MethodError("no_text")
    found = violations({"text": text or "", "blocks": blocks})
    if found:
        raise MethodError("invalid_blocks", *(f"[ERROR] {violation}" for violation in found))
    return str(text or ""), world.with_ids(blocks if isinstance(blocks, list) else [])


def _post(world: World, _base: str, arguments: Arguments) -> dict[str, Any]:
    channel = _channel(world, arguments)
    text, blocks = check_content(world, arguments.get("text"), _object(arguments, "blocks", "invalid_blocks_format"))
    metadata = _object(arguments, "metadata", "invalid_metadata_format")
    if metadata is not None and not (
        isinstance(metadata, dict)
        and isinstance(metadata.get("event_type"), str)
        and isinstance(metadata.get("event_payload"), dict)
    ):
        raise MethodError("invalid_metadata_schema")
    message = world.write(channel, BOT_USER, text, blocks=blocks, metadata=metadata)
    world.posts.append(message)
    return {"channel": channel.id, "ts": message.ts, "message": message.as_slack()}


def _update(world: World, _base: str, arguments: Arguments) -> dict[str, Any]:
    channel = _channel(world, arguments)
    message = channel.find(_need(arguments, "ts"))
    if message is None or message.only_for is not None:
        raise MethodError("message_not_found")
    if message.user != BOT_USER:
        raise MethodError("cant_update_message")
    # text without blocks takes the blocks away
    text, blocks = check_content(world, arguments.get("text"), _object(arguments, "blocks", "invalid_blocks_format"))
    message.text, message.blocks, message.edited = text, blocks, True
    world.changed()
    return {"channel": channel.id, "ts": message.ts, "text": text, "message": message.as_slack()}


def _permalink(world: World, base: str, arguments: Arguments) -> dict[str, Any]:
    channel = _channel(world, arguments)
    ts = _need(arguments, "message_ts")
    if channel.find(ts) is None:
        raise MethodError("message_not_found")
    return {"channel": channel.id, "permalink": f"{base}/archives/{channel.id}/p{ts.replace('.', '')}"}


METHODS: dict[str, Callable[[World, str, Arguments], dict[str, Any]]] = {
    "auth.test": _auth_test,
    "apps.connections.open": _connections_open,
    "users.info": _users_info,
    "conversations.open": _conversations_open,
    "conversations.history": _history,
    "chat.postMessage": _post,
    "chat.update": _update,
    "chat.getPermalink": _permalink,
}
