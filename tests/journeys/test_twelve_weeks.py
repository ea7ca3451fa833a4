"""Twelve weeks of one executive, over the wire: two words ticked at the start and asked first, prompts on the four parts, the page shared, taken back and shared again, a
draft of three, comfort at the start, the end and sixty days later, checks after thirty and sixty days, a copy of
everything, and being forgotten while an admin tries to enrol them again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.domain.delivery import Outcome
from bot.domain.rider import Comfort, Moment
from bot.domain.samples import LAPSED
from bot.domain.strategy import Part
from bot.messages import drafts
from bot.messages.ticks import KNOWN
from bot.store import tables
from bot.store.enrolments import DONE
from localslack import LocalSlack
from localslack.world import PostedMessage
from tests.content.writing import LESSON, TERM, Lessons
from tests.helpers import ADMIN, AIKO, HENRIK, MAYA, MONDAY, Running, words_of
from tests.journeys.test_own_data import cells_that_name, forget, of_the_bot, settle
from tests.journeys.test_strategy import close, fill, page, share, with_prompt
from tests.running import running

WEEKS = 12
REMEMBERED = 55
"""Days from the first Monday until Henrik wants to remember something."""
WORDING = LESSON[LESSON.index("## Question: in-other") :]
THIRD = WORDING.replace("in-other-words", "in-a-third").replace("Of the two?", "Once more?")
WORDS = ("reach", "impression")
OTHERS = {MAYA: "The trade fair.", AIKO: "The brochure."}


@pytest.fixture
def bot(tmp_path: Path, slack: LocalSlack, url: str) -> Iterator[Running]:
    """Three have a track with a lesson for each part of the strategy, each in three wordings."""
    made = Lessons(tmp_path / "lessons")
    for part in Part:
        prompted = with_prompt(part)
        made.write(f"tracks/one/{part.value}.md", prompted.replace("\n## Prompt", f"\n{THIRD}\n## Prompt"))
    for word in WORDS:
        made.write(f"jargon/{word}.md", TERM.format(id=word, term=word.title()))
    listed = ", ".join((*(part.value for part in Part), *WORDS))
    made.write("tracks/one/track.md", f"---\nid: one\ntitle: Lead it\nopen: yes\nitems: [{listed}]\n---\nFour parts.\n")
    with running(slack, url, MISSINGLINK_LESSONS_DIR=str(made.root)) as started:
        slack.world.granted.add("files:write")
        started.assign("@henrik @maya @aiko one")
        yield started


def start(bot: Running) -> None:
    """Henrik starts, and ticks the two words."""
    bot.to(HENRIK, "2026-03-02 14:00")
    assert bot.slack.tap(HENRIK, bot.last(HENRIK), "start") == ""
    bot.dialog(HENRIK, "Skip what you know")
    assert bot.slack.submit(HENRIK, {KNOWN: list(WORDS)}) == ""


def live(bot: Running, day: int) -> None:
    """A day of Henrik's: what came is answered, reviews and checks with a word on confidence, and each rider said."""
    bot.advance(MONDAY + timedelta(days=day, hours=18))
    for message in [m for m in bot.slack.messages(HENRIK) if m.blocks][-6:]:
        for _ in range(6):
            if not step(bot, message):
                break


def step(bot: Running, message: PostedMessage) -> bool:
    """Do the next thing that a message asks for; False where it asks for nothing more."""
    ids = [e.get("action_id", "") for b in message.blocks for e in b.get("elements", [])]
    for wanted in ("comfort:4", "sure:1:yes", "skip_text", "sure:2:yes", "answer:1:1", "answer:2:1"):
        if wanted in ids:
            before = message.blocks
            assert bot.slack.tap(HENRIK, message, wanted) == ""
            bot.quiet()
            # a pick whose word on confidence came too late shows its reasons by now, and takes none any more
            return message.blocks != before
    return False


def lesson(bot: Running, user: str, part: Part) -> PostedMessage:
    """The message with a part's lesson."""
    return next(m for m in bot.slack.messages(user) if f"On {part.value}" in m.text)


