"""Problems in files, worded for the person who edits them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process


@dataclass(frozen=True, order=True)
class Problem:
    """A problem: the file, the line, the problem and its remedy."""

    file: str
    line: int
    problem: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.problem}. {self.remedy}"


@dataclass
class Findings:
    """The problems and warnings of the whole folder. Problems keep it from being served."""

    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    def reporter(self, file: str) -> ProblemReporter:
        """Return the reporter of one file's problems."""
        return ProblemReporter(file, self)


@dataclass(frozen=True)
class ProblemReporter:
    """A reporter of the problems and warnings in one file."""

    file: str
    findings: Findings

    def problem(self, line: int, problem: str, remedy: str) -> None:
        """Report that something is wrong, or would be lost."""
        self.findings.problems.append(Problem(self.file, line, problem, remedy))

    def warn(self, line: int, problem: str, remedy: str) -> None:
        """Report that something can be served but probably isn't meant."""
        self.findings.warnings.append(Problem(self.file, line, problem, remedy))


def did_you_mean(word: str, known: Iterable[str], otherwise: str) -> str:
    """Return a remedy that names the nearest known word, or `otherwise`."""
    found = process.extractOne(word, sorted(known), scorer=fuzz.ratio, score_cutoff=60)
    return f'Did you mean "{found[0]}"?' if found else otherwise
