"""What admins ask for is stored, worked off, safe to repeat, and can be undone."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from bot.actions.answer import leave
from bot.actions.begin import Begun, NothingLeft, Waiting, begin
from bot.actions.orders import confirm, execute, submit
from bot.actions.self_start import offer, self_start
from bot.context import AppContext
from bot.domain.delivery import Outcome, Slot
from bot.domain.orders import Order, OrderVerb
from bot.errors import SlackBusyError
from bot.planning.holds import pause
from bot.queries.reports import progress, status
from bot.store import audit, learners, orders
from bot.view_models import Announcement, WelcomeView
from tests import rows
from tests.helpers import ADMIN, TEAM, FakeClock, Story, answer, state_of, view_shown


def welcome(story: Story) -> WelcomeView:
    with story.ctx.db.read() as session:
        delivery = state_of(session, story.ctx, story.who).welcome
        assert delivery is not None
        view = view_shown(session, story.ctx, delivery)
    assert isinstance(view, WelcomeView)
    return view


def test_those_who_cant_be_taught_are_refused_by_name_while_the_others_are_assigned(story: Story) -> None:
    story.slack.add("UBOT1", bot=True)
    story.slack.add("UGONE", deleted=True)
    story.slack.add("UELSE", foreign=True)
    view = story.summary(story.assign(people=("U1", "UBOT1", "UGONE", "UELSE", "UNOBODY")))
    assert view.changed == ("U1",)
    assert [(r.person_id, r.reason) for r in view.refused] == [
        ("UBOT1", "bot"), ("UGONE", "deactivated"), ("UELSE", "foreign"), ("UNOBODY", "unknown"),
    ]  # fmt: skip


def test_assigning_again_changes_nothing_and_says_so(story: Story, ctx: AppContext) -> None:
    story.assign(at=time(8), first_day=date(2026, 3, 9))
    view = story.summary(story.assign(at=time(10)))
    assert (view.changed, view.had_it) == ((), ("U1",))
    with ctx.db.read() as session:
        kept = rows.enrolment_in(session, TEAM, "U1", "abc")
    assert kept is not None
    assert (kept.at, kept.first_day) == (time(8), date(2026, 3, 9))


def test_an_order_that_slack_interrupted_goes_on_where_it_stopped_with_one_summary(
    story: Story, ctx: AppContext
) -> None:
    story.slack.add("U2")
    order = Order(
        workspace_id=TEAM,
        order_id="o1",
        admin_id=ADMIN,
        verb=OrderVerb.ASSIGN,
        track_id="abc",
        people={"ids": ["U1", "U2"]},
        created_at=story.clock.at,
    )
    with ctx.db.write() as session:
        order = submit(session, ctx, order)
    profile, calls = story.slack.profile, iter([None, SlackBusyError(1)])

    def interrupted(workspace_id: str, person_id: str) -> Any:
        problem = next(calls, None)
        if problem:
            raise problem
        return profile(workspace_id, person_id)

    story.slack.profile = interrupted  # type: ignore[method-assign]
    with pytest.raises(SlackBusyError):
        execute(ctx, story.slack, order)
    with ctx.db.read() as session:
        waiting = orders.unfinished(session, ctx.clock.real(), 10)
    assert [o.order_id for o in waiting] == ["o1"]
    for _ in range(2):
        execute(ctx, story.slack, order)
    assert story.summary(order).changed == ("U1", "U2")
    with ctx.db.read() as session:
        assert orders.unfinished(session, ctx.clock.real(), 10) == []
        assert len(rows.deliveries_of(session, TEAM, ADMIN)) == 1


def test_more_than_twenty_people_are_asked_about_first(story: Story, ctx: AppContext) -> None:
    people = [f"UP{n}" for n in range(21)]
    order = Order(
        workspace_id=TEAM,
        order_id="big",
        admin_id=ADMIN,
        verb=OrderVerb.ASSIGN,
        track_id="abc",
        people={"ids": people},
        created_at=story.clock.at,
    )
    with ctx.db.write() as session:
        assert submit(session, ctx, order).state == "asks"
        assert orders.unfinished(session, ctx.clock.real(), 10) == []
        assert confirm(session, ctx, TEAM, "big", "USOMEBODY", go=True) is None
        assert confirm(session, ctx, TEAM, "big", ADMIN, go=True) == "stored"
        assert confirm(session, ctx, TEAM, "big", ADMIN, go=False) == "stored"
        assert len(orders.unfinished(session, ctx.clock.real(), 10)) == 1


def test_undo_takes_back_an_assignment_and_the_open_welcome_says_so(story: Story) -> None:
    order = story.assign()
    story.day("2026-03-02 08:00")
    assert story.undo(order).undo == "done"
    assert story.summary(order).put_back == 1
    assert welcome(story).state == "withdrawn"
    assert story.day("2026-03-03 09:00") is None


def test_undo_asks_first_once_somebody_has_begun_and_what_was_done_stays(story: Story, ctx: AppContext) -> None:
    order = story.assign()
    story.day("2026-03-02 08:00")
    item = story.day("2026-03-03 09:00")
    assert item is not None
    story.do(answer, item.delivery_id, 1, "r1")
    assert story.undo(order).undo == "asks"
    assert story.summary(order).begun == 1
    assert story.undo(order, sure=True).undo == "done"
    assert story.day("2026-03-04 09:00") is None
    with ctx.db.read() as session:
        assert rows.done_by(session, TEAM, "U1") == {"a": 1}


def test_undo_leaves_alone_what_somebody_changed_since(story: Story) -> None:
    order = story.assign()
    story.assign(verb="remove")
    story.assign()
    story.undo(order)
    view = story.summary(order)
    assert (view.put_back, view.kept) == (0, 1)


def test_undo_of_a_restart_brings_back_how_far_one_was(story: Story, ctx: AppContext) -> None:
    story.assign()
    story.day("2026-03-02 08:00")
    item = story.day("2026-03-03 09:00")
    assert item is not None
    story.do(answer, item.delivery_id, 1, "r1")
    order = story.assign(restart=True)
    with ctx.db.read() as session:
        assert progress(state_of(session, ctx, story.who))[0].done == 0
    story.undo(order, sure=True)
    with ctx.db.read() as session:
        assert progress(state_of(session, ctx, story.who))[0].done == 1


def test_removed_and_assigned_again_goes_on_where_it_stopped(story: Story) -> None:
    story.assign()
    story.day("2026-03-02 08:00")
    item = story.day("2026-03-03 09:00")
    assert item is not None
    story.do(answer, item.delivery_id, 1, "r1")
    story.assign(verb="remove")
    assert story.day("2026-03-04 09:00") is None
    story.assign()
    following = story.day("2026-03-05 09:00")
    assert following is not None
    with story.ctx.db.read() as session:
        view = view_shown(session, story.ctx, following)
    assert view.item.id == "b"  # type: ignore[union-attr]


def test_an_open_item_of_a_removed_track_holds_nothing_back(story: Story) -> None:
    story.assign()
    story.day("2026-03-02 08:00")
    assert story.day("2026-03-03 09:00") is not None
    story.assign("cd")
    story.assign("abc", verb="remove")
    following = story.day("2026-03-04 09:00")
    assert following is not None
    assert following.asking_id is not None


def test_tracks_assigned_later_join_an_open_welcome_and_later_ones_head_their_first_item(story: Story) -> None:
    story.assign()
    story.day("2026-03-02 08:00")
    story.assign("cd")
    assert [t.title for t in welcome(story).tracks] == ["A to C", "C and D"]
    story.day("2026-03-03 09:00")
    with story.ctx.db.read() as session:
        views = [view_shown(session, story.ctx, d) for d in story.all() if d.asking_id]
    assert [v.announce for v in views] == [None]  # type: ignore[union-attr]


def test_a_track_assigned_after_the_first_item_is_a_line_at_the_head_of_its_own_first(story: Story) -> None:
    story.assign()
    story.day("2026-03-02 08:00")
    item = story.day("2026-03-03 09:00")
    assert item is not None
    story.do(leave, item.delivery_id, Outcome.READ, "r1")
    story.assign("cd")
    following = story.day("2026-03-04 09:00")
    assert following is not None
    with story.ctx.db.read() as session:
        assert view_shown(session, story.ctx, following).announce == Announcement("C and D")  # type: ignore[union-attr]


def test_start_brings_the_first_item_now_and_tomorrow_goes_on(story: Story) -> None:
    story.assign()
    story.day("2026-03-02 08:00")
    result = story.do(begin, "tap1")
    assert isinstance(result, Begun)
    repeated = story.do(begin, "tap1")
    assert isinstance(repeated, Begun)
    assert repeated.delivery.delivery_id == result.delivery.delivery_id
    story.deliver()
    reminder = story.day("2026-03-03 09:00")
    assert reminder is not None


def test_next_uses_up_todays_and_leads_back_to_an_open_item(story: Story) -> None:
    story.assign()
    story.day("2026-03-02 08:00")
    story.go("2026-03-03 07:30")
    assert isinstance(story.do(begin, "next1"), Begun)
    story.deliver()
    assert story.day("2026-03-03 09:00") is None
    waiting = story.do(begin, "next2")
    assert isinstance(waiting, Waiting)
    assert waiting.title == "A"
    assert waiting.delivery is not None


def test_next_after_everything_says_that_nothing_is_left(story: Story) -> None:
    with story.ctx.db.write() as session:
        stranger = learners.ensure(session, TEAM, "U1")
        assert begin(state_of(session, story.ctx, stranger.learner_id), "x1") == NothingLeft(finished=False)
    story.assign("cd")
    for request in ("x2", "x3"):
        begun = story.do(begin, request)
        story.deliver()
        story.do(answer, begun.delivery.delivery_id, 1, f"answer-{request}")
    assert story.do(begin, "x4") == NothingLeft(finished=True)


def test_a_self_started_track_is_invisible_until_it_is_assigned(story: Story, ctx: AppContext) -> None:
    with ctx.db.write() as session:
        learner = learners.ensure(session, TEAM, "U1")
        track = ctx.catalogue_of(TEAM).tracks["abc"]
        assert offer(state_of(session, ctx, learner.learner_id), track).state == "new"
        assert isinstance(self_start(state_of(session, ctx, learner.learner_id), track, "b1"), Begun)
        assert status(session, ctx, TEAM) == ([], [])
    story.deliver()
    item = [d for d in story.all() if d.asking_id][-1]
    story.do(answer, item.delivery_id, 1, "r1")
    view = story.summary(story.assign())
    assert view.changed == ("U1",)
    with ctx.db.read() as session:
        counts, lines = status(session, ctx, TEAM)
    assert (counts[0].assigned, counts[0].started, lines[0].state) == (1, 1, "started")


def test_status_shows_paused_silent_and_waiting_alike(ctx: AppContext, clock: FakeClock) -> None:
    stories = [Story(ctx, clock, who) for who in ("U1", "U2")]
    for one in stories:
        one.assign()
    stories[0].do(pause)
    with ctx.db.read() as session:
        _, lines = status(session, ctx, TEAM, track_id="abc")
    assert [line.state for line in lines] == ["assigned", "assigned"]


def test_every_assignment_and_undo_leaves_an_audit_row(story: Story, ctx: AppContext) -> None:
    story.undo(story.assign())
    with ctx.db.read() as session:
        rows = audit.since(session, datetime(2026, 3, 1, tzinfo=UTC))
    assert [(r.actor, r.action, r.detail) for r in rows] == [
        (ADMIN, "assign", "assign abc: U1"),
        (ADMIN, "undo", "assign abc: U1"),
    ]


def test_an_hour_that_an_admin_moves_to_one_that_has_passed_today_is_caught_up_and_not_lost(
    ctx: AppContext, clock: FakeClock
) -> None:
    story = Story(ctx, clock)
    story.assign(at=time(15))
    story.day("2026-03-02 15:00")
    story.go("2026-03-03 11:00")
    story.assign(at=time(9), restart=True)
    came = story.day("2026-03-03 11:05")
    assert came is not None
    assert (came.slot, came.claimed_date) == (Slot.DAILY, date(2026, 3, 3))
