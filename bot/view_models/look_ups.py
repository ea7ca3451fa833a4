"""Words that were looked up, as their writers are told of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class LookUpLine:
    """A word, and how many people looked it up: a multiple of ten, rounded down."""

    word: str
    people: int


@dataclass(frozen=True, kw_only=True)
class LookUpsView:
    """The words of one month, the most looked up first. `explained`: terms; `lacking`: words that none explains."""

    month: date
    explained: tuple[LookUpLine, ...]
    lacking: tuple[LookUpLine, ...]
