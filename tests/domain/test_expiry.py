"""Items are due for a review by the date that their editor set."""

from __future__ import annotations

from datetime import date

from bot.domain.content import Catalogue
from bot.domain.expiry import expired, to_review, to_tell
from tests.helpers import lesson, term

ITEMS = (
    lesson("late", review_by=date(2026, 3, 2)), lesson("c", review_by=date(2026, 2, 1)), lesson("never"),
    term("b", review_by=date(2026, 2, 1)),
)  # fmt: skip
CATALOGUE = Catalogue({item.id: item for item in ITEMS})


def test_the_oldest_date_comes_first_and_on_the_same_date_the_id_decides() -> None:
    assert [item.id for item in to_review(CATALOGUE, date(2026, 3, 2))] == ["b", "c", "late"]
    assert [item.id for item in to_review(CATALOGUE, date(2026, 3, 1))] == ["b", "c"]


def test_on_its_date_an_item_has_not_expired_and_on_the_next_it_has() -> None:
    assert [item.id for item in expired(CATALOGUE, date(2026, 3, 2))] == ["b", "c"]
    assert [item.id for item in expired(CATALOGUE, date(2026, 3, 3))] == ["b", "c", "late"]


def test_an_admin_is_told_on_the_first_seven_days_of_a_month() -> None:
    assert [len(to_tell(CATALOGUE, date(2026, 4, day))) for day in (1, 7, 8, 30)] == [3, 3, 0, 0]
