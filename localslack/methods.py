"""The Web API methods for people, conversations and messages that the bot calls, as Slack documents them."""

from __future__ import annotations

import secrets
import time
from typing import Any

from bot.limits import view_violations, violations
from localslack.arguments import Arguments, MethodError, check_content, flag, need, page, parsed
from localslack.objects import APP, BOT_ID, BOT_USER, TEAM, Channel, User
from localslack.world import World

Answer = dict[str, Any]
MEMBERS_PAGE, LARGEST_MEMBERS_PAGE = 100, 999


def auth_test(_world: World, base: str, _arguments: Arguments) -> Answer:
    """Return the identity of the token."""
    return {
        "url": base + "/",
        "team": "Harbour & Sons",
        "user": "missinglink",
        "team_id": TEAM,
        "user_id": BOT_USER,
        "bot_id": BOT_ID,
        "is_enterprise_install": False,
    }


def connections_open(world: World, base: str, _arguments: Arguments) -> Answer:
    """Return a single-use URL for Socket Mode."""
    ticket = secrets.token_urlsafe(12)
    world.tickets.add(ticket)
    return {"url": f"{base.replace('http', 'ws', 1)}/link?ticket={ticket}&app_id={APP}"}


def users_info(world: World, _base: str, arguments: Arguments) -> Answer:
    """Return one person."""
    return {"user": _said(_user(world, arguments, "user"), arguments)}


def users_list(world: World, _base: str, arguments: Arguments) -> Answer:
    """Return everybody in pages, deactivated people and apps included; all at once without a limit."""
    everybody = list(world.users.values())
    members, cursor = page(arguments, everybody, len(everybody), 1000)
    return {
        "members": [_said(u, arguments) for u in members],
        "cache_ts": int(time.time()),
        "response_metadata": {"next_cursor": cursor},
    }


def dnd_info(world: World, _base: str, arguments: Arguments) -> Answer:
    """Return a person's next do-not-disturb, by default the caller's. 1 stands for never."""
    dnd = _user(world, {"user": BOT_USER, **arguments}, "user").dnd
    start, end = (int(dnd[0].timestamp()), int(dnd[1].timestamp())) if dnd else (1, 1)
    return {"dnd_enabled": dnd is not None, "next_dnd_start_ts": start, "next_dnd_end_ts": end}


def conversations_open(world: World, _base: str, arguments: Arguments) -> Answer:
    """Return a person's DM with the bot."""
    user = _user(world, arguments, "users")
    if user.deleted:
        raise MethodError("user_disabled")
    if user.is_bot:
        raise MethodError("cannot_dm_bot")
    return {"channel": {"id": world.dm(user.id).id}}


def conversations_members(world: World, _base: str, arguments: Arguments) -> Answer:
    """Return the ids of a channel's members in pages, apps included; of a private one only where the bot is in it."""
    channel = _channel(world, arguments)
    if channel.member is not None:
        raise MethodError("method_not_supported_for_channel_type")
    if channel.private and BOT_USER not in channel.people:
        raise MethodError("channel_not_found")
    members, cursor = page(arguments, channel.people, MEMBERS_PAGE, LARGEST_MEMBERS_PAGE)
    return {"members": members, "response_metadata": {"next_cursor": cursor}}


def usergroup_members(world: World, _base: str, arguments: Arguments) -> Answer:
    """Return the ids of a user group's members, all at once; those of one that is disabled only when asked."""
    group = world.groups.get(need(arguments, "usergroup"))
    if group is None:
        raise MethodError("no_such_subteam")
    asked = not group.disabled or flag(arguments, "include_disabled")
    return {"users": list(group.people) if asked else []}


def history(world: World, _base: str, arguments: Arguments) -> Answer:
    """Return a channel's messages, newest first, without ephemeral ones."""
    oldest = float(arguments.get("oldest") or 0)
    messages = reversed(_channel(world, arguments).messages)
    shared = [m for m in messages if m.only_for is None and float(m.ts) > oldest]
    found, cursor = page(arguments, shared, *world.meter.history_page())
    with_metadata = flag(arguments, "include_all_metadata")
    return {
        "messages": [m.as_slack(with_metadata=with_metadata) for m in found],
        "has_more": bool(cursor),
        "pin_count": 0,
        "response_metadata": {"next_cursor": cursor},
    }


