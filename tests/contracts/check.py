"""Whether a payload is one that Slack would send or take, by schemas that neither the bot nor the local Slack wrote.

Each function raises an AssertionError that names every place and what is wrong there. The schemas come from Slack's
own packages (see generate.sh); what they get wrong stands in exceptions.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tests.contracts.exceptions import excused
from tests.contracts.required import ACTIVE_USER, REQUIRED, USER, missing
from tests.contracts.schemas import Complaint, complaints, definitions

Payload = Mapping[str, Any]

NO_ANSWER = frozenset({"block_actions", "view_closed", "message_action", "shortcut", "event_callback"})
"""What is acknowledged with nothing."""
SAYS = ("text", "blocks", "attachments", "markdown_text")


def check_blocks(blocks: Any) -> None:
    """The blocks of a message."""
    _raise("blocks", _blocks(blocks, ""))


def check_view(view: Payload) -> None:
    """A modal or a Home that the bot hands to Slack."""
    _raise("view", _by_type("blocks", "View", view))


def check_event(payload: Payload) -> None:
    """The body of an Events API request, and the event in it by its own type."""
    found = [*_by_type("payloads", "EnvelopedEvent<any>", payload)]
    found += _by_type("events", "SlackEvent", payload.get("event"), "/event")
    _raise("event", found)


def check_command(payload: Payload) -> None:
    """A slash command."""
    _raise("slash command", _by_type("payloads", "SlashCommand", payload))


def check_action(payload: Payload) -> None:
    """A tap, and the message it was in."""
    found = [*_by_type("payloads", "BlockAction", payload)]
    if "channel" in payload and "response_url" not in payload:
        found.append(Complaint("/response_url", "is missing"))
    found += _blocks((payload.get("message") or {}).get("blocks", []), "/message/blocks")
    _raise("block_actions", found)


def check_submission(payload: Payload) -> None:
    """A modal that was submitted, or closed."""
    name = "ViewClosedAction" if payload.get("type") == "view_closed" else "ViewSubmitAction"
    _raise(str(payload.get("type")), _by_type("payloads", name, payload))


def check_shortcut(payload: Payload) -> None:
    """A shortcut, a message's or a global one."""
    name = "GlobalShortcut" if payload.get("type") == "shortcut" else "MessageShortcut"
    found = [*_by_type("payloads", name, payload)]
    found += _blocks((payload.get("message") or {}).get("blocks", []), "/message/blocks")
    _raise(str(payload.get("type")), found)


def check_suggestion(payload: Payload) -> None:
    """A request for the options of a menu."""
    _raise("block_suggestion", _by_type("payloads", "BlockSuggestion", payload))


INTERACTIVE = {
    "block_actions": check_action,
    "view_submission": check_submission,
    "view_closed": check_submission,
    "message_action": check_shortcut,
    "shortcut": check_shortcut,
    "block_suggestion": check_suggestion,
}


def check_sent(kind: str, payload: Payload) -> None:
    """What Slack sends the app. `kind`: that of the Socket Mode envelope."""
    if kind == "slash_commands":
        check_command(payload)
    elif kind == "events_api":
        check_event(payload)
    else:
        check = INTERACTIVE.get(str(payload.get("type")))
        assert kind == "interactive", f"no contract for an envelope of type {kind}"
        assert check, f"no contract for {payload.get('type')}"
        check(payload)


def check_ack(kind: str, body: Any) -> None:
    """What the app acknowledges with. `kind`: the payload's type, or `slash_commands`."""
    if not body:
        return
    if kind == "slash_commands":
        found = [*_said(body)]
    elif kind == "view_submission":
        found = [*_by_type("payloads", "ViewResponseAction", body)]
    elif kind == "block_suggestion":
        name = "OptionGroups<BlockOptions>" if "option_groups" in body else "BlockOptions"
        found = [*_by_type("payloads", name, body)]
    else:
        assert kind in NO_ANSWER, f"no contract for the acknowledgement of {kind}"
        found = [Complaint("", f"must be empty, is {body}")]
    _raise(f"acknowledgement of {kind}", found)


