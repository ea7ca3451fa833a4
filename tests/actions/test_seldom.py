"""What only long random stories came upon; each of these went wrong once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.actions.answer import leave
from bot.actions.begin import begin
from bot.actions.postpone import later
from bot.actions.profiles import changed
from bot.context import AppContext
from bot.delivery import Sender, Timeouts
from bot.domain.content import Catalogue
from bot.domain.delivery import Outcome, Slot, State
from bot.domain.people import HoldKind, Profile
from bot.errors import SlackUncertainError
from bot.messages import ids
from bot.planning.holds import pause, resume
from bot.planning.learner_state import load
from bot.store import deliveries
from bot.view_models import View
from tests import rows
from tests.helpers import TEAM, FakeClock, Story, answer, started, tapped, typed

POST = Callable[[str, str, View, str], str]


def of_items(story: Story) -> list[tuple[Slot, State]]:
    return [(d.slot, d.state) for d in story.all() if d.asking_id]


def swallow(_workspace: str, _channel: str, _view: View, _key: str) -> str:
    raise SlackUncertainError("timeout")


def test_an_item_asked_for_on_the_date_a_pause_ends_doesnt_come_again(story: Story) -> None:
    started(story)
    story.do(pause, date(2026, 3, 8))
    story.clock.at += timedelta(days=5)  # Sunday 8 March, on which no tick has a reason to look
    typed(story.ctx, story.slack, story.who, "request-next", "/learn next")
    story.deliver()
    came = story.day("2026-03-09 09:00")
    assert came is not None
    assert came.slot is Slot.REMINDER


def test_a_tap_that_comes_before_the_first_tick_of_a_host_that_slept_leaves_no_date_unrecorded(story: Story) -> None:
    item = started(story)
    story.clock.at += timedelta(days=4, hours=13)  # Saturday evening: three of its hours went by unserved
    tapped(
        story.ctx,
        story.slack,
        story.who,
        "request-late",
        ids.TapMeaning(verb="more", subject=item.delivery_id, argument="not_today"),
    )
    story.plan()
    assert [story.claimed_dates().get(date(2026, 3, day)) for day in (4, 5, 6)] == ["missed", "missed", "missed"]


def test_an_order_worked_off_before_the_first_tick_leaves_no_date_unrecorded(story: Story) -> None:
    started(story)
    story.clock.at += timedelta(days=2, hours=13)  # Thursday evening
    again = story.assign(restart=True)  # from today on, which leaves the days before without anything to teach
    assert [story.claimed_dates().get(date(2026, 3, day)) for day in (4, 5)] == ["missed", "missed"]
    story.clock.at += timedelta(days=4)
    story.undo(again, sure=True)
    assert [story.claimed_dates().get(date(2026, 3, day)) for day in (6, 9)] == ["missed", "missed"]


def test_a_profile_that_changes_before_the_first_tick_leaves_no_date_unrecorded(story: Story) -> None:
    started(story)
    story.clock.at += timedelta(days=2, hours=13)
    with story.ctx.db.write() as session:
        changed(
            session,
            story.ctx,
            Profile(workspace_id=TEAM, person_id=story.who, name="Ada", tz="Asia/Tokyo"),
            story.clock.at,
        )
    assert [story.claimed_dates().get(date(2026, 3, day)) for day in (4, 5)] == ["missed", "missed"]


def test_an_item_asked_for_in_an_outage_comes_at_the_hour_of_the_next_learning_day(story: Story) -> None:
    item = started(story)
    story.do(answer, item.delivery_id, 1, story.request())
    story.do(begin, "asked")
    came = story.day("2026-03-04 09:00")
    assert came is not None
    assert came.slot is Slot.DAILY
    asked = next(d for d in story.all() if d.caused_by == "asked")
    assert asked.state is State.MISSED
    assert asked.asking_id == came.asking_id


def test_an_item_asked_for_late_in_the_evening_still_comes_after_midnight(story: Story, sender: Sender) -> None:
    item = started(story)
    story.do(answer, item.delivery_id, 1, story.request())
    story.go("2026-03-03 23:50")
    story.do(begin, "asked")
    story.go("2026-03-04 00:10")
    sender.deliver()
    assert next(d for d in story.all() if d.caused_by == "asked").state is State.SENT


def test_a_track_begun_anew_for_somebody_silent_doesnt_end_the_silence(story: Story) -> None:
    started(story)
    for day in ("04", "05"):
        assert story.day(f"2026-03-{day} 09:00") is not None
    story.assign(restart=True)
    assert story.day("2026-03-06 09:00") is None
    with story.ctx.db.read() as session:
        assert set(rows.holds_of(session, TEAM, story.who)) == {HoldKind.SILENCE}


def test_a_word_while_the_last_reminder_waits_to_be_sent_doesnt_bring_the_item_instead(story: Story) -> None:
    started(story)
    assert story.day("2026-03-04 09:00") is not None
    story.go("2026-03-05 09:00")
    typed(story.ctx, story.slack, story.who, "request-help", "/learn help")
    story.deliver()
    last = story.all()[-1]
    assert (last.slot, last.last_reminder, last.state) == (Slot.REMINDER, True, State.SENT)


def test_a_closing_comes_although_a_pause_began_after_its_last_lesson_was_taken_out(
    ctx: AppContext, clock: FakeClock
) -> None:
    full = ctx.catalogue_of(TEAM)
    box = [full]
    story = Story(replace(ctx, catalogue_of=lambda _: box[0]), clock)
    story.assign("cd")
    story.day("2026-03-02 08:00")
    item = story.day("2026-03-03 09:00")
    assert item is not None
    story.do(answer, item.delivery_id, 1, story.request())
    box[0] = Catalogue(full.items, {**full.tracks, "cd": replace(full.tracks["cd"], items=("c",))})
    story.do(pause, date(2026, 3, 5))
    came = story.day("2026-03-05 09:00")
    assert came is not None
    assert came.slot is Slot.CLOSING


def test_a_welcome_of_unknown_fate_isnt_sent_again_after_the_first_item(
    story: Story, sender: Sender, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(story.slack, "post", swallow)
    story.assign("abc")
    story.go("2026-03-02 08:00")
    sender.deliver()
    monkeypatch.undo()
    story.do(begin, "asked")
    sender.deliver()
    clock.real_at += timedelta(seconds=31)
    sender.recover()
    sender.deliver()
    welcome, asked = sorted(story.all(), key=lambda d: d.slot is Slot.ASKED)
    assert (welcome.slot, welcome.state) == (Slot.WELCOME, State.WITHDRAWN)
    assert (asked.state, asked.claimed_date) == (State.SENT, date(2026, 3, 2))
    assert story.day("2026-03-02 09:00") is None


@pytest.mark.parametrize("again", [1, 2])
def test_of_two_messages_of_unknown_fate_that_bring_the_same_item_one_is_sent(
    story: Story, sender: Sender, clock: FakeClock, monkeypatch: pytest.MonkeyPatch, again: int
) -> None:
    item = started(story)
    story.do(answer, item.delivery_id, 1, story.request())
    story.do(begin, "asked")
    monkeypatch.setattr(story.slack, "post", swallow)
    sender.deliver()
    with story.ctx.db.write() as session:
        state = load(session, story.ctx, TEAM, story.who)
        assert state is not None
        assert state.situation.open is not None
        first = deliveries.by_request(session, TEAM, story.who, "asked")
        assert first is not None
        for number in range(again):
            more = replace(
                first, delivery_id=f"{number}" * 32, caused_by=f"again {number}", claimed_date=None, attempt=0
            )
            deliveries.add(session, replace(more, state=State.DUE, claimable_at=clock.at, lease_real=None))
    sender.deliver()
    monkeypatch.undo()
    clock.real_at += timedelta(seconds=31)
    sender.recover()
    sender.deliver()
    sent = [d for d in story.all() if d.asking_id == first.asking_id and d.state is State.SENT]
    assert len(sent) == 1
    came = story.day("2026-03-04 09:00")
    assert came is not None
    assert came.slot is Slot.REMINDER


def test_a_date_that_an_item_used_up_stays_used_when_the_message_that_held_it_is_withdrawn(
    story: Story, sender: Sender, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = started(story)
    story.do(answer, item.delivery_id, 1, story.request())
    story.go("2026-03-04 08:00")
    story.do(begin, "asked")
    monkeypatch.setattr(story.slack, "post", swallow)
    sender.deliver()
    monkeypatch.undo()
    story.do(pause)
    clock.at += timedelta(minutes=1)
    story.do(begin, "asked again", resumes=True)
    sender.deliver()
    again = next(d for d in story.all() if d.caused_by == "asked again")
    assert (again.state, again.claimed_date) == (State.SENT, None)
    story.do(answer, again.delivery_id, 1, story.request())
    clock.real_at += timedelta(seconds=31)
    sender.recover()
    sender.deliver()
    assert story.day("2026-03-04 09:00") is None
    assert next(d for d in story.all() if d.caused_by == "asked again").claimed_date == date(2026, 3, 4)


def test_a_welcome_that_waits_for_the_morning_comes_in_the_morning_of_where_one_is(
    ctx: AppContext, clock: FakeClock
) -> None:
    story = Story(ctx, clock)
    sender = Sender(ctx, story.slack, Timeouts(), threads=1)
    story.assign()
    story.go("2026-03-02 08:00")
    for tz in ("America/Los_Angeles", "America/New_York"):
        said = story.slack.profiles[story.who] = Profile(workspace_id=TEAM, person_id=story.who, name="Ada", tz=tz)
        with ctx.db.write() as session:
            changed(session, ctx, said, clock.at)
        sender.deliver()
    assert [(d.slot, d.state) for d in story.all()] == [(Slot.WELCOME, State.DUE)]
    story.go("2026-03-02 09:00", "America/New_York")
    sender.deliver()
    assert [(d.slot, d.state) for d in story.all()] == [(Slot.WELCOME, State.SENT)]


def test_somebody_who_flies_back_to_a_date_is_taught_on_it(ctx: AppContext, clock: FakeClock) -> None:
    story = Story(ctx, clock, tz="Pacific/Auckland")
    story.assign()
    assert story.day("2026-03-03 09:00") is not None
    story.do(pause)
    story.go("2026-03-05 09:47")
    story.do(resume)
    assert story.learner.next_due_on == date(2026, 3, 6)
    with ctx.db.write() as session:
        changed(
            session,
            ctx,
            Profile(workspace_id=TEAM, person_id=story.who, name="Ada", tz="America/Los_Angeles"),
            clock.at,
        )
    # it is Wednesday there, after nine
    assert story.learner.next_due_on == date(2026, 3, 5)


def test_no_reminder_comes_on_the_date_on_which_the_item_came_by_the_calendar_one_flew_to(
    ctx: AppContext, clock: FakeClock
) -> None:
    story = Story(ctx, clock)
    item = started(story)
    story.do(answer, item.delivery_id, 1, story.request())
    story.go("2026-03-03 19:25")
    story.do(begin, "asked")
    story.deliver()
    with ctx.db.write() as session:
        changed(
            session, ctx, Profile(workspace_id=TEAM, person_id=story.who, name="Ada", tz="Pacific/Auckland"), clock.at
        )
    assert story.day("2026-03-04 09:00") is None
    came = story.day("2026-03-05 09:00")
    assert came is not None
    assert came.slot is Slot.REMINDER


def test_an_answer_to_what_was_known_before_a_restart_counts_for_the_first_run(story: Story) -> None:
    item = started(story)
    story.do(leave, item.delivery_id, Outcome.KNOWN, story.request())
    order = story.assign(restart=True)
    story.do(answer, item.delivery_id, 1, story.request())
    assert story.summary(order).undo != "asks"
    assert story.undo(order).undo == "done"


def test_a_later_today_that_nobody_served_comes_on_the_next_learning_day(story: Story) -> None:
    item = started(story)
    story.do(later, item.delivery_id, "later")
    came = story.day("2026-03-04 09:00")
    assert came is not None
    assert (came.slot, came.asking_id) == (Slot.DAILY, item.asking_id)


def test_a_message_dealt_with_after_its_hours_leaves_its_date_missed(
    story: Story, sender: Sender, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = started(story)
    story.do(answer, item.delivery_id, 1, story.request())
    story.go("2026-03-04 09:00")
    monkeypatch.setattr(story.slack, "post", swallow)
    sender.deliver()
    monkeypatch.undo()
    story.do(pause)
    story.clock.at += timedelta(hours=1)
    story.do(begin, "asked", resumes=True)
    sender.deliver()
    asked = next(d for d in story.all() if d.caused_by == "asked")
    story.do(answer, asked.delivery_id, 1, story.request())
    clock.at += timedelta(hours=12)
    clock.real_at += timedelta(hours=13)
    sender.recover()
    # a lease from so long ago may be another clock's: it is looked at twice
    clock.real_at += timedelta(minutes=1)
    sender.recover()
    sender.deliver()
    assert story.claimed_dates()[date(2026, 3, 4)] == "missed"
