"""Who has the track already: the summary offers to move the start or to start again, each as an order of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from bot.actions.answer import leave
from bot.actions.orders import confirm, execute
from bot.actions.quit_track import come_back, quit_track
from bot.actions.self_start import self_start
from bot.context import AppContext
from bot.domain.delivery import Delivery, Outcome, Slot
from bot.domain.delivery_subject import OrderSummary
from bot.domain.orders import EffectOutcome, Order, OrderVerb
from bot.domain.people import Enrolment
from bot.messages import Message, ids
from bot.store import deliveries, enrolments, orders
from bot.view_models import Announcement, ClosingView, ItemView, ReminderView, Skipped, SummaryView
from tests import rows
from tests.helpers import ADMIN, TEAM, FakeClock, Story, answer, started, state_of, tapped, view_shown


def tap(story: Story, order: Order, verb: str, request: str = "t1", who: str = ADMIN) -> object:
    """A tap on the summary of an order, and whatever it stored is worked off."""
    with story.ctx.db.read() as session:
        notice = deliveries.by_request(session, TEAM, ADMIN, order.order_id)
    assert notice is not None
    reply = tapped(story.ctx, story.slack, who, request, ids.TapMeaning(verb=verb, subject=notice.delivery_id))
    work_all_off(story)
    return reply


def work_all_off(story: Story) -> None:
    with story.ctx.db.read() as session:
        waiting = orders.unfinished(session, story.clock.real_at, 10)
    for each in waiting:
        execute(story.ctx, story.slack, each)


def own_summaries(story: Story) -> list[SummaryView]:
    """The summaries the admin has, in the order of their orders."""
    with story.ctx.db.read() as session:
        notices = [d for d in rows.deliveries_of(session, TEAM, ADMIN) if isinstance(d.about, OrderSummary)]
        views = [view_shown(session, story.ctx, d) for d in notices]
    return [v for v in views if isinstance(v, SummaryView)]


def stored(story: Story, track: str = "abc") -> Enrolment:
    with story.ctx.db.read() as session:
        found = rows.enrolment_in(session, TEAM, story.who, track)
    assert found is not None
    return found


def item_of(story: Story, delivery: Delivery) -> ItemView:
    with story.ctx.db.read() as session:
        view = view_shown(session, story.ctx, delivery)
    assert isinstance(view, ItemView)
    return view


def lags(story: Story, delivery: Delivery) -> bool:
    """The message is brought up to date in Slack."""
    with story.ctx.db.read() as session:
        found = deliveries.get(session, TEAM, delivery.delivery_id)
    assert found is not None
    return found.shown < found.revision


def test_the_start_can_be_moved_where_the_order_named_another_hour_day_or_days(story: Story) -> None:
    story.assign(at=time(8), first_day=date(2026, 3, 9))
    view = story.summary(story.assign())
    assert (view.again, view.movable) == (("U1",), ())
    view = story.summary(story.assign(at=time(8), first_day=date(2026, 3, 9)))
    assert view.movable == (), "as it is already"
    order = story.assign(at=time(10))
    assert story.summary(order).movable == ("U1",)
    assert tap(story, order, "move_start") is None
    assert (stored(story).at, stored(story).first_day) == (time(10), date(2026, 3, 9)), "what isn't named stays"
    moved = next(v for v in own_summaries(story) if v.verb == "move")
    assert (moved.changed, moved.at, moved.undo) == (("U1",), time(10), "offered")
    assert story.summary(order).followed == ("move",)
    assert story.summary(order).movable == ()


def test_a_start_is_moved_once_however_often_it_is_tapped(story: Story) -> None:
    story.assign()
    order = story.assign(first_day=date(2026, 3, 16))
    for request in ("t1", "t1", "t2", "t3"):
        tap(story, order, "move_start", request)
    assert stored(story).first_day == date(2026, 3, 16)
    assert len([v for v in own_summaries(story) if v.verb == "move"]) == 1
    assert stored(story).revision == 2


def test_moving_the_start_can_be_undone_by_itself(story: Story) -> None:
    story.assign(at=time(8))
    order = story.assign(at=time(10), days=frozenset({0, 1}))
    tap(story, order, "move_start")
    with story.ctx.db.read() as session:
        notice = next(d for d in rows.deliveries_of(session, TEAM, ADMIN)
                      if isinstance(v := view_shown(session, story.ctx, d), SummaryView) and v.verb == "move")  # fmt: skip
    for request in ("u1", "u2"):
        tapped(story.ctx, story.slack, ADMIN, request, ids.TapMeaning(verb="undo", subject=notice.delivery_id))
        work_all_off(story)
    assert (stored(story).at, stored(story).days) == (time(8), None)
    with story.ctx.db.read() as session:
        view = view_shown(session, story.ctx, notice)
    assert isinstance(view, SummaryView)
    assert (view.undo, view.put_back) == ("done", 1)


def test_starting_again_begins_with_the_first_item_and_is_an_order_of_its_own(story: Story) -> None:
    item = started(story)
    story.do(answer, item.delivery_id, 1, "r1")
    order = story.assign()
    for request in ("t1", "t2"):
        tap(story, order, "start_again", request)
    assert stored(story).after_step == 1
    again = [v for v in own_summaries(story) if v.restart]
    assert [(v.changed, v.undo) for v in again] == [(("U1",), "offered")]
    assert story.summary(order).followed == ("restart",)
    assert (story.summary(order).again, story.summary(order).movable) == ((), ())
    following = story.day("2026-03-04 09:00")
    assert following is not None
    assert item_of(story, following).item.id == "a"


@pytest.mark.parametrize("how", ["tapped", "typed"])
def test_starting_again_keeps_the_hour_and_days_set_earlier_unless_others_are_named(story: Story, how: str) -> None:
    def again(order: Order, **named: Any) -> None:
        if how == "tapped":
            tap(story, order, "start_again", order.order_id)
        else:
            story.assign(restart=True, **named)

    story.assign(at=time(8), days=frozenset({0, 1}))
    again(story.assign())
    assert (stored(story).at, stored(story).days) == (time(8), frozenset({0, 1}))
    again(story.assign(at=time(10)), at=time(10))
    assert (stored(story).at, stored(story).days) == (time(10), frozenset({0, 1}))
    again(story.assign(days=frozenset({3})), days=frozenset({3}))
    assert (stored(story).at, stored(story).days) == (time(10), frozenset({3}))


def test_what_is_given_anew_after_it_was_taken_away_comes_at_the_hour_named_then(story: Story) -> None:
    story.assign(at=time(8))
    story.assign(verb="remove")
    story.assign()
    assert stored(story).at is None


def test_who_has_left_or_lost_the_track_since_is_never_touched(ctx: AppContext, clock: FakeClock) -> None:
    one, two, three = (Story(ctx, clock, who) for who in ("U1", "U2", "U3"))
    for story in (two, three):
        one.slack.add(story.who)
    people = ("U1", "U2", "U3")
    one.assign(people=people)
    order = one.assign(people=people, at=time(10))
    two.do(quit_track, "abc")
    one.assign(people=("U3",), verb="remove")
    assert one.summary(order).again == people, "the summary tells nothing of what happened since"
    tap(one, order, "start_again", "t1")
    assert stored(two).left_at is not None
    assert stored(two).at is None
    assert stored(three).removed_at is not None
    one.do(quit_track, "abc")
    reply = tap(one, order, "move_start", "t2")
    assert isinstance(reply, Message)
    assert "nothing was done" in reply.text


def test_who_leaves_between_the_tap_and_its_work_stays_out(story: Story) -> None:
    story.assign()
    order = story.assign(at=time(10))
    with story.ctx.db.read() as session:
        notice = deliveries.by_request(session, TEAM, ADMIN, order.order_id)
    assert notice is not None
    tapped(story.ctx, story.slack, ADMIN, "t1", ids.TapMeaning(verb="move_start", subject=notice.delivery_id))
    story.do(quit_track, "abc")
    work_all_off(story)
    assert (stored(story).at, stored(story).left_at) == (None, story.clock.at)
    assert next(v for v in own_summaries(story) if v.verb == "move").left == ("U1",)


def test_only_the_admin_who_asked_can_ask_again(ctx: AppContext, clock: FakeClock) -> None:
    story = Story(replace(ctx, admins_of=lambda _: frozenset({ADMIN, "UOTHER"})), clock)
    story.assign()
    order = story.assign(at=time(10))
    for who in ("U1", "UOTHER"):
        tap(story, order, "move_start", f"t-{who}", who)
    assert stored(story).at is None


def test_a_first_day_that_has_passed_since_isnt_moved_to(story: Story) -> None:
    story.assign()
    order = story.assign(first_day=date(2026, 3, 4))
    story.go("2026-03-10 10:00")
    reply = tap(story, order, "move_start")
    assert isinstance(reply, Message)
    tap(story, order, "start_again", "t2")
    assert stored(story).first_day == date(2026, 3, 10)


def test_more_than_twenty_people_are_asked_about_before_they_start_again(story: Story) -> None:
    people = tuple(f"UP{n:02}" for n in range(21))
    for person in people:
        story.slack.add(person)
    for part in (people[:11], people[11:]):
        story.assign(people=part)
    order = Order(
        workspace_id=TEAM,
        order_id="big",
        admin_id=ADMIN,
        verb=OrderVerb.ASSIGN,
        track_id="abc",
        people={"ids": list(people)},
        created_at=story.clock.at,
    )
    with story.ctx.db.write() as session:
        orders.add(session, order)
    execute(story.ctx, story.slack, order)
    reply = tap(story, order, "start_again")
    assert isinstance(reply, Message)
    assert "21 people" in reply.text
    assert "starts again from 1" in reply.text
    asked = reply.blocks[-1]["block_id"]
    with story.ctx.db.write() as session:
        assert confirm(session, story.ctx, TEAM, asked, ADMIN, go=False) == "cancelled"
    assert isinstance(tap(story, order, "start_again", "t2"), Message), "thought better of, it can be asked for again"
    with story.ctx.db.write() as session:
        assert confirm(session, story.ctx, TEAM, asked, ADMIN, go=True) == "stored"
    work_all_off(story)
    with story.ctx.db.read() as session:
        again = orders.get(session, TEAM, asked)
        assert again is not None
        assert {e.outcome for e in orders.effects(session, again).values()} == {EffectOutcome.CHANGED}


def test_an_open_item_whose_track_is_taken_away_and_given_again_says_that_it_has_its_turn(story: Story) -> None:
    item = started(story)
    order = story.assign(verb="remove")
    assert item_of(story, item).skipped == Skipped()
    story.assign()
    assert item_of(story, item).skipped == Skipped("A to C")
    assert lags(story, item)
    story.undo(order)
    following = story.day("2026-03-04 09:00")
    assert following is not None
    assert item_of(story, following).item.id == "a"
    story.do(answer, following.delivery_id, 1, "r1")
    assert item_of(story, item).skipped == Skipped(done=True)


@pytest.mark.parametrize("how", ["restart", "undo", "come back", "start"])
def test_whatever_gives_a_track_back_its_open_items_old_message_says_so(story: Story, how: str) -> None:
    item = started(story)
    if how == "restart":
        story.assign(restart=True)
    elif how == "undo":
        story.undo(story.assign(verb="remove"))
    elif how == "come back":
        story.do(quit_track, "abc")
        assert item_of(story, item).skipped == Skipped()
        story.do(come_back, "abc")
    else:
        story.assign(verb="remove")
        story.do(self_start, story.ctx.catalogue_of(TEAM).tracks["abc"], "s1")
    assert item_of(story, item).outcome is Outcome.SKIPPED
    assert item_of(story, item).skipped == Skipped("A to C")
    assert lags(story, item)


def test_an_answer_in_the_old_message_counts_and_the_newer_one_says_where(story: Story) -> None:
    item = started(story)
    story.assign(restart=True)
    newer = story.day("2026-03-04 09:00")
    assert newer is not None
    story.do(answer, item.delivery_id, 1, "r1")
    assert item_of(story, newer).skipped == Skipped(done=True)


def test_a_reminder_of_an_item_that_was_passed_over_doesnt_call_it_done(story: Story) -> None:
    started(story)
    reminder = story.day("2026-03-04 09:00")
    assert reminder is not None
    story.assign(restart=True)
    with story.ctx.db.read() as session:
        view = view_shown(session, story.ctx, reminder)
    assert isinstance(view, ReminderView)
    assert view.skipped == Skipped("A to C")


def test_what_is_read_and_finished_stays_so_when_a_start_is_moved(story: Story) -> None:
    story.assign("cd")
    for day, request in (("2026-03-03 09:00", "r1"), ("2026-03-04 09:00", "r2")):
        story.day("2026-03-02 08:00")
        item = story.day(day)
        assert item is not None
        story.do(leave, item.delivery_id, Outcome.READ, request)
    order = story.assign("cd", at=time(10))
    view = story.summary(order)
    assert (view.again, view.movable) == (("U1",), ()), "there is no start to move in a track that is finished"


def finished(story: Story) -> None:
    """Assign C and D, and finish it on Wednesday 4 March."""
    story.assign("cd")
    story.day("2026-03-02 08:00")
    for day in ("2026-03-03 09:00", "2026-03-04 09:00"):
        item = story.day(day)
        assert item is not None
        story.do(leave, item.delivery_id, Outcome.READ, story.request())


def closings(story: Story) -> list[Delivery]:
    return [d for d in story.all() if d.slot is Slot.CLOSING]


def test_undoing_a_start_from_the_beginning_of_a_finished_track_leaves_it_finished_and_closed(story: Story) -> None:
    finished(story)
    story.deliver()
    order = story.assign("cd")
    for n, day in enumerate(("2026-03-05", "2026-03-06")):
        again = story.assign("cd", restart=True)
        assert stored(story, "cd").finished_at is None
        assert story.undo(again).put_back == 1
        assert (stored(story, "cd").finished_at is not None, stored(story, "cd").closed) == (True, True), n
        assert story.day(f"{day} 09:00") is None
    assert len(closings(story)) == 1, "done is said once"
    assert story.summary(order).again == ("U1",)


def test_a_closing_message_that_was_still_to_come_comes_once_where_a_restart_is_undone(story: Story) -> None:
    finished(story)
    story.deliver()
    with story.ctx.db.write() as session:
        enrolments.later(session, stored(story, "cd"), closed=False)
    story.undo(story.assign("cd", restart=True))
    closing = story.day("2026-03-05 09:00")
    assert closing is not None
    assert closing.slot is Slot.CLOSING
    assert story.day("2026-03-06 09:00") is None


def test_a_finished_track_given_again_after_it_was_taken_away_says_so_and_can_start_again(story: Story) -> None:
    finished(story)
    story.deliver()
    story.assign("cd", verb="remove")
    order = story.assign("cd")
    view = story.summary(order)
    assert (view.changed, view.finished, view.again, view.movable) == (("U1",), ("U1",), ("U1",), ())
    assert view.undo == "offered"
    assert story.day("2026-03-05 09:00") is None
    tap(story, order, "start_again")
    assert stored(story, "cd").finished_at is None
    assert story.day("2026-03-06 09:00") is not None
    assert story.undo(order).kept == 1, "what was started again since stays so"


def test_giving_a_finished_track_again_can_be_undone(story: Story) -> None:
    finished(story)
    story.assign("cd", verb="remove")
    order = story.assign("cd")
    assert (story.undo(order).undo, story.summary(order).put_back) == ("done", 1)
    assert stored(story, "cd").removed_at is not None


def test_who_has_finished_a_track_they_still_have_is_named_so_too(story: Story) -> None:
    finished(story)
    view = story.summary(story.assign("cd"))
    assert (view.changed, view.had_it, view.finished, view.again) == ((), ("U1",), ("U1",), ("U1",))


def test_a_track_whose_lessons_all_came_in_others_is_finished_when_it_is_assigned(story: Story) -> None:
    """c in A to C, and d in C and D."""
    finished(story)
    with story.ctx.db.write() as session:
        for item in ("a", "b"):
            state_of(session, story.ctx, story.who).mark_done(item, Outcome.READ)
    view = story.summary(story.assign("abc"))
    assert (view.changed, view.finished, view.again) == (("U1",), ("U1",), ("U1",))


def read_next(story: Story, day: str) -> ItemView:
    """What comes on this date, as it came; then it is read."""
    item = story.day(f"{day} 09:00")
    assert item is not None
    came = item_of(story, item)
    story.do(leave, item.delivery_id, Outcome.READ, story.request())
    story.deliver()
    return came


def test_a_track_given_again_says_that_it_goes_on_and_one_started_again_at_whose_wish(story: Story) -> None:
    story.assign()
    story.day("2026-03-02 08:00")
    assert read_next(story, "2026-03-03").announce is None
    story.assign(verb="remove")
    story.assign()
    came = read_next(story, "2026-03-04")
    assert (came.item.id, came.announce) == ("b", Announcement("A to C", "on"))
    story.assign(restart=True)
    came = read_next(story, "2026-03-05")
    assert (came.item.id, came.announce) == ("a", Announcement("A to C", "anew", ADMIN))
    assert read_next(story, "2026-03-06").announce is None, "it is said once"


def test_what_heads_an_item_stays_as_it_was_whatever_becomes_of_the_track(story: Story) -> None:
    item = started(story)
    story.do(answer, item.delivery_id, 1, "r1")
    story.assign(restart=True)
    again = story.day("2026-03-04 09:00")
    assert again is not None
    story.assign(verb="remove")
    assert item_of(story, again).announce == Announcement("A to C", "anew", ADMIN)


@pytest.mark.parametrize("told", [True, False])
def test_a_fresh_start_that_is_undone_is_spoken_of_only_where_it_was_told(story: Story, *, told: bool) -> None:
    story.assign()
    story.day("2026-03-02 08:00")
    read_next(story, "2026-03-03")
    order = story.assign(restart=True)
    if told:
        assert story.day("2026-03-04 09:00") is not None
    story.undo(order, sure=True)
    came = read_next(story, "2026-03-05")
    assert (came.item.id, came.announce) == ("b", Announcement("A to C", "on") if told else None)


def test_whoever_was_never_brought_anything_of_a_track_isnt_told_that_it_comes_again(story: Story) -> None:
    story.assign()
    story.day("2026-03-02 08:00")
    story.assign(restart=True)
    assert read_next(story, "2026-03-03").announce is None, "the welcome spoke of it"


def closing_of(story: Story, closing: Delivery) -> ClosingView:
    with story.ctx.db.read() as session:
        view = view_shown(session, story.ctx, closing)
    assert isinstance(view, ClosingView)
    return view


def test_a_closing_message_says_whether_its_track_or_another_goes_on_since(story: Story) -> None:
    finished(story)
    story.deliver()
    closing = closings(story)[0]
    assert (closing_of(story, closing).again, closing_of(story, closing).running) == (False, ())
    order = story.assign("cd", restart=True)
    assert lags(story, closing)
    assert (closing_of(story, closing).again, closing_of(story, closing).running) == (True, ())
    story.undo(order)
    assert closing_of(story, closing).again is False
    story.assign("abc")
    assert closing_of(story, closing).running == ("A to C",)
