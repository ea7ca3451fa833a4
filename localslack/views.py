"""Modals and Homes: the methods for views, and the views that a person sees."""

from __future__ import annotations

import json
import secrets
import time
from typing import Any

from bot.limits import view_violations
from localslack import inputs
from localslack.arguments import Arguments, MethodError, explained, need, parsed
from localslack.objects import APP, BOT_ID, TEAM, OpenView, Trigger
from localslack.world import World

STACK = 3
TOO_LARGE = 250_000
View = dict[str, Any]
HOME_TITLE = {"type": "plain_text", "text": "View Title", "emoji": True}
"""The title that Slack gives to a Home without one."""


def open_(world: World, _base: str, arguments: Arguments) -> dict[str, Any]:
    """Carry out `views.open`: a modal with one view. It replaces an open one, about which Slack's documentation says
    nothing.
    """
    asked = _asked(arguments, "modal")
    trigger = _exchange(world, arguments)
    view = made(world, asked)
    if not trigger.submitted:
        world.modals[trigger.user] = [OpenView(view)]
        world.changed()
    # Slack answers ok to a trigger of a submission, though its client shows nothing
    return {"view": _answer(view)}


def push(world: World, _base: str, arguments: Arguments) -> dict[str, Any]:
    """Carry out `views.push`: one more view on an open modal."""
    asked = _asked(arguments, "modal")
    trigger = _exchange(world, arguments)
    stack = world.modals.get(trigger.user, [])
    if trigger.view_id is None or not any(opened.view["id"] == trigger.view_id for opened in stack):
        raise MethodError("not_found")
    return {"view": _answer(pushed(world, stack, asked))}


def update(world: World, _base: str, arguments: Arguments) -> dict[str, Any]:
    """Carry out `views.update`: another content for an open view or a Home."""
    asked = _asked(arguments)
    name = "view_id" if arguments.get("view_id") else "external_id"
    view = next((v for v in _all(world) if v["id" if name == "view_id" else name] == need(arguments, name)), None)
    if view is None:
        raise MethodError("not_found")
    if asked["type"] != view["type"]:
        raise MethodError("invalid_arguments", "[ERROR] the view's type can't be changed [json-pointer:/view/type]")
    _same_hash(view, arguments)
    replace(world, view, asked)
    return {"view": _answer(view)}


def publish(world: World, _base: str, arguments: Arguments) -> dict[str, Any]:
    """Carry out `views.publish`: a person's Home."""
    if not world.manifest["features"].get("app_home", {}).get("home_tab_enabled"):
        raise MethodError("not_enabled")
    user = need(arguments, "user_id")
    if user not in world.users:
        raise MethodError("invalid_arguments", "invalid `user_id`")
    asked = _asked(arguments, "home")
    view = world.homes.get(user)
    if view is None:
        view = world.homes[user] = made(world, asked)
        world.changed()
    else:
        _same_hash(view, arguments)
        replace(world, view, asked)
    return {"view": _answer(view)}


def check(view: object, kind: str | None = None) -> View:
    """Return a view that an app sent.

    Raises:
        MethodError: Slack would refuse it, with `invalid_arguments` or `view_too_large`.
    """
    if not isinstance(view, dict):
        raise MethodError("invalid_arguments", "[ERROR] must be a valid view [json-pointer:/view]")
    if len(json.dumps(view, ensure_ascii=False).encode()) > TOO_LARGE:
        raise MethodError("view_too_large")
    if kind and view.get("type") != kind:
        raise MethodError("invalid_arguments", f"[ERROR] must be of type {kind} [json-pointer:/view/type]")
    found = view_violations(view)
    if found:
        raise MethodError("invalid_arguments", *explained(found, "/view"))
    return view


def made(world: World, asked: View, below: View | None = None) -> View:
    """Return a new view with all that Slack adds. `below`: the view on which it is pushed."""
    _unique(world, asked)
    view_id = world.new_id("V")
    return {
        "id": view_id,
        "team_id": TEAM,
        **_content(world, asked),
        "hash": _hash(),
        "root_view_id": below["root_view_id"] if below else view_id,
        "previous_view_id": below["id"] if below else None,
        "app_id": APP,
        "app_installed_team_id": TEAM,
        "bot_id": BOT_ID,
    }


def pushed(world: World, stack: list[OpenView], asked: View) -> View:
    """Put a view on a modal's stack.

    Raises:
        MethodError: `push_limit_reached`, since three views are the most.
    """
    if len(stack) >= STACK:
        raise MethodError("push_limit_reached")
    view = made(world, asked, stack[-1].view)
    stack.append(OpenView(view))
    world.changed()
    return view


def replace(world: World, view: View, asked: View) -> None:
    """Replace the content of a view. Input stays where block and action keep their ids."""
    _unique(world, asked, view)
    view.update(_content(world, asked, view["state"]["values"]), hash=_hash())
    for stack in world.modals.values():
        for opened in stack:
            if opened.view is view:
                opened.errors = {}
    world.changed()


def _asked(arguments: Arguments, kind: str | None = None) -> View:
    return check(parsed(arguments, "view", "invalid_arguments"), kind)


def _content(world: World, asked: View, before: dict[str, Any] | None = None) -> View:
    blocks = [_with_action_ids(world, block) for block in world.with_ids(asked["blocks"])]
    return {
        "type": asked["type"],
        "title": asked.get("title", HOME_TITLE),
        "close": asked.get("close"),
        "submit": asked.get("submit"),
        "blocks": blocks,
        "private_metadata": asked.get("private_metadata", ""),
        "callback_id": asked.get("callback_id", ""),
        "external_id": asked.get("external_id", ""),
        "clear_on_close": asked.get("clear_on_close", False),
        "notify_on_close": asked.get("notify_on_close", False),
        "state": {"values": inputs.begin(blocks, before)},
    }


def _with_action_ids(world: World, block: dict[str, Any]) -> dict[str, Any]:
    """Return a block whose elements all have an id, as Slack adds missing ones."""

    def named(element: Any) -> Any:
        nameless = isinstance(element, dict) and element.get("type") in {*inputs.FIELD, "button", "overflow"}
        return {"action_id": world.new_id("a"), **element} if nameless else element

    changed: View = {name: named(block[name]) for name in ("element", "accessory") if name in block}
    if "elements" in block:
        changed["elements"] = [named(element) for element in block["elements"]]
    return {**block, **changed}


def _exchange(world: World, arguments: Arguments) -> Trigger:
    trigger = world.triggers.get(need(arguments, "trigger_id"))
    if trigger is None:
        raise MethodError("invalid_trigger_id")
    if trigger.exchanged:
        raise MethodError("exchanged_trigger_id")
    if time.monotonic() > trigger.until:
        raise MethodError("expired_trigger_id")
    trigger.exchanged = True
    return trigger


def _same_hash(view: View, arguments: Arguments) -> None:
    if arguments.get("hash") and arguments["hash"] != view["hash"]:
        raise MethodError("hash_conflict")


def _unique(world: World, asked: View, mine: View | None = None) -> None:
    external = asked.get("external_id")
    if external and any(view["external_id"] == external for view in _all(world) if view is not mine):
        raise MethodError("duplicate_external_id")


def _all(world: World) -> list[View]:
    return [*world.homes.values(), *(opened.view for stack in world.modals.values() for opened in stack)]


def _hash() -> str:
    return f"{int(time.time())}.{secrets.token_hex(4)}"


def _answer(view: View) -> View:
    return {**view, "state": {"values": {}}}
