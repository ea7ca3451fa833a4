"""The findings of a check."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """The severities of a finding."""

    GOOD = "ok"
    NOTE = "note"
    BAD = "wrong"


@dataclass(frozen=True)
class Finding:
    """The result of one check. `remedy` is empty if nothing need be done."""

    mark: Mark
    what: str
    remedy: str = ""

    def __str__(self) -> str:
        return f"{self.mark:>5}  {self.what}" + (f"\n       → {self.remedy}" if self.remedy else "")
