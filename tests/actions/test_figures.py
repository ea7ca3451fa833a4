"""The figures of a report: who is counted, when, and once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.actions.erasing import erase
from bot.actions.figures import make_figures
from bot.context import AppContext
from bot.domain.insight import Band, Figure, FigureKind
from bot.domain.rider import Moment
from bot.store import audit, figures, tables
from tests.helpers import TEAM, FakeClock
from tests.programme import ITEMS, TOLD, Went, went, write

LOW, MIDDLE, HIGH = (int(band) for band in Band)


def tails() -> bool:
    """A coin that adds nothing to any count."""
    return False


def on(clock: FakeClock, day: date) -> None:
    clock.at = datetime(day.year, day.month, day.day, 6, tzinfo=UTC)


def made(ctx: AppContext, clock: FakeClock, people: list[Went], day: date = date(2026, 6, 1)) -> dict[str, Any]:
    """Write these people, make the figures of a day, and return their bands by kind."""
    with ctx.db.write() as session:
        write(session, people)
    on(clock, day)
    make_figures(ctx, TEAM, tails)
    return {figure.kind.value: figure.bands for figure in known(ctx) if figure.track_id}


def known(ctx: AppContext) -> list[Figure]:
    with ctx.db.read() as session:
        return figures.of_workspace(session, TEAM)


def counted(ctx: AppContext, kind: FigureKind) -> set[str]:
    with ctx.db.read() as session:
        of = tables.counted.c
        return set(session.execute(select(of.learner_id).where(of.kind == kind.value)).scalars())


def test_before_and_after_are_the_drawn_items_of_the_same_people(ctx: AppContext, clock: FakeClock) -> None:
    people = [went(n, before=(n < 3, False), after=(True, n < 5), later=(True, True)) for n in range(10)]
    assert made(ctx, clock, people) == {
        "before_after": {"before": LOW, "after": HIGH},
        "later": {"later": HIGH},
    }, "3 of 20, 15 of 20, 20 of 20"
    assert counted(ctx, FigureKind.BEFORE_AFTER) == {f"U{n:04}" for n in range(10)}


def test_with_nine_there_is_none(ctx: AppContext, clock: FakeClock) -> None:
    assert made(ctx, clock, [went(n) for n in range(9)]) == {}


EXCLUDED: dict[str, dict[str, Any]] = {
    "wasn't told": {"told": None},
    "was told after the first answers": {"told": TOLD + timedelta(days=20)},
    "left": {"enrolment": {"left_at": TOLD + timedelta(days=40)}},
    "was taken out": {"enrolment": {"removed_at": TOLD + timedelta(days=40)}},
    "started it alone, and no admin sees it": {"enrolment": {"assigned_by": None}},
    "started it alone before it was assigned": {"enrolment": {"began_alone": True}},
    "answered no check": {"after": (None, None)},
    "answered nothing before": {"before": (None, None)},
    "has checks to come": {"after": ()},
}


@pytest.mark.parametrize("more", EXCLUDED.values(), ids=list(EXCLUDED))
def test_who_isnt_counted(ctx: AppContext, clock: FakeClock, more: dict[str, Any]) -> None:
    people = [went(n) for n in range(9)]
    assert "before_after" not in made(ctx, clock, [*people, went(9, **more)])
    with ctx.db.write() as session:
        write(session, [went(10)])
    on(clock, date(2026, 7, 1))
    make_figures(ctx, TEAM, tails)
    assert counted(ctx, FigureKind.BEFORE_AFTER) == {p.who for p in [*people, went(10)]}


@pytest.mark.parametrize("who", ["an admin", "somebody who has written lessons"])
def test_whoever_runs_the_programme_is_in_no_figure(ctx: AppContext, clock: FakeClock, who: str) -> None:
    if who == "an admin":
        ctx = replace(ctx, admins_of=lambda _: frozenset({"U0009"}))
    else:
        with ctx.db.write() as session:
            audit.record(session, TEAM, clock.at, "U0009", "publish", "a lesson")
    assert made(ctx, clock, [went(n) for n in range(10)]) == {}


def test_who_was_refused_as_no_admin_is_counted_like_anybody(ctx: AppContext, clock: FakeClock) -> None:
    with ctx.db.write() as session:
        audit.record(session, TEAM, clock.at, "U0009", "refused", "status")
    assert "before_after" in made(ctx, clock, [went(n) for n in range(10)])


def test_a_slip_feeds_no_figure(ctx: AppContext, clock: FakeClock) -> None:
    people = [went(n) for n in range(9)]
    slipped = went(9)
    assert made(ctx, clock, [*people, replace(slipped, slips=frozenset(slipped.drawn))]).keys() == {"later"}


def test_what_is_answered_this_month_is_counted_next_month(ctx: AppContext, clock: FakeClock) -> None:
    late = went(9, began=TOLD + timedelta(days=58))
    assert "before_after" not in made(ctx, clock, [*(went(n) for n in range(9)), late], date(2026, 6, 1))
    on(clock, date(2026, 7, 1))
    make_figures(ctx, TEAM, tails)
    assert {f.kind: f.month for f in known(ctx)}[FigureKind.BEFORE_AFTER] == date(2026, 7, 1)


def test_each_person_is_counted_once_and_a_figure_needs_ten_others(ctx: AppContext, clock: FakeClock) -> None:
    made(ctx, clock, [went(n) for n in range(10)])
    with ctx.db.write() as session:
        write(session, [went(n, began=TOLD + timedelta(days=40), after=(False, False)) for n in range(10, 19)])
    on(clock, date(2026, 8, 1))
    make_figures(ctx, TEAM, tails)
    ours = [f for f in known(ctx) if f.kind is FigureKind.BEFORE_AFTER]
    assert [(f.month, f.bands["after"]) for f in ours] == [(date(2026, 6, 1), HIGH)], "nine others: the old one stands"
    with ctx.db.write() as session:
        write(session, [went(19, began=TOLD + timedelta(days=40), after=(False, False))])
    on(clock, date(2026, 9, 1))
    make_figures(ctx, TEAM, tails)
    ours = [f for f in known(ctx) if f.kind is FigureKind.BEFORE_AFTER]
    assert [(f.month, f.bands["after"]) for f in ours] == [(date(2026, 9, 1), LOW), (date(2026, 6, 1), HIGH)]


def test_a_month_is_made_once_whatever_is_answered_or_erased_afterwards(ctx: AppContext, clock: FakeClock) -> None:
    before = made(ctx, clock, [went(n) for n in range(10)])
    with ctx.db.write() as session:
        write(session, [went(n, after=(False, False)) for n in range(10, 30)])
    assert not make_figures(ctx, TEAM, tails)
    erase(ctx, TEAM, "U0003")
    assert {f.kind.value: f.bands for f in known(ctx) if f.track_id} == before
    assert "U0003" not in counted(ctx, FigureKind.BEFORE_AFTER)


def test_making_goes_on_after_it_broke_off(ctx: AppContext, clock: FakeClock, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = figures.add

    def breaks(session: Any, figure: Figure, people: Any) -> bool:
        if figure.kind is FigureKind.LATER:
            raise RuntimeError("the machine ended here")
        return whole(session, figure, people)

    monkeypatch.setattr(figures, "add", breaks)
    with pytest.raises(RuntimeError):
        made(ctx, clock, [went(n) for n in range(10)])
    monkeypatch.undo()
    assert make_figures(ctx, TEAM, tails)
    assert {f.kind for f in known(ctx)} == {FigureKind.BEFORE_AFTER, FigureKind.LATER, FigureKind.ACTIVE}
    assert len([f for f in known(ctx) if f.kind is FigureKind.BEFORE_AFTER]) == 1


def test_questions_of_the_companys_own_need_twenty(ctx: AppContext, clock: FakeClock) -> None:
    ctx = replace(ctx, own_items_of=lambda _: frozenset({"l4"}))
    assert made(ctx, clock, [went(n) for n in range(19)]) == {}
    with ctx.db.write() as session:
        write(session, [went(19)])
    on(clock, date(2026, 7, 1))
    make_figures(ctx, TEAM, tails)
    assert {f.kind for f in known(ctx) if f.track_id} >= {FigureKind.BEFORE_AFTER, FigureKind.LATER}


def test_five_questions_at_least(ctx: AppContext, clock: FakeClock) -> None:
    people = [replace(went(n), drawn=(ITEMS[n % 2], ITEMS[2 + n % 2])) for n in range(12)]
    assert made(ctx, clock, people) == {}


def test_confidence_before_at_the_end_and_sixty_days_later(ctx: AppContext, clock: FakeClock) -> None:
    people = [
        went(n, comfort={Moment.START: 1 + n % 4, Moment.END: 4, Moment.LATER: 3 if n % 2 else 5}) for n in range(20)
    ]
    found = made(ctx, clock, people, date(2026, 8, 1))
    assert found["confidence"] == {"before": LOW, "after": HIGH}, "5 of 20 said 4 or more at the start"
    assert found["confidence_later"] == {"later": MIDDLE}, "10 of 20"


def test_nineteen_words_on_confidence_are_too_few(ctx: AppContext, clock: FakeClock) -> None:
    found = made(ctx, clock, [went(n, comfort={Moment.START: 1, Moment.END: 5}) for n in range(19)])
    assert "confidence" not in found


def test_what_was_worth_the_minute(ctx: AppContext, clock: FakeClock) -> None:
    assert made(ctx, clock, [went(n, worth=(True, n < 5)) for n in range(10)])["worth"] == {"worth": HIGH}


def test_the_ideas_most_missed_are_those_that_few_knew_of_twenty(ctx: AppContext, clock: FakeClock) -> None:
    people = [went(n, others=n % 5 == 0) for n in range(40)]
    found = made(ctx, clock, people)["missed"]
    assert found.keys() == set(ITEMS), "each was drawn for ten, and asked of thirty others"
    assert set(found.values()) == {LOW}


def test_active_is_told_from_twenty_people_up_for_the_whole_workspace(ctx: AppContext, clock: FakeClock) -> None:
    made(ctx, clock, [went(n) for n in range(19)], date(2026, 4, 1))
    with ctx.db.write() as session:
        write(session, [went(19, began=TOLD + timedelta(days=32))])
    on(clock, date(2026, 5, 1))
    make_figures(ctx, TEAM, tails)
    assert {f.month: dict(f.bands) for f in known(ctx) if f.kind is FigureKind.ACTIVE} == {
        date(2026, 4, 1): {},
        date(2026, 5, 1): {"active": 1},
    }


def test_chance_is_mixed_in(ctx: AppContext, clock: FakeClock, tossed: Callable[[str], Callable[[], bool]]) -> None:
    with ctx.db.write() as session:
        write(session, [went(n, after=(True, True), later=(None, None)) for n in range(10)])
    on(clock, date(2026, 6, 1))
    # after: no heads to add, six to take away; before: none of either
    make_figures(ctx, TEAM, tossed("T HHHHHHT T T"))
    assert {f.kind: f.bands for f in known(ctx) if f.track_id} == {
        FigureKind.BEFORE_AFTER: {"before": LOW, "after": MIDDLE}
    }


@pytest.fixture
def tossed() -> Callable[[str], Callable[[], bool]]:
    """A coin whose tosses are known."""

    def coin(tosses: str) -> Callable[[], bool]:
        left = iter(tosses.replace(" ", ""))
        return lambda: next(left) == "H"

    return coin
