"""Values that were filled in or chosen, by block and action id."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.messages import ids
from bot.slack.inbound.payloads.parts import Strict
from bot.slack.typed.slack_text import as_handed_on


class Option(Strict):
    """An entry of a menu, or a box that can be ticked."""

    value: str | None = None


def filled_in(state: object) -> dict[str, dict[str, ids.Value]]:
    """Return what is filled in, by block and action id. An odd field is an empty one: a form says so at the field."""
    values = state.get("values") if isinstance(state, Mapping) else None
    return {
        block_id: {field: _value(entry) for field, entry in block.items() if isinstance(entry, Mapping)}
        for block_id, block in (values.items() if isinstance(values, Mapping) else ())
        if isinstance(block, Mapping)
    }


def _value(entry: Mapping[str, Any]) -> ids.Value:
    rich = entry.get("rich_text_value")
    if isinstance(rich, Mapping):
        return as_handed_on(rich)
    many = entry.get("selected_options", entry.get("selected_users"))
    if isinstance(many, list):
        return tuple(str(each.get("value") if isinstance(each, Mapping) else each) for each in many)
    chosen = entry.get("selected_option")
    if isinstance(chosen, Mapping):
        return str(chosen.get("value"))
    plain = entry.get("selected_user") or entry.get("selected_date") or entry.get("selected_time") or entry.get("value")
    return plain if isinstance(plain, str) else None
