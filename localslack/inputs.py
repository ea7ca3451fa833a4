"""People's input into the elements of blocks, in the form in which Slack reports it."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

Element = dict[str, Any]
Blocks = Sequence[dict[str, Any]]
Raw = str | Sequence[str] | None
Values = dict[str, dict[str, Raw]]
"""What is entered, by block and action, before it has Slack's form."""
State = dict[str, dict[str, dict[str, Any]]]
"""The `state.values` of a message or view."""
ENTER = "on_enter_pressed"
_MENTION = re.compile(r"(<(?:(?:!subteam\^|[@#])[A-Z0-9]+|!(?:here|channel|everyone))(?:\|[^>]*)?>)")
_MENTIONED = {"@": "user_id", "#": "channel_id", "!subteam^": "usergroup_id", "!": "range"}
STATELESS = {"button", "overflow", "image"}
ONE_OF = {"static_select", "external_select", "radio_buttons"}
SOME_OF = {"multi_static_select", "multi_external_select", "checkboxes"}
FIELD = {
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "plain_text_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    **dict.fromkeys(ONE_OF, ("selected_option", "initial_option")),
    **dict.fromkeys(SOME_OF, ("selected_options", "initial_options")),
}
"""The key of the value in an element's state, and the key of the initial value in the element."""


def elements(blocks: Blocks) -> Iterator[tuple[dict[str, Any], Element]]:
    """Yield every element with its block."""
    for block in blocks:
        found = [*block.get("elements", []), block.get("accessory"), block.get("element")]
        yield from ((block, element) for element in found if isinstance(element, dict) and "action_id" in element)


def find(blocks: Blocks, block_id: str, action_id: str) -> tuple[dict[str, Any], Element] | None:
    """Return one element with its block."""
    return next(
        (
            (block, element)
            for block, element in elements(blocks)
            if block.get("block_id") == block_id and element.get("action_id") == action_id
        ),
        None,
    )


def options(element: Element) -> list[dict[str, Any]]:
    """Return all options of a menu, without their groups."""
    grouped = [option for group in element.get("option_groups", []) for option in group["options"]]
    return [*element.get("options", []), *grouped]


def begin(blocks: Blocks, before: State | None = None) -> State:
    """Return `state.values` of a view: earlier input if block and action are the same, else the initial values.

    Stateless elements such as buttons aren't part of it.
    """
    values: State = {}
    for block, element in elements(blocks):
        if element["type"] in STATELESS:
            continue
        kept = (before or {}).get(block["block_id"], {}).get(element["action_id"])
        value = kept if kept and kept["type"] == element["type"] else _initial(element)
        values.setdefault(block["block_id"], {})[element["action_id"]] = value
    return values


def entered(element: Element, raw: Raw, offered: Sequence[dict[str, Any]] = ()) -> dict[str, Any]:
    """Return an element's state after somebody entered `raw`. `offered`: the last options of an external menu.

    Raises:
        ValueError: the element doesn't offer that.
    """
    field, initial = FIELD[element["type"]]
    known = [*options(element), *offered]
    first = element.get(initial)
    known += [first] if isinstance(first, dict) else [o for o in first or [] if isinstance(o, dict)]
    value: Any = raw or None
    if element["type"] in ONE_OF:
        value = _option(known, raw) if raw else None
    elif element["type"] in SOME_OF:
        value = [_option(known, one) for one in _many(raw)]
    elif element["type"] == "multi_users_select":
        value = _many(raw)
    elif element["type"] == "rich_text_input":
        value = rich_text(raw) if isinstance(raw, str) and raw else None
    elif isinstance(value, list | tuple):
        raise ValueError(f"{element['action_id']} takes one value")
    return _state(element, field, value)


def with_mentions(typed: str, handed_on: Callable[[str], str]) -> str:
    """Return typed text as Slack passes it on; mentions that are in it already stay."""
    return "".join(part if _MENTION.fullmatch(part) else handed_on(part) for part in _MENTION.split(typed))


def rich_text(written: str) -> dict[str, Any]:
    """Return the value of a field for formatted text. `written`: with people, groups and channels in angle brackets, as
    Slack passes on the words of a command.
    """
    elements: list[dict[str, Any]] = []
    for part in _MENTION.split(written):
        begins = next((sign for sign in _MENTIONED if part.startswith(f"<{sign}") and _MENTION.fullmatch(part)), "")
        if begins:
            key, named = _MENTIONED[begins], part[1 + len(begins) : -1].partition("|")[0]
            elements.append({"type": "broadcast" if key == "range" else key.removesuffix("_id"), key: named})
        elif part:
            elements.append({"type": "text", "text": html.unescape(part)})
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": elements}]}


def empty(state: dict[str, Any]) -> bool:
    """Return True if nothing is entered."""
    return not state.get(FIELD[state["type"]][0])


def tapped(element: Element, raw: Raw, offered: Sequence[dict[str, Any]] = ()) -> dict[str, Any]:
    """Return the action of a tapped element.

    Raises:
        ValueError: the element doesn't offer that.
    """
    if element["type"] == "button":
        made = {"type": "button", "text": element["text"]}
        return {**made, "value": element["value"]} if "value" in element else made
    if element["type"] == "overflow":
        return {"type": "overflow", "selected_option": _option(options(element), raw)}
    if element["type"] == "plain_text_input":
        return entered(element, raw)
    begun = {name: element[name] for name in (FIELD[element["type"]][1], "placeholder") if name in element}
    return {**begun, **entered(element, raw, offered)}


def told(block: dict[str, Any], element: Element, raw: Raw) -> bool:
    """Return True if the app is told at once that `raw` was entered and Enter pressed.

    An input block tells nothing unless it says so. A text field tells of Enter unless it names only other triggers, has
    several lines, or is empty.
    """
    if block["type"] != "input":
        return True
    if not block.get("dispatch_action") or element["type"] != "plain_text_input":
        return bool(block.get("dispatch_action"))
    triggers = element.get("dispatch_action_config", {}).get("trigger_actions_on", [ENTER])
    return bool(raw) and ENTER in triggers and not element.get("multiline")


def wrong(element: Element, state: dict[str, Any]) -> str:
    """Return the error that Slack's client shows under a field before it submits; "" if there is none."""
    text = state.get("value") or ""
    if element["type"] == "plain_text_input" and text:
        if len(text) < element.get("min_length", 0):
            return f"Please enter at least {element['min_length']} characters."
        if len(text) > element.get("max_length", len(text)):
            return f"Please enter at most {element['max_length']} characters."
    chosen = state.get("selected_options") or state.get("selected_users") or []
    if len(chosen) > element.get("max_selected_items", len(chosen)):
        return f"Please choose at most {element['max_selected_items']}."
    return ""


def _initial(element: Element) -> dict[str, Any]:
    field, initial = FIELD[element["type"]]
    several: Callable[[], list[Any] | None] = list if field in {"selected_options", "selected_users"} else type(None)
    return _state(element, field, element.get(initial, several()))


def _state(element: Element, field: str, value: Any) -> dict[str, Any]:
    """Return an element's state. Slack's types have no empty formatted text, so that an empty one is left out."""
    left_out = element["type"] == "rich_text_input" and value is None
    return {"type": element["type"]} if left_out else {"type": element["type"], field: value}


def _many(raw: Raw) -> list[str]:
    if raw is None or raw == "":
        return []
    return [raw] if isinstance(raw, str) else list(raw)


def _option(known: Sequence[dict[str, Any]], value: Raw) -> dict[str, Any]:
    for option in known:
        if option.get("value") == value:
            return option
    raise ValueError(f"{value!r} isn't among the options")
