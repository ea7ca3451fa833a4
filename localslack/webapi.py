"""The dispatcher of the Web API: token, scope, rate limit, then the method. Methods that the bot doesn't call are
`unknown_method`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from localslack import files, methods, views
from localslack.arguments import Arguments, MethodError
from localslack.world import World

SOCKET_SCOPE = "connections:write"
JSON_ARGUMENTS = ("blocks", "metadata", "view", "message", "files")


@dataclass
class Reply:
    """An HTTP reply."""

    body: dict[str, Any]
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Method:
    """A method and its scopes, of which a call needs one. `""` stands for none."""

    run: Callable[[World, str, Arguments], dict[str, Any]]
    scopes: tuple[str, ...] = ()


HISTORY = {"D": "im:history", "C": "channels:history"}
METHODS = {
    "auth.test": Method(methods.auth_test),
    "apps.connections.open": Method(methods.connections_open, (SOCKET_SCOPE,)),
    "users.info": Method(methods.users_info, ("users:read",)),
    "users.list": Method(methods.users_list, ("users:read",)),
    "dnd.info": Method(methods.dnd_info, ("dnd:read",)),
    "files.getUploadURLExternal": Method(files.upload_url, ("files:write",)),
    "files.completeUploadExternal": Method(files.complete, ("files:write",)),
    "files.delete": Method(files.delete, ("files:write",)),
    "conversations.members": Method(methods.conversations_members, ("channels:read", "groups:read")),
    "usergroups.users.list": Method(methods.usergroup_members, ("usergroups:read",)),
    "conversations.open": Method(methods.conversations_open, ("im:write",)),
    "conversations.history": Method(methods.history, tuple(HISTORY.values())),
    "chat.postMessage": Method(methods.post, ("chat:write",)),
    "chat.update": Method(methods.update, ("chat:write",)),
    "chat.delete": Method(methods.delete, ("chat:write",)),
    "chat.getPermalink": Method(methods.permalink),
    "blocks.validate": Method(methods.validate),
    "views.open": Method(views.open_),
    "views.push": Method(views.push),
    "views.update": Method(views.update),
    "views.publish": Method(views.publish),
}


def call(world: World, base: str, name: str, token: str, arguments: dict[str, Any]) -> Reply:
    """Answer a call as Slack would. `base`: this server's own URL."""
    wait = world.meter.refused(name, str(arguments.get("channel", ""))) if world.enforces_rate_limits else 0
    if wait:
        reply = Reply({"ok": False, "error": "ratelimited"}, 429, {"Retry-After": str(wait)})
    else:
        reply = Reply(_answered(world, base, name, token, arguments))
    granted = _granted(world, name)
    if token and reply.body.get("error") not in {"invalid_auth", "not_allowed_token_type"}:
        reply.headers["X-OAuth-Scopes"] = ",".join(sorted(granted))
    world.calls.append((name, _read(arguments), reply.body))
    return reply


def _answered(world: World, base: str, name: str, token: str, arguments: Arguments) -> dict[str, Any]:
    method = METHODS.get(name, Method(_unknown))
    try:
        _authorised(world, name, token)
        _permitted(world, name, method, arguments)
        return {"ok": True, **method.run(world, base, arguments)}
    except MethodError as error:
        world.refusals.append({"method": name, "error": error.code, "messages": list(error.messages)})
        answer: dict[str, Any] = {"ok": False, "error": error.code, **error.more}
        if error.messages:
            answer["response_metadata"] = {"messages": list(error.messages)}
        return answer


def _authorised(world: World, name: str, token: str) -> None:
    if not token:
        raise MethodError("not_authed")
    expected, other = world.bot_token, world.app_token
    if name == "apps.connections.open":
        expected, other = other, expected
    if token == other:
        raise MethodError("not_allowed_token_type")
    if token != expected:
        raise MethodError("invalid_auth")
    if token == world.bot_token and world.refuses_with:
        raise MethodError(world.refuses_with)


def _permitted(world: World, name: str, method: Method, arguments: Arguments) -> None:
    needed = method.scopes
    if name == "conversations.history":
        kind = HISTORY.get(str(arguments.get("channel", ""))[:1])
        needed = (kind,) if kind else needed
    if name == "conversations.members":
        channel = world.channels.get(str(arguments.get("channel", "")))
        needed = ("groups:read",) if channel is not None and channel.private else needed[:1]
    granted = _granted(world, name)
    if needed and granted.isdisjoint(needed):
        raise MethodError("missing_scope", needed=",".join(needed), provided=",".join(sorted(granted)))


def _granted(world: World, name: str) -> set[str]:
    return {SOCKET_SCOPE} if name == "apps.connections.open" else world.granted


def _unknown(_world: World, _base: str, _arguments: Arguments) -> dict[str, Any]:
    raise MethodError("unknown_method")


def _read(arguments: Arguments) -> dict[str, Any]:
    """Return the arguments for the ledger, with their JSON parsed."""
    read = dict(arguments)
    for name in JSON_ARGUMENTS:
        if isinstance(read.get(name), str):
            try:
                read[name] = json.loads(read[name])
            except ValueError:
                continue
    return read
