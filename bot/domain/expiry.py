"""What should be looked at again by a date its editor set, since it ages."""

from __future__ import annotations

from datetime import date, timedelta

from bot.domain.content import Catalogue, Item

NOTICE = timedelta(days=60)
"""How long before its date an item is named to whoever edits."""
TOLD_DAYS = 7
"""On the first days of a month an admin's Home names what has expired: ADR 0029."""


def to_review(catalogue: Catalogue, by: date) -> list[Item]:
    """The items whose date comes on this day or before, the oldest first."""
    dated = [(item.review_by, item.id, item) for item in catalogue.items.values() if item.review_by is not None]
    return [item for when, _, item in sorted(dated, key=lambda d: d[:2]) if when <= by]


def expired(catalogue: Catalogue, today: date) -> list[Item]:
    """The items whose date has gone by."""
    return to_review(catalogue, today - timedelta(days=1))


def to_tell(catalogue: Catalogue, today: date) -> list[Item]:
    """What an admin's Home names on this day: what has expired, in the first week of a month, nothing otherwise."""
    return expired(catalogue, today) if today.day <= TOLD_DAYS else []
