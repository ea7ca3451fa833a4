"""Marks that readers would see literally: Markdown that isn't parsed as such, and remains of word processors."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markdown_it.token import Token

from bot.domain.markdown import addresses

SIGN = "\\* shows the sign itself"


@dataclass(frozen=True)
class _Kind:
    pattern: re.Pattern[str]
    what: str
    remedy: str


def _kind(pattern: str, what: str, remedy: str) -> _Kind:
    return _Kind(re.compile(pattern, re.MULTILINE), what, remedy)


LINK = _kind(r"\[[^\]]*\]\([^)]*\)?|\]\[|\[\^[^\]]+\]|\[\[", "a link that isn't one", "Write [the words](https://...)")
ENTITY = _kind(r"&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]+);", "an HTML entity", "Type the sign itself")
ESCAPED = _kind(r"\\[*_~`#\[\]<>|!-]", "a backslash before a sign", "Take the backslash out")
EVERYWHERE = (LINK, ENTITY, ESCAPED)
IN_MARKDOWN = (
    *EVERYWHERE,
    _kind(r"\*\*|(?<!\w)__|__(?!\w)", "marks that don't close (** or __)",
          f"Put them next to the word, as **bold**, without spaces inside; {SIGN}"),
    _kind(r"(?<![\w*])\*(?=\w)|(?<=\w)\*(?![\w*])|(?<![\w_])_(?=\w)|(?<=\w)_(?![\w_])",
          "a mark that doesn't close (* or _)", f"Close it, or take it out; {SIGN}"),
    _kind(r"`", "a ` that doesn't close", "Close it, or take it out"),
    _kind(r"^\s*[•·▪▫◦‣⁃●○■□➢➤✓✔\ue000-\uf8ff]", "a bullet from a word processor", 'Begin each point with "- "'),
    _kind(r"^\s*[§Ø]\s+(?=[^\s\d])", "a bullet from a word processor", 'Begin each point with "- "'),
    _kind(r"^\s*\|.*\|\s*$", "a row of a table", "Write a list or a sentence"),
    _kind(r"^#{2,6}\S", "a heading's signs", "Use **bold** for a first few words"),
    _kind(r"\{\{|\}\}|^:::|==\w[^=]*\w==", "signs of another program's formatting", "Take them out"),
    _kind(r"(?<![\w/.@:-])(?:www\.\w|(?:[a-zA-Z0-9-]+\.)+[a-zA-Z]{2,}/\w)",
          "an address without https://", "Write [the words](https://...)"),
    _kind(r"(?<!\w)(?i:https?):(?://(?=\s|$)|/(?![/\s])|(?=[\w-]+\.\w))|(?<![:\w/])//(?:[\w-]+\.)+[a-zA-Z]{2,}"
          r"|(?<!\w)(?!https?:)(?i:h+[tps]{2,5})[:;]/{1,2}\w|(?<!\w)(?i:https?)(?:;/|//)"
          r"|(?<![\w/.@:-])(?:[a-zA-Z0-9-]+\.)+[a-zA-Z]{2,}:\d{2,5}/",
          "an address that isn't one", "Write [the words](https://...)"),
)  # fmt: skip
BOX = _kind(r"^\s*\[[ xX]\]\s", "a choice's box", 'Write "- " without it, or put it below the question')
IN_PLAIN = (
    *EVERYWHERE,
    _kind(r"\*\*|(?<!\w)__\w|~~", "Markdown's marks", ""),
    _kind(r"(?<![\w*])\*\w[^*]*\*(?!\w)|(?<![\w_])_\w[^_]*_(?!\w)|`[^`]+`", "Markdown's marks", ""),
    _kind(r"</?[a-zA-Z][^<>]*>", "HTML", ""),
)
_NUMBER = (
    r"\(?(?:\d{1,2}|[a-zA-Z]|[ivxIVX]{1,4})(?:\)|\.\))\s|\d{1,2}\.\s|[a-hA-H]\.\s"
    r"|(?:[ivx]{1,4}|[IVX]{1,4})\.\s|\d{1,2}\s[–—-]\s|\d{1,2}[.)](?=[^\W\d])"
)
_POINTS = [
    re.compile(rf"^\s*(?:{mark})", re.MULTILINE)
    for mark in (r"[–—−‒―‐‑]\s|[-+–—−‒―‐‑](?=[^\W\d])", _NUMBER, r"o\s+(?=\S)")
]
"""Marks of lists that Markdown doesn't parse as such, in one paragraph or in several."""
_PICTURES = re.compile(r"^\s*[→➔➜➤⇒»›★☆✅❌☑☐◆◇▶►▸👉🔹🔸✨]\ufe0f?\s*(?=\S)")
_CELLS = re.compile(r"^[^|]*\S +\| +\S|^[^|]+\|[^|]+\|[^|]+$|^.*\S[ ]*\t\s*\S")
FEWEST_POINTS = 2
"""The fewest lines that count as a list: a single dash may begin a sentence or attribute a quotation."""


