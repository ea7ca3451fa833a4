"""What the page asks of the server: what a person sees, what they do, and when something changed."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.playground.transport import Transport
from bot.playground.world import BOT_USER, GENERAL, Message, User, World

BEAT_SECONDS = 0.15


def state(world: World, transport: Transport, user_id: str) -> dict[str, Any]:
    """Everything one person's page shows."""
    user = world.users[user_id]
    places = [world.dm(user_id), world.channels[GENERAL]]
    return {
        "version": world.version,
        "me": _person(world, user),
        "people": [_person(world, u) for u in world.users.values() if u.shown],
        "names": {u.id: u.name for u in world.users.values()},
        "handles": [{"handle": u.handle, "name": u.name} for u in world.users.values() if u.id != BOT_USER],
        "commands": [
            {"command": c["command"], "description": c["description"], "hint": c["usage_hint"]}
            for c in world.manifest["features"]["slash_commands"]
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
    }


def _person(world: World, user: User) -> dict[str, Any]:
    here = world.now().astimezone(ZoneInfo(user.tz))
    return {"id": user.id, "name": user.name, "title": user.title, "tz": user.tz, "time": f"{here:%a %H:%M}"}


def _message(world: World, message: Message, user: User) -> dict[str, Any]:
    sender = world.users.get(message.user)
    here = message.business.astimezone(ZoneInfo(user.tz))
    return {
        "ts": message.ts,
        "user": message.user,
        "name": sender.name if sender else "Slackbot",
        "text": message.text,
        "blocks": message.blocks,
        "ephemeral": message.only_for is not None,
        "time": f"{here:%H:%M}",
        "day": f"{here:%A} {here.day} {here:%B}",
        "bot": message.user == BOT_USER,
    }


def clock(world: World, user: User) -> dict[str, Any]:
    """Where the business clock stands, in the person's zone, and whether it is still on its way."""
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
        # a second past nine, so that nine itself lies on the way
        world.ahead = morning.astimezone(UTC) - datetime.now(UTC) + timedelta(seconds=1)
    world.changed()


async def changes(world: World, stopping: asyncio.Event) -> AsyncIterator[str]:
    """Server-sent events: the version, whenever it changed."""
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
