"""Authors' Markdown as Slack's mrkdwn, and as plain text for screen readers and notifications.

Slack's own rules: https://docs.slack.dev/messaging/formatting-message-text (looked up 2026-11-24).
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

_PARSER = MarkdownIt("commonmark", {"html": False})
REMEMBERED = 4096
"""Texts of which the drawing is kept: a lesson is drawn again for each learner, and once more with each answer."""
_EMPHASIS = re.compile(r"(?<!\w)([*_`])(?=\S)(.+?)(?<=\S)\1(?!\w)")


def escape(text: str) -> str:
    """A person's words, so that Slack shows them and doesn't read them as a mention or a link."""
    return html.escape(text, quote=False)


def unescape(text: str) -> str:
    """Words as they were typed, from words as Slack hands them on."""
    return html.unescape(text)


@lru_cache(maxsize=REMEMBERED)
def rich(markdown: str) -> str:
    """Markdown as mrkdwn."""
    return _blocks(_PARSER.parse(markdown), marks=True)


@lru_cache(maxsize=REMEMBERED)
def plain(markdown: str) -> str:
    """Markdown as text without any marks, escaped."""
    return _blocks(_PARSER.parse(markdown), marks=False)


def label(markdown: str) -> str:
    """One line of Markdown for a button, where Slack wants plain, unescaped text."""
    return unescape(plain(markdown)).replace("\n", " ")


def unmarked(mrkdwn: str) -> str:
    """Our own mrkdwn without bold, italic and code marks; mentions and links stay."""
    return _EMPHASIS.sub(r"\2", mrkdwn)


def _blocks(tokens: Sequence[Token], *, marks: bool) -> str:
    lines: list[str] = []
    lists: list[int | None] = []
    quoted = 0
    for token in tokens:
        if token.type == "bullet_list_open":
            lists.append(None)
        elif token.type == "ordered_list_open":
            lists.append(int(token.attrGet("start") or 1))
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            lists.pop()
        elif token.type == "blockquote_open":
            quoted += 1
        elif token.type == "blockquote_close":
            quoted -= 1
        elif token.type == "inline":
            lines.append(_prefix(lists, quoted, marks=marks) + _inline(token.children or [], marks=marks))
        if token.type == "paragraph_close" and not lists:
            lines.append("")
        if token.type.endswith("_list_close") and not lists:
            lines.append("")
    return "\n".join(lines).strip()


def _prefix(lists: list[int | None], quoted: int, *, marks: bool) -> str:
    if lists:
        number = lists[-1]
        if number is not None:
            lists[-1] = number + 1
        return "    " * (len(lists) - 1) + (f"{number}. " if number is not None else "• ")
    return "> " if quoted and marks else ""


def _inline(tokens: Sequence[Token], *, marks: bool) -> str:
    out: list[str] = []
    links: list[str] = []
    for token in tokens:
        if token.type == "text":
            out.append(escape(token.content))
        elif token.type == "code_inline":
            out.append(f"`{escape(token.content)}`" if marks else escape(token.content))
        elif token.type == "softbreak":
            out.append(" ")
        elif token.type == "hardbreak":
            out.append("\n")
        elif token.type == "link_open" and marks:
            links.append(str(token.attrGet("href") or ""))
            out.append(f"<{links[-1]}|")
        elif token.type == "link_close" and marks:
            out.append(">")
        elif marks and token.type in {"strong_open", "strong_close"}:
            out.append("*")
        elif marks and token.type in {"em_open", "em_close"}:
            out.append("_")
    return "".join(out)
