"""Figures of a report, as they were frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.domain.insight import Band, FigureKind


@dataclass(frozen=True)
class FigureView:
    """A frozen figure of a track. `month`: the first of the month in which it was made. `missed`: titles of items."""

    kind: FigureKind
    month: date
    bands: Mapping[str, Band]
    missed: tuple[str, ...] = ()


@dataclass(frozen=True)
class ActiveCount:
    """The number of people of the whole workspace who did something in a month, by its first day."""

    month: date
    people: int
