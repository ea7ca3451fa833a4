"""Authors' Markdown as Slack's mrkdwn, and as plain text for screen readers and notifications.

Slack's rules: https://docs.slack.dev/messaging/formatting-message-text (looked up 2026-11-24). mrkdwn can't escape its
marks, and reads a mark only at a word's edge. Zero-width characters make up for both: a BREAK beside a mark inside a
word, and GLUE around a literal character. They are in the blocks only; `text`, which screen readers and notifications
use, has neither marks nor these.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from bot.domain.markdown import addresses, parser

_PARSER = parser({"html": False})
REMEMBERED = 4096
"""The number of rendered texts in the cache: a lesson is rendered for each learner, and again with each answer."""
BREAK = "\u200b"
"""Zero-width space: an invisible end of a word."""
GLUE = "\u2060"
"""Word joiner: it counts as part of the word, so that a mark beside it is literal."""
_EMPHASIS = re.compile(r"(?<![\w\u2060])([*_`])(?=[^\s\u2060])(.+?)(?<=[^\s\u2060])\1(?![\w\u2060])")
_SIGN = re.compile(r"(?<![^\W_])[*_~`]|[*_~`](?![^\W_])")
"""A mark that isn't in the middle of a word, where Slack takes it literally."""
_ALONE = re.compile(r"(?<=\s)[*_~](?=\s)")
_QUOTES = re.compile(r"^(?=&gt;)", re.MULTILINE)
_ENDS = frozenset(" \n\t.,;:!?()[]{}'\"-/")
"""Characters beside which Slack reads a mark, as it does at a line's ends."""


def escape(text: str) -> str:
    """Escape a person's words: Slack shows them literally, without mentions, links, marks or quotations."""
    alone = {found.start() for found in _ALONE.finditer(text)}
    guarded = _SIGN.sub(lambda f: f[0] if f.start() in alone else f"{GLUE}{f[0]}{GLUE}", text)
    return _QUOTES.sub(GLUE, html.escape(guarded, quote=False))


def spoken(text: str) -> str:
    """Escape a person's words for `text`, without the zero-width characters."""
    return html.escape(text, quote=False)


def unescape(text: str) -> str:
    """Return words as they were typed, from words as Slack escapes them."""
    return html.unescape(text)


@lru_cache(maxsize=REMEMBERED)
def rich(markdown: str) -> str:
    """Return Markdown as mrkdwn."""
    return _blocks(_PARSER.parse(markdown), _mrkdwn)


@lru_cache(maxsize=REMEMBERED)
def bold(markdown: str) -> str:
    """Return Markdown as mrkdwn, all of it bold."""
    return _blocks(_PARSER.parse(markdown), lambda runs: _mrkdwn([replace(run, bold=True) for run in runs]))


@lru_cache(maxsize=REMEMBERED)
def plain(markdown: str) -> str:
    """Return Markdown as escaped text without marks."""
    return _blocks(_PARSER.parse(markdown), lambda runs: html.escape("".join(r.text for r in runs), quote=False), "")


def label(markdown: str) -> str:
    """Return a line of Markdown as plain, unescaped text, which Slack wants for buttons."""
    return " ".join(unescape(plain(markdown)).split())


def unmarked(mrkdwn: str) -> str:
    """Return the bot's own mrkdwn without bold, italic and code marks; mentions and links stay."""
    return _without_marks(mrkdwn).replace(BREAK, "").replace(GLUE, "")


def _without_marks(mrkdwn: str) -> str:
    return _EMPHASIS.sub(lambda f: f[2] if f[1] == "`" else _without_marks(f[2]), mrkdwn)