def post(world: World, _base: str, arguments: Arguments) -> Answer:
    """Post a message from the bot."""
    channel = _channel(world, arguments)
    if channel.member and not world.manifest["features"].get("app_home", {}).get("messages_tab_enabled"):
        raise MethodError("messages_tab_disabled")
    text, blocks = check_content(world, arguments.get("text"), parsed(arguments, "blocks", "invalid_blocks_format"))
    metadata = parsed(arguments, "metadata", "invalid_metadata_format")
    if metadata is not None and not (
        isinstance(metadata, dict)
        and isinstance(metadata.get("event_type"), str)
        and isinstance(metadata.get("event_payload"), dict)
    ):
        raise MethodError("invalid_metadata_schema")
    message = world.write(channel, BOT_USER, text, blocks=blocks, metadata=metadata)
    world.posts.append(message)
    return {"channel": channel.id, "ts": message.ts, "message": message.as_slack()}


def update(world: World, _base: str, arguments: Arguments) -> Answer:
    """Replace the content of one of the bot's messages. Text without blocks removes the blocks."""
    channel = _channel(world, arguments)
    message = channel.find(need(arguments, "ts"))
    if message is None or message.only_for is not None:
        raise MethodError("message_not_found")
    if message.user != BOT_USER:
        raise MethodError("cant_update_message")
    text, blocks = check_content(world, arguments.get("text"), parsed(arguments, "blocks", "invalid_blocks_format"))
    world.rewrite(message, text, blocks)
    shown = message.as_slack()
    # the time is a field beside the message, not in it
    return {"channel": channel.id, "ts": shown.pop("ts"), "text": text, "message": shown}


def delete(world: World, _base: str, arguments: Arguments) -> Answer:
    """Delete one of the bot's messages."""
    channel = _channel(world, arguments)
    message = channel.find(need(arguments, "ts"))
    if message is None or message.only_for is not None:
        raise MethodError("message_not_found")
    if message.user != BOT_USER:
        raise MethodError("cant_delete_message")
    channel.messages.remove(message)
    world.changed()
    return {"channel": channel.id, "ts": message.ts}


def permalink(world: World, base: str, arguments: Arguments) -> Answer:
    """Return a link to a message."""
    channel = _channel(world, arguments)
    ts = need(arguments, "message_ts")
    if channel.find(ts) is None:
        raise MethodError("message_not_found")
    return {"channel": channel.id, "permalink": f"{base}/archives/{channel.id}/p{ts.replace('.', '')}"}


def validate(_world: World, _base: str, arguments: Arguments) -> Answer:
    """Check that Slack would take blocks, a message or a view: exactly one of them."""
    given = [name for name in ("blocks", "message", "view") if arguments.get(name)]
    if len(given) != 1:
        raise MethodError("invalid_arguments", "[ERROR] give exactly one of blocks, message, view")
    name = given[0]
    value = parsed(arguments, name, f"invalid_{name}")
    if name != "blocks" and not isinstance(value, dict):
        raise MethodError(f"invalid_{name}")
    found = view_violations(value) if name == "view" else violations(value if name == "message" else {"blocks": value})
    if found:
        path = "/blocks" if name == "blocks" else ""
        errors = [{"pointer": v.path.removeprefix(path), "code": "failed_constraint", "message": v.rule} for v in found]
        raise MethodError(f"invalid_{name}", errors=errors)
    return {}


def _user(world: World, arguments: Arguments, name: str) -> User:
    user = world.users.get(need(arguments, name))
    if user is None:
        raise MethodError("user_not_found")
    return user


def _said(user: User, arguments: Arguments) -> Answer:
    said = user.as_slack()
    if not flag(arguments, "include_locale"):
        said.pop("locale")
    return said


def _channel(world: World, arguments: Arguments) -> Channel:
    channel = world.channels.get(need(arguments, "channel"))
    if channel is None:
        raise MethodError("channel_not_found")
    return channel
