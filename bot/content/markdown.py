"""The subset of Markdown that a message can show."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

from markdown_it.token import Token

from bot.content.problem import ProblemReporter
from bot.content.visible_markup import in_markdown
from bot.domain.markdown import parser

PARSER = parser().enable(["table", "strikethrough"]).disable("text_join")
"""The parser of whole texts. It knows tables and strikethrough in order to refuse them, and keeps escaped characters
apart.
"""
BLOCKS = parser().disable("inline")
"""The parser of blocks only: where paragraphs, lists and headings begin and end."""
MOST_NAMED = 40
_BLANK = "\u115f\u1160\u2800\u3164\uffa0\ufe0f"
"""Invisible characters that Unicode doesn't class as spaces."""
SCHEMES = ("https://", "http://", "mailto:", "tel:")
ALLOWED = {
    "paragraph_open",
    "inline",
    "bullet_list_open",
    "ordered_list_open",
    "list_item_open",
    "blockquote_open",
    "text",
    "text_special",
    "softbreak",
    "hardbreak",
    "strong_open",
    "em_open",
    "code_inline",
    "link_open",
}
NAMES = {
    "heading_open": "a heading",
    "image": "a picture",
    "fence": "a code block",
    "code_block": "an indented block",
    "hr": "a ruler",
    "html_block": "HTML",
    "html_inline": "HTML",
    "table_open": "a table",
    "s_open": "a word crossed out",
}
INSIDE = re.compile(r"(thead|tbody|tr|th|td)_open")
"""The parts of a table, which are reported with the table."""


def can_show(text: str, first_line: int, reporter: ProblemReporter, *, choices: bool = False) -> list[Token]:
    """Return the text's tokens; report Markdown that a message can't show, and marks that readers would see
    literally.
    """
    env: dict[str, Any] = {}
    tokens = PARSER.parse(text, env)
    line = first_line
    for token in tokens:
        line = first_line + token.map[0] if token.map else line
        for part in (token, *(token.children or ())):
            # headings in a question's section are reported elsewhere, with their words
            if not (choices and part.type == "heading_open"):
                _part(part, line, reporter)
    for at, words in _joined_on(tokens, text.split("\n")):
        (reporter.problem if choices else reporter.warn)(
            first_line + at,
            f'"{words}" would be shown as a part of the point above it',
            "Indent it by two spaces if it is one, or else put an empty line before it",
        )
    for line, problem, remedy in in_markdown(tokens, choices=choices):
        reporter.warn(first_line + line, problem, remedy)
    used = {str(part.attrGet("href")) for token in tokens for part in token.children or () if part.type == "link_open"}
    for name, reference in env.get("references", {}).items():
        if reference["href"] not in used:
            reporter.problem(
                first_line + reference["map"][0],
                f'"[{name.lower()}]: ..." isn\'t shown anywhere',
                "Write the address where it is used, as [the words](https://...)",
            )
    return tokens


def _joined_on(tokens: Sequence[Token], lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield lines at the margin that Markdown joins to the list item or quotation above."""
    inside = 0
    for token in tokens:
        inside += token.nesting * token.type.startswith(("list_item_", "blockquote_"))
        if token.type == "inline" and inside and token.map:
            for at in range(token.map[0] + 1, token.map[1]):
                if lines[at][:1].strip() and not lines[at].startswith(">"):
                    yield at, lines[at] if len(lines[at]) <= MOST_NAMED else lines[at][: MOST_NAMED - 1] + "…"
                    break


def shown_words(markdown: str) -> str:
    """Return the words that a reader sees, on one line; "" if there are none."""
    parts = (part for token in PARSER.parse(markdown) for part in token.children or ())
    text = "".join(" " if part.type.endswith("break") else part.content for part in parts if part.type != "html_inline")
    words = " ".join(text.split())
    return words if _visible(words) else ""


def _visible(words: str) -> bool:
    return any(unicodedata.category(sign)[0] not in "CZ" and sign not in _BLANK for sign in words)


def _part(part: Token, line: int, reporter: ProblemReporter) -> None:
    if part.type not in ALLOWED and not part.type.endswith("_close") and not INSIDE.fullmatch(part.type):
        reporter.problem(
            line,
            f"{NAMES.get(part.type, part.type)} can't be shown in a message",
            "Use plain paragraphs, lists, **bold**, *italic* and links",
        )
    if part.type == "code_inline" and "`" in part.content:
        reporter.problem(line, "a ` inside code can't be shown in a message", "Use quotation marks")
    words = ""
    for child in part.children or ():
        words = "" if child.type == "link_open" else words + child.content
        if child.type == "link_close" and not _visible(words):
            reporter.problem(line, "a link without words isn't shown", "Write [the words](https://...)")
    if part.type != "link_open":
        return
    address = str(part.attrGet("href") or "")
    if not address.lower().startswith(SCHEMES):
        reporter.problem(
            line, f"the link's address \"{address}\" doesn't begin with https://", "Give the page's full address"
        )
    if part.attrGet("title"):
        reporter.problem(
            line, f'the words "{part.attrGet("title")}" behind an address aren\'t shown', "Put them into the text"
        )
