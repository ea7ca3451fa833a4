"""Markdown as authors mean it: CommonMark, but 2*3*4 is a product and not an italic 3."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline


def parser(options: Mapping[str, Any] | None = None) -> MarkdownIt:
    """A parser that reads a * between digits as itself."""
    made = MarkdownIt("commonmark", dict(options or {}))
    made.inline.ruler.before("emphasis", "times", _times)
    return made


def _times(state: StateInline, silent: bool) -> bool:
    at = state.pos
    inside = 0 < at < state.posMax - 1
    if state.src[at] != "*" or not (inside and state.src[at - 1].isdigit() and state.src[at + 1].isdigit()):
        return False
    if not silent:
        state.pending += "*"
    state.pos += 1
    return True
