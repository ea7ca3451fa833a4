"""Markdown as authors mean it: CommonMark, except that 2*3*4 is a product and a URL contains no marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

_ADDRESS = re.compile(r"https?://[^\s<>\"“”]+")
_UP_TO_A_MARK = re.compile(r"://[^\s<>\"“”*`\\&\[\]]+")
_BEHIND = ".,;:!?'’*~"
"""Characters that end a sentence, and no URL."""
_PAIRS = {")": "(", "]": "["}


def parser(options: Mapping[str, Any] | None = None) -> MarkdownIt:
    """Return a parser that takes a * between digits and the marks inside a URL literally."""
    made = MarkdownIt("commonmark", dict(options or {}))
    made.inline.ruler.before("emphasis", "times", _times)
    made.inline.ruler.before("emphasis", "address", _address)
    return made


def addresses(text: str) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each URL in a text. A bracket that the URL opened belongs to it."""
    for found in _ADDRESS.finditer(text):
        address = _without_end(found[0], _BEHIND)
        if address.rstrip("/").partition("://")[2]:
            yield found.start(), found.start() + len(address)


def _without_end(address: str, signs: str) -> str:
    spare = {close: address.count(close) - address.count(opens) for close, opens in _PAIRS.items()}
    end = len(address)
    while end and (address[end - 1] in signs or spare.get(address[end - 1], 0) > 0):
        end -= 1
        if address[end] in spare:
            spare[address[end]] -= 1
    return address[:end]


def _times(state: StateInline, silent: bool) -> bool:
    at = state.pos
    inside = 0 < at < state.posMax - 1
    if state.src[at] != "*" or not (inside and state.src[at - 1].isdigit() and state.src[at + 1].isdigit()):
        return False
    if not silent:
        state.pending += "*"
    state.pos += 1
    return True


def _address(state: StateInline, silent: bool) -> bool:
    at = state.pos
    if state.src[at] != ":" or re.search(r"(?<!\w)https?$", state.src[max(0, at - 6) : at]) is None:
        return False
    found = _UP_TO_A_MARK.match(state.src, at, state.posMax)
    # a _ at its end may be a mark
    text = _without_end(found[0], _BEHIND + "_") if found else ""
    if not text:
        return False
    if not silent:
        state.pending += text
    state.pos += len(text)
    return True
