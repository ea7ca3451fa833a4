"""Slack's limits on messages, as one table, and the walker that holds a message against it.

Used by `lessons check`, by the tests of every message, and by the local Slack, which refuses with
`invalid_blocks` what this module finds. Numbers are characters unless they say otherwise.

Sources (Slack's reference for Block Kit, looked up 2026-11-24):
https://docs.slack.dev/reference/block-kit/blocks and https://docs.slack.dev/reference/block-kit/block-elements
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

BLOCKS_PER_MESSAGE = 50
TEXT_OF_MESSAGE = 40_000
TEXT_RECOMMENDED = 4_000
SECTION_TEXT = 3_000
HEADER_TEXT = 150
CONTEXT_ELEMENTS = 10
ACTIONS_ELEMENTS = 25
BUTTON_TEXT = 75
BUTTON_VALUE = 2_000
IDENTIFIER = 255
OPTION_TEXT = 75
OPTION_VALUE = 150
RADIO_OPTIONS = 10
OVERFLOW_OPTIONS = 5
SELECT_OPTIONS = 100
PLACEHOLDER = 150
CONFIRM_TITLE = 100
CONFIRM_TEXT = 300
CONFIRM_BUTTON = 30

PHONE_LABEL = 30
"""Phones cut a button's label at about this many characters; beyond it choices are lettered."""

BLOCK_TYPES = {"section", "header", "context", "divider", "actions"}
ELEMENT_TYPES = {"button", "overflow", "radio_buttons", "static_select"}
MAX_OPTIONS = {"overflow": OVERFLOW_OPTIONS, "radio_buttons": RADIO_OPTIONS, "static_select": SELECT_OPTIONS}


@dataclass(frozen=True)
class Violation:
    """One way in which Slack would refuse a message. `path` is a JSON pointer into the payload."""

    path: str
    rule: str

    def __str__(self) -> str:
        return f"{self.rule} [json-pointer:{self.path}]"


def violations(message: Mapping[str, Any]) -> list[Violation]:
    """Everything Slack would refuse in a message's `text` and `blocks`, in the order it stands there."""
    return [*_text_of_message(message), *_blocks(message.get("blocks"))]


def _text_of_message(message: Mapping[str, Any]) -> Iterator[Violation]:
    text = message.get("text", "")
    if not isinstance(text, str):
        yield Violation("/text", "text must be a string")
    elif len(text) > TEXT_OF_MESSAGE:
        yield Violation("/text", f"text is longer than {TEXT_OF_MESSAGE} characters")


def _blocks(blocks: object) -> Iterator[Violation]:
    if blocks is None:
        return
    if not isinstance(blocks, Sequence) or isinstance(blocks, str):
        yield Violation("/blocks", "blocks must be an array")
        return
    if len(blocks) > BLOCKS_PER_MESSAGE:
        yield Violation("/blocks", f"no more than {BLOCKS_PER_MESSAGE} items allowed")
    for index, block in enumerate(blocks):
        path = f"/blocks/{index}"
        if not isinstance(block, Mapping):
            yield Violation(path, "must be an object")
        else:
            yield from _block(block, path)
    yield from _unique([b.get("block_id") for b in blocks if isinstance(b, Mapping)], "/blocks", "block_id")
    yield from _unique([e.get("action_id") for e in _elements(blocks)], "/blocks", "action_id")


def _elements(blocks: Sequence[Any]) -> Iterator[Mapping[str, Any]]:
    for block in blocks:
        if isinstance(block, Mapping) and block.get("type") == "actions":
            elements = block.get("elements")
            if isinstance(elements, list):
                yield from (e for e in elements if isinstance(e, Mapping))


def _unique(ids: Sequence[object], path: str, name: str) -> Iterator[Violation]:
    for value, count in Counter(i for i in ids if isinstance(i, str)).items():
        if count > 1:
            yield Violation(path, f"{name} {value!r} is not unique within the message")


def _block(block: Mapping[str, Any], path: str) -> Iterator[Violation]:
    kind = block.get("type")
    if kind not in BLOCK_TYPES:
        yield Violation(f"{path}/type", f"unsupported type: {kind}")
        return
    yield from _identifier(block, "block_id", path)
    if kind == "section":
        yield from _text(block.get("text"), f"{path}/text", SECTION_TEXT)
    elif kind == "header":
        yield from _text(block.get("text"), f"{path}/text", HEADER_TEXT, only="plain_text")
    elif kind == "context":
        elements, missing = _array(block, path, CONTEXT_ELEMENTS)
        yield from missing
        for index, element in enumerate(elements):
            yield from _text(element, f"{path}/elements/{index}", SECTION_TEXT)
    elif kind == "actions":
        elements, missing = _array(block, path, ACTIONS_ELEMENTS)
        yield from missing
        for index, element in enumerate(elements):
            yield from _element(element, f"{path}/elements/{index}")


