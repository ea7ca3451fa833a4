"""The limits of blocks, alone and together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from bot.limits import numbers
from bot.limits.elements import IN_ACTIONS, IN_INPUT, IN_SECTION, element, image, text_or_image
from bot.limits.parts import Thing, Violation, array, flag, identifier, kind_of, plain, text


def blocks(found: object, most: int) -> Iterator[Violation]:
    """Check all blocks of a message or view.

    Action ids must differ in all of it. Slack requires that only within a block, but an app's listeners couldn't tell
    two equal ids apart.
    """
    if found is None:
        return
    if not isinstance(found, Sequence) or isinstance(found, str):
        yield Violation("/blocks", "blocks must be an array")
        return
    if len(found) > most:
        yield Violation("/blocks", f"no more than {most} items allowed")
    for index, one in enumerate(found):
        path = f"/blocks/{index}"
        if not isinstance(one, dict):
            yield Violation(path, "must be an object")
        else:
            yield from _block(one, path)
    whole = [one for one in found if isinstance(one, dict)]
    yield from _unique([one.get("block_id") for one in whole], "block_id")
    yield from _unique([e.get("action_id") for one in whole for e in _elements(one)], "action_id")


def _elements(one: Thing) -> Iterator[Thing]:
    listed = one.get("elements")
    several = listed if isinstance(listed, list) else []
    yield from (e for e in (*several, one.get("accessory"), one.get("element")) if isinstance(e, dict))


def _unique(ids: Sequence[object], name: str) -> Iterator[Violation]:
    for value, count in Counter(i for i in ids if isinstance(i, str)).items():
        if count > 1:
            yield Violation("/blocks", f"{name} {value!r} is not unique within the message")


def _block(one: Thing, path: str) -> Iterator[Violation]:
    kind = kind_of(one)
    if kind not in RULES:
        yield Violation(f"{path}/type", f"unsupported type: {one.get('type')}")
        return
    yield from identifier(one, "block_id", path)
    yield from RULES[kind](one, path)


def _section(one: Thing, path: str) -> Iterator[Violation]:
    if "text" in one or "fields" not in one:
        yield from text(one.get("text"), f"{path}/text", numbers.SECTION_TEXT)
    if "fields" in one:
        fields, wrong = array(one, "fields", path, numbers.SECTION_FIELDS)
        yield from wrong
        for index, field in enumerate(fields):
            yield from text(field, f"{path}/fields/{index}", numbers.FIELD_TEXT)
    if "accessory" in one:
        yield from element(one["accessory"], f"{path}/accessory", IN_SECTION)
    yield from flag(one, "expand", path)


def _header(one: Thing, path: str) -> Iterator[Violation]:
    yield from plain(one, "text", path, numbers.HEADER_TEXT, required=True)


def _context(one: Thing, path: str) -> Iterator[Violation]:
    found, wrong = array(one, "elements", path, numbers.CONTEXT_ELEMENTS)
    yield from wrong
    for index, thing in enumerate(found):
        yield from text_or_image(thing, f"{path}/elements/{index}")


def _actions(one: Thing, path: str) -> Iterator[Violation]:
    found, wrong = array(one, "elements", path, numbers.ACTIONS_ELEMENTS)
    yield from wrong
    for index, thing in enumerate(found):
        yield from element(thing, f"{path}/elements/{index}", IN_ACTIONS)


def _input(one: Thing, path: str) -> Iterator[Violation]:
    yield from plain(one, "label", path, numbers.INPUT_LABEL, required=True)
    yield from plain(one, "hint", path, numbers.INPUT_HINT)
    yield from flag(one, "optional", path)
    yield from flag(one, "dispatch_action", path)
    yield from element(one.get("element"), f"{path}/element", IN_INPUT)


def _image(one: Thing, path: str) -> Iterator[Violation]:
    yield from image(one, path)
    yield from plain(one, "title", path, numbers.IMAGE_TITLE)


def _nothing(_one: Any, _path: str) -> Iterator[Violation]:
    return iter(())


RULES: dict[str, Callable[[Thing, str], Iterator[Violation]]] = {
    "section": _section,
    "header": _header,
    "context": _context,
    "divider": _nothing,
    "actions": _actions,
    "input": _input,
    "image": _image,
}
