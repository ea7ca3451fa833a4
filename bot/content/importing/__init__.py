"""Questions of other programs as lessons: their files, and what couldn't be carried over, with its line and reason.

What the other program doesn't have, such as the text that settles a question, is left to be written: `TODO`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.content.problem import Findings, Problem
from bot.content.templates import TO_DO
from bot.content.written_form import quoted, slug
from bot.domain.content import Kind

_MARKED_UP = re.compile(r"([\\`*_\[\]<])")
_BEGINS_A_BLOCK = re.compile(r"^(\s*)([-+#>]|\d+[.)])(?=\s|$|#)", re.MULTILINE)
LONGEST_TITLE = 60


@dataclass(frozen=True, kw_only=True)
class ImportedQuestion:
    """A question with its choices, in Markdown. `heading`: the way to ask, as a lesson's file names it."""

    stem: str
    choices: Sequence[tuple[str, bool, str]]
    """Each with whether it is right, and the reason; "" where none was given."""
    heading: str = ""
    question_id: str = ""


@dataclass(kw_only=True)
class ImportedItem:
    """A lesson or a term. `text` is "" where the other program has none."""

    title: str
    kind: Kind = Kind.LESSON
    item_id: str = ""
    text: str = ""
    entries: Mapping[str, str] = field(default_factory=dict)
    questions: list[ImportedQuestion] = field(default_factory=list)
    tracks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Imported:
    """The files of a lessons folder by path, and what couldn't be carried over."""

    files: Mapping[str, str]
    losses: tuple[Problem, ...]


def as_files(items: Iterable[ImportedItem], track: str, findings: Findings) -> Imported:
    """Return items as the files of a lessons folder. `track`: the title of the track of those that name none."""
    files: dict[str, str] = {}
    tracks: dict[str, tuple[str, list[str]]] = {}
    taken: set[str] = set()
    for item in items:
        item_id = _free(item.item_id or slug(item.title) or item.kind.value, taken)
        if item.kind is Kind.TERM:
            files[f"jargon/{item_id}.md"] = _file(item, item_id)
            continue
        for number, title in enumerate(item.tracks or (track,)):
            track_id = slug(title) or "imported"
            tracks.setdefault(track_id, (title, []))[1].append(item_id)
            if number == 0:
                files[f"tracks/{track_id}/{item_id}.md"] = _file(item, item_id)
    for track_id, (title, ids) in tracks.items():
        summary = f"{TO_DO} one sentence on what it is good for."
        entries = f"id: {track_id}\ntitle: {quoted(title)}\nopen: yes\nitems: [{', '.join(ids)}]"
        files[f"tracks/{track_id}/track.md"] = f"---\n{entries}\n---\n{summary}\n"
    return Imported(files, tuple(sorted(findings.problems)))


def _free(wanted: str, taken: set[str]) -> str:
    found, number = wanted, 1
    while found in taken:
        number += 1
        found = f"{wanted}-{number}"
    taken.add(found)
    return found


def _file(item: ImportedItem, item_id: str) -> str:
    name = "term" if item.kind is Kind.TERM else "title"
    head = {"id": item_id, name: item.title, **item.entries}
    lines = ["---", *(f"{key}: {quoted(value)}" for key, value in head.items()), "---"]
    lines.append(item.text.strip() or f"{TO_DO} the text that settles the question, 80 to 120 words.")
    for number, question in enumerate(item.questions, 1):
        lines += ["", f"## Question{f', {question.heading}' if question.heading else ''}: "
                  f"{question.question_id or f'{item_id}-{number}'}", question.stem.strip(), ""]  # fmt: skip
        for text, right, reason in question.choices:
            lines.append(f"- [{'x' if right else ' '}] {' '.join(text.split())}")
            told = reason.strip() or f"{TO_DO} why{'' if right else ' not'}"
            lines += [f"  > {line}".rstrip() for line in told.split("\n")]
    return "\n".join(lines) + "\n"


def literal(text: str) -> str:
    """Return plain text as Markdown that shows it as it is."""
    return _BEGINS_A_BLOCK.sub(r"\1\\\2", _MARKED_UP.sub(r"\\\1", text))


def title_of(stem: str) -> str:
    """Return the beginning of a question as a title, up to a word's end."""
    words = re.sub(r"\\(.)", r"\1", " ".join(stem.split()))
    if len(words) <= LONGEST_TITLE:
        return words
    return words[:LONGEST_TITLE].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
