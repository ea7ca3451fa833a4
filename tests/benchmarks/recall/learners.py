"""Simulated learners: what differs between them, drawn once and shared by all rules that are compared."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

SEED = 43
MOST_ITEMS, MOST_ASKINGS = 90, 24
"""Drawn for each learner, so that a longer curriculum has the same people in it. Later askings reuse the draws."""

BETWEEN_LEARNERS = BETWEEN_ITEMS = 0.4
"""Standard deviations of the boost. An assumption: somewhat more than the model's noise, each."""
KNOWN_BEFORE = 0.2
"""The chance that a learner knows an item before its lesson. An assumption."""
UNDERSTOOD = 0.7
"""The chance to answer from a text that was read just before. An assumption; a guess comes on top."""
CHOICES = 4
"""Of a question; who doesn't recall the answer guesses among them."""
SURE_WHEN_RECALLED = 0.85
"""The chance to be sure of what one recalls. An assumption."""
SURE_WHEN_GUESSING = 0.15
"""The chance to be sure of a guess: with a wrong one, a blind spot. An assumption."""
ITEM_SECONDS, ITEM_SECONDS_SPREAD = 60.0, 10.0
"""How long a lesson takes. The spread is an assumption: two lessons in three leave time for one review, one in six for
two, one in six for none.
"""


@dataclass(frozen=True)
class Draw:
    """The chances of one asking, each between 0 and 1."""

    recalled: float
    guessed: float
    sure: float


@dataclass(frozen=True, kw_only=True)
class ItemDraws:
    """One item as one learner meets it."""

    talent: float
    """How much better than average this learner keeps it."""
    known: bool
    understood: bool
    ask_first: bool
    seconds: float
    askings: tuple[Draw, ...]


@dataclass(frozen=True)
class SimulatedLearner:
    """One learner: their items in order, and for each day a chance that decides whether they answer."""

    items: tuple[ItemDraws, ...]
    days: tuple[float, ...]


def drawn(number: int, days: int) -> SimulatedLearner:
    """Return the learner with this number, always the same one."""
    chance = Random(SEED * 1_000_003 + number)
    own = chance.gauss(0, BETWEEN_LEARNERS)
    items = tuple(_item(chance, own, place) for place in range(MOST_ITEMS))
    return SimulatedLearner(items, tuple(chance.random() for _ in range(days)))


def _item(chance: Random, own: float, place: int) -> ItemDraws:
    return ItemDraws(
        talent=own + chance.gauss(0, BETWEEN_ITEMS),
        known=chance.random() < KNOWN_BEFORE,
        understood=chance.random() < UNDERSTOOD,
        ask_first=place % 2 == 0,
        seconds=chance.gauss(ITEM_SECONDS, ITEM_SECONDS_SPREAD),
        askings=tuple(Draw(chance.random(), chance.random(), chance.random()) for _ in range(MOST_ASKINGS)),
    )
