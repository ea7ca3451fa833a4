"""The comparison with what was published before: progress hangs on ids, and answers on what was right."""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz import fuzz

from bot.content.problem import did_you_mean
from bot.content.whole import LayersReading
from bot.domain.content import Catalogue, wordings
from bot.domain.questions import AnyQuestion

THE_SAME = 60
"""Per cent of likeness from which a choice is an earlier one, perhaps worded better."""


def compare(reading: LayersReading, catalogue: Catalogue, before: Catalogue) -> None:
    """Report ids that have vanished without a declared replacement, and questions with another right answer.

    Args:
        reading: the folders as they are now, whose findings take the problems.
        catalogue: what they have.
        before: what they had when they were published.
    """
    replaced = {old for place in reading.where.values() for old in place.keys.texts("replaces", "[old-id]")}
    gone = [i for i in before.items if i not in catalogue.items and i not in replaced | reading.broken | reading.hidden]
    gone_tracks = [t for t in before.tracks if t not in catalogue.tracks and t not in reading.broken | reading.hidden]
    for name in [*gone, *gone_tracks]:
        what = f'"{name}" was published and is gone: people\'s progress hangs on its id'
        remedy = did_you_mean(name, catalogue.items, "Bring it back")
        told = f'{remedy} Or add "replaces: [{name}]" to what takes its place'
        reading.findings.reporter(_folder(reading)).problem(1, what, told)
    for item in catalogue.items.values():
        known = (
            {question.id: question for question in wordings(before.items[item.id])} if item.id in before.items else {}
        )
        place = reading.where[item.id]
        for question in wordings(item):
            for text in _changed(known.get(question.id), question):
                what = f'in the question "{question.id}", "{text}" was right and isn\'t any more'
                place.reporter.problem(place.keys.line("id"), what, "Give the question an id of its own")


def _folder(reading: LayersReading) -> str:
    folder = reading.layers[-1].folder if reading.layers else None
    return folder.label if folder is not None else "lessons"


def _changed(before: AnyQuestion | None, now: AnyQuestion) -> Iterator[str]:
    """Yield the right answers of a question that its present wording takes for wrong, or doesn't have."""
    for choice in before.choices if before is not None else ():
        if not choice.right:
            continue
        alike = max(now.choices, key=lambda each: fuzz.WRatio(each.text.casefold(), choice.text.casefold()))
        likeness = fuzz.WRatio(alike.text.casefold(), choice.text.casefold())
        if not alike.right or likeness < THE_SAME:
            yield choice.text
