"""What the bot asked again, and what it knows of it, held against the model of `tests/soak/reviews.py`."""

from __future__ import annotations

from typing import Any

from tests.soak.broken import require
from tests.soak.model_ground import Ground
from tests.soak.review_ground import Memory, memory, not_asked, picked, shown
from tests.soak.reviews import Retired, Review
from tests.soak.rules import Rules

ENDS = {"lapsed", "dropped"}


class Comparison:
    """What was seen so far of one story's reviews."""

    def __init__(self, ground: Ground, rules: Rules) -> None:
        self.ground, self.rules = ground, rules
        self.items: set[str] = set()
        """The askings of items that were seen."""
        self.gone: set[str] = set()
        """The retirements that were seen."""

    def look(self) -> list[Review]:
        """What opened and was retired since the last look; it is held against the rules."""
        found, reviews = memory(self.ground), self.rules.reviews
        self._confidence(found)
        known = {row.asking_id: row for row in found.reviews}
        for asking, (item, wording) in found.worded.items():
            if asking not in known and asking not in self.items:
                self.items.add(asking)
                same = reviews.worded.get(item) == wording and item not in reviews.single
                require(not same, f"{item} came in the same wording twice in a row")
                reviews.worded[item] = wording
        opened = [self._review(row, found) for row in found.reviews if row.asking_id not in reviews.asked]
        fresh = [row for row in found.retired if row.wish_id not in self.gone]
        self.gone |= {row.wish_id for row in fresh}
        retired = [Retired(row.item_id, row.at, row.day) for row in fresh]
        reviews.look(self.rules, opened, retired, self.rules.today)
        return opened

    def _review(self, row: Any, found: Memory) -> Review:
        return Review(
            asking=row.asking_id,
            item=row.item_id,
            wording=row.question_id,
            check=row.reason == "check",
            at=row.opened_at,
            day=self.rules.local(row.opened_at).date(),
            message=row.delivery_id,
            slot=row.slot,
            position=row.position,
            about=row.about,
            taught=found.worded[row.about][0] if row.about else "",
            version=self.rules.book.items[row.item_id],
        )

    def _confidence(self, found: Memory) -> None:
        """A word on confidence counts if nothing came since the answer; if it did, either may be."""
        reviews = self.rules.reviews
        if reviews.saying is not None:
            review, sure = reviews.saying
            if review.asking in found.sure:
                reviews.said(sure=sure)
            else:
                planned = any(row.slot == "daily" and row.asking_id not in reviews.asked for row in found.reviews)
                require(review.passed or review.end or planned, f"{review}: how sure it was wasn't recorded")
            reviews.saying = None
        told = {a: r.answer.sure for a, r in reviews.asked.items() if r.answer and r.answer.sure is not None}
        require(found.sure == told, f"how sure: {found.sure}, and told was {told}")

    def stands(self) -> None:
        """What is stored is what follows from what was done, and what messages and Home show is what is stored."""
        found, reviews = memory(self.ground), self.rules.reviews
        require(not found.not_from_log, f"the cards of {found.not_from_log} aren't what follows from the log")
        for item, card in found.cards.items():
            known = reviews.standing(item)
            stored = (card.due_on, card.streak, card.blind, card.kept, str(card.retired or ""))
            thought = (known.due, known.rights, known.blind, known.kept, known.away)
            require(stored == thought, f"the card of {item} is {stored}, and should be {thought}")
        missing = {item for item in reviews.log if item not in found.cards}
        require(not missing, f"no cards of {missing}")
        voided = {a for a, r in reviews.asked.items() if r.answer and r.answer.void}
        voided |= {a for a, k in self.rules.askings.items() if k.answer and k.answer.void}
        require(found.slips == voided, f"slips: {found.slips}, and said were {voided}")
        for row in found.reviews:
            self._stands(row)
        if reviews.away or found.retired:
            listed = not_asked(self.ground)
            require(listed == reviews.away, f"Home lists {listed} as not asked, and it is {reviews.away}")

    def _stands(self, row: Any) -> None:
        review = self.rules.reviews.asked[row.asking_id]
        end = row.outcome if row.outcome in ENDS else ""
        require(end == review.end, f"{review} is {row.outcome}, and should be {review.end or 'as answered'}")
        if review.first is None and not review.end:
            require(row.outcome is None, f"{review} is {row.outcome}, and nobody answered it")
        for view in shown(self.ground, row):
            require(view is not None, f"{review} isn't in its message")
            assert view is not None
            require(
                picked(view) == review.first, f"{review} was answered with {review.first}, and shows {picked(view)}"
            )
            ended = view.outcome.value if view.outcome in ENDS else ""
            require(ended == review.end, f"{review} shows {view.outcome}, and should be {review.end}")