def _array(block: Mapping[str, Any], path: str, most: int) -> tuple[list[Any], list[Violation]]:
    elements = block.get("elements")
    if not isinstance(elements, list) or not elements:
        return [], [Violation(f"{path}/elements", "must be an array of at least one element")]
    if len(elements) > most:
        return elements, [Violation(f"{path}/elements", f"no more than {most} items allowed")]
    return elements, []


def _element(element: object, path: str) -> Iterator[Violation]:
    if not isinstance(element, Mapping) or element.get("type") not in ELEMENT_TYPES:
        kind = element.get("type") if isinstance(element, Mapping) else element
        yield Violation(f"{path}/type", f"unsupported type: {kind}")
        return
    yield from _identifier(element, "action_id", path)
    if "confirm" in element:
        yield from _confirm(element["confirm"], f"{path}/confirm")
    if element["type"] == "button":
        yield from _text(element.get("text"), f"{path}/text", BUTTON_TEXT, only="plain_text")
        yield from _longest(element.get("value", ""), f"{path}/value", BUTTON_VALUE)
        yield from _longest(element.get("accessibility_label", ""), f"{path}/accessibility_label", BUTTON_TEXT)
        if element.get("style", "primary") not in {"primary", "danger"}:
            yield Violation(f"{path}/style", "style must be primary or danger")
        return
    yield from _options(element, path)
    if element["type"] == "static_select":
        yield from _text(element.get("placeholder"), f"{path}/placeholder", PLACEHOLDER, only="plain_text")


def _options(element: Mapping[str, Any], path: str) -> Iterator[Violation]:
    options = element.get("options")
    most = MAX_OPTIONS[element["type"]]
    if not isinstance(options, list) or not options:
        yield Violation(f"{path}/options", "must be an array of at least one option")
        return
    if len(options) > most:
        yield Violation(f"{path}/options", f"no more than {most} items allowed")
    for index, option in enumerate(options):
        here = f"{path}/options/{index}"
        if not isinstance(option, Mapping):
            yield Violation(here, "must be an object")
            continue
        only = None if element["type"] == "radio_buttons" else "plain_text"
        yield from _text(option.get("text"), f"{here}/text", OPTION_TEXT, only=only)
        yield from _longest(option.get("value"), f"{here}/value", OPTION_VALUE)


def _confirm(confirm: object, path: str) -> Iterator[Violation]:
    if not isinstance(confirm, Mapping):
        yield Violation(path, "must be an object")
        return
    yield from _text(confirm.get("title"), f"{path}/title", CONFIRM_TITLE, only="plain_text")
    yield from _text(confirm.get("text"), f"{path}/text", CONFIRM_TEXT)
    yield from _text(confirm.get("confirm"), f"{path}/confirm", CONFIRM_BUTTON, only="plain_text")
    yield from _text(confirm.get("deny"), f"{path}/deny", CONFIRM_BUTTON, only="plain_text")


def _text(text: object, path: str, most: int, only: str | None = None) -> Iterator[Violation]:
    if not isinstance(text, Mapping) or text.get("type") not in {"mrkdwn", "plain_text"}:
        yield Violation(path, "must be a text object")
        return
    if only and text["type"] != only:
        yield Violation(f"{path}/type", f"must be {only}")
    content = text.get("text")
    if not isinstance(content, str) or not content:
        yield Violation(f"{path}/text", "must be more than 0 characters")
    elif len(content) > most:
        yield Violation(f"{path}/text", f"must be less than {most + 1} characters")


def _identifier(thing: Mapping[str, Any], name: str, path: str) -> Iterator[Violation]:
    if name in thing:
        yield from _longest(thing[name], f"{path}/{name}", IDENTIFIER)


def _longest(value: object, path: str, most: int) -> Iterator[Violation]:
    if not isinstance(value, str):
        yield Violation(path, "must be a string")
    elif len(value) > most:
        yield Violation(path, f"must be less than {most + 1} characters")


def view_violations(view: Mapping[str, Any]) -> list[Violation]:
    """Everything Slack would refuse in a modal's or Home's view, in the order it stands there."""
    return list(_blocks(view.get("blocks")))
