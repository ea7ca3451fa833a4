"""Authors' Markdown as Slack's mrkdwn, and as plain text for screen readers and notifications.

Slack's own rules: https://docs.slack.dev/messaging/formatting-message-text (looked up 2026-11-24). mrkdwn has no escape
for its marks, and reads one only beside a word's end. So signs without width stand in for what it lacks: a BREAK beside
a mark that is meant inside a word, GLUE around a sign that is meant as itself. They are in the blocks alone: `text`,
which screen readers and notifications take, has neither marks nor these.
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
"""Texts of which the drawing is kept: a lesson is drawn again for each learner, and once more with each answer."""
BREAK = "\u200b"
"""Zero-width space: ends a word without showing."""
GLUE = "\u2060"
"""Word joiner: belongs to the word, so that a mark beside it is none."""
_EMPHASIS = re.compile(r"(?<![\w\u2060])([*_`])(?=[^\s\u2060])(.+?)(?<=[^\s\u2060])\1(?![\w\u2060])")
_SIGN = re.compile(r"(?<![^\W_])[*_~`]|[*_~`](?![^\W_])")
"""One that isn't in the middle of a word, where Slack leaves it alone."""
_ALONE = re.compile(r"(?<=\s)[*_~](?=\s)")
_QUOTES = re.compile(r"^(?=&gt;)", re.MULTILINE)
_ENDS = frozenset(" \n\t.,;:!?()[]{}'\"-/")
"""Beside these, and at a line's ends, Slack reads a mark."""


def escape(text: str) -> str:
    """A person's words, so that Slack shows them as they are and reads no mention, link, mark or quotation in them."""
    alone = {found.start() for found in _ALONE.finditer(text)}
    guarded = _SIGN.sub(lambda f: f[0] if f.start() in alone else f"{GLUE}{f[0]}{GLUE}", text)
    return _QUOTES.sub(GLUE, html.escape(guarded, quote=False))


def spoken(text: str) -> str:
    """A person's words for `text`, which is heard: without signs that only a reader needs."""
    return html.escape(text, quote=False)


def unescape(text: str) -> str:
    """Words as they were typed, from words as Slack hands them on."""
    return html.unescape(text)


@lru_cache(maxsize=REMEMBERED)
def rich(markdown: str) -> str:
    """Markdown as mrkdwn."""
    return _blocks(_PARSER.parse(markdown), _mrkdwn)


@lru_cache(maxsize=REMEMBERED)
def bold(markdown: str) -> str:
    """Markdown as mrkdwn, all of it bold."""
    return _blocks(_PARSER.parse(markdown), lambda runs: _mrkdwn([replace(run, bold=True) for run in runs]))


@lru_cache(maxsize=REMEMBERED)
def plain(markdown: str) -> str:
    """Markdown as text without any marks, escaped."""
    return _blocks(_PARSER.parse(markdown), lambda runs: html.escape("".join(r.text for r in runs), quote=False), "")


def label(markdown: str) -> str:
    """One line of Markdown for a button, where Slack wants plain, unescaped text."""
    return " ".join(unescape(plain(markdown)).split())


def unmarked(mrkdwn: str) -> str:
    """Our own mrkdwn without bold, italic and code marks; mentions and links stay."""
    return _without_marks(mrkdwn).replace(BREAK, "").replace(GLUE, "")


def _without_marks(mrkdwn: str) -> str:
    return _EMPHASIS.sub(lambda f: f[2] if f[1] == "`" else _without_marks(f[2]), mrkdwn)


@dataclass(frozen=True)
class _Run:
    """Text in one look."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    address: str = ""

    @property
    def marks(self) -> str:
        """Those before it; behind it they stand the other way round."""
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
        runs.extend(_with_links(_Run(text, strong > 0, em > 0, token.type == "code_inline", address)))
    return list(_joined(runs))


def _with_links(run: _Run) -> Iterator[_Run]:
    """The run, and each address that stands in its text as a link."""
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
    """Runs of the same look as one; a link in one look, since Slack shows marks inside it as signs."""
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
    """Runs one after the other, each line of each between its marks, with a BREAK where a mark stands inside a word."""
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
    """Whether Slack wouldn't see a word's end where a marked run ends (`before`) or begins (`behind`)."""
    return (before and right not in _ENDS) or (behind and left not in _ENDS)


def _shown(words: str, run: _Run) -> tuple[str, bool]:
    """Words between their marks, and whether they have any.

    Words that begin or end with a sign meant as itself go without: beside it the mark would be read as a sign too.
    """
    text = html.escape(words, quote=False) if run.code else escape(words)
    if run.address:
        address = html.escape(run.address, quote=False)
        text = f"<{address}>" if words == run.address else f"<{address}|{text}>"
    marks = run.marks if text.strip(GLUE) == text else ""
    return f"{marks}{text}{marks[::-1]}" if words else "", bool(marks and words)


def _blocks(tokens: Sequence[Token], draw: Draw, quote: str = "> ") -> str:
    if len(tokens) == 3 and tokens[1].type == "inline":
        # one paragraph, as nearly everything is: no tree is needed
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
    """A point of a list; what stands below its first line is set in."""
    lines: list[str] = []
    for part in item.children:
        nested = part.type.endswith("_list")
        lines += [("    " if nested else "  " if lines else "") + line for line in _lines(part, draw, quote)]
    return [mark + line if number == 0 else line for number, line in enumerate(lines)]
