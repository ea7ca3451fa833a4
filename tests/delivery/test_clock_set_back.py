"""A process that starts on a clock which was set back finds instants that lie an hour ahead, stored before."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.context import AppContext
from bot.delivery import Sender, Timeouts
from bot.domain.delivery import Delivery, State
from bot.domain.rate_limit import FARTHEST, POST
from bot.errors import SlackBusyError, SlackUncertainError
from bot.store import deliveries, delivery_queue, lagging, orders, rate_limits, tables
from tests.helpers import TEAM, FakeClock, Story

HOUR = timedelta(hours=1)
SETTLE = timedelta(seconds=30)


@pytest.fixture
def story(ctx: AppContext, clock: FakeClock) -> Story:
    """Ada was assigned a track; her welcome and the admin's summary are due."""
    told = Story(ctx, clock)
    told.assign()
    told.go("2026-03-02 08:00")
    return told


def sender(story: Story) -> Sender:
    """As a process has it that has just started."""
    return Sender(story.ctx, story.slack, Timeouts(reconcile_after=SETTLE), threads=2)


def welcome(story: Story) -> Delivery:
    return next(d for d in story.all() if d.slot == "welcome")


def set_back_and_started_anew(story: Story) -> Sender:
    story.clock.real_at -= HOUR
    return sender(story)


def test_a_refusal_of_an_hour_from_now_holds_nobody(story: Story) -> None:
    story.slack.fail_with = [SlackBusyError(20)]
    sender(story).deliver()
    set_back_and_started_anew(story).deliver()
    assert {d.state for d in story.all()} == {State.SENT}


def test_no_refusal_holds_longer_than_ten_minutes(story: Story) -> None:
    story.slack.fail_with = [SlackBusyError(86_400)]
    patient = sender(story)
    patient.deliver()
    story.clock.real_at += timedelta(minutes=10)
    patient.deliver()
    assert {d.state for d in story.all()} == {State.SENT}


def test_an_uncertain_message_is_settled_once_a_request_cant_be_on_its_way_any_more(story: Story) -> None:
    story.slack.fail_with = [SlackUncertainError("reset"), SlackUncertainError("reset")]
    sender(story).deliver()
    anew = set_back_and_started_anew(story)
    anew.recover()
    assert welcome(story).state is State.UNCERTAIN, "its request may still be on its way"
    story.clock.real_at += SETTLE
    anew.recover()
    assert welcome(story).state is State.DUE
    assert anew.deliver() == 2


def test_a_lease_from_long_ago_may_be_of_a_clock_that_is_behind(story: Story) -> None:
    with story.ctx.db.write() as session:
        real = story.clock.real_at - HOUR
        delivery_queue.claim(session, TEAM, at=story.clock.at, real=real, lease=timedelta(minutes=2), most=50)
    looking = sender(story)
    looking.recover()
    assert welcome(story).state is State.CLAIMED
    story.clock.real_at += SETTLE
    looking.recover()
    assert welcome(story).state is State.DUE


def test_history_is_asked_from_before_the_message_whatever_the_clock_says_now(
    story: Story,
) -> None:
    story.slack.fail_with = [SlackUncertainError("reset"), SlackUncertainError("reset")]
    # the process began an hour ahead of Slack, and the wall's clock has been put right since
    story.clock.set_by = -HOUR
    patient = sender(story)
    patient.deliver()
    posted = story.clock.wall()
    story.clock.real_at += SETTLE
    patient.recover()
    assert len(story.slack.read) == 2
    assert max(since for _, _, since in story.slack.read) < posted


def test_a_message_that_lags_since_an_hour_from_now_is_brought_up_to_date(story: Story) -> None:
    sender(story).deliver()
    with story.ctx.db.write() as session:
        lagging.touch(session, welcome(story), story.clock.real_at)
    anew = set_back_and_started_anew(story)
    anew.catch_up()
    shown = welcome(story)
    assert (shown.shown, shown.lags_real) == (shown.revision, None)


def test_an_order_of_an_hour_from_now_is_worked_off(story: Story) -> None:
    with story.ctx.db.write() as session:
        known = session.execute(select(tables.order.c.order_id)).scalars().first()
        order = orders.get(session, TEAM, str(known))
        assert order is not None
        orders.add(session, replace(order, order_id="later", open_real=story.clock.real_at))
    story.clock.real_at -= HOUR
    with story.ctx.db.read() as session:
        assert [o.order_id for o in orders.unfinished(session, story.clock.real_at, 5)] == ["later"]


@pytest.mark.parametrize("ahead", [timedelta(seconds=1), FARTHEST])
def test_what_lies_no_further_ahead_than_may_be_is_waited_for(story: Story, ahead: timedelta) -> None:
    real = story.clock.real_at
    with story.ctx.db.write() as session:
        deliveries.update_row(session, welcome(story), retry_real=real + ahead)
        rate_limits.lock(session, [TEAM], POST, real)
        rate_limits.advance(session, TEAM, POST, real + ahead)
        assert rate_limits.arrival(session, TEAM, POST, real) == real + ahead
        assert rate_limits.arrival(session, TEAM, POST, real - timedelta(seconds=1)) == (
            None if ahead == FARTHEST else real + ahead
        )
    with story.ctx.db.write() as session:
        claimed = delivery_queue.claim(
            session, TEAM, at=story.clock.at, real=real, lease=timedelta(minutes=2), most=50, learner_id="U1"
        )
    assert claimed == []
