"""What is wrong in a file, worded for the person who edits it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, process


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend: where, what, and how."""

    file: str
    line: int
    problem: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.problem}. {self.remedy}"


def did_you_mean(word: str, known: Iterable[str], otherwise: str) -> str:
    """A remedy that names the nearest known word, or else says `otherwise`."""
    found = process.extractOne(word, sorted(known), scorer=fuzz.ratio, score_cutoff=60)
    return f'Did you mean "{found[0]}"?' if found else otherwise