def check_arguments(method: str, arguments: Payload) -> None:
    """What the app calls a method with: only arguments that it has, and blocks and views as Slack takes them.

    Slack itself passes over an argument it doesn't know, so that a misspelt one does nothing.
    """
    named = definitions("arguments").get(f"Names<{_type_of(method)}Arguments>", {})
    known = {*named.get("enum", ()), named.get("const"), "token"}
    found = [Complaint(f"/{name}", "isn't an argument of this method") for name in arguments if name not in known]
    found += _blocks(arguments.get("blocks") or [], "/blocks")
    if arguments.get("view") is not None:
        found += _by_type("blocks", "View", arguments["view"], "/view")
    _raise(f"call of {method}", found)


def check_said(body: Payload) -> None:
    """What is posted to a response_url."""
    _raise("post to a response_url", _said(body))


def check_response(method: str, answer: Payload) -> None:
    """What the Web API answers a method."""
    if not answer.get("ok"):
        known = isinstance(answer.get("error"), str) and bool(answer["error"])
        found = [] if known else [Complaint("/error", "must be a code")]
        found += [Complaint("/ok", "must be false")] if answer.get("ok") is not False else []
        if method in REQUIRED:
            found += _by_type(method, response_type(method), answer)
    else:
        assert method in REQUIRED, f"no contract for the answer of {method}"
        found = [*_by_type(method, response_type(method), answer)]
        found += [Complaint(path, "is missing") for path in missing(answer, REQUIRED[method])]
        found += _people(answer)
        for path, thing in _with_blocks(answer):
            found += _blocks(thing.get("blocks", []), f"{path}/blocks")
    _raise(f"answer of {method}", found)


def check_manifest(manifest: Payload) -> None:
    """An app's manifest."""
    _raise("manifest", _by_type("manifest", "Manifest", manifest))


def response_type(method: str) -> str:
    """What @slack/web-api calls the answer of a method."""
    return f"{_type_of(method)}Response"


def _type_of(method: str) -> str:
    return "".join(part[0].upper() + part[1:] for part in method.split("."))


def _said(body: Payload) -> Iterator[Complaint]:
    """An answer to a command or a tap. It says something, or takes the original away."""
    yield from _by_type("payloads", "Partial<RespondArguments>", _typed(body))
    if not any(body.get(part) for part in (*SAYS, "delete_original")):
        yield Complaint("", f"says nothing: none of {', '.join(SAYS)}")


def _people(answer: Payload) -> Iterator[Complaint]:
    people = [("/user", answer["user"])] if isinstance(answer.get("user"), dict) else []
    people += [
        (f"/members/{n}", member) for n, member in enumerate(answer.get("members", [])) if isinstance(member, dict)
    ]
    for path, person in people:
        keys = USER if person.get("deleted") else (*USER, *ACTIVE_USER)
        yield from (Complaint(lost, "is missing") for lost in missing(person, keys, path))


def _with_blocks(answer: Payload) -> Iterator[tuple[str, Payload]]:
    for name in ("message", "view"):
        if isinstance(answer.get(name), dict):
            yield f"/{name}", answer[name]
    for number, message in enumerate(answer.get("messages", [])):
        yield f"/messages/{number}", message


UNTYPED = {"data_visualization"}
"""Blocks that Slack documents and its package doesn't type yet; bot/limits has their rules."""


def _typed(body: Payload) -> Payload:
    """Return what is said without the blocks that have no type."""
    blocks = body.get("blocks")
    if not isinstance(blocks, list):
        return body
    return {**body, "blocks": [each for each in blocks if not _untyped(each)]}


def _untyped(block: Any) -> bool:
    return isinstance(block, dict) and block.get("type") in UNTYPED


def _blocks(blocks: Any, at: str) -> Iterator[Complaint]:
    if not isinstance(blocks, list | tuple):
        yield Complaint(at, "must be an array")
        return
    for number, block in enumerate(blocks):
        if _untyped(block):
            continue
        yield from _by_type("blocks", "KnownBlock", block, f"{at}/{number}")


def _by_type(subject: str, name: str, payload: Any, at: str = "") -> Iterator[Complaint]:
    for complaint in complaints(subject, name, payload):
        if not excused(name, complaint):
            yield Complaint(f"{at}{complaint.path}", complaint.message)


def _raise(what: str, found: Iterator[Complaint] | list[Complaint]) -> None:
    told = [str(complaint) for complaint in found]
    assert not told, f"{what} isn't what Slack's types say:\n  " + "\n  ".join(told)
