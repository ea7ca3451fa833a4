"""What one check says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """How a finding counts."""

    GOOD = "ok"
    NOTE = "note"
    BAD = "wrong"


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. `remedy` is empty when nothing need be done."""

    mark: Mark
    what: str
    remedy: str = ""

    def __str__(self) -> str:
        return f"{self.mark:>5}  {self.what}" + (f"\n       → {self.remedy}" if self.remedy else "")
