"""What Slack shows is noted for many messages in one transaction, where many are updated at once."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from bot.context import AppContext
from bot.delivery import shown_revisions
from bot.delivery.shown_revisions import ShownRevisions
from bot.delivery.tick_counts import TickCounts
from bot.domain.delivery import Delivery, Slot, State
from bot.domain.people import Learner
from bot.store import deliveries, lagging, learners
from tests.helpers import TEAM, FakeClock
from tests.patience import eventually
from tests.rows import deliveries_of


@pytest.fixture
def notes(ctx: AppContext) -> ShownRevisions:
    return ShownRevisions(ctx, TickCounts())


def sent_to(ctx: AppContext, learner_id: str, *delivery_ids: str) -> list[Delivery]:
    """Messages of a learner that have been sent, and lag since they were changed."""
    at = ctx.clock.business()
    with ctx.db.write() as session:
        learners.add(session, Learner(workspace_id=TEAM, learner_id=learner_id, name="", tz="UTC"))
        for delivery_id in delivery_ids:
            sent = Delivery(
                workspace_id=TEAM,
                delivery_id=delivery_id,
                learner_id=learner_id,
                slot=Slot.ASKED,
                state=State.SENT,
                due_at=at - timedelta(minutes=10),
                caused_by=delivery_id,
                channel_id="D1",
                ts="1.2",
            )
            assert deliveries.add(session, sent)
            lagging.touch(session, sent, ctx.clock.real())
        return deliveries_of(session, TEAM, learner_id)


def lag(ctx: AppContext, *learner_ids: str) -> set[str]:
    """Which of their messages lag."""
    with ctx.db.read() as session:
        found = [d for learner_id in learner_ids for d in deliveries_of(session, TEAM, learner_id)]
    return {d.delivery_id for d in found if d.lags_real is not None}


@contextmanager
def statements() -> Iterator[list[str]]:
    """What is asked of the database meanwhile: locks, and changes of messages."""
    seen: list[str] = []
    kinds = {"a lock": "FOR NO KEY UPDATE", "a note": "UPDATE delivery"}

    def look(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        seen.extend(kind for kind, sign in kinds.items() if sign in statement)

    event.listen(Engine, "before_cursor_execute", look)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", look)


def test_a_message_that_slack_shows_lags_no_more(ctx: AppContext, notes: ShownRevisions) -> None:
    notes.add(sent_to(ctx, "U1", "d1"))
    assert lag(ctx, "U1") == set()
    notes.add([])


def test_what_comes_while_one_writes_is_written_together_and_nobody_waits_for_it(
    ctx: AppContext, notes: ShownRevisions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shown_revisions, "MOMENT_SECONDS", 0.5)
    shown = {who: sent_to(ctx, who, f"d{who}") for who in ("U1", "U2", "U3", "U4", "U5")}
    notes.add(shown["U1"])
    written: list[int] = []
    write = notes._note

    def counted(some: list[Delivery], behind: tuple[str, str] | None = None) -> None:
        written.append(len(some))
        write(some, behind)

    monkeypatch.setattr(notes, "_note", counted)
    slow = threading.Thread(target=notes.add, args=(shown["U2"],))
    slow.start()
    eventually(lambda: notes._writing)
    for who in ("U3", "U4", "U5"):
        notes.add(shown[who])
    slow.join()
    assert [count for count in written if count] == [4]
    assert lag(ctx, *shown) == set()


def test_a_single_note_is_written_at_once_and_nothing_is_waited_for_after_it(
    ctx: AppContext, notes: ShownRevisions, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    monkeypatch.setattr(time, "sleep", waited.append)
    notes.add(sent_to(ctx, "U1", "d1"))
    assert lag(ctx, "U1") == set()
    assert [seconds for seconds in waited if seconds] == []


def test_whoever_changed_a_message_finds_it_lagging_although_an_older_note_was_written_since_they_looked_at_the_clock(
    ctx: AppContext, notes: ShownRevisions, clock: FakeClock
) -> None:
    (shown,) = sent_to(ctx, "U1", "d1")
    with ctx.db.write() as session:
        lagging.touch(session, shown, ctx.clock.real())
    looked = ctx.clock.real()
    clock.real_at += timedelta(milliseconds=1)
    notes.add([shown])
    with ctx.db.read() as session:
        assert [d.delivery_id for d in lagging.find(session, looked, 5, (TEAM, "U1"))] == ["d1"]


def test_several_messages_of_one_learner_are_written_behind_their_lock(ctx: AppContext, notes: ShownRevisions) -> None:
    shown = [*sent_to(ctx, "U1", "d1", "d2"), *sent_to(ctx, "U2", "d3")]
    with statements() as seen:
        notes.add(shown)
    # the one writer of SQLite is alone without a lock
    assert seen == ["a note", *([] if ctx.db.sqlite else ["a lock"]), "a note", "a note"]
    assert lag(ctx, "U1", "U2") == set()


def test_notes_that_could_not_be_written_leave_their_messages_lagging_and_the_next_are_written(
    ctx: AppContext, notes: ShownRevisions, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = sent_to(ctx, "U1", "d1"), sent_to(ctx, "U2", "d2")
    with monkeypatch.context() as patched:
        patched.setattr(lagging, "caught_up", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            notes.add(first)
    notes.add(second)
    assert lag(ctx, "U1", "U2") == {"d1"}
