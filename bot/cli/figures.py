"""The command on what there is in the lessons, in figures. Its docstring is its `--help`."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from statistics import median
from typing import Annotated

import typer

from bot import app
from bot.cli.reading import Drafts, FolderArguments, catalogue_of
from bot.domain.content import Catalogue, Item, Lesson, wordings, words
from bot.domain.cues import FEWEST_QUESTIONS, rule_scores
from bot.domain.expiry import expired
from bot.domain.questions.one_right import OneRight
from bot.domain.reading_time import item_seconds
from bot.logs import counted


class Format(StrEnum):
    """The forms in which figures are written."""

    TEXT = "text"
    JSON = "json"


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A rule that reads nothing, and the percentage points beyond chance that it gets."""

    rule: str
    points: float


@dataclass(frozen=True, kw_only=True)
class Figures:
    """The figures of a track, or of all terms. Words and seconds of the longest case: text, question and reasons."""

    name: str
    lessons: int
    terms: int
    wordings: int
    words: tuple[int, float, int]
    """The fewest, the median, and the most."""
    seconds: float
    """Of the longest item."""
    forms: dict[str, int]
    """The number of questions of each way to ask."""
    ask_first: int
    sourced: int
    """Items that cite a source."""
    reviewed: int
    """Items with a review date."""
    expired: int
    rules: tuple[Rule, ...]
    """None below twenty questions, where they say nothing."""


def stats(
    folders: FolderArguments = None,
    form: Annotated[Format, typer.Option("--format", help="How they are written.")] = Format.TEXT,
    drafts: Drafts = False,
) -> None:
    """Say what there is in the lessons: by track, and for the terms.

    Exit code 1: the lessons have problems.
    """
    found = figures(catalogue_of(folders, drafts=drafts))
    if form is Format.JSON:
        typer.echo(json.dumps([asdict(each) for each in found], indent=2))
        return
    typer.echo("\n\n".join(_told(each) for each in found))


def figures(catalogue: Catalogue) -> list[Figures]:
    """Return the figures of each track and of all terms."""
    past = {item.id for item in expired(catalogue, app.SystemClock().business().date())}
    groups: list[tuple[str, Sequence[Item]]] = [
        (track.title, [catalogue.items[item_id] for item_id in track.items]) for track in catalogue.tracks.values()
    ]
    groups.append(("All terms", catalogue.terms))
    return [_figures(name, items, past) for name, items in groups if items]


def _figures(name: str, items: Sequence[Item], past: set[str]) -> Figures:
    questions = [question for item in items for question in wordings(item)]
    forms = Counter(q.form if isinstance(q, OneRight) else q.heading for q in questions)
    counts = sorted(words(item) for item in items)
    rules = rule_scores(questions)
    return Figures(
        name=name,
        lessons=sum(isinstance(item, Lesson) for item in items),
        terms=sum(not isinstance(item, Lesson) for item in items),
        wordings=len(questions),
        words=(counts[0], median(counts), counts[-1]),
        seconds=round(max(item_seconds(item) for item in items), 1),
        forms={form or "one right": count for form, count in forms.most_common()},
        ask_first=sum(item.ask_first for item in items),
        sourced=sum(bool(item.sources) for item in items),
        reviewed=sum(item.review_by is not None for item in items),
        expired=sum(item.id in past for item in items),
        rules=tuple(
            Rule(rule=rule.rule, points=round(rule.points, 1)) for rule in rules if rule.questions >= FEWEST_QUESTIONS
        ),
    )


def _told(made: Figures) -> str:
    fewest, middle, most = made.words
    lines = [
        typer.style(made.name, bold=True),
        f"  {counted(made.lessons, 'lesson')}, {counted(made.terms, 'term')}, {counted(made.wordings, 'wording')}",
        f"  words in the longest case: {fewest} to {most}, median {middle:g}; the longest takes {made.seconds:g} s",
        f"  asked as: {', '.join(f'{form} {count}' for form, count in made.forms.items()) or 'nothing'}",
        f"  asked before the text: {made.ask_first}",
        f"  with a source {made.sourced}, with a review date {made.reviewed}, past it {made.expired}",
    ]
    for rule in made.rules:
        lines.append(f'  "take the {rule.rule} choice": {rule.points:+g} points beyond chance')
    return "\n".join(lines)
