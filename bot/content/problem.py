"""What is wrong in a file, worded for the person who edits it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

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


@dataclass
class Findings:
    """What was found in the whole folder. Problems keep it from being served, warnings don't."""

    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    def of(self, file: str) -> Say:
        """What takes one file's findings."""
        return Say(file, self)


@dataclass(frozen=True)
class Say:
    """Takes line, problem and remedy of what is wrong in one file."""

    file: str
    into: Findings

    def __call__(self, line: int, problem: str, remedy: str) -> None:
        """Something is wrong, or would be lost."""
        self.into.problems.append(Problem(self.file, line, problem, remedy))

    def warn(self, line: int, problem: str, remedy: str) -> None:
        """Something can be served and is probably not meant."""
        self.into.warnings.append(Problem(self.file, line, problem, remedy))


def did_you_mean(word: str, known: Iterable[str], otherwise: str) -> str:
    """A remedy that names the nearest known word, or else says `otherwise`."""
    found = process.extractOne(word, sorted(known), scorer=fuzz.ratio, score_cutoff=60)
    return f'Did you mean "{found[0]}"?' if found else otherwise
