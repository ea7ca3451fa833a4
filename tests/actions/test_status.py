"""What an admin sees of everybody: assigned, started, finished, not taking part, and how many this week. Nothing else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from bot.actions.answer import leave
from bot.actions.begin import begin
from bot.actions.quit_track import quit_track
from bot.actions.self_start import self_start
from bot.context import AppContext
from bot.domain.delivery import Delivery, Outcome
from bot.domain.local_time import week_of
from bot.messages import Message
from bot.planning.holds import pause, resume
from bot.queries.reports import status
from bot.store import learners, tables
from tests.helpers import ADMIN, TEAM, FakeClock, Story, answer, started, typed


def weeks(story: Story, tz: str = "Europe/London") -> tuple[int, int] | None:
    """How many started and finished in the week that it is now."""
    with story.ctx.db.read() as session:
        counts, _ = status(session, story.ctx, TEAM, week=week_of(story.clock.at, tz))
    return counts[0].week if counts else None


def read_next(story: Story, request: str) -> Delivery:
    """Ask for the next item and mark it as read."""
    story.clock.at += timedelta(minutes=1)
    story.do(begin, f"next-{request}")
    story.deliver()
    item = [d for d in story.all() if d.asking_id][-1]
    story.do(leave, item.delivery_id, Outcome.READ, request)
    return item


def test_a_week_is_from_monday_to_sunday_in_the_admins_zone() -> None:
    sunday = datetime(2026, 3, 8, 22, 30, tzinfo=UTC)
    assert week_of(sunday, "Europe/London") == (datetime(2026, 3, 2, tzinfo=UTC), datetime(2026, 3, 9, tzinfo=UTC))
    assert week_of(sunday, "Asia/Tokyo")[0] == datetime(2026, 3, 8, 15, tzinfo=UTC)
    before, after = week_of(datetime(2026, 3, 27, tzinfo=UTC), "Europe/Lisbon")
    assert (after - before).total_seconds() == 7 * 86400 - 3600, "the clocks go forward on that Sunday"


def test_those_who_havent_begun_come_first_then_started_finished_and_not_taking_part(
    ctx: AppContext, clock: FakeClock
) -> None:
    stories = {who: Story(ctx, clock, who) for who in ("U1", "U2", "U3", "U4", "U5")}
    for one in stories.values():
        one.assign("cd")
    stories["U1"].do(quit_track, "cd")
    for request in ("a", "b"):
        read_next(stories["U2"], request)
    read_next(stories["U3"], "a")
    with ctx.db.read() as session:
        _, lines = status(session, ctx, TEAM, track_id="cd")
    assert [(line.learner_id, line.state) for line in lines] == [
        ("U4", "assigned"), ("U5", "assigned"), ("U3", "started"), ("U2", "finished"), ("U1", "left"),
    ]  # fmt: skip
    said = typed(ctx, stories["U1"].slack, ADMIN, "s1", "/track status cd")
    assert isinstance(said, Message)
    places = [said.text.index(f"<@{who}>") for who in ("U4", "U5", "U3", "U2", "U1")]
    assert places == sorted(places)
    assert "5 assigned, 2 started, 1 finished, 1 not taking part" in said.text
    assert "This week: 2 started, 1 finished" in said.text


def test_who_started_and_who_finished_is_counted_in_the_week_it_was(story: Story) -> None:
    story.assign("cd")
    read_next(story, "a")
    assert weeks(story) == (1, 0)
    story.go("2026-03-09 10:00")
    assert weeks(story) == (0, 0)
    read_next(story, "b")
    assert weeks(story) == (0, 1)
    story.go("2026-03-15 23:30")
    assert weeks(story) == (0, 1)
    assert weeks(story, "Asia/Tokyo") == (0, 0), "there it is Monday already"


def test_a_track_of_one_tells_nothing_of_a_pause_a_silence_an_answer_or_a_look_up(story: Story) -> None:
    item = started(story)
    story.do(answer, item.delivery_id, 0, "r1")
    story.go("2026-03-09 10:00")
    quiet = weeks(story)
    story.do(pause)
    assert weeks(story) == quiet == (0, 0)
    story.do(resume)
    typed(story.ctx, story.slack, story.who, "j1", "/jargon b")
    read_next(story, "b")
    assert weeks(story) == quiet, "going on is nobody's business"


def test_whoever_leaves_is_in_no_week(story: Story) -> None:
    started(story)
    read_next(story, "a")
    story.do(quit_track, "abc")
    assert weeks(story) == (0, 0)


def test_a_restart_counts_anew(story: Story) -> None:
    story.assign("cd")
    for request in ("a", "b"):
        read_next(story, request)
    story.go("2026-03-09 10:00")
    story.assign("cd", restart=True)
    assert weeks(story) == (0, 0)
    read_next(story, "c")
    assert weeks(story) == (1, 0)


def test_what_was_done_before_its_time_was_kept_counts_in_no_week(story: Story) -> None:
    story.assign("cd")
    for request in ("a", "b"):
        read_next(story, request)
        with story.ctx.db.write() as session:
            session.execute(update(tables.done).values(at=None))
    assert weeks(story) == (0, 0)


def test_what_somebody_started_by_themselves_is_in_no_figure(story: Story) -> None:
    with story.ctx.db.write() as session:
        learners.ensure(session, TEAM, story.who)
    story.do(self_start, story.ctx.catalogue_of(TEAM).tracks["cd"], "s1")
    story.deliver()
    read_next(story, "a")
    assert weeks(story) is None


@pytest.mark.parametrize("text", ["/track status @U1", "/track status <@U1>"])
def test_of_one_person_no_week_is_told(story: Story, text: str) -> None:
    started(story)
    said = typed(story.ctx, story.slack, ADMIN, "s1", text)
    assert isinstance(said, Message)
    assert "This week" not in said.text
