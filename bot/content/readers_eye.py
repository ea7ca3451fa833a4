"""The look of a reader at a whole folder, as warnings: questions that give themselves away, words that nobody explains,
questions that are asked twice, sources that nothing cites.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

from rapidfuzz import fuzz

from bot.content.files import SOURCES
from bot.content.whole import LayersReading
from bot.domain.content import MOST_OF_REVIEW, Catalogue, Item, Lesson, review_words, wordings
from bot.domain.cues import MOST_POINTS, absolutes, confesses, rule_scores
from bot.domain.questions import AnyQuestion, ChoiceQuestion

ALIKE = 90
"""Per cent of likeness from which two questions or texts say the same."""
KNOWN = frozenset({
    "AI", "B2B", "BBC", "CEO", "CFO", "CMO", "COO", "EU", "FAQ", "HR", "ID", "IPO", "IT", "NGO", "NHS", "OK", "PC",
    "PDF", "PR", "Q1", "Q2", "Q3", "Q4", "SEC", "TV", "UK", "UN", "US", "USA",
})  # fmt: skip
"""Abbreviations that every reader of these lessons knows."""
_ABBREVIATION = re.compile(r"\b[A-Z][A-Z0-9]{1,5}\b")
_MARK_UP = re.compile(r"https?://\S+|`[^`]*`")


def look(reading: LayersReading, catalogue: Catalogue) -> None:
    """Warn of all of it."""
    for item in catalogue.items.values():
        for question in wordings(item):
            _tone(reading, item, question)
            _length(reading, item, question)
        _unexplained(reading, catalogue, item)
        _unverified(reading, item)
    _ranks(reading, catalogue)
    _alike(reading, catalogue)
    _uncited(reading, catalogue)


def _tone(reading: LayersReading, item: Item, question: AnyQuestion) -> None:
    """Warn of wrong choices that say so by their tone."""
    if not isinstance(question, ChoiceQuestion):
        return
    place = reading.where[item.id]
    allowed = frozenset[str]().union(*(absolutes(choice.text) for choice in question.choices if choice.right))
    for choice in question.choices:
        loud = ", ".join(sorted(absolutes(choice.text) - allowed)) if not allowed else ""
        found = confesses(choice.text) or loud
        if not choice.right and found:
            what = f'in the question "{question.id}", the wrong choice "{choice.text}" says so with "{found}"'
            place.reporter.warn(place.keys.line("id"), what, "Word it as somebody would who believes it")


def _length(reading: LayersReading, item: Item, question: AnyQuestion) -> None:
    """Warn of a question that takes long to read where it comes back."""
    count, place = review_words(question), reading.where[item.id]
    if count > MOST_OF_REVIEW:
        what = f'the question "{question.id}" comes to {count} words with its choices and two reasons'
        place.reporter.warn(place.keys.line("id"), what, f"Shorten it to {MOST_OF_REVIEW}: it comes back as a review")


def _ranks(reading: LayersReading, catalogue: Catalogue) -> None:
    """Warn of a track whose right choices are found by their length, or as the plainest."""
    for track in catalogue.tracks.values():
        questions = [
            q for item_id in track.items if item_id in catalogue.items for q in wordings(catalogue.items[item_id])
        ]
        for found in rule_scores(questions):
            if found.gives_away:
                place = reading.where["track " + track.id]
                what = (
                    f'"take the {found.rule} choice" is right {found.points:.0f} points more often than chance in its '
                    f"{found.questions} questions; {MOST_POINTS} is the most"
                )
                place.reporter.warn(
                    place.keys.line("items"), what, "Make right and wrong choices of a question equally long and plain"
                )


def _unexplained(reading: LayersReading, catalogue: Catalogue, item: Item) -> None:
    """Warn of abbreviations in a lesson that no term explains."""
    if not isinstance(item, Lesson):
        return
    names = {name.upper() for term in catalogue.terms for name in term.every_name}
    # an organisation that the text quotes is known by its source
    names |= {word for source in item.sources for word in _ABBREVIATION.findall(f"{source.publisher} {source.title}")}
    text = _MARK_UP.sub(" ", item.body)
    unknown = sorted({word for word in _ABBREVIATION.findall(text) if word not in KNOWN and word not in names})
    if unknown:
        place = reading.where[item.id]
        told = f"nothing explains {', '.join(unknown)}"
        place.reporter.warn(place.keys.line("id"), told, "Write it out, or add a term for it")


def _alike(reading: LayersReading, catalogue: Catalogue) -> None:
    """Warn of questions of different items that are asked in nearly the same words."""
    asked = [(item, q.stem) for item in catalogue.items.values() for q in wordings(item)]
    for (one, first), (other, second) in combinations(asked, 2):
        # the cheap comparison first: most differ in length alone
        if one.id == other.id or not _may_be_alike(first, second):
            continue
        if fuzz.ratio(first, second) >= ALIKE and _choices(one, first) == _choices(other, second):
            place = reading.where[other.id]
            what = f'"{other.id}" asks nearly what "{one.id}" asks'
            place.reporter.warn(place.keys.line("id"), what, "Ask for something else")


def _may_be_alike(first: str, second: str) -> bool:
    return 2 * min(len(first), len(second)) >= (len(first) + len(second)) * ALIKE / 100


def _choices(item: Item, stem: str) -> Sequence[str]:
    return next(sorted(choice.text for choice in q.choices) for q in wordings(item) if q.stem == stem)


def _unverified(reading: LayersReading, item: Item) -> None:
    """Warn of a source in a file that doesn't say what was read. Who writes in Slack has no file for it."""
    place = reading.where[item.id]
    if reading.layers[place.layer - 1].folder is None:
        return
    for source in item.sources:
        if source.id == source.address:
            what = f'nothing says what was read in "{source.title}"'
            place.reporter.warn(
                place.keys.line("sources"), what, "An entry in sources.yaml has its words, and how they were verified"
            )


def _uncited(reading: LayersReading, catalogue: Catalogue) -> None:
    """Warn of sources of the last layer, which is the author's, that no lesson and no term cites."""
    cited = {source.id for item in catalogue.items.values() for source in item.sources}
    layer = reading.layers[-1]
    if reading.broken or layer.folder is None:
        return
    reporter = layer.folder.reporter(layer.folder.root / SOURCES)
    for source_id in layer.shared.found:
        if source_id not in cited:
            reporter.warn(
                layer.shared.lines[source_id],
                f'nothing cites "{source_id}"',
                "Cite it where its claim stands, or take it out",
            )
