"""An attacker on the figures of reports: programmes as an admin could arrange them, and the best guess at any answer.

The admin knows who did what and when, so whom each figure counts; how difficult each question is; and the answers of
three who tell theirs. Each guess is Bayes' rule over all ways in which the others may have answered.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bot.domain.insight import HIGH, LOW, Band, Batch, FigureKind, Tally, Toss, bands_of, exact_band

COLLUDING = 3
QUESTIONS = tuple(f"q{n}" for n in range(8))
MONTHS = 12
CHECKED_AFTER = 2
"""Months from the first day until both first checks are over."""
TENTHS = 10


@dataclass(frozen=True)
class Answer:
    """An answer in a figure, and the chance of a right one that its question's difficulty gives."""

    who: str
    chance: float
    right: bool


@dataclass(frozen=True)
class Programme:
    """What is released in a year: of each figure its answers by moment, and the band of each."""

    released: tuple[tuple[Sequence[Answer], Band], ...]


Release = Callable[[Batch, frozenset[str], Toss], "dict[str, Band] | None"]


def programme(chance: random.Random, release: Release = bands_of) -> Programme:
    """Return a year of a programme at random, as it is released."""
    people = chance.choice((10, 11, 12, 14, 20, 24, 31, 45))
    questions = {(q, m): chance.uniform(0.2, 0.8) for q in QUESTIONS for m in ("before", "after")}
    own = frozenset(q for q in QUESTIONS if chance.random() < 0.05)
    arrives = [chance.choice((0, 0, 0, chance.randrange(MONTHS))) for _ in range(people)]
    # targeted assigning: the one who is meant comes with those who tell their answers, or after everybody else
    arrives[-1] = max(arrives[:-1]) if chance.random() < 0.5 else chance.randrange(MONTHS)
    goes = [chance.randrange(MONTHS) if chance.random() < 0.2 else MONTHS for _ in range(people)]
    alone = [chance.random() < 0.05 for _ in range(people)]
    drawn = [chance.sample(QUESTIONS, 2) for _ in range(people)]
    waiting: list[int] = []
    given: dict[int, dict[str, list[Answer]]] = {}
    released: list[tuple[Sequence[Answer], Band]] = []
    for month in range(MONTHS):
        # undone, taken out, left and forgotten look alike here: who is gone by then isn't counted
        waiting += [n for n in range(people) if arrives[n] + CHECKED_AFTER == month and not alone[n]]
        waiting = [n for n in waiting if goes[n] > month]
        for n in (n for n in waiting if n not in given):
            given[n] = {
                moment: [
                    Answer(f"U{n}", questions[q, moment], chance.random() < questions[q, moment]) for q in drawn[n]
                ]
                for moment in ("before", "after")
            }
        answers = {m: [answer for n in waiting for answer in given[n][m]] for m in ("before", "after")}
        batch = Batch(
            track_id="t",
            kind=FigureKind.BEFORE_AFTER,
            people=frozenset(f"U{n}" for n in waiting),
            tallies={m: Tally(len(those), sum(a.right for a in those)) for m, those in answers.items() if those},
            items=frozenset(q for n in waiting for q in drawn[n]),
        )
        bands = release(batch, own, lambda: chance.random() < 0.5)
        if bands is not None:
            released += [(answers[moment], band) for moment, band in bands.items()]
            waiting = []
    return Programme(tuple(released))


@dataclass(frozen=True)
class Guess:
    """The best guess at an answer: how probable it is, how much more than its difficulty gives, and whether it is
    right.
    """

    sure: float
    gained: float
    right: bool


Likelihood = Callable[[Band, int, int], float]
"""The probability of a band, given how many of so many answers are right."""


def guesses(answers: Sequence[Answer], band: Band, likelihood: Likelihood) -> Iterator[Guess]:
    """Yield the best guesses at the answers that nobody told, of those that are worth it."""
    telling = set(sorted({a.who for a in answers})[:COLLUDING])
    known = sum(a.right for a in answers if a.who in telling)
    hidden = [a for a in answers if a.who not in telling]
    weights = [likelihood(band, known + count, len(answers)) for count in range(len(hidden) + 1)]
    counts = _counts([a.chance for a in hidden])
    for answer in _telling(hidden):
        others = _without(counts, answer.chance)
        wrong = sum(p * weights[n] for n, p in enumerate(others)) * (1 - answer.chance)
        right = sum(p * weights[n + 1] for n, p in enumerate(others)) * answer.chance
        posterior = right / (right + wrong)
        says = posterior >= 0.5
        gained = max(posterior - answer.chance, answer.chance - posterior)
        yield Guess(max(posterior, 1 - posterior), gained, says == answer.right)


MOST_OPEN = (0.0, 0.41, 0.59, 1.0)
"""The difficulties at which an attacker gains most: the extremes, and where doubled odds move a chance the most."""


def _telling(hidden: Sequence[Answer]) -> Sequence[Answer]:
    """Return the hidden answers that are worth attacking: those nearest to each of these difficulties."""
    if len(hidden) <= len(MOST_OPEN):
        return hidden
    return [min(hidden, key=lambda answer: abs(answer.chance - open_at)) for open_at in MOST_OPEN]


def _counts(chances: Sequence[float]) -> list[float]:
    """Return the probability of each number of right answers."""
    found = [1.0]
    for p in chances:
        found = [
            (found[n] * (1 - p) if n < len(found) else 0.0) + (found[n - 1] * p if n else 0.0)
            for n in range(len(found) + 1)
        ]
    return found


def _without(counts: Sequence[float], p: float) -> list[float]:
    """Return the probabilities without one answer, taken out from the end at which nothing grows."""
    size = len(counts) - 1
    found = [0.0] * size
    if p <= 0.5:
        before = 0.0
        for n in range(size):
            before = found[n] = (counts[n] - p * before) / (1 - p)
    else:
        after = 0.0
        for n in reversed(range(size)):
            after = found[n] = (counts[n + 1] - (1 - p) * after) / p
    return found


def exact(band: Band, right: int, answers: int) -> float:
    """The likelihood where nothing is mixed in."""
    return float(exact_band(Tally(answers, right)) is band)


def with_chance(band: Band, right: int, answers: int) -> float:
    """The likelihood where heads before a tail are added, less others: a third of 2 to the minus |k| for each k."""
    low, high = LOW * answers, HIGH * answers
    # the least k that isn't low any more, and the least that is high
    middle = -(-low // TENTHS) - right
    over = high // TENTHS + 1 - right
    return {
        Band.LOW: 1 - _at_least(middle),
        Band.MIDDLE: _at_least(middle) - _at_least(over),
        Band.HIGH: _at_least(over),
    }[band]


def _at_least(k: int) -> float:
    """Return the probability that the number mixed in is at least k."""
    tail: float = 2.0 ** (1 - k) / 3 if k > 0 else 1 - 2.0**k / 3
    return tail


def off(band: Band, answers: Sequence[Answer]) -> bool:
    """Return True where the band isn't the one of the answers themselves."""
    return band is not exact_band(Tally(len(answers), sum(a.right for a in answers)))
