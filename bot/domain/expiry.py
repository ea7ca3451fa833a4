"""Items that are due for a review, by the date that their editor set."""

from __future__ import annotations

from datetime import date, timedelta

from bot.domain.content import Catalogue, Item

NOTICE = timedelta(days=60)
"""The time before its review date from which `lessons check` warns of an item."""
TOLD_DAYS = 7
"""An admin's Home names expired items on the first days of a month: ADR 0029."""


def to_review(catalogue: Catalogue, by: date) -> list[Item]:
    """Return the items whose review date is on this day or before, oldest first."""
    dated = [(item.review_by, item.id, item) for item in catalogue.items.values() if item.review_by is not None]
    return [item for when, _, item in sorted(dated, key=lambda d: d[:2]) if when <= by]


def expired(catalogue: Catalogue, today: date) -> list[Item]:
    """Return the items whose review date has passed."""
    return to_review(catalogue, today - timedelta(days=1))


def to_tell(catalogue: Catalogue, today: date) -> list[Item]:
    """Return the expired items in the first week of a month, and none on other days, for an admin's Home."""
    return expired(catalogue, today) if today.day <= TOLD_DAYS else []
