"""The arguments of a Web API call, parsed as Slack parses them, and its errors."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from bot.limits import Violation, violations

if TYPE_CHECKING:
    from localslack.world import World

Arguments = Mapping[str, Any]


class MethodError(Exception):
    """An `ok: false` with Slack's code, Slack's explanations, and further fields of the answer."""

    def __init__(self, code: str, *messages: str, **more: Any) -> None:
        super().__init__(code)
        self.code, self.messages, self.more = code, messages, more


def need(arguments: Arguments, name: str) -> str:
    """Return a required string.

    Raises:
        MethodError: it is missing.
    """
    value = arguments.get(name)
    if not isinstance(value, str) or not value:
        raise MethodError("invalid_arguments", f"[ERROR] missing required field: {name}")
    return value


def flag(arguments: Arguments, name: str) -> bool:
    """Return a boolean, which may come as a form's text or as JSON."""
    return str(arguments.get(name, "")).lower() in {"true", "1"}


def parsed(arguments: Arguments, name: str, code: str) -> Any:
    """Return an argument that is JSON, which may come as a string.

    Raises:
        MethodError: it is no JSON.
    """
    value = arguments.get(name)
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise MethodError(code) from None


def page(arguments: Arguments, things: list[Any], default: int, most: int) -> tuple[list[Any], str]:
    """Return one page of things, and the cursor of the next one; "" if there is none."""
    asked = str(arguments.get("limit") or default)
    cursor = str(arguments.get("cursor") or "0")
    if not asked.isdigit():
        raise MethodError("invalid_limit")
    limit = min(int(asked), most)
    if not cursor.isdigit():
        raise MethodError("invalid_cursor")
    start, end = int(cursor), int(cursor) + limit
    return things[start:end], str(end) if end < len(things) else ""


def explained(found: list[Violation], prefix: str = "") -> list[str]:
    """Return violations in the form of Slack's `response_metadata`."""
    return [f"[ERROR] {violation.rule} [json-pointer:{prefix}{violation.path}]" for violation in found]


PHASED = {"data_visualization", "table"}


def check_content(world: World, text: object, blocks: object) -> tuple[str, list[dict[str, Any]]]:
    """Return a message's text and blocks.

    Raises:
        MethodError: Slack would refuse them; it carries the reasons.
    """
    if not text and not blocks:
        raise MethodError("no_text")
    found = violations({"text": text or "", "blocks": blocks})
    if not world.takes_charts and isinstance(blocks, list):
        kinds = [block.get("type") for block in blocks if isinstance(block, dict)]
        found += [Violation("/blocks", f"unsupported type: {kind}") for kind in kinds if kind in PHASED]
    if found:
        raise MethodError("invalid_blocks", *explained(found))
    return str(text or ""), world.with_ids(blocks if isinstance(blocks, list) else [])
