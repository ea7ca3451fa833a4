"""The limits of interactive elements."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from bot.limits import numbers
from bot.limits.parts import (
    Thing,
    Violation,
    confirm,
    flag,
    identifier,
    kind_of,
    option,
    plain,
    string,
    style,
    text,
    whole,
)
from bot.limits.parts import array as array_of

MOST_OPTIONS = {
    "overflow": numbers.OVERFLOW_OPTIONS,
    "radio_buttons": numbers.RADIO_OPTIONS,
    "checkboxes": numbers.CHECKBOX_OPTIONS,
    "static_select": numbers.SELECT_OPTIONS,
    "multi_static_select": numbers.SELECT_OPTIONS,
}
MENUS = {"static_select", "external_select", "users_select"}
MULTI_MENUS = {"multi_static_select", "multi_external_select", "multi_users_select"}
PICKERS = {"datepicker", "timepicker"}
LISTS = {"radio_buttons", "checkboxes"}
IN_ACTIONS = {"button", "overflow"} | MENUS | PICKERS | LISTS
IN_SECTION = IN_ACTIONS | MULTI_MENUS | {"image"}
IN_INPUT = {"plain_text_input", "rich_text_input"} | MENUS | MULTI_MENUS | PICKERS | LISTS
DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
TRIGGERS = {"on_enter_pressed", "on_character_entered"}
TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)


def element(thing: object, path: str, allowed: set[str]) -> Iterator[Violation]:
    """Check one element, whose type must be allowed in its place."""
    kind = kind_of(thing)
    if not isinstance(thing, dict) or kind not in allowed:
        yield Violation(f"{path}/type", f"unsupported type: {kind or thing}")
        return
    yield from identifier(thing, "action_id", path)
    if "confirm" in thing:
        yield from confirm(thing["confirm"], f"{path}/confirm")
    yield from flag(thing, "focus_on_load", path)
    if kind not in {"button", "overflow", "image"}:
        yield from plain(thing, "placeholder", path, numbers.PLACEHOLDER)
    yield from RULES[kind](thing, path)


def _button(thing: Thing, path: str) -> Iterator[Violation]:
    yield from plain(thing, "text", path, numbers.BUTTON_TEXT, required=True)
    yield from string(thing, "value", path, numbers.BUTTON_VALUE)
    yield from string(thing, "url", path, numbers.URL)
    yield from string(thing, "accessibility_label", path, numbers.BUTTON_TEXT)
    yield from style(thing, path)


def image(thing: Thing, path: str) -> Iterator[Violation]:
    """Check an image, as an element or a block."""
    if "slack_file" not in thing:
        yield from string(thing, "image_url", path, numbers.IMAGE_URL, required=True)
    yield from string(thing, "alt_text", path, numbers.IMAGE_ALT_TEXT, required=True)


def _listed(thing: Thing, path: str) -> Iterator[Violation]:
    """Check an element with options of its own, grouped or not."""
    if "option_groups" in thing and thing["type"] in {"static_select", "multi_static_select"}:
        if "options" in thing:
            yield Violation(f"{path}/options", "options and option_groups can't be given together")
        yield from _groups(thing, path)
    else:
        yield from _options(thing, path, MOST_OPTIONS[thing["type"]], marked=thing["type"] in LISTS)
    yield from _begins_with(thing, path, _offered(thing))
    yield from _several(thing, path)


def _options(thing: Thing, path: str, most: int, *, marked: bool = False) -> Iterator[Violation]:
    found, wrong = array_of(thing, "options", path, most)
    yield from wrong
    for index, one in enumerate(found):
        yield from option(one, f"{path}/options/{index}", marked=marked)


def _groups(thing: Thing, path: str) -> Iterator[Violation]:
    groups, wrong = array_of(thing, "option_groups", path, numbers.OPTION_GROUPS)
    yield from wrong
    for index, group in enumerate(groups):
        here = f"{path}/option_groups/{index}"
        if not isinstance(group, dict):
            yield Violation(here, "must be an object")
            continue
        yield from plain(group, "label", here, numbers.GROUP_LABEL, required=True)
        yield from _options(group, here, numbers.SELECT_OPTIONS)


def _offered(thing: Thing) -> list[Any]:
    groups = thing.get("option_groups")
    lists = [g.get("options") for g in groups if isinstance(g, dict)] if isinstance(groups, list) else []
    return [one for listed in [thing.get("options"), *lists] if isinstance(listed, list) for one in listed]


def _begins_with(thing: Thing, path: str, offered: list[Any] | None) -> Iterator[Violation]:
    """Check that the initial choice is among the options; None if only the app knows them."""
    given = [("initial_option", thing["initial_option"])] if "initial_option" in thing else []
    several = thing.get("initial_options", [])
    if not isinstance(several, list) or ("initial_options" in thing and not several):
        yield Violation(f"{path}/initial_options", "must be an array of at least one item")
        return
    given += [(f"initial_options/{index}", one) for index, one in enumerate(several)]
    for name, one in given:
        if offered is None:
            yield from option(one, f"{path}/{name}", marked=False)
        elif one not in offered:
            yield Violation(f"{path}/{name}", "must be one of the options")


def _several(thing: Thing, path: str) -> Iterator[Violation]:
    if thing["type"] in MULTI_MENUS:
        yield from whole(thing, "max_selected_items", path, 1, numbers.SELECT_OPTIONS * numbers.OPTION_GROUPS)


def _external(thing: Thing, path: str) -> Iterator[Violation]:
    yield from whole(thing, "min_query_length", path, 0, numbers.PLACEHOLDER)
    yield from _begins_with(thing, path, None)
    yield from _several(thing, path)


def _users(thing: Thing, path: str) -> Iterator[Violation]:
    yield from string(thing, "initial_user", path, numbers.IDENTIFIER)
    people = thing.get("initial_users", [])
    if not isinstance(people, list) or not all(isinstance(person, str) for person in people):
        yield Violation(f"{path}/initial_users", "must be an array of user ids")
    yield from _several(thing, path)


def _date(thing: Thing, path: str) -> Iterator[Violation]:
    if not DATE.fullmatch(str(thing.get("initial_date", "2000-01-01"))):
        yield Violation(f"{path}/initial_date", "must be of the form YYYY-MM-DD")


def _time(thing: Thing, path: str) -> Iterator[Violation]:
    if not TIME.fullmatch(str(thing.get("initial_time", "00:00"))):
        yield Violation(f"{path}/initial_time", "must be of the form HH:mm")


def _field(thing: Thing, path: str) -> Iterator[Violation]:
    yield from flag(thing, "multiline", path)
    yield from whole(thing, "min_length", path, 0, numbers.INPUT_LENGTH)
    yield from whole(thing, "max_length", path, 1, numbers.INPUT_LENGTH)
    yield from _triggers(thing, path)
    most = thing.get("max_length", numbers.INPUT_LENGTH)
    yield from string(thing, "initial_value", path, most if isinstance(most, int) else numbers.INPUT_LENGTH)


def _rich_field(thing: Thing, path: str) -> Iterator[Violation]:
    """Check a field for formatted text: https://docs.slack.dev/reference/block-kit/block-elements/rich-text-input-element
    (read 2026-11-29). The bot fills none in.
    """
    yield from _triggers(thing, path)
    if "initial_value" in thing:
        yield Violation(f"{path}/initial_value", "isn't checked here: leave it out")


def _triggers(thing: Thing, path: str) -> Iterator[Violation]:
    """Check when a field tells the app of what is typed."""
    config = thing.get("dispatch_action_config", {})
    triggers = config.get("trigger_actions_on", [*TRIGGERS]) if isinstance(config, dict) else None
    if (
        not isinstance(triggers, list)
        or not triggers
        or any(not isinstance(t, str) or t not in TRIGGERS for t in triggers)
    ):
        yield Violation(f"{path}/dispatch_action_config", f"trigger_actions_on must be some of {sorted(TRIGGERS)}")


def text_or_image(thing: object, path: str) -> Iterator[Violation]:
    """Check a part of a context block."""
    if isinstance(thing, dict) and kind_of(thing) == "image":
        yield from image(thing, path)
    else:
        yield from text(thing, path, numbers.SECTION_TEXT)


RULES: dict[str, Callable[[Thing, str], Iterator[Violation]]] = {
    "button": _button,
    "image": image,
    "datepicker": _date,
    "timepicker": _time,
    "plain_text_input": _field,
    "rich_text_input": _rich_field,
    "users_select": _users,
    "multi_users_select": _users,
    "external_select": _external,
    "multi_external_select": _external,
    **dict.fromkeys(MOST_OPTIONS, _listed),
}
