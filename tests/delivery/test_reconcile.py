"""One reading of a DM's history answers for all that is uncertain in it, however slowly it may be read."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.context import AppContext
from bot.delivery import Sender, Timeouts
from bot.domain.delivery import Delivery, State
from bot.domain.rate_limit import RateLimits
from bot.errors import SlackRefusedError, SlackUncertainError
from bot.slack.outbound.web_api import EVENT_TYPE, WebApi
from bot.store import deliveries, delivery_queue
from localslack import LocalSlack
from localslack.objects import BOT_USER
from localslack.rate_limits import Meter
from tests import rows
from tests.helpers import TEAM, FakeClock, Story

MINUTE = timedelta(minutes=1)
SETTLE = timedelta(seconds=30)


@pytest.fixture
def story(ctx: AppContext, clock: FakeClock) -> Story:
    """Ada was assigned a track; her welcome and the admin's summary are due."""
    told = Story(ctx, clock)
    told.assign()
    told.go("2026-03-02 08:00")
    return told


@pytest.fixture
def slow(story: Story) -> Sender:
    """History may be read once a minute."""
    return Sender(
        story.ctx, story.slack, Timeouts(reconcile_after=SETTLE), threads=2, limits=RateLimits(share=1, history=1)
    )


def all_in_one_dm(story: Story, channel_id: str = "DU1") -> list[Delivery]:
    """Both are uncertain, and were posted to the same DM."""
    with story.ctx.db.write() as session:
        for one in delivery_queue.claim(
            session, TEAM, at=story.clock.at, real=story.clock.real_at, lease=SETTLE, most=50
        ):
            deliveries.update_row(session, one, channel_id=channel_id)
    story.clock.real_at += SETTLE
    with story.ctx.db.read() as session:
        return [*rows.deliveries_of(session, TEAM, "U1"), *rows.deliveries_of(session, TEAM, "U0INES")]


def states(story: Story) -> set[State]:
    with story.ctx.db.read() as session:
        return {d.state for who in ("U1", "U0INES") for d in rows.deliveries_of(session, TEAM, who)}


def posts(story: Story, *keys: str) -> None:
    view = object()
    story.slack.posted.extend(("DU1", view, key) for key in keys)  # type: ignore[misc]


def test_one_reading_settles_all_that_is_uncertain_in_a_dm(story: Story, slow: Sender) -> None:
    posts(story, *(one.delivery_id for one in all_in_one_dm(story)))
    slow.recover()
    assert len(story.slack.read) == 1
    assert states(story) == {State.SENT}


def test_a_reading_goes_on_where_it_was_a_page_a_minute(story: Story, slow: Sender) -> None:
    first, second = all_in_one_dm(story)
    posts(story, first.delivery_id, *"abcd")
    story.slack.page = 2
    for _ in range(3):
        assert State.DUE not in states(story), "the history hasn't been read to its end"
        slow.recover()
        slow.recover()
        story.clock.real_at += MINUTE
    assert [cursor for _, cursor, _ in story.slack.read] == ["", "2", "4"]
    assert len({since for _, _, since in story.slack.read}) == 1
    assert states(story) == {State.SENT, State.DUE}
    assert slow.deliver() == 1
    assert [key for _, _, key in story.slack.posted].count(first.delivery_id) == 1
    assert [key for _, _, key in story.slack.posted].count(second.delivery_id) == 1


def test_a_page_that_gets_no_answer_is_asked_for_again(
    story: Story, slow: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = all_in_one_dm(story)
    posts(story, first.delivery_id, second.delivery_id, *"abc")
    story.slack.page = 3
    slow.recover()
    with monkeypatch.context() as lost:
        lost.setattr(story.slack, "history", fails(SlackUncertainError("timeout")))
        story.clock.real_at += MINUTE
        slow.recover()
    story.clock.real_at += MINUTE
    slow.recover()
    assert [cursor for _, cursor, _ in story.slack.read] == ["", "3"]
    assert states(story) == {State.SENT}


def test_a_cursor_that_slack_knows_no_more_begins_the_reading_anew(
    story: Story, slow: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    all_in_one_dm(story)
    posts(story, *"abc")
    story.slack.page = 2
    slow.recover()
    with monkeypatch.context() as lost:
        lost.setattr(story.slack, "history", fails(SlackRefusedError("invalid_cursor")))
        story.clock.real_at += MINUTE
        slow.recover()
    for _ in range(2):
        story.clock.real_at += MINUTE
        slow.recover()
    assert [cursor for _, cursor, _ in story.slack.read] == ["", "", "2"]
    assert states(story) == {State.DUE}


def test_what_became_uncertain_later_waits_for_a_reading_of_its_own(story: Story, slow: Sender) -> None:
    first, second = all_in_one_dm(story)
    posts(story, *"abc")
    story.slack.page = 2
    with story.ctx.db.write() as session:
        deliveries.update_row(session, second, lease_real=story.clock.real_at + SETTLE)
    slow.recover()
    # it arrives above what has been read
    posts(story, second.delivery_id)
    story.clock.real_at += MINUTE
    slow.recover()
    assert states(story) == {State.DUE, State.CLAIMED}
    for _ in range(3):
        story.clock.real_at += MINUTE
        slow.recover()
    assert states(story) == {State.DUE, State.SENT}
    assert first.delivery_id not in [key for _, _, key in story.slack.posted]


def fails(error: Exception) -> object:
    def history(*_: object) -> None:
        raise error

    return history


def test_outside_the_marketplace_one_reading_settles_all_in_three_minutes(story: Story, slack: LocalSlack) -> None:
    world, dm = slack.world, slack.world.dm("U0MAYA")
    first, second = all_in_one_dm(story, dm.id)
    for key in (first.delivery_id, *map(str, range(40))):
        world.write(dm, BOT_USER, "x", metadata={"event_type": EVENT_TYPE, "event_payload": {"key": key}})
    web_api = WebApi(lambda _: world.bot_token, f"{slack.url}/api/", 20, page=100)
    slow = Sender(
        story.ctx, web_api, Timeouts(reconcile_after=SETTLE), threads=2, limits=RateLimits(share=1, history=1)
    )
    for _ in range(3):
        assert State.DUE not in states(story)
        world.enforces_rate_limits, world.meter = True, Meter()
        world.meter.outside_marketplace = True
        slow.recover()
        slow.recover()
        story.clock.real_at += MINUTE
    asked = [arguments for method, arguments, _ in world.calls if method == "conversations.history"]
    assert [one.get("cursor") for one in asked] == [None, "15", "30"]
    assert world.refusals == []
    with story.ctx.db.read() as session:
        known = {d.delivery_id: d.state for who in ("U1", "U0INES") for d in rows.deliveries_of(session, TEAM, who)}
    assert known == {first.delivery_id: State.SENT, second.delivery_id: State.DUE}
