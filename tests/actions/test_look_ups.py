"""Words that people look up: counted by the month, from ten people up, and nobody can be found by them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from bot.actions.erasing import erase
from bot.actions.look_ups import note_lacking, note_terms
from bot.context import AppContext
from bot.delivery import LookUpNotes
from bot.domain.local_time import month_of
from bot.domain.rider import LOOK_UPS_NOTICE
from bot.queries.look_ups import looked_up
from bot.store import learners, look_ups, tables
from tests.helpers import ADMIN, TEAM, FakeClock

MARCH, APRIL, MAY = date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)


@pytest.fixture
def notes(clock: FakeClock) -> LookUpNotes:
    """What one process has noted."""
    return LookUpNotes(lambda: month_of(clock.business()))


@pytest.fixture
def ctx(ctx: AppContext, notes: LookUpNotes) -> AppContext:
    """A bot that notes what is looked up."""
    return replace(ctx, looked_up=notes.note)


def welcomed(ctx: AppContext, people: int, first: int = 0) -> None:
    """So many people were welcomed, and know what is counted."""
    with ctx.db.write() as session:
        for n in range(first, first + people):
            learners.ensure(session, TEAM, f"U{n}")
            known = learners.get(session, TEAM, f"U{n}")
            assert known is not None
            learners.update(session, known, welcome_done=True)


def look_up(ctx: AppContext, notes: LookUpNotes, people: int, *, first: int = 0, word: str = "x") -> None:
    """So many people look up a term."""
    welcomed(ctx, people, first)
    for n in range(first, first + people):
        note_terms(ctx, TEAM, f"U{n}", [word])
    notes.store(ctx)


def close(ctx: AppContext, notes: LookUpNotes) -> None:
    """The first tick of a day, in a workspace where many others looked up nothing."""
    welcomed(ctx, 60, 100)
    notes.store(ctx)


def to(clock: FakeClock, day: date) -> None:
    clock.at = datetime(day.year, day.month, day.day, 6, tzinfo=UTC)


def told(ctx: AppContext) -> list[tuple[date, str, str, int]]:
    with ctx.db.read() as session:
        return [(each.month, each.about.value, each.word, each.people) for each in look_ups.counts(session, TEAM)]


def rows(ctx: AppContext) -> int:
    with ctx.db.read() as session:
        return len(session.execute(select(tables.look_up)).all())


def keys(ctx: AppContext) -> list[str]:
    with ctx.db.read() as session:
        return list(session.execute(select(tables.look_up_key.c.key)).scalars())


@pytest.mark.parametrize(("people", "counted"), [(9, []), (10, [10]), (27, [20])])
def test_a_word_is_told_of_from_ten_people_up_once_the_month_is_over(
    ctx: AppContext, notes: LookUpNotes, clock: FakeClock, people: int, counted: list[int]
) -> None:
    look_up(ctx, notes, people)
    look_up(ctx, notes, people)
    assert rows(ctx) == people, "each once, however often they look"
    assert told(ctx) == []
    to(clock, APRIL)
    close(ctx, notes)
    assert told(ctx) == [(MARCH, "term", "x", each) for each in counted]
    assert rows(ctx) == 0
    assert keys(ctx) == [], "the key is thrown away with the month"


def test_each_month_is_counted_by_itself_under_a_key_of_its_own(
    ctx: AppContext, notes: LookUpNotes, clock: FakeClock
) -> None:
    look_up(ctx, notes, 6)
    (before,) = keys(ctx)
    to(clock, APRIL)
    close(ctx, notes)
    look_up(ctx, notes, 6, first=6)
    assert keys(ctx) != [before]
    to(clock, MAY)
    close(ctx, notes)
    assert told(ctx) == [], "six and six others are never twelve"


def test_what_was_noted_in_a_month_that_is_over_is_left_out(
    ctx: AppContext, notes: LookUpNotes, clock: FakeClock
) -> None:
    welcomed(ctx, 15)
    for n in range(12):
        note_terms(ctx, TEAM, f"U{n}", ["x"])
    to(clock, APRIL)
    notes.store(ctx)
    assert rows(ctx) == 0


def test_admins_who_write_the_words_arent_counted(ctx: AppContext, notes: LookUpNotes, clock: FakeClock) -> None:
    look_up(ctx, notes, 9)
    note_terms(ctx, TEAM, ADMIN, ["x"])
    notes.store(ctx)
    assert rows(ctx) == 9


def test_of_a_text_only_listed_words_are_noted(ctx: AppContext, notes: LookUpNotes, clock: FakeClock) -> None:
    welcomed(ctx, 15)
    for n in range(10):
        note_lacking(ctx, TEAM, f"U{n}", "Our board is worried. Retail media, says Ms Ito, is a lookback window.")
    notes.store(ctx)
    to(clock, APRIL)
    close(ctx, notes)
    assert told(ctx) == [(MARCH, "lacking", "lookback window", 10), (MARCH, "lacking", "retail media", 10)]


def test_no_row_names_anybody_and_two_words_of_one_person_have_nothing_in_common(
    ctx: AppContext, notes: LookUpNotes
) -> None:
    welcomed(ctx, 2)
    note_terms(ctx, TEAM, "U1", ["x", "y"])
    notes.store(ctx)
    with ctx.db.read() as session:
        found = session.execute(select(tables.look_up)).mappings().all()
    assert len({row["pseudonym"] for row in found}) == 2
    assert "U1" not in str(found)


def test_whoever_is_erased_is_taken_out_and_what_is_still_in_memory_isnt_stored(
    ctx: AppContext, notes: LookUpNotes, clock: FakeClock
) -> None:
    look_up(ctx, notes, 10)
    look_up(ctx, notes, 4, word="y")
    note_terms(ctx, TEAM, "U3", ["z"])
    erase(ctx, TEAM, "U3")
    notes.store(ctx)
    assert rows(ctx) == 9 + 3
    to(clock, APRIL)
    close(ctx, notes)
    assert told(ctx) == []


def test_two_processes_count_one_person_once(ctx: AppContext, notes: LookUpNotes) -> None:
    look_up(ctx, notes, 10)
    welcomed(ctx, 15)
    other = LookUpNotes(lambda: month_of(ctx.clock.business()))
    beside = replace(ctx, looked_up=other.note)
    for n in range(5, 15):
        note_terms(beside, TEAM, f"U{n}", ["x"])
    other.store(beside)
    assert rows(ctx) == 15


def test_whoever_writes_words_reads_the_latest_month_first_and_nothing_that_is_explained_since(
    ctx: AppContext, notes: LookUpNotes, clock: FakeClock
) -> None:
    gone, there = "not-there-any-more", ctx.catalogue_of(TEAM).terms[0]
    look_up(ctx, notes, 10, word=gone)
    look_up(ctx, notes, 30, word=there.id)
    for n in range(10):
        note_lacking(ctx, TEAM, f"U{n}", "retail media")
    notes.store(ctx)
    to(clock, APRIL)
    close(ctx, notes)
    look_up(ctx, notes, 12, word=there.id)
    to(clock, MAY)
    close(ctx, notes)
    with ctx.db.read() as session:
        april, march = looked_up(session, TEAM, ctx.catalogue_of(TEAM))
        written = ctx.catalogue_of(TEAM)
        explained = replace(written, items={**written.items, "rm": replace(there, id="rm", term="Retail media")})
        (_, since) = looked_up(session, TEAM, explained)
    assert [(line.word, line.people) for line in march.explained] == [(there.term, 30), (gone, 10)]
    assert [(line.word, line.people) for line in march.lacking] == [("retail media", 10)]
    assert [(line.word, line.people) for line in april.explained] == [(there.term, 10)]
    assert since.lacking == ()


def test_of_a_word_that_nearly_everybody_looked_up_nothing_is_told(
    ctx: AppContext, notes: LookUpNotes, clock: FakeClock
) -> None:
    look_up(ctx, notes, 20)
    look_up(ctx, notes, 11, word="y")
    # nine others in all
    welcomed(ctx, 9, 50)
    to(clock, APRIL)
    notes.store(ctx)
    assert told(ctx) == [(MARCH, "term", "y", 10)]


def test_nobody_is_counted_before_they_were_told(ctx: AppContext, notes: LookUpNotes) -> None:
    welcomed(ctx, 2)
    with ctx.db.write() as session:
        known = learners.get(session, TEAM, "U1")
        assert known is not None
        learners.update(session, known, privacy_told=LOOK_UPS_NOTICE - 1)
        learners.ensure(session, TEAM, "U2")
    for n in range(4):
        note_terms(ctx, TEAM, f"U{n}", ["x"])
    notes.store(ctx)
    assert rows(ctx) == 1, "one came before it was counted, one was never welcomed, one is a stranger"


def test_what_couldnt_be_stored_is_stored_with_the_next_tick(
    ctx: AppContext, notes: LookUpNotes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise OSError("the disk is full")

    welcomed(ctx, 2)
    note_terms(ctx, TEAM, "U1", ["x"])
    with monkeypatch.context() as patch:
        patch.setattr(look_ups, "note", fails)
        with pytest.raises(OSError, match="full"):
            notes.store(ctx)
    assert rows(ctx) == 0
    notes.store(ctx)
    assert rows(ctx) == 1