def in_plain_text(text: str) -> Iterator[str]:
    """Yield each kind of Markdown or HTML in a text that Slack shows literally."""
    seen = {kind.what for kind in IN_PLAIN if kind.pattern.search(text)}
    yield from sorted(seen)


def in_markdown(tokens: Sequence[Token], *, choices: bool) -> Iterator[tuple[int, str, str]]:
    """Yield line (from 0), problem and remedy of each kind of visible mark in paragraphs. `choices`: checkboxes are
    allowed.
    """
    yield from _lists(tokens)
    yield from _numbers(tokens)
    # an empty choice is reported as one
    yield from () if choices else _empty_points(tokens)
    for first, text in _texts(tokens):
        for kind in IN_MARKDOWN if choices else (*IN_MARKDOWN, BOX):
            found = kind.pattern.search(text)
            if found:
                line = first + text[: found.start()].count("\n")
                yield line, f"the reader would see {kind.what}: {_around(text, found)}", kind.remedy


def _lists(tokens: Sequence[Token]) -> Iterator[tuple[int, str, str]]:
    """Yield list items and table rows that are lines of one paragraph."""
    for mark in _POINTS:
        points = [(line, found[0]) for line, text in _texts(tokens) for found in mark.finditer(text)]
        if len(points) >= FEWEST_POINTS:
            yield _no_list(*points[0])
    for first, text in _texts(tokens, hard="\n\0"):
        lines = text.split("\n")
        for number, (one, two) in enumerate(pairwise(lines)):
            picture = _PICTURES.match(one)
            if picture and _PICTURES.match(two):
                yield _no_list(first + number, picture[0])
                break
            if _CELLS.match(one) and _CELLS.match(two):
                yield first + number, "the rows of a table run together", "Write a list or a sentence"
                break


def _empty_points(tokens: Sequence[Token]) -> Iterator[tuple[int, str, str]]:
    for opened, closed in pairwise(tokens):
        if (opened.type, closed.type) == ("list_item_open", "list_item_close"):
            yield (opened.map or [0])[0], "this point is empty, and isn't shown", "Write it, or take it out"


def _no_list(line: int, mark: str) -> tuple[int, str, str]:
    return line, f'"{mark.strip()}" makes no list, and lines run together', 'Begin each point with "- "'


def _numbers(tokens: Sequence[Token]) -> Iterator[tuple[int, str, str]]:
    """Yield lists whose numbers would be shown differently from how they are written, as in 2010., 2014."""
    lists: list[list[tuple[int, Token]]] = []
    for token in tokens:
        if token.type in {"ordered_list_open", "bullet_list_open"}:
            lists.append([])
        elif token.type == "list_item_open" and token.info:
            lists[-1].append((int(token.info), token))
        elif token.type in {"ordered_list_close", "bullet_list_close"}:
            items = lists.pop()
            first = items[0][0] if items else 0
            for number, (written, item) in enumerate(items):
                if written not in {first, first + number}:
                    shown = first + number
                    yield (
                        (item.map or [0])[0],
                        f'"{written}." would be shown as {shown}',
                        "Write \\ before its full stop",
                    )
                    break


def _texts(tokens: Sequence[Token], hard: str = "\n") -> Iterator[tuple[int, str]]:
    """Yield the text of each paragraph as it would be shown, without the characters of marks and escapes.

    A letter replaces an escaped character, which is meant literally. The same goes for code and for a _ in a URL.
    `hard`: the replacement for a line break that the author set.
    """
    line = 0
    for token in tokens:
        line = token.map[0] if token.map else line
        if token.type == "inline":
            text = "".join(_shown(part, hard) for part in token.children or ())
            for start, end in addresses(text):
                text = text[:start] + text[start:end].replace("_", "-") + text[end:]
            yield line, text


def _shown(part: Token, hard: str) -> str:
    if part.type in {"softbreak", "hardbreak"}:
        return "\n" if part.type == "softbreak" else hard
    if part.type == "text":
        return part.content
    if part.type == "text_special":
        return part.content if part.content in {"&", "\\"} else " x" if part.content == "*" else "x"
    return "x" * len(part.content) if part.type == "code_inline" else ""


def _around(text: str, found: re.Match[str]) -> str:
    """Return the words around a mark, so that it can be found."""
    start, end = max(0, found.start() - 12), min(len(text), found.end() + 12)
    shown = " ".join(text[start:end].split())
    return f'"{"…" if start else ""}{shown}{"…" if end < len(text) else ""}"'
