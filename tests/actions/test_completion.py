"""The counts of a report, and the typical time that is told from ten people on."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.context import AppContext
from bot.domain.delivery import Outcome
from bot.queries.completion import completion
from tests.helpers import TEAM, FakeClock, Story, state_of


def finish(ctx: AppContext, clock: FakeClock, who: str, days: int) -> None:
    """Somebody reads all of `abc`, the last item so many days after the first."""
    story = Story(ctx, clock, who)
    began = clock.at
    story.assign()
    for at, items in ((began, ("a", "b")), (began + timedelta(days=days), ("c",))):
        clock.at = at
        with ctx.db.write() as session:
            state = state_of(session, ctx, who)
            for item in items:
                state.mark_done(item, Outcome.READ)
            if items == ("c",):
                enrolment = state.enrolment("abc")
                assert enrolment is not None
                state.change_enrolment(enrolment, finished_at=at)
    clock.at = began


@pytest.mark.parametrize(("people", "told"), [(9, None), (10, 5.5)])
def test_a_typical_time_is_told_from_ten_people_on(
    ctx: AppContext, clock: FakeClock, people: int, told: float | None
) -> None:
    for n in range(people):
        finish(ctx, clock, f"U{n:02}", n)
    with ctx.db.read() as session:
        (report,) = completion(session, ctx, TEAM)
    assert report.median_days == told
    assert (report.count.assigned, report.count.started, report.count.finished) == (people, people, people)
    (march,) = report.months
    assert (march.month, march.assigned, march.started, march.finished) == (date(2026, 3, 1), *[people] * 3)
