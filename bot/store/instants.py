"""Stored real instants, as seen by clocks other than the one that stored them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, or_

from bot.domain.rate_limit import FARTHEST


def come(column: Any) -> ColumnElement[bool]:
    """Return the condition that a column's instant has come, or lies impossibly far ahead. `now` has its parameters."""
    return and_(
        column.is_not(None),
        or_(column <= bindparam("real", type_=column.type), column > bindparam("far", type_=column.type)),
    )


def now(real: datetime) -> dict[str, datetime]:
    """Return the parameters of `come`."""
    return {"real": real, "far": real + FARTHEST}


def odd(instant: datetime, real: datetime) -> bool:
    """Return True for an instant that has come, and that another clock, set otherwise, may have stored."""
    return not real - FARTHEST <= instant <= real