@dataclass(frozen=True, kw_only=True)
class _Run:
    """Text in one style."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    address: str = ""

    @property
    def marks(self) -> str:
        """Return the marks before it; those after it are in reverse order."""
        return "*" * self.bold + "_" * self.italic + "`" * self.code


Draw = Callable[[Sequence[_Run]], str]


def _runs(tokens: Sequence[Token]) -> list[_Run]:
    runs: list[_Run] = []
    strong = em = 0
    address = ""
    for token in tokens:
        strong += token.nesting * (token.type in {"strong_open", "strong_close"})
        em += token.nesting * (token.type in {"em_open", "em_close"})
        if token.type in {"link_open", "link_close"}:
            address = str(token.attrGet("href") or "")
        text = {"softbreak": " ", "hardbreak": "\n"}.get(token.type, token.content if token.nesting == 0 else "")
        runs.extend(
            _with_links(
                _Run(text=text, bold=strong > 0, italic=em > 0, code=token.type == "code_inline", address=address)
            )
        )
    return list(_joined(runs))


def _with_links(run: _Run) -> Iterator[_Run]:
    """Yield the run, with each URL in its text as a link."""
    done = 0
    for start, end in () if run.code or run.address else addresses(run.text):
        address = run.text[start:end]
        if start > done:
            yield replace(run, text=run.text[done:start])
        yield replace(run, text=address, address=address)
        done = end
    if run.text[done:]:
        yield replace(run, text=run.text[done:])


def _joined(runs: Sequence[_Run]) -> Iterator[_Run]:
    """Yield adjacent runs of the same style as one. A link has one style, since Slack shows marks inside it
    literally.
    """
    last: _Run | None = None
    for run in runs:
        if run.address:
            run = replace(run, code=False)  # noqa: PLW2901
            if last is not None and last.address == run.address:
                text = last.text + run.text.replace("\n", " ")
                last = replace(last, text=text, bold=last.bold and run.bold, italic=last.italic and run.italic)
                continue
        elif last is not None and replace(last, text="") == replace(run, text=""):
            last = replace(last, text=last.text + run.text)
            continue
        if last is not None:
            yield last
        last = run
    if last is not None:
        yield last


def _mrkdwn(runs: Sequence[_Run]) -> str:
    """Join runs, each line of each between its marks, with a BREAK where a mark stands inside a word."""
    out = ""
    marked = False
    for run in runs:
        for number, line in enumerate(run.text.split("\n")):
            if number:
                out, marked = out + "\n", False
            words = line.strip()
            before, _, after = line.partition(words) if words else (line, "", "")
            shown, marks = _shown(words, run)
            if out and shown and not before and _needs_break(out[-1], shown[0], before=marked, behind=marks):
                out += BREAK
            out += before + shown + after
            marked = marks and not after if line else marked
    return out


def _needs_break(left: str, right: str, *, before: bool, behind: bool) -> bool:
    """Return True if Slack wouldn't see a word's edge where a marked run ends (`before`) or begins (`behind`)."""
    return (before and right not in _ENDS) or (behind and left not in _ENDS)


def _shown(words: str, run: _Run) -> tuple[str, bool]:
    """Return words between their marks, and whether they have any.

    Words that begin or end with a literal mark get none, since Slack would show the marks beside it literally too.
    """
    text = html.escape(words, quote=False) if run.code else escape(words)
    if run.address:
        address = html.escape(run.address, quote=False)
        text = f"<{address}>" if words == run.address else f"<{address}|{text}>"
    marks = run.marks if text.strip(GLUE) == text else ""
    return f"{marks}{text}{marks[::-1]}" if words else "", bool(marks and words)


def _blocks(tokens: Sequence[Token], draw: Draw, quote: str = "> ") -> str:
    if len(tokens) == 3 and tokens[1].type == "inline":
        # nearly all texts are one paragraph, which needs no tree
        return draw(_runs(tokens[1].children or [])).strip()
    blocks = SyntaxTreeNode(list(tokens)).children
    return "\n\n".join("\n".join(_lines(block, draw, quote)) for block in blocks).strip()


def _lines(block: SyntaxTreeNode, draw: Draw, quote: str) -> list[str]:
    match block.type:
        case "bullet_list":
            return [line for item in block.children for line in _item(item, "• ", draw, quote)]
        case "ordered_list":
            first = int(block.attrs.get("start", 1))
            numbered = enumerate(block.children, first)
            return [line for number, item in numbered for line in _item(item, f"{number}. ", draw, quote)]
        case "blockquote":
            parts = [_lines(part, draw, quote) for part in block.children]
            return [quote + line for number, part in enumerate(parts) for line in ([""] if number else []) + part]
    inline = next((part for part in block.children if part.type == "inline"), None)
    drawn = draw(_runs(inline.token.children or [])) if inline and inline.token else escape(block.content)
    return drawn.split("\n")


def _item(item: SyntaxTreeNode, mark: str, draw: Draw, quote: str) -> list[str]:
    """Return the lines of a list's item; those below its first line are indented."""
    lines: list[str] = []
    for part in item.children:
        nested = part.type.endswith("_list")
        lines += [("    " if nested else "  " if lines else "") + line for line in _lines(part, draw, quote)]
    return [mark + line if number == 0 else line for number, line in enumerate(lines)]
