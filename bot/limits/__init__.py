"""Slack's limits on messages and views, and the validator that checks against them.

It is used by `lessons check`, by the tests of every message and view, and by the local Slack, which refuses every
violation. The numbers with their sources are in numbers.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.limits.blocks import blocks
from bot.limits.numbers import (
    ACTIONS_ELEMENTS,
    BLOCKS_PER_MESSAGE,
    BLOCKS_PER_VIEW,
    BUTTON_TEXT,
    BUTTON_VALUE,
    CHECKBOX_OPTIONS,
    CONFIRM_BUTTON,
    CONFIRM_TEXT,
    CONFIRM_TITLE,
    CONTEXT_ELEMENTS,
    FIELD_TEXT,
    HEADER_TEXT,
    IDENTIFIER,
    IMAGE_ALT_TEXT,
    INPUT_HINT,
    INPUT_LABEL,
    INPUT_LENGTH,
    OPTION_DESCRIPTION,
    OPTION_GROUPS,
    OPTION_TEXT,
    OPTION_VALUE,
    OVERFLOW_OPTIONS,
    PHONE_LABEL,
    PLACEHOLDER,
    PRIVATE_METADATA,
    RADIO_OPTIONS,
    SECTION_FIELDS,
    SECTION_TEXT,
    SELECT_OPTIONS,
    TEXT_OF_MESSAGE,
    TEXT_RECOMMENDED,
    URL,
    VIEW_BUTTON,
    VIEW_TITLE,
)
from bot.limits.parts import Violation, identifier, kind_of, plain, string

__all__ = [
    "ACTIONS_ELEMENTS",
    "BLOCKS_PER_MESSAGE",
    "BLOCKS_PER_VIEW",
    "BUTTON_TEXT",
    "BUTTON_VALUE",
    "CHECKBOX_OPTIONS",
    "CONFIRM_BUTTON",
    "CONFIRM_TEXT",
    "CONFIRM_TITLE",
    "CONTEXT_ELEMENTS",
    "FIELD_TEXT",
    "HEADER_TEXT",
    "IDENTIFIER",
    "IMAGE_ALT_TEXT",
    "INPUT_HINT",
    "INPUT_LABEL",
    "INPUT_LENGTH",
    "OPTION_DESCRIPTION",
    "OPTION_GROUPS",
    "OPTION_TEXT",
    "OPTION_VALUE",
    "OVERFLOW_OPTIONS",
    "PHONE_LABEL",
    "PLACEHOLDER",
    "PRIVATE_METADATA",
    "RADIO_OPTIONS",
    "SECTION_FIELDS",
    "SECTION_TEXT",
    "SELECT_OPTIONS",
    "TEXT_OF_MESSAGE",
    "TEXT_RECOMMENDED",
    "URL",
    "VIEW_BUTTON",
    "VIEW_TITLE",
    "Violation",
    "view_violations",
    "violations",
]


def violations(message: Mapping[str, Any]) -> list[Violation]:
    """Return everything that Slack would refuse in a message's `text` and `blocks`, in document order."""
    return [*_text_of_message(message), *blocks(message.get("blocks"), BLOCKS_PER_MESSAGE)]


def view_violations(view: Mapping[str, Any]) -> list[Violation]:
    """Return everything that Slack would refuse in a modal or a Home, in document order."""
    return list(_view(view))


def _text_of_message(message: Mapping[str, Any]) -> Iterator[Violation]:
    text = message.get("text", "")
    if not isinstance(text, str):
        yield Violation("/text", "text must be a string")
    elif len(text) > TEXT_OF_MESSAGE:
        yield Violation("/text", f"text is longer than {TEXT_OF_MESSAGE} characters")


def _view(view: Mapping[str, Any]) -> Iterator[Violation]:
    kind = kind_of(view)
    if kind not in {"modal", "home"}:
        yield Violation("/type", "must be modal or home")
    if kind == "modal":
        yield from plain(view, "title", "", VIEW_TITLE, required=True)
        yield from plain(view, "submit", "", VIEW_BUTTON)
        yield from plain(view, "close", "", VIEW_BUTTON)
    yield from identifier(view, "callback_id", "")
    yield from identifier(view, "external_id", "")
    yield from string(view, "private_metadata", "", PRIVATE_METADATA)
    found = view.get("blocks")
    if not isinstance(found, list):
        yield Violation("/blocks", "blocks must be an array")
        return
    if kind == "modal" and view.get("submit") is None and any(kind_of(block) == "input" for block in found):
        yield Violation("/submit", "submit is required when there is an input block")
    yield from blocks(found, BLOCKS_PER_VIEW)
    if sum(_focused(block) for block in found) > 1:
        yield Violation("/blocks", "focus_on_load is true for one element at most")


def _focused(block: object) -> bool:
    element = block.get("element") if isinstance(block, Mapping) else None
    return isinstance(element, Mapping) and element.get("focus_on_load") is True
