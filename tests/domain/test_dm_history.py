"""One reading of a DM's history, page by page: what it proves there, and what it proves absent."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from bot.domain.delivery import Delivery, Slot, State
from bot.domain.dm_history import HistoryPage, HistoryScan

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)


def uncertain(delivery_id: str, attempt: int = 1) -> Delivery:
    return Delivery(
        workspace_id="T", delivery_id=delivery_id, learner_id="U", slot=Slot.DAILY, state=State.UNCERTAIN, due_at=NOW,
        attempt=attempt,
    )  # fmt: skip


def test_a_scan_knows_nothing_before_its_first_page() -> None:
    scan = HistoryScan.begin(NOW, [uncertain("a")])
    assert (scan.since, scan.cursor, scan.over) == (NOW, "", False)
    assert not scan.decided(uncertain("a"))


def test_what_is_found_is_decided_at_once_and_what_isnt_only_after_the_last_page() -> None:
    scan = HistoryScan.begin(NOW, [uncertain("a"), uncertain("b")])
    scan.take(HistoryPage({"a": "1.0"}, cursor="next"))
    assert (scan.cursor, scan.over) == ("next", False)
    assert (scan.decided(uncertain("a")), scan.decided(uncertain("b"))) == (True, False)
    scan.take(HistoryPage({"c": "2.0"}, cursor=""))
    assert scan.over
    assert scan.found == {"a": "1.0", "c": "2.0"}
    assert scan.decided(uncertain("b"))


def test_what_became_uncertain_after_the_scan_began_is_found_but_never_missed() -> None:
    scan = HistoryScan.begin(NOW, [uncertain("a")])
    scan.take(HistoryPage({"late": "1.0"}, cursor=""))
    assert scan.decided(uncertain("late"))
    for other in (uncertain("other"), replace(uncertain("a"), attempt=2)):
        assert not scan.asks_about(other)
        assert not scan.decided(other)
