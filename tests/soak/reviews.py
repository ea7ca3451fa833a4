"""What comes back to one learner, as a model: written from docs/adr/0043 to 0045 and what people can count on, not from
the code that keeps them.

The model is told what people do with reviews, and which ones opened; it says whether each may have opened, and where
one must.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from tests.soak.broken import require
from tests.soak.standing import Answer, Standing, Wish, standing

DOSE = 2
MOST_WAITING = 2
"""How many may wait in these stories: fifty steps would never come to as many as the bot lets wait."""
ALONE_A_WEEK = ALONE_UNANSWERED = 3
WEEK = 7
"""Days."""


class Taught(Protocol):
    """What a learner is taught, as far as it decides about what comes back."""

    def theirs(self, item: str, *, kept: bool) -> bool:
        """It is theirs to be asked."""

    def days(self) -> set[frozenset[int]]:
        """The weekdays; more than one where the rules don't say which."""

    @property
    def all_taught(self) -> bool:
        """Nothing is left to be taught, and nothing waits."""


@dataclass(frozen=True)
class Cause:
    """Why a review may open now: below an item that was just dealt with, below a review of which was said how sure it
    was, or since reviews were asked for.
    """

    about: str | None = None
    """The asking of the item."""
    but_not: str = ""
    message: str = ""
    """The message that the other review is in."""


@dataclass
class Review:
    """One occasion on which an item came back."""

    asking: str
    item: str
    wording: str
    check: bool
    at: datetime
    day: date
    message: str
    slot: str
    position: int
    """In its message."""
    about: str | None
    """The asking of the message's item; None where it came without one."""
    taught: str = ""
    """That item."""
    version: int = 0
    first: int | None = None
    answer: Answer | None = None
    end: str = ""
    """lapsed or dropped: nobody answered it in time."""
    passed: bool = False
    """Something came after its answer: it counts, and how sure it was isn't asked any more."""

    @property
    def alone(self) -> bool:
        """Nobody asked for it, and nothing is above it."""
        return self.about is None and self.slot == "daily" and self.position == 1

    def __str__(self) -> str:
        return f"{'check' if self.check else 'review'} of {self.item} ({self.wording}) in {self.slot} {self.taught}"


@dataclass(frozen=True)
class Retired:
    """The bot retired an item, for there is more than it can ask."""

    item: str
    at: datetime
    day: date


