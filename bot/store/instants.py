"""Stored real instants, and clocks that don't agree with the one that stored them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, or_

from bot.domain.rate_limit import FARTHEST


def come(column: Any) -> ColumnElement[bool]:
    """Whether the instant in a column has come; one further ahead than any has. `now` gives what it needs."""
    return and_(
        column.is_not(None),
        or_(column <= bindparam("real", type_=column.type), column > bindparam("far", type_=column.type)),
    )


def now(real: datetime) -> dict[str, datetime]:
    """The parameters of `come`."""
    return {"real": real, "far": real + FARTHEST}


def odd(instant: datetime, real: datetime) -> bool:
    """Whether an instant that has come lies where another clock, set otherwise, may have put it."""
    return not real - FARTHEST <= instant <= real