def test_twelve_weeks_of_one_executive(bot: Running) -> None:
    start(bot)
    for day, part in enumerate(Part):
        live(bot, day)
        message = lesson(bot, HENRIK, part)
        bot.eventually(lambda m=message: "For your strategy" in m.text, "no prompt came")  # type: ignore[misc]
        fill(bot, HENRIK, message, part, f"What we do about {part.value}.")
    for person, said in OTHERS.items():
        first = lesson(bot, person, Part.BUSINESS_CASE)
        bot.tap(person, first, "read")
        fill(bot, person, first, Part.BUSINESS_CASE, said)
    whole = page(bot, HENRIK)
    assert all(f"What we do about {part.value}." in whole for part in Part)
    # shared, taken back, and shared again
    share(bot, HENRIK)
    page(bot, HENRIK)
    assert bot.slack.tap_view(HENRIK, bot.slack.modal(HENRIK) or {}, "unshare") == ""
    bot.eventually(lambda: "Nobody else can read it" in words_of(bot.slack.modal(HENRIK) or {}))
    close(bot, HENRIK)
    for person in (HENRIK, *OTHERS):
        share(bot, person)
    bot.asks_for_dialog(ADMIN, "/track draft", drafts.TITLE)
    assert bot.slack.submit(ADMIN) == ""
    for person in (HENRIK, *OTHERS):
        asked = bot.eventually(
            lambda who=person: next((m for m in bot.slack.messages(who) if "See my lines" in str(m.blocks)), None)  # type: ignore[misc]
        )
        assert bot.slack.tap(person, asked, "draft_mine") == ""
        bot.dialog(person, drafts.TITLE)
        assert bot.slack.submit(person) == ""
        close(bot, person)
    bot.eventually(lambda: "You can all read" in bot.last(HENRIK).text)
    # the ticked words, weeks of reviews alone, checks and the question sixty days later
    for day in range(len(Part), 7 * WEEKS):
        live(bot, day)
        if day == REMEMBERED:
            # so that something comes to ride with, after the last of the checks
            first = lesson(bot, HENRIK, Part.BUSINESS_CASE)
            menu = next(e["action_id"] for b in first.blocks for e in b.get("elements", []) if e["type"] == "overflow")
            assert bot.slack.tap(HENRIK, first, menu, "remember") == ""
    with bot.app.ctx.db.read() as session:
        riders = session.execute(
            select(tables.delivery.c.rider).where(tables.delivery.c.learner_id == HENRIK)
        ).scalars().all()  # fmt: skip
        samples = session.execute(select(tables.sample).where(tables.sample.c.learner_id == HENRIK)).all()
        how = {done.item_id: done.how for done in DONE.all(session, learner_id=HENRIK)}
    assert [how[word] for word in WORDS] == [Outcome.KNOWN, Outcome.KNOWN]
    comforts = {rider.moment: rider.said for rider in riders if isinstance(rider, Comfort)}
    assert comforts == dict.fromkeys(Moment, 4)
    assert len(samples) == 2
    assert all(check not in {None, LAPSED} for row in samples for check in (row.first_check, row.second_check))
    export_and_forget(bot)


def export_and_forget(bot: Running) -> None:
    """A copy of everything, then nothing, and nobody enrols them again."""
    bot.command(HENRIK, "/learn export")
    file = bot.eventually(lambda: next((m.files[0] for m in bot.slack.messages(HENRIK) if m.files), None))
    copied = json.loads(file.content or b"")
    assert len(copied["rows"]["reflection"]) == len(Part)
    assert len(copied["rows"]["sample"]) == 2
    forget(bot, HENRIK)
    settle(bot)
    assert cells_that_name(bot, HENRIK, "Henrik", bot.slack.world.dm(HENRIK).id) == []
    assert of_the_bot(bot, HENRIK) == []
    assert "Not taking part" in bot.assign("@henrik one").text
    bot.advance(MONDAY + timedelta(days=7 * WEEKS + 9))
    assert of_the_bot(bot, HENRIK) == []
