"""A learner's days: one message a date, at their hour, whatever happens to hours, zones and machines."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from bot.actions.answer import leave
from bot.actions.postpone import later, not_today
from bot.actions.preferences import Preferences, choose_hour, save_preferences
from bot.actions.profiles import changed
from bot.context import AppContext
from bot.delivery.prepare import prepare
from bot.domain.delivery import Outcome, Slot, State
from bot.domain.delivery_note import TooLate
from bot.domain.delivery_subject import Reminder
from bot.domain.people import HoldKind, Profile
from bot.planning.holds import pause, resume, wake
from bot.store import askings, deliveries
from tests import rows
from tests.helpers import TEAM, FakeClock, Story, answer, state_of, view_shown


def started(story: Story) -> Story:
    """Assigned on Monday, welcomed, and the first item came on Tuesday."""
    story.assign()
    assert story.day("2026-03-02 08:00") is not None
    assert story.day("2026-03-03 09:00") is not None
    return story


def answered(story: Story, choice: int = 1) -> None:
    latest = [d for d in story.all() if d.asking_id and d.state is State.SENT][-1]
    story.do(answer, latest.delivery_id, choice, story.request())


def test_the_welcome_comes_at_once_and_the_first_item_on_the_next_learning_day(story: Story) -> None:
    story.assign()
    welcome = story.day("2026-03-02 08:00")
    assert welcome is not None
    assert welcome.slot is Slot.WELCOME
    assert story.day("2026-03-02 09:00") is None
    first = story.day("2026-03-03 09:00")
    assert first is not None
    assert first.slot is Slot.DAILY


def test_a_welcome_assigned_at_night_waits_for_the_learners_hour(story: Story) -> None:
    story.go("2026-03-02 22:00")
    story.assign()
    assert story.day("2026-03-02 22:00") is None
    assert story.day("2026-03-03 08:59") is None
    welcome = story.day("2026-03-03 09:00")
    assert welcome is not None
    assert welcome.slot is Slot.WELCOME


def test_a_welcome_assigned_on_a_saturday_waits_for_monday(story: Story) -> None:
    story.go("2026-03-07 11:00")
    story.assign()
    assert story.day("2026-03-07 11:00") is None
    assert story.day("2026-03-09 09:00") is not None


def test_with_a_future_first_day_the_welcome_comes_the_learning_day_before(story: Story) -> None:
    story.assign(first_day=date(2026, 3, 9))
    for day in ("03", "04", "05"):
        assert story.day(f"2026-03-{day} 12:00") is None
    welcome = story.day("2026-03-06 09:00")
    assert welcome is not None
    assert welcome.slot is Slot.WELCOME
    assert story.day("2026-03-09 09:00") is not None


def test_each_learning_day_brings_one_item_and_weekends_none(story: Story) -> None:
    started(story)
    answered(story)
    story.assign("cd")
    for day, comes in (("04", True), ("05", True), ("06", True), ("07", False), ("08", False)):
        came = story.day(f"2026-03-{day} 09:00")
        assert (came is not None) == comes, day
        if came:
            answered(story)
            story.deliver()


def test_an_unanswered_item_is_reminded_of_twice_then_all_is_quiet(story: Story) -> None:
    started(story)
    first, second = story.day("2026-03-04 09:00"), story.day("2026-03-05 09:00")
    assert first is not None
    assert second is not None
    assert first.slot is second.slot is Slot.REMINDER
    assert (first.last_reminder, second.last_reminder) == (False, True)
    for day in ("06", "09", "10"):
        assert story.day(f"2026-03-{day} 09:00") is None
    with story.ctx.db.read() as session:
        assert set(rows.holds_of(session, TEAM, "U1")) == {HoldKind.SILENCE}


def test_any_sign_of_life_ends_the_silence_and_the_open_item_comes_again_once(story: Story, ctx: AppContext) -> None:
    started(story)
    for day in ("04", "05", "06"):
        story.day(f"2026-03-{day} 09:00")
    story.go("2026-03-09 10:00")
    with ctx.db.write() as session:
        wake(state_of(session, ctx, "U1"))
    assert story.day("2026-03-09 12:00") is None
    again = story.day("2026-03-10 09:00")
    assert again is not None
    assert again.slot is Slot.DAILY
    reminder = story.day("2026-03-11 09:00")
    assert reminder is not None
    assert reminder.about == Reminder(last=False)


def test_a_word_after_the_last_reminder_keeps_the_silence_from_beginning(story: Story, ctx: AppContext) -> None:
    started(story)
    for day in ("04", "05"):
        story.day(f"2026-03-{day} 09:00")
    story.go("2026-03-05 11:00")
    with ctx.db.write() as session:
        wake(state_of(session, ctx, "U1"))
    again = story.day("2026-03-06 09:00")
    assert again is not None
    assert again.slot is Slot.DAILY
    with ctx.db.read() as session:
        assert rows.holds_of(session, TEAM, "U1") == {}


def test_a_reminder_that_waited_out_a_failed_token_gives_way_to_the_item(story: Story, ctx: AppContext) -> None:
    started(story)
    story.go("2026-03-04 09:00")
    reminder = story.all()[-1]
    assert (reminder.slot, reminder.state) == (Slot.REMINDER, State.DUE)
    with ctx.db.write() as session:
        askings.owe_all_again(session, TEAM)
        assert prepare(state_of(session, ctx, reminder.learner_id), reminder) is None
    story.plan()
    story.deliver()
    again = next(d for d in story.all() if d.claimed_date == date(2026, 3, 4))
    assert (again.slot, again.state) == (Slot.DAILY, State.SENT)


def test_what_waits_to_be_sent_is_not_sent_on_a_day_the_learner_has_just_left_out(
    story: Story, ctx: AppContext
) -> None:
    started(story)
    answered(story)
    story.go("2026-03-04 09:00")
    waiting = story.all()[-1]
    assert (waiting.slot, waiting.state) == (Slot.DAILY, State.DUE)
    story.do(
        save_preferences,
        Preferences(at=None, days=frozenset({3, 4}), tz=None, country=None, titled=False, paused=False, until=None),
    )
    with ctx.db.write() as session:
        assert prepare(state_of(session, ctx, waiting.learner_id), waiting) is None
    assert story.day("2026-03-04 12:00") is None
    came = story.day("2026-03-05 09:00")
    assert came is not None
    assert came.asking_id == waiting.asking_id


def test_a_missed_hour_is_caught_up_the_same_day_once(story: Story) -> None:
    story.assign()
    story.day("2026-03-02 08:00")
    assert story.day("2026-03-03 15:00") is not None
    assert story.day("2026-03-03 16:00") is None


def test_a_day_missed_until_evening_is_recorded_and_its_item_comes_next(story: Story) -> None:
    story.assign()
    story.day("2026-03-02 08:00")
    assert story.day("2026-03-03 20:00") is None
    assert story.claimed_dates()[date(2026, 3, 3)] == "missed"
    assert story.day("2026-03-04 09:00") is not None
    assert story.claimed_dates()[date(2026, 3, 4)] == "daily"


def test_three_days_of_outage_are_three_missed_days_and_no_backlog(story: Story) -> None:
    started(story)
    answered(story)
    assert story.day("2026-03-09 10:00") is not None
    assert [story.claimed_dates()[date(2026, 3, d)] for d in (4, 5, 6, 9)] == ["missed", "missed", "missed", "daily"]


def test_a_message_claimed_too_late_is_missed_and_its_item_comes_next(story: Story, ctx: AppContext) -> None:
    story.assign()
    story.day("2026-03-02 08:00")
    story.go("2026-03-03 19:59")
    planned = next(d for d in story.all() if d.state is State.DUE and d.slot is Slot.DAILY)
    story.clock.at = datetime(2026, 3, 3, 20, 0, tzinfo=UTC)
    with ctx.db.write() as session:
        assert prepare(state_of(session, ctx, planned.learner_id), planned) is None
    assert story.claimed_dates()[date(2026, 3, 3)] == "missed"
    came = story.day("2026-03-04 09:00")
    assert came is not None
    assert came.asking_id == planned.asking_id


def test_a_missed_day_is_no_longer_missed_when_its_hour_comes_again(story: Story, ctx: AppContext) -> None:
    story.assign()
    welcome = story.day("2026-03-02 08:00")
    assert welcome is not None
    story.go("2026-03-03 20:30")
    assert story.claimed_dates()[date(2026, 3, 3)] == "missed"
    story.do(choose_hour, time(21), welcome)
    assert story.day("2026-03-03 21:00") is not None
    assert story.claimed_dates()[date(2026, 3, 3)] == "daily"


def test_a_change_of_hour_after_todays_item_brings_no_second_one(story: Story) -> None:
    started(story)
    answered(story)
    welcome = story.all()[0]
    story.do(choose_hour, time(18), welcome)
    assert story.day("2026-03-03 18:00") is None
    assert story.day("2026-03-04 17:59") is None
    assert story.day("2026-03-04 18:00") is not None


def test_a_pause_is_quiet_until_it_is_resumed_and_then_the_open_item_comes_again(story: Story) -> None:
    started(story)
    story.do(pause)
    assert story.day("2026-03-04 09:00") is None
    assert story.day("2026-03-16 09:00") is None
    story.go("2026-03-16 10:00")
    assert story.do(resume)
    assert story.day("2026-03-16 11:00") is None
    again = story.day("2026-03-17 09:00")
    assert again is not None
    assert again.slot is Slot.DAILY
    assert date(2026, 3, 9) not in story.claimed_dates()


def test_a_pause_with_a_date_ends_on_that_date(story: Story) -> None:
    started(story)
    story.do(pause, date(2026, 3, 11))
    assert story.day("2026-03-10 09:00") is None
    assert story.day("2026-03-11 09:00") is not None


def test_a_pause_and_a_silence_end_each_by_its_own(story: Story, ctx: AppContext) -> None:
    started(story)
    for day in ("04", "05", "06"):
        story.day(f"2026-03-{day} 09:00")
    with ctx.db.write() as session:
        wake(state_of(session, ctx, "U1"))
    story.do(pause)
    with ctx.db.write() as session:
        wake(state_of(session, ctx, "U1"))
        assert set(rows.holds_of(session, TEAM, "U1")) == {HoldKind.PERSON}
    assert story.day("2026-03-09 09:00") is None


def test_a_pause_holds_back_what_was_planned_but_not_sent(story: Story, ctx: AppContext) -> None:
    story.assign()
    story.day("2026-03-02 08:00")
    story.go("2026-03-03 09:00")
    planned = next(d for d in story.all() if d.state is State.DUE and d.slot is Slot.DAILY)
    story.do(pause)
    with ctx.db.write() as session:
        assert prepare(state_of(session, ctx, planned.learner_id), planned) is None
    assert date(2026, 3, 3) not in story.claimed_dates()


def test_later_today_brings_the_same_item_three_hours_on(story: Story) -> None:
    first = started(story).all()[-1]
    story.do(later, first.delivery_id, story.request())
    assert story.day("2026-03-03 11:59") is None
    again = story.day("2026-03-03 12:00")
    assert again is not None
    assert again.asking_id == first.asking_id


def test_later_after_five_becomes_the_next_learning_day(story: Story, ctx: AppContext) -> None:
    first = started(story).all()[-1]
    story.go("2026-03-06 17:00")
    story.do(later, first.delivery_id, story.request())
    with ctx.db.read() as session:
        note = deliveries.get(session, TEAM, first.delivery_id)
    assert note is not None
    assert note.note == TooLate(date(2026, 3, 9))
    assert story.day("2026-03-06 20:00") is None
    assert story.day("2026-03-09 09:00") is not None


def test_a_pause_cancels_later_today(story: Story) -> None:
    first = started(story).all()[-1]
    story.do(later, first.delivery_id, story.request())
    story.do(pause)
    assert story.day("2026-03-03 12:00") is None


def test_not_today_brings_the_item_itself_next_and_no_reminder(story: Story) -> None:
    first = started(story).all()[-1]
    story.do(not_today, first.delivery_id)
    again = story.day("2026-03-04 09:00")
    assert again is not None
    assert (again.slot, again.asking_id) == (Slot.DAILY, first.asking_id)


def test_read_frees_the_next_and_the_message_stays_answerable(story: Story) -> None:
    first = started(story).all()[-1]
    story.do(leave, first.delivery_id, Outcome.READ, story.request())
    second = story.day("2026-03-04 09:00")
    assert second is not None
    assert second.asking_id != first.asking_id
    assert story.do(answer, first.delivery_id, 0, story.request()) is True


def test_flying_east_never_doubles_a_date_and_catches_up_the_one_jumped_into(ctx: AppContext, clock: FakeClock) -> None:
    story = Story(ctx, clock, tz="America/New_York")
    story.assign()
    story.day("2026-03-02 09:00")
    assert story.day("2026-03-03 09:00") is not None
    answered(story)
    story.clock.at = datetime(
        2026, 3, 4, 3, 0, tzinfo=UTC
    )  # the evening of the 3rd in New York, noon of the 4th in Tokyo
    moved = Profile(workspace_id=TEAM, person_id="U1", name="Ada", tz="Asia/Tokyo")
    with ctx.db.write() as session:
        changed(session, ctx, moved, story.clock.at)
    assert story.day("2026-03-04 12:01") is not None
    assert story.day("2026-03-04 12:02") is None
    answered(story)
    assert story.day("2026-03-05 09:00") is not None


def test_flying_west_over_a_date_already_taught_brings_nothing_twice(ctx: AppContext, clock: FakeClock) -> None:
    story = Story(ctx, clock, tz="Asia/Tokyo")
    story.assign()
    story.day("2026-03-02 17:00")
    assert story.day("2026-03-03 09:00") is not None
    answered(story)
    with ctx.db.write() as session:
        changed(
            session, ctx, Profile(workspace_id=TEAM, person_id="U1", name="Ada", tz="America/New_York"), story.clock.at
        )
    assert story.day("2026-03-02 20:00") is None
    assert story.day("2026-03-03 09:00") is None
    assert story.day("2026-03-04 09:00") is not None


def test_flying_west_out_of_a_date_that_was_missed_brings_it_at_its_hour_there(
    ctx: AppContext, clock: FakeClock
) -> None:
    story = Story(ctx, clock, tz="Pacific/Auckland")
    story.assign()
    assert story.day("2026-03-03 09:00") is not None
    assert story.day("2026-03-04 21:00") is None, "it was missed"
    moved = Profile(workspace_id=TEAM, person_id="U1", name="Ada", tz="America/Los_Angeles")
    with ctx.db.write() as session:
        changed(session, ctx, moved, story.clock.at)
    assert story.day("2026-03-04 08:59") is None
    assert story.day("2026-03-04 09:00") is not None
    assert story.day("2026-03-04 09:01") is None
    answered(story)
    assert story.day("2026-03-05 09:00") is not None


@pytest.mark.parametrize(("tz", "before", "change", "after"), [
    ("Europe/London", "2026-03-27", "2026-03-30", "2026-03-31"),
    ("America/New_York", "2026-03-06", "2026-03-09", "2026-03-10"),
])  # fmt: skip
def test_nine_is_nine_on_both_sides_of_a_change_to_summer_time(
    ctx: AppContext, clock: FakeClock, tz: str, before: str, change: str, after: str
) -> None:
    clock.at = datetime.fromisoformat(before).replace(hour=15, tzinfo=UTC)
    story = Story(ctx, clock, tz=tz)
    story.assign()
    story.day(f"{before} 16:00")
    for day in (change, after):
        assert story.day(f"{day} 08:59") is None
        assert story.day(f"{day} 09:00") is not None
        answered(story)


def test_a_clock_set_back_sends_nothing_twice(story: Story) -> None:
    started(story)
    answered(story)
    assert story.day("2026-03-02 09:00") is None
    assert story.day("2026-03-03 09:00") is None


def test_a_person_who_left_is_held_and_taught_again_when_they_are_back(story: Story, ctx: AppContext) -> None:
    started(story)
    gone = Profile(workspace_id=TEAM, person_id="U1", name="Ada", tz="Europe/London", deleted=True)
    with ctx.db.write() as session:
        changed(session, ctx, gone, story.clock.at)
    assert story.day("2026-03-04 09:00") is None
    with ctx.db.write() as session:
        changed(
            session, ctx, Profile(workspace_id=TEAM, person_id="U1", name="Ada", tz="Europe/London"), story.clock.at
        )
    again = story.day("2026-03-05 09:00")
    assert again is not None
    assert again.slot is Slot.DAILY


def test_the_pause_is_shown_in_its_message_and_no_longer_after_resuming(story: Story, ctx: AppContext) -> None:
    first = started(story).all()[-1]
    story.do(pause, None, first)
    with ctx.db.read() as session:
        view = view_shown(session, ctx, story.all()[-1])
    assert view.note is not None  # type: ignore[union-attr]
    story.do(resume)
    with ctx.db.read() as session:
        assert view_shown(session, ctx, story.all()[-1]).note is None  # type: ignore[union-attr]
