"""Steps of a story about what comes back: answered, left, wished for, not wished for."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.soak import acts
from tests.soak.broken import require
from tests.soak.comparing import Held, here
from tests.soak.reviews import Review
from tests.soak.standing import Answer

ITEMS = "abcdefghij"
FAR = timedelta(days=40)
"""Stories don't wait longer for what is due."""
LEFT = "left"
HOW = (LEFT, "silent", "sure", "wrong and sure")
"""What becomes of reviews on days of diligence; silent: answered without a word on confidence."""
which_one = st.integers(0, 5)


class Reviewing(Held):
    """A story with reviews."""

    def _reviews(self, *, answered: bool | None = None) -> list[Review]:
        """The reviews that stand in the learner's messages, the newest first."""
        if not here(self):
            return []
        there = [r for r in self.model.reviews.asked.values() if self.ground.slack.where(r.message)]
        return [r for r in reversed(there) if answered is None or (r.first is not None) == answered]

    def _pick(self, review: Review, *, right: bool) -> None:
        acts.signs_of_life(self.model)
        choice = (review.version + (0 if right else 1)) % 3
        self.model.reviews.picks(review, choice, self.model.today)
        self._act(
            f"answers the {review}: {'right' if right else 'wrong'}",
            lambda: self.ground.tap("answer", review.message, str(choice), review.asking),
        )

    def _say(self, review: Review, *, sure: bool) -> None:
        acts.signs_of_life(self.model)
        if review.answer is not None and review.answer.sure is None:
            self.model.reviews.saying = review, sure
        word = "yes" if sure else "no"
        self._act(
            f"is {'sure' if sure else 'guessing'} about the {review}",
            lambda: self.ground.tap("sure", review.message, word, review.asking),
        )

    @precondition(lambda self: self._reviews(answered=False))
    @rule(which=which_one, right=st.booleans(), sure=st.sampled_from([True, False, None]))
    def answers_review(self, which: int, right: bool, sure: bool | None) -> None:
        """A review is answered, mostly the newest, however old it is; and how sure, or nothing."""
        found = self._reviews(answered=False)
        review = found[which % len(found)] if which > 2 else found[0]
        self._pick(review, right=right)
        if sure is not None:
            self._say(review, sure=sure)

    @precondition(lambda self: self._reviews(answered=True))
    @rule(which=which_one, sure=st.booleans(), again=st.booleans())
    def comes_back_to_review(self, which: int, sure: bool, again: bool) -> None:
        """How sure it was is said later, or once more; or another choice is tapped."""
        found = self._reviews(answered=True)
        review = found[which % len(found)]
        if again:
            return self._pick(review, right=sure)
        return self._say(review, sure=sure)

    @precondition(lambda self: self._reviews(answered=True) or any(k.answer for k in self.model.askings.values()))
    @rule(which=which_one)
    def was_a_slip(self, which: int) -> None:
        """*That was a slip*: of the newest answer, or of an older one."""
        given: list[tuple[Answer, str, str]] = [
            (r.answer, r.message, r.asking) for r in reversed(self._reviews(answered=True)) if r.answer
        ]
        for message in self._items():
            answer = self.model.askings[str(message.asking)].answer
            given += [(answer, message.key, "")] if answer else []
        if not given:
            return
        given.sort(key=lambda each: (each[0] is self.model.reviews.newest, each[0].day))
        answer, key, asking = given[-1 - which % len(given)] if which > 2 else given[-1]
        acts.signs_of_life(self.model)
        done = self.model.reviews.slips(answer)
        self._act(f"says that an answer was a slip: {done}", lambda: self.ground.tap("more", key, "slip", asking))

    @precondition(here)
    @rule(item=st.sampled_from(ITEMS), which=which_one, here_=st.booleans())
    def wants_to_remember(self, item: str, which: int, here_: bool) -> None:
        """*Remember this*, of an item that came or of any."""
        items = self._items()
        message = items[-1 - which % len(items)] if here_ and items else None
        if message is not None:
            return self._remember(message.item, ("more", message.key, "remember"))
        return self._remember(item, ("remember", "me", item))

    def _remember(self, item: str, tap: tuple[str, str, str]) -> None:
        acts.signs_of_life(self.model)
        self.model.reviews.wishes(item, "remember", self.model.today)
        self._act(f"wants to remember {item}", lambda: self.ground.tap(*tap))

    @precondition(lambda self: self._reviews())
    @rule(which=which_one)
    def doesnt_want(self, which: int) -> None:
        """*Don't ask this again*."""
        found = self._reviews()
        review = found[which % len(found)]
        acts.signs_of_life(self.model)
        self.model.reviews.drops(review, self.model.today)
        self._act(f"doesn't want the {review}", lambda: self.ground.tap("more", review.message, "drop", review.asking))

    @precondition(lambda self: here(self) and self.model.reviews.away)
    @rule(which=which_one)
    def takes_back(self, which: int) -> None:
        """What isn't asked any more is taken back."""
        away = sorted(self.model.reviews.away)
        item = away[which % len(away)]
        acts.signs_of_life(self.model)
        self.model.reviews.wishes(item, "restore", self.model.today)
        self._act(f"takes back {item}", lambda: self.ground.tap("take_back", "me", item))

    @precondition(here)
    @rule(twice=st.booleans())
    def asks_for_reviews(self, twice: bool) -> None:
        """`/learn review`; `twice`: it arrives twice."""
        request = self.ground.request()
        acts.signs_of_life(self.model)
        acts.asks_for_reviews(self.model)
        self._act("/learn review", lambda: self.ground.type("/learn review", request))
        if twice:
            acts.signs_of_life(self.model)
            before = len(self.model.reviews.asked)
            self._act("/learn review arrives again", lambda: self.ground.type("/learn review", request))
            require(len(self.model.reviews.asked) == before, "a request that arrived twice brought a review twice")

    def _answer_open(self, *, right: bool) -> None:
        message = next((m for m in reversed(self._items()) if m.asking == self.model.open), None)
        if message is None:
            return
        asking = str(message.asking)
        choice = (self.model.askings[asking].version + (0 if right else 1)) % 3
        acts.signs_of_life(self.model)
        finished = acts.answers(self.model, asking, choice)
        self._act("answers the day's item", lambda: self.ground.tap("answer", message.key, str(choice)), finished)

    @rule(days=st.integers(3, 9), right=st.booleans(), review=st.sampled_from(HOW), keeps=st.booleans())
    def days_of_diligence(self, days: int, right: bool, review: str, keeps: bool) -> None:
        """Every day what has come is answered, and what comes back below it.

        `review`: how that is. `keeps`: what comes back is to be remembered.
        """
        for _ in range(days):
            if not here(self):
                return
            self._wait(self.model.now + timedelta(days=1))
            self._answer_open(right=right)
            for found in self._reviews(answered=False)[:1]:
                if found.end or review == LEFT:
                    continue
                self._pick(found, right=review != "wrong and sure" and right)
                if "sure" in review:
                    self._say(found, sure=True)
                if keeps:
                    self._remember(found.item, ("remember", "me", found.item))

    @rule(after=st.integers(0, 2), all_of_it=st.booleans())
    def until_something_is_due(self, after: int, all_of_it: bool) -> None:
        """Until the day on which the next item is due again, or all of them are, or a little later."""
        reviews, today = self.model.reviews, self.model.today
        standings = [reviews.standing(item) for item in reviews.log]
        due = [known.due for known in standings if known.due is not None and not known.away]
        ahead = [day - today for day in due if timedelta(0) < day - today <= FAR]
        if ahead:
            self._wait(self.model.now + (max if all_of_it else min)(ahead) + timedelta(days=after))