@dataclass
class Reviews:
    """All that comes back to one learner."""

    single: frozenset[str] = frozenset()
    """Items with one wording: they can't come back in other words."""
    log: dict[str, list[Answer | Wish]] = field(default_factory=dict)
    asked: dict[str, Review] = field(default_factory=dict)
    latest: dict[str, Review] = field(default_factory=dict)
    """The latest review of each item."""
    worded: dict[str, str] = field(default_factory=dict)
    """The wording in which each item was asked last, as an item too."""
    cause: Cause | None = None
    saying: tuple[Review, bool] | None = None
    """A word on confidence is on its way."""
    newest: Answer | None = None
    unanswered: int = 0
    """How many came alone since the last sign of life."""
    doing: tuple[str, Answer | Wish] | None = None
    """What the learner is doing now: the item, and what is added to its log."""
    before: bool | None = None
    """Whether all was taught before what the learner is doing now."""
    at_hand: frozenset[str] = frozenset()
    """The items of the open reviews of the message in which the learner is doing something now."""
    alone: set[date] = field(default_factory=set)
    """The days on which one came alone."""
    idle: int = 0
    """The learning days in a row on which one could have come alone, and none did."""

    # What people do

    def answered(self, item: str, answer: Answer) -> None:
        """An answer that counts."""
        self.log.setdefault(item, []).append(answer)
        self.newest, self.doing = answer, (item, answer)

    def picks(self, review: Review, choice: int, day: date) -> None:
        """A choice of a review is tapped; the first one counts, if it is in time."""
        if review.first is not None:
            return
        self.at_hand = self._open_in(review.message)
        review.first = choice
        review.answer = Answer(day, "check" if review.check else "review", choice == review.version % 3)
        # one that came too late is the newest all the same: it can be called a slip, and feeds nothing anyway
        self.newest = review.answer
        if not review.end:
            self.answered(review.item, review.answer)

    def said(self, *, sure: bool) -> None:
        """The word on confidence arrived in time."""
        assert self.saying is not None
        review, _ = self.saying
        assert review.answer is not None
        review.answer.sure = sure
        self.cause = Cause(message=review.message, but_not=review.taught)

    def wishes(self, item: str, what: str, day: date) -> None:
        """*Remember this*, *Don't ask this again*, or it is taken back."""
        wish = Wish(day, what)
        self.log.setdefault(item, []).append(wish)
        self.doing = item, wish

    def drops(self, review: Review, day: date) -> None:
        """*Don't ask this again*; what was answered in time stays."""
        self.at_hand = self._open_in(review.message)
        self.wishes(review.item, "drop", day)
        review.passed = True
        if review.first is None:
            review.end = review.end or "dropped"

    def slips(self, answer: Answer) -> bool:
        """The newest answer was a slip, which is said once; whether that changes anything."""
        if answer is not self.newest or answer.void:
            return False
        answer.void = True
        for review in self.asked.values():
            review.passed = review.passed or review.answer is answer
        return True

    def settles(self) -> None:
        """Something came: what was answered counts without a word on confidence."""
        for review in self.asked.values():
            review.passed = review.passed or review.first is not None

    # What follows

    def standing(self, item: str) -> Standing:
        """How things stand with an item."""
        return standing(self.log.get(item, ()))

    @property
    def away(self) -> set[str]:
        """Items that aren't asked any more: dropped or retired."""
        return {item for item in self.log if self.standing(item).away}

    def _open_in(self, message: str) -> frozenset[str]:
        """The items of a message's reviews that nobody answered."""
        there = (review for review in self.asked.values() if review.message == message)
        return frozenset(review.item for review in there if not review.end and review.first is None)

    def waiting(self, taught: Taught, day: date, but_not: Collection[str] = ()) -> dict[str, Standing]:
        """What may be asked on a day."""
        found = {item: self.standing(item) for item in self.log if item not in {*but_not, *self.single}}
        return {
            item: known
            for item, known in found.items()
            if known.due is not None
            and known.due <= day
            and not known.away
            and taught.theirs(item, kept=known.kept)
            and (item not in self.latest or self.latest[item].day != day)
        }

    def left(self, day: date) -> int:
        """How many may still be asked on a day."""
        return DOSE - sum(review.day == day for review in self.asked.values())

    def may_come_alone(self, taught: Taught, day: date) -> bool:
        """Whether one may come alone on a day."""
        week = sum((day - there).days < WEEK for there in self.alone)
        over = taught.all_taught if self.before is None else self.before
        may = over and self.unanswered < ALONE_UNANSWERED and week < ALONE_A_WEEK
        return may and self.left(day) > 0 and bool(self.waiting(taught, day))

    # What opened

    def look(self, taught: Taught, opened: Sequence[Review], retired: Sequence[Retired], today: date) -> None:
        """Hold what opened, and what was retired, since the last look against the rules.

        Raises:
            RuleBrokenError: it may not have been, or there should have been more.
        """
        asked_at = {review.at for review in opened}
        require(all(gone.at in asked_at for gone in retired), f"retired {retired}, and nothing was asked then")
        here = [review for review in opened if not review.alone]
        self._alone(taught, opened[: len(opened) - len(here)], retired)
        cause, self.cause, self.before, self.doing = self.cause, None, None, None
        self.at_hand = frozenset()
        must = False
        if cause is not None:
            self.settles()
            must = self.left(today) > 0 and bool(self.waiting(taught, today, {cause.but_not}))
        for review in here:
            self._is_in_its_place(review, cause)
            self._open(taught, review, retired)
        require(len(here) <= 1, f"{len(here)} reviews opened at once")
        require(here or not must, f"no review opened after {cause}")

    def _alone(self, taught: Taught, opened: Sequence[Review], retired: Sequence[Retired]) -> None:
        """What came alone was planned before whatever the learner did in the same moment."""
        doing = self.doing if opened else None
        if doing is not None:
            self.log[doing[0]].remove(doing[1])
        for review in opened:
            self._comes_alone(taught, review)
            self._open(taught, review, retired)
        if doing is not None:
            self.log[doing[0]].append(doing[1])

    def _retire(self, waiting: dict[str, Standing], gone: Sequence[Retired]) -> None:
        """What waits beyond what can be asked is retired, as far as it is known, not a blind spot and not kept."""
        may = {item for item, known in waiting.items() if known.known and not known.blind and not known.kept}
        surplus = min(max(0, len(waiting) - MOST_WAITING), len(may))
        names = {each.item for each in gone}
        require(names <= may, f"retired {sorted(names)}; may go: {sorted(may)}")
        require(len(gone) == surplus, f"retired {sorted(names)}; {surplus} of {sorted(waiting)} are too many")
        for each in gone:
            self.wishes(each.item, "retire", each.day)

    def _open(self, taught: Taught, review: Review, retired: Sequence[Retired]) -> None:
        but_not = self.at_hand | {review.taught}
        waiting = self.waiting(taught, review.day, but_not)
        self._retire(waiting, [gone for gone in retired if gone.at == review.at])
        waiting = self.waiting(taught, review.day, but_not)
        require(self.left(review.day) > 0, f"{review}: one more than {DOSE} on {review.day:%a %d %b}")
        require(review.item in waiting, f"{review}; what waits is {sorted(waiting)}")
        blind = {item for item, known in waiting.items() if known.blind}
        require(review.item in (blind or waiting), f"{review} came before the blind spots {sorted(blind)}")
        require(review.check == waiting[review.item].check, f"{review}: {waiting[review.item]}")
        require(self.worded.get(review.item) != review.wording, f"{review}: the same wording twice in a row")
        before = self.latest.get(review.item)
        if before is not None and before.first is None:
            before.end = before.end or "lapsed"
        self.asked[review.asking] = self.latest[review.item] = review
        self.worded[review.item] = review.wording

    def _comes_alone(self, taught: Taught, review: Review) -> None:
        may = self.may_come_alone(taught, review.day)
        require(may, f"{review} came alone on {review.day:%a %d %b}")
        # where the learner just did something, that is a sign of life after it
        self.unanswered += self.before is None
        self.settles()

    def _is_in_its_place(self, review: Review, cause: Cause | None) -> None:
        require(cause is not None, f"{review} opened, and nothing was dealt with")
        assert cause is not None
        if cause.message:
            require(review.message == cause.message, f"{review} isn't below the one before it")
        else:
            require(review.about == cause.about, f"{review} isn't where it belongs: {cause}")
