"""Somebody whose Slack status says that they are away, and until when, is left alone until then."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.actions.begin import begin
from bot.actions.profiles import changed, is_news
from bot.context import AppContext
from bot.domain.delivery import Slot
from bot.domain.people import AWAY_EMOJI, HoldKind, Profile
from bot.messages.next_up import coming_text
from bot.planning.holds import pause, resume, send_anyway, wake
from bot.planning.learner_state import load
from bot.queries.home import coming
from bot.store import deliveries, learners
from tests import rows
from tests.helpers import TEAM, FakeClock, Story, started, state_of

WEDNESDAY_LATE = datetime(2026, 3, 11, 23, 59, 59, tzinfo=UTC)


@pytest.fixture
def story(ctx: AppContext, clock: FakeClock) -> Story:
    return Story(ctx, clock)


def profile(story: Story, emoji: str = "palm_tree", until: datetime | None = WEDNESDAY_LATE, **more: Any) -> Profile:
    return replace(story.slack.profiles[story.who], status_emoji=emoji, status_until=until, **more)


def status(story: Story, emoji: str = "palm_tree", until: datetime | None = WEDNESDAY_LATE) -> bool:
    """A `user_change` as its listener deals with it; whether it opened a transaction."""
    said = story.slack.profiles[story.who] = profile(story, emoji, until)
    with story.ctx.db.read() as session:
        news = is_news(session, story.ctx, said, story.clock.at)
    if news:
        with story.ctx.db.write() as session:
            changed(session, story.ctx, said, story.clock.at)
    return news


def holds(story: Story) -> set[HoldKind]:
    with story.ctx.db.read() as session:
        return set(rows.holds_of(session, TEAM, story.who))


def home(story: Story) -> str:
    with story.ctx.db.read() as session:
        state = load(session, story.ctx, TEAM, story.who, lock=False)
        assert state is not None
        return coming_text(coming(state))


def test_nobody_is_met_by_an_event_that_doesnt_say_where_they_belong(ctx: AppContext, clock: FakeClock) -> None:
    with ctx.db.write() as session:
        learners.ensure(session, TEAM, "U9")
    told = Profile(workspace_id=TEAM, person_id="U9", name="Nina", tz="Europe/Oslo", foreign=True, presumed=True)
    with ctx.db.write() as session:
        assert not is_news(session, ctx, told, clock.at)
        changed(session, ctx, told, clock.at)
        found = learners.get(session, TEAM, "U9")
    assert found is not None
    assert (found.name, found.foreign) == ("", False)


def test_lessons_wait_for_the_end_of_a_holiday_and_come_on_the_next_learning_day(story: Story) -> None:
    item = started(story)
    assert status(story)
    for day in range(4, 12):
        assert story.day(f"2026-03-{day:02} 20:30") is None
    assert story.day("2026-03-12 08:59") is None
    again = story.day("2026-03-12 09:00")
    assert again is not None
    assert (again.slot, again.asking_id) == (Slot.DAILY, item.asking_id)
    assert holds(story) == set()
    reminder = story.day("2026-03-13 09:00")
    assert reminder is not None
    assert (reminder.slot, reminder.last_reminder) == (Slot.REMINDER, False), "reminders count anew"


@pytest.mark.parametrize(
    ("end", "taught_on"),
    [("08:59", "2026-03-11"), ("09:00", "2026-03-11"), ("09:01", "2026-03-12"), ("17:00", "2026-03-12")],
)
def test_the_day_it_ends_on_is_taught_on_if_its_hour_is_at_or_after_the_end(
    story: Story, end: str, taught_on: str
) -> None:
    started(story)
    status(story, until=datetime.fromisoformat(f"2026-03-11 {end}+00:00"))
    came = next(f"2026-03-{day}" for day in range(10, 14) if story.day(f"2026-03-{day} 19:00"))
    assert came == taught_on


def test_an_end_on_a_friday_means_monday(story: Story) -> None:
    started(story)
    status(story, until=datetime(2026, 3, 6, 18, tzinfo=UTC))
    assert story.day("2026-03-06 19:00") is None
    assert story.day("2026-03-09 09:00") is not None


def test_a_welcome_waits_too(story: Story) -> None:
    story.slack.profiles[story.who] = profile(story, until=datetime(2026, 3, 4, 8, 30, tzinfo=UTC))
    story.assign()
    assert holds(story) == {HoldKind.AWAY}, "the status was read when the track was assigned"
    assert story.day("2026-03-03 19:00") is None
    assert story.day("2026-03-04 08:59") is None
    welcome = story.day("2026-03-04 09:00")
    assert welcome is not None
    assert welcome.slot is Slot.WELCOME


def test_who_is_known_already_is_asked_after_when_a_track_is_assigned(story: Story) -> None:
    story.assign()
    story.slack.profiles[story.who] = profile(story)
    story.assign("cd")
    assert holds(story) == {HoldKind.AWAY}


def test_clearing_the_status_ends_it_and_another_end_takes_its_place(story: Story) -> None:
    item = started(story)
    status(story)
    assert status(story, until=datetime(2026, 3, 20, tzinfo=UTC))
    assert story.day("2026-03-12 19:00") is None
    assert status(story, "", None)
    assert holds(story) == set()
    again = story.day("2026-03-13 09:00")
    assert again is not None
    assert again.asking_id == item.asking_id


@pytest.mark.parametrize(
    ("emoji", "until"),
    [
        ("palm_tree", None),
        ("airplane", WEDNESDAY_LATE),
        ("", WEDNESDAY_LATE),
        ("palm_tree", datetime(2026, 3, 2, tzinfo=UTC)),
    ],
)
def test_other_statuses_and_those_without_an_end_ahead_say_nothing(
    story: Story, emoji: str, until: datetime | None
) -> None:
    started(story)
    assert not status(story, emoji, until), "and open no transaction"
    assert story.day("2026-03-04 09:00") is not None


def test_a_member_who_isnt_a_learner_costs_no_transaction_and_is_not_kept(story: Story) -> None:
    assert not status(story)
    with story.ctx.db.read() as session:
        assert learners.get(session, TEAM, story.who) is None


def test_the_same_status_told_again_is_no_news(story: Story) -> None:
    started(story)
    assert [status(story), status(story)] == [True, False]


def test_lessons_can_be_asked_for_all_the_same_until_the_status_says_something_else(story: Story) -> None:
    item = started(story)
    status(story)
    assert story.day("2026-03-04 19:00") is None
    assert (
        "Your Slack status says you're away, so lessons wait. The next one comes on Thursday 12 March at 09:00"
        in home(story)
    )
    assert story.do(send_anyway)
    assert not story.do(send_anyway)
    assert not status(story), "the same status changes nothing"
    again = story.day("2026-03-05 09:00")
    assert again is not None
    assert again.asking_id == item.asking_id
    assert status(story, until=datetime(2026, 3, 20, tzinfo=UTC)), "another end is another holiday"
    assert story.day("2026-03-06 19:00") is None


def test_what_is_asked_for_comes_and_neither_that_nor_any_word_ends_it(story: Story) -> None:
    started(story)
    status(story)
    with story.ctx.db.write() as session:
        wake(state_of(session, story.ctx, story.who))
    begun = story.do(begin, story.request(), resumes=True)
    assert begun is not None
    assert holds(story) == {HoldKind.AWAY}


def test_a_pause_stands_beside_it_and_each_ends_only_by_its_own(story: Story) -> None:
    started(story)
    status(story)
    story.do(pause, None)
    status(story, "", None)
    assert holds(story) == {HoldKind.PERSON}
    status(story)
    story.do(resume)
    assert holds(story) == {HoldKind.AWAY}
    assert story.day("2026-03-05 19:00") is None


def test_one_that_began_after_todays_was_planned_holds_it_back(story: Story) -> None:
    started(story)
    story.go("2026-03-04 09:00")
    status(story)
    with story.ctx.db.read() as session:
        waiting = deliveries.pending(session, TEAM, story.who)
        state = load(session, story.ctx, TEAM, story.who, lock=False)
    assert state is not None
    assert all(state.held(d.claimed_date) for d in waiting if d.claimed_date)


def test_a_host_that_slept_through_the_end_teaches_on_the_day_it_wakes(story: Story) -> None:
    started(story)
    status(story)
    assert story.day("2026-03-16 11:00") is not None
    assert holds(story) == set()


def test_the_usual_emoji_mean_a_holiday_and_nothing_else() -> None:
    at = datetime(2026, 3, 2, tzinfo=UTC)
    until = at + timedelta(days=3)
    made = Profile(workspace_id=TEAM, person_id="U1", name="A", tz="UTC", status_until=until)
    assert [
        e
        for e in ("palm_tree", "airplane", "face_with_thermometer", "house", "")
        if replace(made, status_emoji=e).away_until(AWAY_EMOJI, at)
    ] == ["palm_tree"]
    assert replace(made, status_emoji="palm_tree").away_until(AWAY_EMOJI, until) is None
