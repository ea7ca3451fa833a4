"""A test of whether questions can be answered without their texts: a reader's sheet, and its score. Pure.

A reader says of each answer whether they knew it, reasoned it out or had a hunch. What was known is set aside; the rest
is compared with chance, worked out for each kind of question.
"""

from __future__ import annotations

import hashlib
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.content import Catalogue, Item, wordings
from bot.domain.questions import LETTERS, AnyQuestion, ChoiceQuestion, NoResponseError

FEWEST_ANSWERS = 40
"""Answers that weren't known, from two readers or more, below which nothing is said."""
FEWEST_READERS = 2
CODE_DIGITS = 10


class Mode(StrEnum):
    """The conditions under which a reader answers."""

    CHOICES = "choices-only"
    """The choices alone, without stem and title."""
    BLIND = "blind"
    """What a phone shows before the text: title, question and choices."""
    AFTER = "after-the-text"
    """The same, once the text was read and closed again."""


MOST_POINTS = {Mode.CHOICES: 10, Mode.BLIND: 25}
"""Percentage points beyond chance up to which questions count as sound."""
FEWEST_RIGHT_AFTER = 90
"""Per cent right after the text from which they do."""


class How(StrEnum):
    """The ways in which a reader comes to an answer."""

    KNEW = "knew"
    REASONED = "reasoned"
    HUNCH = "hunch"


@dataclass(frozen=True, kw_only=True)
class SheetQuestion:
    """A question on a sheet, its choices in the order drawn for it."""

    code: str
    """Names it without giving it away, and changes when its words do."""
    item_id: str
    title: str
    question: AnyQuestion

    @property
    def letters(self) -> Sequence[tuple[str, str]]:
        """Return the choices with their letters; none where the answer is written."""
        if not isinstance(self.question, ChoiceQuestion):
            return ()
        return [(LETTERS[n], self.question.choices[index].text) for n, index in enumerate(self.question.shown)]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The questions of a track for a reader, shuffled by a seed."""

    track_id: str
    mode: Mode
    seed: int
    questions: tuple[SheetQuestion, ...]


def make_sheet(catalogue: Catalogue, track_id: str, mode: Mode, seed: int) -> Sheet:
    """Return the sheet of a track; the same for the same content and seed. Without stems, only choices are asked.

    Before the text each item is asked in one of its wordings, which the seed draws: two of them would answer each
    other. Successive seeds ask successive wordings. After the text every wording is asked.

    Raises:
        KeyError: there is no such track.
    """
    found = []
    for item_id in catalogue.tracks[track_id].items:
        item = catalogue.items[item_id]
        asked = [q for q in wordings(item) if mode is not Mode.CHOICES or isinstance(q, ChoiceQuestion)]
        if mode is not Mode.AFTER:
            asked = asked and [asked[(seed + _number(item_id)) % len(asked)]]
        found += [_on_sheet(item, question, seed) for question in asked]
    random.Random(f"{seed} {track_id}").shuffle(found)  # noqa: S311 - no secret
    return Sheet(track_id=track_id, mode=mode, seed=seed, questions=tuple(found))


def _number(item_id: str) -> int:
    """Return a number by which items differ, so that one sheet hasn't the first wording of all."""
    return hashlib.sha256(item_id.encode()).digest()[0]


def _on_sheet(item: Item, question: AnyQuestion, seed: int) -> SheetQuestion:
    words = "\n".join([question.id, question.stem, *(choice.text for choice in question.choices)])
    code = hashlib.sha256(f"{item.id}\n{words}".encode()).hexdigest()[:CODE_DIGITS]
    return SheetQuestion(code=code, item_id=item.id, title=item.title, question=_drawn(question, f"{seed} {code}"))


def _drawn(question: AnyQuestion, seed: str) -> AnyQuestion:
    if not isinstance(question, ChoiceQuestion):
        return question
    order = list(range(len(question.choices)))
    random.Random(seed).shuffle(order)  # noqa: S311 - no secret
    return question.in_order(order)


def chance(question: AnyQuestion) -> float:
    """Return the probability, 0 to 1, that a blind pick is right; several right: of all sets that can be ticked."""
    if not isinstance(question, ChoiceQuestion):
        return 0.0
    count = len(question.choices)
    return 1 / count if question.most_right == 1 else 1 / (2**count - 1)


def is_right(asked: SheetQuestion, given: str) -> bool | None:
    """Return whether an answer as it was filled in is right; None where nothing was, or nothing that can be read."""
    question = asked.question
    try:
        if not isinstance(question, ChoiceQuestion):
            return question.grade(question.respond([given])) if given.strip() else None
        named = [LETTERS.index(letter) for letter in _letters(given)]
        return question.grade(question.respond([str(question.shown[place]) for place in named])) if named else None
    except (NoResponseError, ValueError, IndexError):
        return None


def _letters(given: str) -> list[str]:
    """Return the letters that stand alone: of "B", "b)", "A, C" and "a and c"."""
    words = "".join(sign if sign.isalpha() else " " for sign in given.upper()).split()
    return [word for word in words if len(word) == 1 and word in LETTERS]


@dataclass(frozen=True, kw_only=True)
class Filled:
    """An answer on a sheet. `reader`: the sheet it stands on."""

    reader: str
    asked: SheetQuestion
    right: bool
    how: How


@dataclass(frozen=True, kw_only=True)
class Score:
    """The score of the sheets of one mode. Shares in per cent, points in percentage points."""

    mode: Mode
    readers: int
    answers: int
    knew: int
    right: int
    """Right ones among those that weren't known; after the text, among all."""
    expected: float
    """As many of the same answers as chance gets right."""
    given_away: tuple[str, ...] = ()
    """The questions (item and id) that two readers or more got right, each without knowing and without a hunch."""

    @property
    def counted(self) -> int:
        """Return the answers that are compared with chance; after the text, all of them."""
        return self.answers if self.mode is Mode.AFTER else self.answers - self.knew

    @property
    def share(self) -> float:
        """Return the per cent of the counted answers that are right."""
        return 100 * self.right / self.counted if self.counted else 0.0

    @property
    def points(self) -> float:
        """Return the percentage points beyond chance."""
        return self.share - (100 * self.expected / self.counted if self.counted else 0.0)

    @property
    def enough(self) -> bool:
        """Return False where there are too few answers or readers to say anything."""
        if self.mode is Mode.AFTER:
            return self.counted > 0
        return self.counted >= FEWEST_ANSWERS and self.readers >= FEWEST_READERS

    @property
    def sound(self) -> bool:
        """Return True where the questions keep to the bound of their mode, and fewer than half were known."""
        if self.mode is Mode.AFTER:
            return self.share >= FEWEST_RIGHT_AFTER
        return self.points <= MOST_POINTS[self.mode] and 2 * self.knew < self.answers


def score(mode: Mode, filled: Iterable[Filled]) -> Score:
    """Return what the answers on the sheets of one mode show."""
    answers = list(filled)
    counted = answers if mode is Mode.AFTER else [each for each in answers if each.how is not How.KNEW]
    sure = Counter(
        f"{each.asked.item_id}, {each.asked.question.id}"
        for each in answers
        if each.right and each.how is How.REASONED and mode is not Mode.AFTER
    )
    return Score(
        mode=mode,
        readers=len({each.reader for each in answers}),
        answers=len(answers),
        knew=sum(each.how is How.KNEW for each in answers),
        right=sum(each.right for each in counted),
        expected=sum(chance(each.asked.question) for each in counted),
        given_away=tuple(sorted(name for name, count in sure.items() if count >= FEWEST_READERS)),
    )
