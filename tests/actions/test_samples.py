"""Whether it worked, honestly: two items of a track are asked again in new words, whatever was answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from bot.domain.content import Catalogue, Item, Track
from bot.domain.delivery import Delivery, Reason, Slot
from bot.domain.delivery_subject import Reviews
from bot.domain.questions import OneRight
from bot.domain.samples import CHECK_AFTER, LAPSED, Sample
from bot.planning.holds import wake
from bot.queries.outlook import outlook
from bot.store import tables
from bot.store.askings import ASKINGS
from bot.store.samples import SAMPLES
from tests.actions.test_reviews import MISS, RIGHT, on, reviews, told
from tests.helpers import TEAM, Story, answer, lesson, question, state_of

FURTHER = tuple(OneRight(name, f"And {name}?", question().choices) for name in ("second", "third", "fourth"))
FIRST = date(2026, 3, 3)


def serve(story: Story, wordings: int, items: int = 3) -> dict[str, Item]:
    """A track of lessons with so many wordings each."""
    made: dict[str, Item] = {f"l{n}": replace(lesson(f"l{n}"), further=FURTHER[: wordings - 1]) for n in range(items)}
    track = Track(id="short", title="Short", summary="Few.", items=tuple(made))
    story.ctx = replace(story.ctx, catalogue_of=lambda _: Catalogue(made, {"short": track}))
    return made


def drawn(story: Story) -> list[Sample]:
    """The items drawn."""
    with story.ctx.db.read() as session:
        return SAMPLES.all(session, "item_id", workspace_id=TEAM, learner_id=story.who)


def taught(story: Story, picked: int) -> None:
    """The whole track, each answered alike."""
    story.assign("short")
    story.day("2026-03-02 08:00")
    for n in range(3):
        message = on(story, FIRST + timedelta(days=n))
        assert message is not None
        story.do(answer, message.delivery_id, picked, f"answer {n}")
    story.deliver()


def alone(story: Story, days: int) -> list[tuple[int, Delivery]]:
    """What comes alone in so many days, counted from the first lesson; whoever gets it is there."""
    found = []
    for n in range(3, days):
        message = on(story, FIRST + timedelta(days=n))
        if message is not None and message.slot is Slot.DAILY and isinstance(message.about, Reviews):
            found.append((n, message))
        story.do(wake)
    return found


def checks(story: Story) -> list[tuple[str, str]]:
    """Item and wording of each check that was asked, in their order."""
    ids = {i for s in drawn(story) for i in (s.first_check, s.second_check) if i not in {None, LAPSED}}
    with story.ctx.db.read() as session:
        asked = [
            a for a in ASKINGS.all(session, "number", workspace_id=TEAM, learner_id=story.who) if a.asking_id in ids
        ]
    assert all(a.reason is Reason.CHECK for a in asked)
    return [(a.item_id, a.question_id) for a in asked]


@pytest.mark.parametrize("picked", [MISS, RIGHT])
def test_two_items_are_checked_in_new_words_whatever_was_answered(story: Story, picked: int) -> None:
    serve(story, 4)
    taught(story, picked)
    samples = drawn(story)
    assert len(samples) == 2
    alone(story, CHECK_AFTER[1] + 12)
    asked = checks(story)
    assert sorted(asked) == sorted((s.item_id, wording) for s in samples for wording in ("third", "fourth"))
    with story.ctx.db.read() as session:
        every = ASKINGS.all(session, "number", workspace_id=TEAM, learner_id=story.who)
    # nobody was shown those words before
    first = {(a.item_id, a.question_id): a for a in reversed(every)}
    assert all(first[each].reason is Reason.CHECK for each in asked)


def test_a_check_comes_on_its_day_or_the_next_that_brings_something(story: Story) -> None:
    serve(story, 3)
    taught(story, RIGHT)
    alone(story, CHECK_AFTER[1] + 12)
    for sample in drawn(story):
        with story.ctx.db.read() as session:
            done = session.execute(select(tables.done.c.at).where(tables.done.c.item_id == sample.item_id)).scalar()
            asked = [ASKINGS.one(session, asking_id=i) for i in (sample.first_check, sample.second_check)]
        days = [(a.opened_at - done).days for a in asked if a is not None and done is not None]
        assert len(days) == len(CHECK_AFTER)
        for day, after in zip(days, CHECK_AFTER, strict=True):
            assert after <= day <= after + 7


def test_a_check_is_answered_like_a_review_and_the_next_one_follows(story: Story) -> None:
    serve(story, 4)
    taught(story, RIGHT)
    for _, message in alone(story, CHECK_AFTER[0] + 8):
        (review, *_) = reviews(story, message)
        told(story, message, review, RIGHT, sure=True)
    assert all(sample.first_check not in {None, LAPSED} for sample in drawn(story))


def test_an_item_with_too_few_wordings_isnt_drawn(story: Story) -> None:
    serve(story, 2)
    taught(story, MISS)
    assert drawn(story) == []


def test_a_check_whose_words_are_gone_lapses(story: Story) -> None:
    serve(story, 3)
    taught(story, RIGHT)
    serve(story, 2)
    alone(story, CHECK_AFTER[0] + 10)
    assert {sample.first_check for sample in drawn(story)} == {LAPSED}


def test_a_track_that_is_begun_again_keeps_its_items(story: Story) -> None:
    serve(story, 3)
    taught(story, RIGHT)
    before = drawn(story)
    story.assign("short", restart=True)
    on(story, FIRST + timedelta(days=7))
    assert drawn(story) == before


def test_who_left_the_track_is_checked_no_more(story: Story) -> None:
    serve(story, 3)
    taught(story, RIGHT)
    with story.ctx.db.write() as session:
        state = state_of(session, story.ctx, story.who)
        (enrolment,) = state.enrolments
        state.change_enrolment(enrolment, left_at=state.at)
    assert alone(story, CHECK_AFTER[1] + 12) == []


def test_the_operator_reads_that_a_check_comes_and_not_what_was_answered(story: Story) -> None:
    serve(story, 3)
    taught(story, MISS)
    with story.ctx.db.read() as session:
        lines = outlook(state_of(session, story.ctx, story.who))
    assert sum(line.what.startswith("check of") for line in lines) == 2
