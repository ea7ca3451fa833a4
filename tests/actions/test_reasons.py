"""Only an item waits: a review that rides in a message stays open, brings nothing and holds nothing back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.actions import answer as answers
from bot.actions.postpone import later
from bot.actions.review import tell_confidence
from bot.context import AppContext
from bot.domain.delivery import Asking, Delivery, Outcome, Reason, Slot
from bot.errors import UnknownButtonError
from bot.messages import ids
from bot.planning.tidy import tidy
from bot.store import askings, deliveries, further_askings, learners, responses, tables
from tests import rows
from tests.helpers import TEAM, FakeClock, Story, answer, state_of, tapped


@pytest.fixture
def item(story: Story) -> Delivery:
    """The message of a first item."""
    story.assign()
    story.day("2026-03-02 08:00")
    came = story.day("2026-03-03 09:00")
    assert came is not None
    return came


@pytest.fixture
def review(story: Story, item: Delivery) -> Asking:
    """A review of the same item, in the same message."""
    with story.ctx.db.write() as session:
        first = askings.get(session, TEAM, str(item.asking_id))
        assert first is not None
        learners.update(session, story.learner, askings=first.number + 1)
        review = replace(first, asking_id="review", number=first.number + 1, again=False, reason=Reason.REVIEW)
        rows.save_asking(session, review)
        further_askings.later_add(session, item, 2, review)
    return review


def stored(story: Story, asking: Asking) -> Asking:
    with story.ctx.db.read() as session:
        found = askings.get(session, TEAM, asking.asking_id)
    assert found is not None
    return found


def test_the_open_item_is_the_item_and_no_review(story: Story, item: Delivery, review: Asking) -> None:
    with story.ctx.db.read() as session:
        waiting = rows.open_asking(session, TEAM, story.who)
    assert waiting is not None
    assert waiting.asking_id == item.asking_id
    assert stored(story, review).reason is Reason.REVIEW


def test_a_review_stays_open_while_the_item_after_it_comes_and_its_track_ends(
    story: Story, item: Delivery, review: Asking
) -> None:
    story.do(answer, item.delivery_id, 1, "r1")
    following = story.day("2026-03-04 09:00")
    assert following is not None
    assert following.slot is Slot.DAILY
    story.assign(verb="remove")
    with story.ctx.db.write() as session:
        tidy(state_of(session, story.ctx, story.who))
    assert stored(story, review).outcome is None
    assert [d.slot for d in story.all() if d.asking_id == review.asking_id] == []


def test_an_answer_goes_to_the_asking_that_was_tapped(story: Story, item: Delivery, review: Asking) -> None:
    assert story.do(answers.answer, item.delivery_id, ["1"], "r1", review.asking_id) is True
    assert story.do(answers.answer, item.delivery_id, ["0"], "r2", review.asking_id) is False
    with story.ctx.db.read() as session:
        given = responses.first_answer(session, TEAM, review.asking_id)
        assert responses.first_answer(session, TEAM, str(item.asking_id)) is None
        assert rows.done_by(session, TEAM, story.who) == {}
        touched = deliveries.get(session, TEAM, item.delivery_id)
    assert given is not None
    assert given.right
    assert stored(story, review).outcome is None
    assert story.do(tell_confidence, item.delivery_id, "r3", review.asking_id, sure=True) is True
    assert story.do(tell_confidence, item.delivery_id, "r4", review.asking_id, sure=False) is False
    assert stored(story, review).outcome is Outcome.ANSWERED
    assert touched is not None
    assert touched.revision > item.revision


def test_a_message_answers_for_what_it_asks_alone(story: Story, item: Delivery, review: Asking) -> None:
    story.do(answer, item.delivery_id, 1, "r1")
    other = story.day("2026-03-04 09:00")
    assert other is not None
    for asking_id in (review.asking_id, str(item.asking_id), "made-up"):
        with pytest.raises(UnknownButtonError):
            story.do(answers.answer, other.delivery_id, ["1"], "r2", asking_id)


def test_a_review_cant_be_put_off_nor_marked_as_read(story: Story, item: Delivery, review: Asking) -> None:
    with pytest.raises(UnknownButtonError):
        story.do(later, item.delivery_id, "r1", review.asking_id)
    with pytest.raises(UnknownButtonError):
        story.do(answers.leave, item.delivery_id, Outcome.READ, "r2", review.asking_id)


def test_a_hold_of_the_workspace_brings_the_item_again_and_not_its_review(
    story: Story, ctx: AppContext, item: Delivery, review: Asking, clock: FakeClock
) -> None:
    with ctx.db.write() as session:
        askings.owe_all_again(session, TEAM)
        owed = session.execute(select(tables.asking.c.asking_id).where(tables.asking.c.again)).scalars().all()
    assert owed == [item.asking_id]


def test_what_is_ticked_and_not_sent_is_no_answer(story: Story, ctx: AppContext, item: Delivery) -> None:
    ticked = ids.TapMeaning(verb="answer", subject=item.delivery_id, argument="1", ticked=("1",), unsent=True)
    assert tapped(ctx, story.slack, story.who, "tap:1", ticked) is None
    with ctx.db.read() as session:
        assert responses.first_answer(session, TEAM, str(item.asking_id)) is None
    sent = ids.TapMeaning(verb="answer", subject=item.delivery_id, argument="send", ticked=("1",))
    assert tapped(ctx, story.slack, story.who, "tap:2", sent) is None
    with ctx.db.read() as session:
        assert responses.first_answer(session, TEAM, str(item.asking_id)) is not None
