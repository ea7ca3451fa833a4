"""Where two rules meet: each of these went wrong once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.actions.begin import Begun, begin
from bot.actions.orders import confirm, execute, submit
from bot.actions.postpone import later, not_today
from bot.actions.preferences import choose_hour
from bot.actions.profiles import changed
from bot.actions.self_start import offer, self_start
from bot.context import AppContext
from bot.delivery import Sender, Ticker, Timeouts
from bot.domain.content import Catalogue
from bot.domain.delivery import Delivery, Slot, State
from bot.domain.orders import Order, OrderVerb
from bot.domain.people import HoldKind, Profile
from bot.errors import SlackRefusedError, SlackUncertainError, UnknownButtonError
from bot.limits import violations
from bot.messages import Message, ids, render
from bot.planning.at_startup import plan_forgotten
from bot.planning.holds import pause, resume
from bot.planning.new_delivery import new_delivery
from bot.slack.handlers.typed_messages import handle_typed
from bot.store import askings, audit, deliveries, delivery_queue, lagging, learners, orders, workspaces
from bot.view_models import Announcement, HintView, ItemView, View, WelcomeView
from tests import rows
from tests.helpers import ADMIN, TEAM, FakeClock, Story, answer, chosen, started, state_of, tapped, typed, view_shown

POST = Callable[[str, str, View, str], str]


def latest(story: Story) -> Delivery:
    return max((d for d in story.all() if d.asking_id and d.state is State.SENT), key=lambda d: (d.due_at, d.attempt))


def answered(story: Story) -> None:
    story.do(answer, latest(story).delivery_id, 1, story.request())
    story.deliver()


def finished(story: Story) -> None:
    started(story)
    for day in ("03", "04", "05"):
        if day != "03":
            story.day(f"2026-03-{day} 09:00")
        answered(story)


def view(story: Story, delivery: Delivery) -> View:
    with story.ctx.db.read() as session:
        current = deliveries.get(session, TEAM, delivery.delivery_id)
        assert current is not None
        return view_shown(session, story.ctx, current)


def items_posted(story: Story) -> list[str]:
    return [v.item.id for _, v, _ in story.slack.posted if isinstance(v, ItemView)]


def failing(story: Story, fails: Callable[[View], bool], error: Exception, *, after: bool = False) -> POST:
    """Let posts of some views fail, before or after they arrived; the working post."""
    works = story.slack.post

    def post(workspace_id: str, channel_id: str, shown: View, key: str) -> str:
        if fails(shown):
            if after:
                works(workspace_id, channel_id, shown, key)
            raise error
        return works(workspace_id, channel_id, shown, key)

    story.slack.post = post  # type: ignore[method-assign, assignment]
    return works


def test_a_held_workspace_silences_nobody_and_the_open_item_comes_again(
    story: Story, sender: Sender, ctx: AppContext
) -> None:
    story.assign()
    story.go("2026-03-02 08:00")
    sender.deliver()
    story.go("2026-03-03 09:00")
    sender.deliver()
    with ctx.db.write() as session:
        workspaces.hold(session, TEAM, "token_revoked")
    for day in ("04", "05", "06", "09"):
        story.go_held(f"2026-03-{day} 09:00")
    sender.try_held_workspaces()
    story.go("2026-03-10 09:00")
    sender.deliver()
    assert items_posted(story) == ["a", "a"]
    with ctx.db.read() as session:
        assert rows.holds_of(session, TEAM, "U1") == {}


def test_a_claim_that_outlived_its_lease_posts_nothing(
    story: Story, sender: Sender, clock: FakeClock, ctx: AppContext
) -> None:
    story.assign()
    story.go("2026-03-02 08:00")
    with ctx.db.write() as session:
        mine = delivery_queue.claim(
            session, TEAM, at=clock.at, real=clock.real_at, lease=timedelta(seconds=120), most=50
        )
    clock.real_at += timedelta(seconds=121)
    sender.recover()
    sender.deliver()
    for stale in mine:
        sender._attempts.make(stale)
    keys = [key for _, _, key in story.slack.posted]
    assert len(keys) == len(set(keys)) == 2


def test_a_lost_reply_is_looked_up_where_another_delivery_had_opened_the_dm(
    story: Story, sender: Sender, clock: FakeClock, ctx: AppContext
) -> None:
    story.assign()
    story.go("2026-03-02 08:00")
    story.do(handle_typed, "b", "event:1")
    with ctx.db.write() as session:
        claimed = delivery_queue.claim(
            session, TEAM, at=clock.at, real=clock.real_at, lease=timedelta(seconds=120), most=50
        )
    first, second = (d for d in claimed if d.learner_id == "U1")
    sender._attempts.make(first)
    works = failing(story, lambda _: True, SlackUncertainError("timeout"), after=True)
    sender._attempts.make(second)
    story.slack.post = works  # type: ignore[method-assign, assignment]
    clock.real_at += timedelta(seconds=31)
    sender.recover()
    sender.deliver()
    assert [key for _, _, key in story.slack.posted].count(second.delivery_id) == 1


def test_an_answer_to_a_message_whose_reply_was_lost_is_shown_once_it_is_settled(
    story: Story, sender: Sender, clock: FakeClock
) -> None:
    story.assign()
    story.go("2026-03-02 08:00")
    sender.deliver()
    story.go("2026-03-03 09:00")
    failing(story, lambda _: True, SlackUncertainError("timeout"), after=True)
    sender.deliver()
    lost = next(d for d in story.all() if d.state is State.UNCERTAIN)
    story.do(answer, lost.delivery_id, 1, "r1")
    clock.real_at += timedelta(seconds=31)
    sender.recover()
    clock.real_at += timedelta(seconds=31)
    sender.catch_up()
    assert [chosen(v) for _, v in story.slack.updated if isinstance(v, ItemView)] == [1]


def test_a_long_refusal_is_recorded_and_the_wording_set_aside(story: Story, sender: Sender) -> None:
    story.assign()
    story.go("2026-03-02 08:00")
    sender.deliver()
    failing(
        story, lambda v: isinstance(v, ItemView) and v.item.id == "a", SlackRefusedError("invalid_blocks", "x" * 900)
    )
    for day in ("03", "04", "05"):
        story.go(f"2026-03-{day} 09:00")
        sender.deliver()
    assert next(d.state for d in story.all() if d.asking_id) is State.FAILED
    assert items_posted(story) == ["b"]


def test_a_welcome_that_slack_refuses_holds_nothing_back(story: Story, sender: Sender) -> None:
    story.assign()
    failing(story, lambda v: isinstance(v, WelcomeView), SlackRefusedError("invalid_blocks"))
    for day in ("02", "03"):
        story.go(f"2026-03-{day} 09:00")
        sender.deliver()
    assert items_posted(story) == ["a"]


def test_an_order_worked_off_by_three_at_once_has_one_result(story: Story, ctx: AppContext, clock: FakeClock) -> None:
    people = [f"UP{n}" for n in range(6)]
    for person in people:
        story.slack.add(person)
    order = Order(
        workspace_id=TEAM,
        order_id="o1",
        admin_id=ADMIN,
        verb=OrderVerb.ASSIGN,
        track_id="abc",
        people={"ids": people},
        created_at=clock.at,
    )
    with ctx.db.write() as session:
        order = submit(session, ctx, order)
    workers = [threading.Thread(target=execute, args=(ctx, story.slack, order)) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    with ctx.db.read() as session:
        assert {e.outcome for e in orders.effects(session, order).values()} == {"changed"}


def test_one_learner_who_cant_be_planned_holds_up_nobody_else(ctx: AppContext, clock: FakeClock) -> None:
    one, other = Story(ctx, clock, "U1"), Story(ctx, clock, "U2")
    other.slack = one.slack
    one.slack.add("U2")
    one.assign()
    other.assign()
    with ctx.db.write() as session:
        learners.update(session, one.learner, tz="Europe/Nowhere")
    ticker = Ticker(ctx, clock, Sender(ctx, one.slack, Timeouts(), threads=2), timedelta(days=400))
    for _ in range(2):
        clock.at += timedelta(minutes=1)
        ticker.tick()
    assert "DU2" in [channel for channel, _, _ in one.slack.posted]


@pytest.mark.parametrize("own_hour", [None, time(21)])
def test_not_today_before_todays_hour_is_not_today(story: Story, own_hour: time | None) -> None:
    first = started(story)
    if own_hour:
        story.do(choose_hour, own_hour, story.all()[0])
    story.go("2026-03-04 08:00" if own_hour is None else "2026-03-04 18:00")
    story.do(later if own_hour else not_today, first.delivery_id, *([story.request()] if own_hour else []))
    assert story.day("2026-03-04 21:30") is None
    assert story.day("2026-03-05 21:30" if own_hour else "2026-03-05 09:00") is not None


def test_later_in_the_morning_keeps_the_reminder_away(story: Story) -> None:
    first = started(story)
    story.go("2026-03-04 08:00")
    story.do(later, first.delivery_id, story.request())
    assert story.day("2026-03-04 09:00") is None
    assert story.day("2026-03-04 11:00") is not None
    reminder = story.day("2026-03-05 09:00")
    assert reminder is not None
    assert reminder.slot is Slot.REMINDER


def test_later_asked_for_during_a_pause_comes(story: Story, sender: Sender) -> None:
    first = started(story)
    story.do(pause)
    story.go("2026-03-03 10:00")
    story.do(later, first.delivery_id, story.request())
    story.go("2026-03-03 13:00")
    sender.deliver()
    assert items_posted(story) == ["a"]


def test_a_pause_takes_back_the_promise_of_later(story: Story) -> None:
    first = started(story)
    story.do(later, first.delivery_id, story.request())
    story.do(pause)
    assert "It comes again" not in render(view(story, first)).text


def test_a_day_whose_lesson_was_removed_before_it_was_sent_brings_another(ctx: AppContext, clock: FakeClock) -> None:
    full = ctx.catalogue_of(TEAM)
    box = [full]
    story = Story(replace(ctx, catalogue_of=lambda _: box[0]), clock)
    sender = Sender(story.ctx, story.slack, Timeouts(), threads=2)
    story.assign()
    story.go("2026-03-02 08:00")
    sender.deliver()
    story.go("2026-03-03 09:00")
    items = {name: item for name, item in full.items.items() if name != "a"}
    box[0] = Catalogue(items, {"abc": replace(full.tracks["abc"], items=("b", "c"))})
    for at in ("09:05", "09:06"):
        story.go(f"2026-03-03 {at}")
        sender.deliver()
    assert items_posted(story) == ["b"]


def test_an_hour_moved_to_one_that_has_passed_brings_todays_now(story: Story) -> None:
    story.assign(at=time(15))
    welcome = story.day("2026-03-02 08:00")
    assert welcome is not None
    story.go("2026-03-03 10:00")
    story.do(choose_hour, time(9), welcome)
    assert story.day("2026-03-03 10:01") is not None


def test_next_after_a_missed_hour_uses_up_the_day(story: Story) -> None:
    story.assign()
    welcome = story.day("2026-03-02 08:00")
    assert welcome is not None
    story.go("2026-03-03 20:30")
    assert isinstance(story.do(begin, story.request()), Begun)
    story.deliver()
    answered(story)
    story.do(choose_hour, time(21), welcome)
    assert story.day("2026-03-03 21:00") is None


def test_undo_leaves_a_finished_track_finished(story: Story) -> None:
    started(story)
    answered(story)
    story.assign(verb="remove")
    order = story.assign()
    for day in ("04", "05"):
        story.day(f"2026-03-{day} 09:00")
        answered(story)
    story.undo(order, sure=True)
    story.assign()
    for day in ("06", "09"):
        story.day(f"2026-03-{day} 09:00")
    assert len([d for d in story.all() if d.slot is Slot.CLOSING]) == 1


def test_the_old_welcome_of_somebody_who_finished_says_so_and_can_be_drawn(story: Story, ctx: AppContext) -> None:
    finished(story)
    welcome = story.all()[0]
    tapped(ctx, story.slack, "U1", "tap:1", ids.TapMeaning(verb="start", subject=welcome.delivery_id))
    message = render(view(story, welcome))
    assert violations(message.payload()) == []
    assert "finished" in message.text
    assert "withdrawn" not in message.text


def test_putting_off_while_paused_can_be_drawn(story: Story) -> None:
    started(story)
    reminder = story.day("2026-03-04 09:00")
    assert reminder is not None
    story.do(pause, None, reminder)
    story.do(not_today, reminder.delivery_id)
    message = render(view(story, reminder))
    assert violations(message.payload()) == []
    assert "Not today, then." in message.text


def test_an_update_that_slack_refuses_for_good_is_not_repeated_for_ever(
    story: Story, sender: Sender, clock: FakeClock, ctx: AppContext
) -> None:
    story.assign()
    story.go("2026-03-02 08:00")
    sender.deliver()
    with ctx.db.write() as session:
        lagging.touch(session, story.all()[0], clock.real_at)
    calls: list[View] = []

    def refuse(_workspace: str, _channel: str, _ts: str, shown: View) -> None:
        calls.append(shown)
        raise SlackRefusedError("invalid_blocks")

    story.slack.update = refuse  # type: ignore[method-assign, assignment]
    for _ in range(5):
        clock.real_at += timedelta(seconds=30)
        sender.catch_up()
    assert len(calls) == 1


def test_next_brings_what_runs_before_what_begins_later(story: Story, ctx: AppContext) -> None:
    started(story)
    answered(story)
    story.assign("cd", first_day=date(2026, 4, 1))
    story.do(begin, story.request())
    with ctx.db.read() as session:
        waiting = rows.open_asking(session, TEAM, "U1")
    assert waiting is not None
    assert waiting.track_id == "abc"


def test_a_first_day_more_than_a_year_ahead_is_looked_at_again(story: Story) -> None:
    story.assign(first_day=date(2027, 6, 7))
    assert story.learner.next_due_at is not None


def test_a_track_that_left_the_lessons_and_is_back_goes_on(ctx: AppContext, clock: FakeClock) -> None:
    full = ctx.catalogue_of(TEAM)
    box = [full]
    story = Story(replace(ctx, catalogue_of=lambda _: box[0]), clock)
    started(story)
    answered(story)
    box[0] = Catalogue(full.items, {"cd": full.tracks["cd"]})
    assert story.day("2026-03-04 09:00") is None
    box[0] = full
    plan_forgotten(story.ctx)
    assert story.day("2026-03-05 09:00") is not None


def test_undoing_a_removal_asks_nothing_and_tells_nothing_of_what_was_started_since(
    story: Story, ctx: AppContext
) -> None:
    story.assign()
    order = story.assign(verb="remove")
    story.do(self_start, ctx.catalogue_of(TEAM).tracks["abc"], story.request())
    story.deliver()
    answered(story)
    message = render(story.undo(order, sure=False)).text
    assert "begun" not in message
    assert "changed" not in message


def test_undoing_an_assignment_asks_only_about_what_was_done_since(story: Story, ctx: AppContext) -> None:
    track = ctx.catalogue_of(TEAM).tracks["abc"]
    story.assign("cd")
    story.assign("cd", verb="remove")
    story.do(self_start, track, story.request())
    story.deliver()
    answered(story)
    assert story.undo(story.assign(), sure=False).undo == "done"


def test_tomorrow_is_the_admins_tomorrow(story: Story, ctx: AppContext, clock: FakeClock) -> None:
    story.slack.add(ADMIN, "America/Los_Angeles")
    story.assign("cd")
    clock.at = datetime(2026, 3, 3, 2, 0, tzinfo=UTC)  # still Monday evening in Los Angeles
    typed(ctx, story.slack, ADMIN, "command:1", "/track assign <@U1> abc from tomorrow")
    with ctx.db.read() as session:
        order = orders.get(session, TEAM, "command:1")
    assert order is not None
    assert order.first_day == date(2026, 3, 3)


def test_starting_a_track_brings_an_item_of_that_track(story: Story, ctx: AppContext) -> None:
    story.assign()
    story.day("2026-03-02 08:00")
    story.do(self_start, ctx.catalogue_of(TEAM).tracks["cd"], story.request())
    with ctx.db.read() as session:
        waiting = rows.open_asking(session, TEAM, "U1")
    assert waiting is not None
    assert waiting.track_id == "cd"


def test_being_reachable_again_ends_no_pause_and_hides_none(story: Story, ctx: AppContext) -> None:
    first = started(story)
    story.do(pause, None, first)
    profile = story.slack.profiles["U1"]
    for gone in (True, False):
        with ctx.db.write() as session:
            changed(session, ctx, replace(profile, deleted=gone), story.clock.at)
    shown = view(story, first)
    assert isinstance(shown, ItemView)
    assert shown.note is not None
    with ctx.db.read() as session:
        assert set(rows.holds_of(session, TEAM, "U1")) == {HoldKind.PERSON}


def test_a_dm_that_is_gone_is_opened_anew(story: Story, sender: Sender, ctx: AppContext) -> None:
    story.assign()
    story.go("2026-03-02 08:00")
    sender.deliver()
    works = story.slack.post

    def post(workspace_id: str, channel_id: str, shown: View, key: str) -> str:
        if channel_id == "DU1":
            raise SlackRefusedError("channel_not_found")
        return works(workspace_id, channel_id, shown, key)

    story.slack.post = post  # type: ignore[method-assign, assignment]
    story.slack.open_dm = lambda _workspace, _person: "DNEW"  # type: ignore[method-assign, assignment]
    for day in ("03", "04"):
        story.go(f"2026-03-{day} 09:00")
        sender.deliver()
        sender.probe()
    assert "DNEW" in [channel for channel, _, _ in story.slack.posted]


def test_somebody_refused_as_deactivated_is_looked_up_again(story: Story, ctx: AppContext) -> None:
    profile = story.slack.profiles["U1"]
    story.slack.profiles["U1"] = replace(profile, deleted=True)
    story.assign()
    story.slack.profiles["U1"] = profile
    order = story.assign()
    with ctx.db.read() as session:
        assert orders.effects(session, order)["U1"].outcome == "changed"


def test_a_message_placed_before_a_flight_west_waits_for_the_hour_there(ctx: AppContext, clock: FakeClock) -> None:
    story = Story(ctx, clock, tz="Europe/Copenhagen")
    sender = Sender(ctx, story.slack, Timeouts(), threads=2)
    story.assign()
    story.go("2026-03-02 09:30")
    sender.deliver()
    story.go("2026-03-03 09:00")
    with ctx.db.write() as session:
        changed(session, ctx, replace(story.slack.profiles["U1"], tz="America/New_York"), clock.at)
    sender.deliver()
    assert items_posted(story) == []
    story.go("2026-03-03 09:00", "America/New_York")
    sender.deliver()
    assert items_posted(story) == ["a"]


def test_a_promised_hour_is_said_anew_on_the_clock_of_the_zone_they_flew_to(ctx: AppContext, clock: FakeClock) -> None:
    story = Story(ctx, clock, tz="Europe/London")
    first = started(story)
    story.go("2026-03-03 09:30")
    story.do(later, first.delivery_id, "tap:later")
    with ctx.db.write() as session:
        changed(session, ctx, replace(story.slack.profiles["U1"], tz="Europe/Copenhagen"), clock.at)
    flown = next(d for d in story.all() if d.delivery_id == first.delivery_id)
    assert flown.lags_real is not None
    assert "It comes again at 13:30" in render(view(story, flown)).text


def test_a_word_explained_in_the_dm_opens_neutrally(story: Story) -> None:
    story.assign()
    story.do(handle_typed, "b", "event:1")
    explained = next(d for d in story.all() if d.caused_by == "event:1")
    assert render(view(story, explained)).text.startswith("Here is what you asked me about")


def test_a_replayed_resume_ends_no_later_pause(story: Story, ctx: AppContext) -> None:
    started(story)
    for verb, request in (("pause", "c1"), ("resume", "c2"), ("pause", "c3"), ("resume", "c2")):
        typed(ctx, story.slack, "U1", request, f"/learn {verb}")
    with ctx.db.read() as session:
        assert set(rows.holds_of(session, TEAM, "U1")) == {HoldKind.PERSON}


def test_a_track_finished_and_taken_away_can_be_started_again(story: Story, ctx: AppContext) -> None:
    finished(story)
    story.assign(verb="remove")
    track = ctx.catalogue_of(TEAM).tracks["abc"]
    with ctx.db.read() as session:
        assert offer(state_of(session, story.ctx, story.who), track).state == "finished"
    assert isinstance(story.do(self_start, track, story.request()), Begun)


def test_a_cancelled_question_leaves_no_assignment_in_the_audit(story: Story, ctx: AppContext) -> None:
    order = Order(
        workspace_id=TEAM,
        order_id="big",
        admin_id=ADMIN,
        verb=OrderVerb.ASSIGN,
        track_id="abc",
        people={"ids": [f"UX{n}" for n in range(25)]},
        created_at=story.clock.at,
    )
    with ctx.db.write() as session:
        submit(session, ctx, order)
        confirm(session, ctx, TEAM, "big", ADMIN, go=False)
        assert audit.since(session, datetime(2026, 1, 1, tzinfo=UTC)) == []


def test_an_item_that_may_never_have_arrived_is_brought_when_asked_for(
    story: Story, sender: Sender, clock: FakeClock
) -> None:
    story.assign()
    story.go("2026-03-02 08:00")
    sender.deliver()
    story.go("2026-03-03 09:00")
    works = failing(story, lambda _: True, SlackUncertainError("timeout"))
    sender.deliver()
    story.slack.post = works  # type: ignore[method-assign, assignment]

    def refuse(*_: object) -> str | None:
        raise SlackRefusedError("missing_scope")

    story.slack.history = refuse  # type: ignore[method-assign, assignment]
    clock.real_at += timedelta(seconds=31)
    sender.recover()
    assert isinstance(story.do(begin, "next"), Begun)


def test_a_skipped_items_message_loses_its_menu_and_stays_answerable(story: Story, ctx: AppContext) -> None:
    first = started(story)
    story.assign(verb="remove")
    with ctx.db.read() as session:
        current = deliveries.get(session, TEAM, first.delivery_id)
        assert current is not None
        assert current.lags_real is not None
    assert story.do(answer, first.delivery_id, 1, "r1") is True


def test_not_now_settles_the_welcome_and_a_later_track_heads_its_own_item(story: Story, ctx: AppContext) -> None:
    story.assign()
    welcome = story.day("2026-03-02 08:00")
    assert welcome is not None
    tapped(ctx, story.slack, "U1", "tap:1", ids.TapMeaning(verb="not_now", subject=welcome.delivery_id))
    story.assign("cd")
    with ctx.db.read() as session:
        assert [e.announced for e in rows.enrolments_of(session, TEAM, "U1") if e.track_id == "cd"] == [False]


def test_a_start_that_came_too_late_settles_the_welcome_and_a_later_track_heads_its_own_item(
    story: Story, ctx: AppContext
) -> None:
    story.assign()
    welcome = story.day("2026-03-02 08:00")
    assert welcome is not None
    story.assign(verb="remove")
    tapped(ctx, story.slack, "U1", "tap:1", ids.TapMeaning(verb="start", subject=welcome.delivery_id))
    story.assign("cd")
    item = story.day("2026-03-03 09:00")
    assert item is not None
    shown = view(story, item)
    assert isinstance(shown, ItemView)
    assert shown.announce == Announcement("C and D")


def test_a_short_hold_of_the_workspace_brings_the_queued_item_once(story: Story, sender: Sender) -> None:
    story.assign()
    story.go("2026-03-02 08:00")
    sender.deliver()
    story.go("2026-03-03 09:00")
    works = failing(story, lambda _: True, SlackRefusedError("token_revoked"))
    sender.deliver()
    story.slack.post = works  # type: ignore[method-assign, assignment]
    sender.try_held_workspaces()
    story.clock.real_at += timedelta(minutes=1)
    story.go("2026-03-03 09:10")
    sender.deliver()
    story.go("2026-03-04 09:00")
    sender.deliver()
    assert items_posted(story) == ["a"]
    assert story.claimed_dates()[date(2026, 3, 4)] == "reminder"


def test_an_item_that_was_placed_and_never_sent_comes_before_any_reminder(story: Story, sender: Sender) -> None:
    story.assign()
    story.go("2026-03-02 08:00")
    sender.deliver()
    story.go("2026-03-03 09:00")  # planned, and the process dies
    story.go("2026-03-04 09:00")
    sender.deliver()
    assert items_posted(story) == ["a"]
    assert story.claimed_dates()[date(2026, 3, 3)] == "missed"
    story.go("2026-03-05 09:00")
    sender.deliver()
    assert story.claimed_dates()[date(2026, 3, 5)] == "reminder"


def test_a_refused_reminder_sets_no_lesson_aside(story: Story, sender: Sender, ctx: AppContext) -> None:
    story.assign()
    for day in ("02 08:00", "03 09:00"):
        story.go(f"2026-03-{day}")
        sender.deliver()
    failing(story, lambda v: not isinstance(v, ItemView), SlackRefusedError("invalid_blocks"))
    story.go("2026-03-04 09:00")
    sender.deliver()
    with ctx.db.read() as session:
        assert askings.quarantined(session, TEAM) == {}
        assert rows.open_asking(session, TEAM, "U1") is not None


def test_a_refused_answer_to_a_typed_word_costs_nobody_the_welcome(
    story: Story, sender: Sender, ctx: AppContext
) -> None:
    with ctx.db.write() as session:
        learners.remember(session, story.slack.profiles["U1"])
    story.do(handle_typed, "b", "event:1")
    works = failing(story, lambda _: True, SlackRefusedError("invalid_blocks"))
    sender.deliver()
    story.slack.post = works  # type: ignore[method-assign, assignment]
    story.assign()
    story.go("2026-03-02 08:00")
    sender.deliver()
    assert any(isinstance(v, WelcomeView) for _, v, _ in story.slack.posted)


def test_undoing_a_restart_after_it_was_finished_closes_once(story: Story) -> None:
    started(story)
    answered(story)
    order = story.assign(restart=True)
    for day in ("04", "05", "06"):
        story.day(f"2026-03-{day} 09:00")
        answered(story)
    story.undo(order, sure=True)
    for day in ("09", "10"):
        story.day(f"2026-03-{day} 09:00")
    assert len([d for d in story.all() if d.slot is Slot.CLOSING]) == 1


def test_pausing_and_resuming_before_an_item_is_sent_doubles_nothing(story: Story, sender: Sender) -> None:
    story.assign()
    story.go("2026-03-02 08:00")
    sender.deliver()
    story.go("2026-03-03 09:00")
    story.do(pause)
    story.do(resume)
    sender.deliver()
    story.go("2026-03-04 09:00")
    sender.deliver()
    assert items_posted(story) == ["a"]


def test_later_takes_back_a_reminder_that_hasnt_gone_out(story: Story, sender: Sender) -> None:
    first = started(story)
    story.go("2026-03-04 09:00")
    story.do(later, first.delivery_id, story.request())
    sender.deliver()
    assert [d.slot for d in story.all() if d.state is State.SENT and d.slot is Slot.REMINDER] == []


def test_a_replayed_next_finds_what_it_brought(story: Story, ctx: AppContext) -> None:
    story.assign()
    story.day("2026-03-02 08:00")
    for _ in range(2):
        reply = typed(ctx, story.slack, "U1", "command:1", "/learn next")
        assert isinstance(reply, Message)
        assert "on its way" in reply.text
        story.deliver()
        if story.all()[-1].asking_id:
            answered(story)


@pytest.mark.parametrize(
    "subject", ["preview.abc.²", "preview.abc.99", "preview.x.1", "preview.", "previews", "preview..1"]
)
def test_a_forged_preview_is_an_unknown_button(story: Story, ctx: AppContext, subject: str) -> None:
    story.assign()
    with pytest.raises(UnknownButtonError):
        tapped(ctx, story.slack, ADMIN, "tap:1", ids.TapMeaning(verb="answer", subject=subject, argument="1"))


@pytest.mark.parametrize("way", ["tap", "command"])
def test_a_request_that_led_back_and_arrives_again_after_a_pause_brings_nothing_and_ends_nothing(
    story: Story, ctx: AppContext, way: str
) -> None:
    started(story)

    def asks() -> None:
        if way == "tap":
            tapped(ctx, story.slack, story.who, "once", ids.TapMeaning(verb="begin", subject="cd"))
        else:
            typed(ctx, story.slack, story.who, "once", "/learn next")

    asks()
    story.do(pause)
    before = len(story.all())
    asks()
    assert len(story.all()) == before
    with ctx.db.read() as session:
        assert HoldKind.PERSON in rows.holds_of(session, TEAM, story.who)


def test_a_track_started_by_oneself_after_its_removal_keeps_neither_the_hour_nor_the_days_of_an_admin(
    story: Story, ctx: AppContext
) -> None:
    story.assign("cd", at=time(17), days=frozenset({5, 6}))
    story.assign("cd", verb="remove")
    story.do(self_start, ctx.catalogue_of(TEAM).tracks["cd"], "start")
    with ctx.db.read() as session:
        kept = rows.enrolment_in(session, TEAM, story.who, "cd")
    assert kept is not None
    assert (kept.at, kept.days) == (None, None)


def test_an_item_asked_for_again_while_its_first_message_was_uncertain_comes_once(
    ctx: AppContext, clock: FakeClock
) -> None:
    story = Story(ctx, clock)
    story.assign()
    story.day("2026-03-02 09:00")
    sender = Sender(ctx, story.slack, Timeouts(), threads=1)
    story.go("2026-03-03 09:00")
    story.slack.fail_with = [SlackUncertainError("reset")]
    sender.deliver()
    lost = next(d for d in story.all() if d.asking_id)
    assert lost.state is State.UNCERTAIN
    clock.at += timedelta(minutes=5)
    with ctx.db.write() as session:
        asking = rows.open_asking(session, TEAM, "U1")
        assert asking is not None
        deliveries.add(session, new_delivery(story.learner, Slot.ASKED, clock.at, caused_by="again", asking=asking))
    sender.deliver()
    clock.real_at += timedelta(seconds=31)
    sender.recover()
    sender.deliver()
    assert [(d.slot, d.state) for d in story.all() if d.asking_id] == [
        (Slot.DAILY, State.WITHDRAWN), (Slot.ASKED, State.SENT),
    ]  # fmt: skip


def test_an_account_that_is_open_again_doesnt_end_a_silence_that_was_announced(
    ctx: AppContext, clock: FakeClock
) -> None:
    story = Story(ctx, clock)
    story.assign()
    for day in ("02", "03", "04", "05"):
        story.day(f"2026-03-{day} 09:00")
    for deleted in (True, False):
        with ctx.db.write() as session:
            changed(
                session,
                ctx,
                Profile(workspace_id=TEAM, person_id="U1", name="Ada", tz="Europe/London", deleted=deleted),
                clock.at,
            )
    assert story.day("2026-03-06 09:00") is None
    with ctx.db.read() as session:
        assert set(rows.holds_of(session, TEAM, "U1")) == {HoldKind.SILENCE}


def test_the_fallback_names_words_of_the_moment_and_not_the_same_ones_every_day(story: Story) -> None:
    started(story)
    named = set()
    for number, day in enumerate(("2026-03-03 10:00", "2026-03-04 08:00", "2026-03-05 08:00")):
        story.go(day)
        story.do(handle_typed, "blue sky over the harbour", f"event:{number}")
        answered = next(d for d in story.all() if d.caused_by == f"event:{number}")
        shown = view(story, answered)
        assert isinstance(shown, HintView)
        named.add(shown.suggestions)
        said = render(shown)
        assert "didn't follow that" in said.text
        assert "Next one now" not in str(said.blocks), "an item is open: there is no next one"
    assert named
