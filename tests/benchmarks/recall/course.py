"""One learner's course under one policy, day after day: who is asked what, and what they recall at the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import KW_ONLY, dataclass, field

from bot.domain.cards import MOST_DUE
from bot.domain.spacing import PastAnswer, rights_in_a_row
from tests.benchmarks.recall.learners import (
    CHOICES,
    SURE_WHEN_GUESSING,
    SURE_WHEN_RECALLED,
    ItemDraws,
    SimulatedLearner,
)
from tests.benchmarks.recall.memory import Memory
from tests.benchmarks.recall.policies import FirstAnswer, Opening, Policy

DAYS = 180
MIDWAY = 90
MESSAGE_SECONDS, REVIEW_SECONDS = 90.0, 20.0
"""What a message may ask of a learner, and what a review does."""
MOST_REVIEWS = 2
"""On one date."""
LESSON_DAYS, LATER_DAYS = frozenset(range(5)), frozenset({0, 2, 4})
"""Weekdays with a message, while there are lessons and once there are none."""
OVERDUE = MOST_DUE
"""How much may be due before items are retired."""
PRIOR_PRACTICES = (90, 60, 30)
"""An item that was known before was practised so many days before its lesson. An assumption."""
SECONDS_TO_QUESTION = 30.0
"""Between a text and its question. An assumption."""


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What a course is like."""

    memory: Callable[[float], Memory]
    items: int = 60
    answers: float = 1.0
    """The chance that the learner answers on a day."""
    days: int = DAYS
    overdue: int = OVERDUE


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of a course."""

    midway: float
    """The mean probability of recall over the items taught by then, on day 90."""
    end: float
    """The same on day 180."""
    known: float
    """How many items are recalled on day 180."""
    review_minutes: float
    minutes: float
    """Lessons and reviews."""
    retired: int
    """Items given up because more was due than the dose allows."""


@dataclass(kw_only=True)
class ReviewCard:
    """An item that comes back."""

    item: int
    due: int
    last: int
    answers: list[PastAnswer]
    check: bool
    blind_spot: bool
    """Its last answer was sure and wrong."""

    def rank(self) -> tuple[bool, bool, int, int]:
        """Return its place in the queue: checks last, blind spots first, then what is most overdue."""
        return self.check, not self.blind_spot, self.due, self.item


@dataclass
class Course:
    """A course under way."""

    learner: SimulatedLearner
    policy: Policy
    terms: Terms
    _: KW_ONLY
    memories: list[Memory] = field(default_factory=list)
    asked: list[int] = field(default_factory=list)
    """How often each item was asked."""
    cards: dict[int, ReviewCard] = field(default_factory=dict)
    reviews: int = 0
    retired: int = 0

    def play(self) -> Outcome:
        """Play all days. What is recalled is looked at before a day's message."""
        midway = 0.0
        for day in range(self.terms.days):
            if day == MIDWAY:
                midway = self.recalled(day) / len(self.memories)
            teaching = len(self.memories) < self.terms.items
            weekdays = LESSON_DAYS if teaching else LATER_DAYS
            if day % 7 in weekdays and self.learner.days[day] < self.terms.answers:
                self.message(day, teaching)
        known, seconds = (
            self.recalled(self.terms.days),
            sum(item.seconds for item in self.learner.items[: len(self.memories)]),
        )
        review_minutes = self.reviews * REVIEW_SECONDS / 60
        return Outcome(
            midway=midway,
            end=known / len(self.memories),
            known=known,
            review_minutes=review_minutes,
            minutes=seconds / 60 + review_minutes,
            retired=self.retired,
        )

    def recalled(self, day: int) -> float:
        """Return how many items are recalled, as the sum of their probabilities."""
        return sum(memory.recall(day) for memory in self.memories)

    def message(self, day: int, teaching: bool) -> None:
        """Play a day's message: a lesson if there is one, and the reviews that fit in."""
        left = MESSAGE_SECONDS - (self.learner.items[len(self.memories)].seconds if teaching else 0)
        due = sorted((card for card in self.cards.values() if card.due <= day), key=ReviewCard.rank)
        for card in due[: min(MOST_REVIEWS, int(left / REVIEW_SECONDS))]:
            self.review(card, day)
        if teaching:
            self.teach(day)
        if self.policy.spacing:
            self.retire([card for card in self.cards.values() if card.due <= day])

    def teach(self, day: int) -> None:
        """Give the next lesson, and open its card."""
        place, item = len(self.memories), self.learner.items[len(self.memories)]
        memory = self.terms.memory(item.talent)
        for time, before in enumerate(PRIOR_PRACTICES if item.known else ()):
            memory.practise(day - before, recalled=time > 0)
        right, sure, recalled = answer(item, 0, 1.0 if item.known or (item.understood and not item.ask_first) else 0.0)
        memory.practise(day, recalled=item.known)
        memory.practise(day, recalled=recalled, second=SECONDS_TO_QUESTION)
        self.memories.append(memory)
        self.asked.append(1)
        if self.policy.spacing:
            first = FirstAnswer(weekday=day % 7, asked_first=item.ask_first, right=right, recalled=right and sure)
            opening = self.policy.opening(self.policy.spacing, first)
            if opening:
                self.cards[place] = opened(place, day, opening, blind_spot=sure and not right)

    def review(self, card: ReviewCard, day: int) -> None:
        """Ask an item again, and let the rule say when next."""
        item, memory = self.learner.items[card.item], self.memories[card.item]
        right, sure, recalled = answer(item, self.asked[card.item], memory.recall(day))
        memory.practise(day, recalled=recalled)
        self.asked[card.item] += 1
        self.reviews += 1
        good = right and sure
        if card.check and good:
            del self.cards[card.item]
            return
        card.answers.append(PastAnswer(day - card.last if card.answers else 0, good))
        assert self.policy.spacing
        interval = self.policy.spacing.next_interval(card.answers)
        if interval is None:
            del self.cards[card.item]
            return
        card.last, card.due, card.check, card.blind_spot = day, day + interval, False, sure and not right

    def retire(self, due: Sequence[ReviewCard]) -> None:
        """Retire what is known best while more is due than can be brought; a blind spot and a miss stay."""
        too_many = len(due) - self.terms.overdue
        if too_many <= 0:
            return
        known = [card for card in due if not card.blind_spot and (card.check or rights_in_a_row(card.answers))]
        known.sort(key=lambda card: (-rights_in_a_row(card.answers), not card.check, -card.due, card.item))
        for card in known[:too_many]:
            del self.cards[card.item]
            self.retired += 1


def opened(item: int, day: int, opening: Opening, *, blind_spot: bool) -> ReviewCard:
    """Return the card of an item after its lesson."""
    return ReviewCard(
        item=item,
        due=day + opening.interval,
        last=day,
        answers=list(opening.answers),
        check=opening.check,
        blind_spot=blind_spot,
    )


def answer(item: ItemDraws, asking: int, recall: float) -> tuple[bool, bool, bool]:
    """Return whether an answer is right, whether the learner is sure of it, and whether they recalled it."""
    draw = item.askings[asking % len(item.askings)]
    recalled = draw.recalled < recall
    right = recalled or draw.guessed < 1 / CHOICES
    return right, draw.sure < (SURE_WHEN_RECALLED if recalled else SURE_WHEN_GUESSING), recalled
