"""A brief before a meeting: some terms and some questions."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class BriefTerm:
    """A term with the first sentence of its meaning, which is Markdown."""

    term_id: str
    term: str
    gist: str


@dataclass(frozen=True)
class BriefView:
    """A brief about a track or a term. The questions are Markdown."""

    subject: str
    terms: tuple[BriefTerm, ...]
    questions: tuple[str, ...]
