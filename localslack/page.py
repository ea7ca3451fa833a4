"""The page's requests to the server: what a person sees, what they do, and when something changed."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from localslack.inputs import Raw
from localslack.people import People
from localslack.transport import AppTransport
from localslack.world import BOT_USER, GENERAL, PostedMessage, User, World

BEAT_SECONDS = 0.15
Asked = Mapping[str, Any]


def state(world: World, transport: AppTransport, user_id: str) -> dict[str, Any]:
    """Return everything that one person's page shows."""
    user = world.users[user_id]
    features = world.manifest["features"]
    places = [world.dm(user_id), world.channels[GENERAL]]
    return {
        "version": world.version,
        "me": _person(world, user),
        "people": [_person(world, u) for u in world.users.values() if u.shown],
        "names": {u.id: u.name for u in world.users.values()},
        "handles": [{"handle": u.handle, "name": u.name} for u in world.users.values() if u.id != BOT_USER],
        "commands": [
            {"command": c["command"], "description": c["description"], "hint": c["usage_hint"]}
            for c in features["slash_commands"]
        ],
        "clock": clock(world, user),
        "connected": transport.connected > 0,
        "channels": [
            {
                "id": c.id,
                "name": "Missing Link" if c.member else c.name,
                "dm": c.member is not None,
                "messages": [_message(world, m, user) for m in world.visible(c, user_id)],
            }
            for c in places
        ],
        "has_home": bool(features.get("app_home", {}).get("home_tab_enabled")),
        "home": world.homes.get(user_id),
        "modals": [{"view": m.view, "errors": m.errors} for m in world.modals.get(user_id, [])],
        "shortcuts": [
            {"name": s["name"], "callback_id": s["callback_id"]}
            for s in features.get("shortcuts", [])
            if s["type"] == "message"
        ],
    }


async def act(world: World, people: People, action: str, asked: object) -> dict[str, Any]:
    """Do what the page requests for one person; return a complaint or "", and for `suggest` the options.

    Raises:
        TypeError, ValueError: the page requested something that isn't there, or in the wrong form.
    """
    if not isinstance(asked, Mapping):
        raise TypeError("an object is needed")
    user = _word(asked, "user")
    if user not in world.users:
        raise ValueError("no such person")
    if action == "suggest":
        typed = _word(asked, "typed", "")
        return {"complaint": "", "options": await people.suggest(user, *_field(asked), typed)}
    if action == "clock":
        move(world, world.users[user], _word(asked, "how"))
        return {"complaint": ""}
    return {"complaint": await _done(people, action, user, asked)}


async def _done(people: People, action: str, user: str, asked: Asked) -> str:
    if action == "send":
        channel, text = _word(asked, "channel"), _word(asked, "text").strip()
        say = people.command if text.startswith("/") else people.say
        return await say(user, channel, text) if text else ""
    if action == "tap" and "view_id" in asked:
        return await people.tap_view(user, *_field(asked), _raw(asked.get("value")), _values(asked))
    if action == "tap":
        where = _word(asked, "channel"), _word(asked, "ts"), _word(asked, "block_id"), _word(asked, "action_id")
        return await people.tap(user, *where, _raw(asked.get("value", "")), values=_values(asked))
    if action == "shortcut":
        return await people.shortcut(user, *(_word(asked, n) for n in ("channel", "ts", "callback_id")))
    if action == "submit":
        return await people.submit(user, _word(asked, "view_id"), _values(asked))
    if action == "close":
        return await people.close(user, _word(asked, "view_id"))
    if action == "home":
        return await people.open_home(user)
    raise ValueError(f"{action} is nothing one can do")


def _word(asked: Asked, name: str, default: str | None = None) -> str:
    found = asked.get(name, default)
    if not isinstance(found, str):
        raise TypeError(f"{name} is missing")
    return found


def _field(asked: Asked) -> tuple[str, str, str]:
    return _word(asked, "view_id"), _word(asked, "block_id"), _word(asked, "action_id")


def _raw(value: object) -> Raw:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return value
    raise ValueError("a value is a string, a list of strings, or nothing")


def _values(asked: Asked) -> dict[str, dict[str, Raw]]:
    found = asked.get("values") or {}
    if not isinstance(found, Mapping) or not all(isinstance(entries, Mapping) for entries in found.values()):
        raise ValueError("values are a block's actions and what they hold")
    return {block: {action: _raw(raw) for action, raw in entries.items()} for block, entries in found.items()}


def _person(world: World, user: User) -> dict[str, Any]:
    here = world.now().astimezone(ZoneInfo(user.tz))
    return {"id": user.id, "name": user.name, "title": user.title, "tz": user.tz, "time": f"{here:%a %H:%M}"}


def _message(world: World, message: PostedMessage, user: User) -> dict[str, Any]:
    sender = world.users.get(message.user)
    here = message.business.astimezone(ZoneInfo(user.tz))
    return {
        "ts": message.ts,
        "user": message.user,
        "name": sender.name if sender else "Slackbot",
        "text": "\n".join([message.text, *(f"📎 {upload.name}" for upload in message.files)]),
        "blocks": message.blocks,
        "ephemeral": message.only_for is not None,
        "time": f"{here:%H:%M}",
        "day": f"{here:%A} {here.day} {here:%B}",
        "bot": message.user == BOT_USER,
    }


def clock(world: World, user: User) -> dict[str, Any]:
    """Return the business clock in the person's zone, and whether it is still moving."""
    here = world.now().astimezone(ZoneInfo(user.tz))
    moving = abs((world.ahead - world.stands).total_seconds()) > 1
    return {"time": f"{here:%H:%M}", "day": f"{here:%A} {here.day} {here:%B}", "tz": user.tz, "moving": moving}


def move(world: World, user: User, how: str) -> None:
    """Move the business clock on by an hour, or to the person's next 09:00."""
    at = datetime.now(UTC) + max(world.ahead, world.stands)
    if how == "hour":
        world.ahead += timedelta(hours=1)
    else:
        zone = ZoneInfo(user.tz)
        here = at.astimezone(zone)
        morning = datetime.combine(here.date(), time(9), zone)
        if morning <= here:
            morning = datetime.combine(here.date() + timedelta(days=1), time(9), zone)
        # a second past nine, so that the clock passes nine itself
        world.ahead = morning.astimezone(UTC) - datetime.now(UTC) + timedelta(seconds=1)
    world.changed()


async def changes(world: World, stopping: asyncio.Event) -> AsyncIterator[str]:
    """Yield server-sent events: the version, whenever it changes."""
    seen = -1
    quiet = 0.0
    while not stopping.is_set():
        if world.version != seen:
            seen, quiet = world.version, 0.0
            yield f"data: {json.dumps({'version': seen})}\n\n"
        elif quiet > 15:
            quiet = 0.0
            yield ": still here\n\n"
        await asyncio.sleep(BEAT_SECONDS)
        quiet += BEAT_SECONDS
