"""Cards: what is remembered about a learner and an item, and when it comes back. Pure: a log in, a card out.

A card is never written by hand: it is what follows from the log of answers and wishes, so that it can be made anew at
any time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Literal

from bot.domain.delivery import Reason
from bot.domain.spacing import FixedSteps, PastAnswer, Spacing, rights_in_a_row

SPACING: Spacing = FixedSteps()
"""The rule that decides when an item comes back (docs/adr/0043-spacing-by-fixed-steps.md)."""
CHECK_DAYS = 24
"""Days after a right answer to the day's question until its one check."""
DOSE = 2
"""The most reviews on a local date."""
MOST_DUE = 20
"""The most cards that may wait to be asked, two weeks of working days at the dose; beyond it some are retired.

The simulation of `make bench` recalls most with it: with 6, 10, 20 and 40, on day 180, 0.493, 0.517, 0.546 and 0.548
under one model of memory, and 0.754, 0.788, 0.848 and 0.793 under the other.
"""


class Wish(StrEnum):
    """The wishes about a card, without an answer. The last is the bot's, the others are the learner's."""

    REMEMBER = "remember"
    DROP = "drop"
    RESTORE = "restore"
    RETIRE = "retire"


@dataclass(frozen=True, kw_only=True)
class Answered:
    """An answer that counts, on a local day."""

    day: date
    reason: Reason
    right: bool
    sure: bool | None = None
    """The confidence, where it was told."""
    guessed: bool = False
    """It was given before the text: it starts a card and is no rating."""
    review_on: date | None = None
    """The day of the first review after a guess: two learning days later."""


@dataclass(frozen=True)
class Wished:
    """A wish, on a local day."""

    day: date
    what: Wish


Event = Answered | Wished


@dataclass(frozen=True, kw_only=True)
class Card:
    """A card, as it follows from the log. `due_on`: the local day from which it may be asked; None for never."""

    workspace_id: str
    learner_id: str
    item_id: str
    due_on: date | None = None
    streak: int = 0
    """Consecutive answers that were right and not guessed."""
    blind: bool = False
    """A blind spot: sure and wrong, and not yet right and sure on a later day. Told to the learner alone."""
    kept: bool = False
    """*Remember this*: it is never retired for others."""
    check_only: bool = False
    """Only the one check after a right answer is due."""
    retired: Wish | None = None
    """DROP or RETIRE, while it isn't asked any more."""
    last_on: date | None = None
    """The local day of the latest answer."""
    asking_id: str | None = None
    """The latest review or check of it."""
    asked_on: date | None = None
    """The local day of that."""

    @property
    def active(self) -> bool:
        """Return True while it may come back."""
        return self.retired is None and self.due_on is not None


@dataclass(frozen=True, kw_only=True)
class _Memory:
    """A card as it is folded."""

    card: Card
    answers: tuple[PastAnswer, ...] = ()
    last_day: date | None = None
    missed_on: date | None = None
    """The day of the latest sure and wrong answer, until one on a later day was right and sure."""


def fold(card: Card, events: Iterable[Event]) -> Card:
    """Return a card as it is after all events of its item, in their order.

    `card`: whose it is, and its latest review.
    """
    memory = _Memory(card=_blank(card))
    for event in events:
        memory = _answered(memory, event) if isinstance(event, Answered) else _wished(memory, event)
    return memory.card


def _blank(card: Card) -> Card:
    return Card(
        workspace_id=card.workspace_id,
        learner_id=card.learner_id,
        item_id=card.item_id,
        asking_id=card.asking_id,
        asked_on=card.asked_on,
    )


def _answered(memory: _Memory, event: Answered) -> _Memory:
    memory = replace(memory, card=replace(memory.card, last_on=event.day))
    card = memory.card
    if event.guessed:
        return memory if card.active else _replan(memory, event.review_on or event.day, check_only=False)
    if event.right and event.reason is not Reason.REVIEW and not memory.answers and not card.kept:
        return _checked(memory, event)
    return _rated(memory, event)


def _checked(memory: _Memory, event: Answered) -> _Memory:
    """A right answer to the day's question is checked once; a right check ends it. Who was guessing is asked soon."""
    if event.sure is False:
        return _rated(memory, event)
    if event.reason is Reason.ITEM:
        return _replan(memory, event.day + timedelta(days=CHECK_DAYS), check_only=True)
    return replace(memory, card=replace(memory.card, due_on=None))


def _rated(memory: _Memory, event: Answered) -> _Memory:
    """Right and sure, or right and nothing told, is recalled; right and guessing, and wrong, are not."""
    recalled = event.right and event.sure is not False
    after = (event.day - memory.last_day).days if memory.last_day is not None else 0
    answers = (*memory.answers, PastAnswer(after, recalled))
    missed_on = event.day if event.sure and not event.right else memory.missed_on
    if event.sure and event.right and missed_on is not None and event.day > missed_on:
        missed_on = None
    interval = SPACING.next_interval(answers)
    card = replace(
        memory.card,
        due_on=event.day + timedelta(days=interval) if interval is not None else None,
        streak=rights_in_a_row(answers),
        blind=missed_on is not None,
        check_only=False,
        # what was retired for others comes back with a miss; what the learner didn't want doesn't
        retired=None if memory.card.retired is Wish.RETIRE and not recalled else memory.card.retired,
    )
    return replace(memory, card=card, answers=answers, last_day=event.day, missed_on=missed_on)


def _wished(memory: _Memory, event: Wished) -> _Memory:
    card = memory.card
    match event.what:
        case Wish.REMEMBER:
            first = event.day + timedelta(days=SPACING.next_interval(()) or CHECK_DAYS)
            due_on = card.due_on if card.due_on is not None and not card.check_only else first
            return replace(memory, card=replace(card, kept=True, check_only=False, retired=None, due_on=due_on))
        case Wish.RESTORE:
            due_on = max(card.due_on or event.day, event.day)
            return replace(memory, card=replace(card, retired=None, due_on=due_on))
        case _:
            gone: Literal[Wish.DROP, Wish.RETIRE] = event.what
            return replace(memory, card=replace(card, retired=gone))


def _replan(memory: _Memory, day: date, *, check_only: bool) -> _Memory:
    return replace(memory, card=replace(memory.card, due_on=day, check_only=check_only))


# which of the cards that are due are asked


def due(cards: Iterable[Card], today: date) -> list[Card]:
    """Return the cards that are due, in the order in which they are asked: blind spots, then the most overdue, then
    checks.
    """
    there = [card for card in cards if card.active and card.due_on is not None and card.due_on <= today]
    return sorted(there, key=lambda card: (not card.blind, card.check_only, card.due_on or today, card.item_id))


def to_retire(waiting: Sequence[Card]) -> list[Card]:
    """Return the cards to retire, since more wait than the dose allows: those known best, never a blind spot nor one
    that the learner wanted to remember.
    """
    over = len(waiting) - MOST_DUE
    known = [card for card in waiting if card.check_only or card.streak]
    may_go = [card for card in known if not card.blind and not card.kept]
    known_best = sorted(may_go, key=lambda card: (not card.check_only, -card.streak, card.item_id))
    return known_best[: max(0, over)]
