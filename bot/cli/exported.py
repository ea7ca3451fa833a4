"""The content as other programs take it: a row for each wording of a question, and one for what is only looked up."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from bot.domain.content import Catalogue, Item, Term, wordings
from bot.domain.questions import AnyQuestion
from bot.domain.questions.one_right import OneRight
from bot.messages.csv_file import harmless

MOST_CHOICES = 10
COLUMNS = (
    "id", "kind", "tracks", "title", "text", "stands_for", "heard", "use_when", "avoid_when", "asked_first",
    "question_id", "form", "question",
    *(f"{part}_{n}" for n in range(1, MOST_CHOICES + 1) for part in ("choice", "right", "reason")),
    "sources", "review_by",
)  # fmt: skip


def as_csv(catalogue: Catalogue) -> str:
    """Return all content as CSV. No cell is taken for a formula by a spreadsheet."""
    out = io.StringIO(newline="")
    rows = csv.DictWriter(out, COLUMNS)
    rows.writeheader()
    for row in _rows(catalogue):
        rows.writerow({name: harmless(value) for name, value in row.items()})
    return out.getvalue()


def as_json(catalogue: Catalogue) -> str:
    """Return all content as JSON: tracks, and items with all their wordings."""
    return json.dumps(
        {
            "tracks": [
                {"id": t.id, "title": t.title, "summary": t.summary, "open": t.open, "items": t.items, "next": t.next}
                for t in catalogue.tracks.values()
            ],
            "items": [_item(catalogue, item) for _, item in sorted(catalogue.items.items())],
        },
        indent=1,
        ensure_ascii=False,
    )


def _item(catalogue: Catalogue, item: Item) -> dict[str, Any]:
    common = {name: value for name, value in _common(catalogue, item).items() if value}
    questions = [
        {
            "id": question.id,
            "form": _form(question),
            "question": question.stem,
            "choices": [{"text": c.text, "right": c.right, "reason": c.reason} for c in question.choices],
        }
        for question in wordings(item)
    ]
    sources = [{"publisher": s.publisher, "title": s.title, "date": s.date, "address": s.address} for s in item.sources]
    return {**common, "sources": sources, "questions": questions}


def _rows(catalogue: Catalogue) -> Iterator[dict[str, str]]:
    for _, item in sorted(catalogue.items.items()):
        common = _common(catalogue, item)
        if not wordings(item):
            yield common
        for question in wordings(item):
            yield {**common, **_question(question)}


def _common(catalogue: Catalogue, item: Item) -> dict[str, str]:
    tracks = [track.id for track in catalogue.tracks.values() if item.id in track.items]
    common = {
        "id": item.id,
        "kind": item.kind,
        "tracks": " ".join(tracks),
        "title": item.title,
        "asked_first": "yes" if item.ask_first else "",
        "sources": " ".join(source.address for source in item.sources),
        "review_by": item.review_by.isoformat() if item.review_by else "",
    }
    if isinstance(item, Term):
        told = {"stands_for": item.stands_for or "", "heard": item.heard}
        return {**common, "text": item.meaning, **told, "use_when": item.use_when, "avoid_when": item.avoid_when}
    return {**common, "text": item.body}


def _question(question: AnyQuestion) -> dict[str, str]:
    asked = {"question_id": question.id, "form": _form(question), "question": question.stem}
    for number, choice in enumerate(question.choices, 1):
        asked[f"choice_{number}"] = choice.text
        asked[f"right_{number}"] = "yes" if choice.right else ""
        asked[f"reason_{number}"] = choice.reason
    return asked


def _form(question: AnyQuestion) -> str:
    """Return the words that name the way to ask in a lesson's file; "" for the plain one."""
    return str(question.form) if isinstance(question, OneRight) else question.heading
