"""Eight weeks of one executive, over the wire: every kind and form, guesses, reviews with each confidence, a slip, two
weeks of holiday, the end of the track, and reviews alone until they are left unanswered.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from bot.domain.cards import DOSE, fold
from bot.domain.delivery import Reason
from bot.store import cards
from bot.store.askings import ASKINGS
from localslack import LocalSlack
from localslack.world import PostedMessage
from tests.content.writing import LESSON, Lessons
from tests.helpers import ADMIN, HENRIK, MONDAY, TEAM, Running
from tests.journeys import kinds
from tests.journeys.kinds import WAYS
from tests.running import running

SECOND = LESSON[LESSON.index("## Question: in-other") :]
PLAIN = tuple(f"plain-{n:02}" for n in range(11))
FIRST = ("happened", "several", "typed")
HOLIDAY = range(26, 40)
"""Two weeks, counted in days from Monday of the first."""
DAYS = 56 + 28
"""Eight weeks, and four more in which nothing is answered."""
WEEKS_ANSWERED = 8


@pytest.fixture
def bot(tmp_path: Path, slack: LocalSlack, url: str) -> Iterator[Running]:
    """A bot with a track of twenty lessons, each in two wordings."""
    lessons = Lessons(tmp_path / "lessons")
    kinds.write(lessons, first=FIRST)
    for name in kinds.QUESTIONS:
        path = f"tracks/one/{name}.md"
        lessons.write(path, (lessons.root / path).read_text("utf-8") + "\n" + SECOND)
    for name in PLAIN:
        lesson = LESSON.format(id=name).replace("title: A title", f"title: Lesson {name}")
        lessons.write(f"tracks/one/{name}.md", lesson)
    listed = ", ".join((*kinds.QUESTIONS, *PLAIN))
    lessons.write("tracks/one/track.md", f"---\nid: one\ntitle: One\nitems: [{listed}]\n---\nEvery way to ask.\n")
    with running(slack, url, MISSINGLINK_LESSONS_DIR=str(lessons.root)) as started:
        started.assign("@henrik one")
        yield started


@dataclass
class Henrik:
    """He answers what comes, each review another way."""

    bot: Running
    seen: int = 0
    ways: Any = field(default_factory=lambda: cycle(("yes", "no", "yes", "", "no")))
    picks: Any = field(default_factory=lambda: cycle((1, 0, 0)))
    told: Counter[str] = field(default_factory=Counter)

    def morning(self, day: date) -> list[PostedMessage]:
        """What came since the last morning."""
        self.bot.to(HENRIK, f"{day} 09:05")
        there = self.bot.slack.messages(HENRIK)
        new, self.seen = there[self.seen :], len(there)
        return new

    def answer(self, message: PostedMessage) -> None:
        """Answer a lesson, and the reviews below it."""
        taught = " of 20" in message.text
        way = next((w for w in WAYS if taught and f"Lesson {w.lesson}\n" in message.text), None)
        if way is not None:
            way.act(self.bot, HENRIK, message)
            assert all(part in message.text for part in way.says), message.text
        elif taught:
            self.bot.tap(HENRIK, message, f"answer:1:{next(self.picks) % 2}")
        if taught:
            self.bot.eventually(lambda: "not shown to anybody else here" in message.text, message.text)
        self.bot.quiet()
        self.reviews(message)

    def reviews(self, message: PostedMessage) -> None:
        """Answer the reviews in a message, until none is open any more."""
        for place in (1, 2, 3):
            if not self._pick(message, place):
                continue
            sure = next(self.ways)
            self.told[sure] += 1
            self._shows(message, f"'sure:{place}:yes'")
            if sure:
                self.bot.tap(HENRIK, message, f"sure:{place}:{sure}")
            self.bot.quiet()

    def _shows(self, message: PostedMessage, action: str) -> None:
        """Wait until a message has this action: an update from before may come in between."""
        self.bot.eventually(lambda: action in str(message.blocks), f"{action}: {message.text}")

    def _pick(self, message: PostedMessage, place: int) -> bool:
        """Answer the question at this place; False where none is open there."""
        actions = set(re.findall(rf"'action_id': '(answer:{place}(?::\w+)?)'", str(message.blocks)))
        if f"'action_id': 'more:{place}'" not in str(message.blocks) or not actions:
            return False
        if actions == {f"answer:{place}", f"answer:{place}:send"}:
            self._fill(message, place)
        else:
            self.bot.tap(HENRIK, message, f"answer:{place}:{next(self.picks) % 2}")
        return True

    def _fill(self, message: PostedMessage, place: int) -> None:
        if "'checkboxes'" in str(message.blocks):
            assert self.bot.slack.tap(HENRIK, message, f"answer:{place}", ["0", "1"]) == ""
            self.bot.tap(HENRIK, message, f"answer:{place}:send")
            return
        for text in ("15", "16"):
            assert self.bot.slack.fill(HENRIK, message, f"answer:{place}", text) == ""
            self.bot.tap(HENRIK, message, f"answer:{place}:send")


def asked_by_date(bot: Running) -> Counter[date]:
    """How many reviews and checks were opened on each date."""
    with bot.app.ctx.db.read() as session:
        asked = ASKINGS.all(session, "number", workspace_id=TEAM, learner_id=HENRIK)
    return Counter(a.opened_at.date() for a in asked if a.reason is not Reason.ITEM)


def test_eight_weeks_of_an_executive(bot: Running) -> None:
    henrik = Henrik(bot)
    came: dict[int, list[PostedMessage]] = {}
    for n in range(1, DAYS):
        if n == HOLIDAY.start:
            bot.command(HENRIK, f"/learn pause until {MONDAY.date() + timedelta(days=HOLIDAY.stop)}")
        new = henrik.morning(MONDAY.date() + timedelta(days=n))
        came[n] = new
        if n in HOLIDAY:
            assert new == [], n
        elif n < 7 * WEEKS_ANSWERED:
            for message in new:
                if n == 2:
                    bot.tap(HENRIK, message, "answer:1:1" if "happened" in message.text else "answer:1:0")
                    bot.tap(HENRIK, message, "more", "slip")
                    assert "You said that was a slip, so it counts as read." in message.text
                else:
                    henrik.answer(message)
    lessons = [m for m in bot.slack.messages(HENRIK) if re.search(r"\d+ of 20", m.text)]
    assert len(lessons) == 20
    assert any("One: done" in m.text for m in bot.slack.messages(HENRIK))
    by_date = asked_by_date(bot)
    assert sum(by_date.values()) > 10
    assert max(by_date.values()) <= DOSE
    assert set(henrik.told) == {"yes", "no", ""}
    _alone(came)
    _as_the_log_says(bot)
    private = ("picked", "guess", "slip", "sure of this", "right first time")
    assert not any(word in m.text for m in bot.slack.messages(ADMIN) for word in private)


def _alone(came: dict[int, list[PostedMessage]]) -> None:
    """Reviews come alone on three days a week at most, and end after three that nobody answered."""
    alone = [n for n, messages in came.items() for m in messages if " of 20" not in m.text and "One from" in m.text]
    assert alone
    weeks = Counter(n // 7 for n in alone)
    assert max(weeks.values()) <= 3
    unanswered = [n for n in alone if n >= 7 * WEEKS_ANSWERED]
    assert len(unanswered) == 3


def _as_the_log_says(bot: Running) -> None:
    """Every card is what follows from the log."""
    with bot.app.ctx.db.read() as session:
        known = cards.all_of(session, TEAM, HENRIK)
        assert len(known) >= 15
        log = cards.events(session, TEAM, HENRIK)
        for card in known:
            assert fold(card, log.get(card.item_id, [])) == card
