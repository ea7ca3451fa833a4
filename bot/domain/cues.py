"""Cues that give a question away: the length of its right choice, and words that confess. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.domain.blind_reading import chance
from bot.domain.questions import AnyQuestion, ChoiceQuestion

CONFESSING = (
    "so that nothing",
    "so that nobody",
    "so nobody",
    "so no one",
    "to be safe",
    "to play it safe",
    "to keep it quiet",
    "to hide",
    "to look",
    "without anybody noticing",
    "hoping",
    "hope that",
    "who cares",
    "nothing;",
    "nothing:",
)
"""Phrases in which a wrong choice says that it is one."""
ABSOLUTE = frozenset({"always", "never", "nobody", "nothing", "everybody", "everyone", "only", "all", "every", "none"})
"""Words that sensible people avoid, so that a choice with one of them is left out by its tone."""
RULES = ("longest", "second longest", "shortest", "plainest")
"""Rules by which somebody picks a choice without reading the question."""
MOST_POINTS = 10
"""Percentage points beyond chance up to which such a rule may be right."""
FEWEST_QUESTIONS = 20
"""Questions below which that says nothing."""
_WORD = re.compile(r"[a-z]+")
_IDIOM = re.compile(r"\b(?:at all|all the same)\b")
"""Idioms in which an absolute word isn't one. In *that all* there is none."""


@dataclass(frozen=True)
class RuleScore:
    """The number of questions in which a rule finds the right choice. `expected`: in which chance would."""

    rule: str
    hits: float
    expected: float
    questions: int

    @property
    def points(self) -> float:
        """Return the percentage points beyond chance."""
        return 100 * (self.hits - self.expected) / self.questions if self.questions else 0.0

    @property
    def gives_away(self) -> bool:
        """Return True where the rule is right too often to be chance."""
        return self.questions >= FEWEST_QUESTIONS and self.points > MOST_POINTS


def confesses(text: str) -> str:
    """Return the phrase with which a choice says that it is wrong; "" for none."""
    said = text.casefold()
    return next((phrase for phrase in CONFESSING if phrase in said), "")


def absolutes(text: str) -> frozenset[str]:
    """Return the absolute words in a text."""
    return ABSOLUTE.intersection(_WORD.findall(_IDIOM.sub("", text.casefold())))


def rule_scores(questions: Iterable[AnyQuestion]) -> list[RuleScore]:
    """Return how far each rule gets with the questions that have one right choice; where choices tie, it tosses."""
    asked = [q for q in questions if isinstance(q, ChoiceQuestion) and q.most_right == 1 and not q.fixed]
    expected = sum(chance(question) for question in asked)
    return [RuleScore(rule, sum(_hit(rule, q) for q in asked), expected, len(asked)) for rule in RULES]


def _hit(rule: str, question: ChoiceQuestion[Any]) -> float:
    """Return the probability, 0 to 1, that a rule picks the right choice."""
    texts = [choice.text for choice in question.choices]
    right = next(index for index, choice in enumerate(question.choices) if choice.right)
    picked = _picked(rule, texts)
    return 1 / len(picked) if right in picked else 0.0


def _picked(rule: str, texts: Sequence[str]) -> list[int]:
    """Return the choices between which a rule tosses."""
    if rule == "plainest":
        loud = [len(absolutes(text)) + bool(confesses(text)) for text in texts]
        return [index for index, count in enumerate(loud) if count == min(loud)]
    lengths = [len(text) for text in texts]
    place = {"longest": 0, "second longest": 1, "shortest": len(texts) - 1}[rule]
    wanted = sorted(lengths, reverse=True)[place]
    return [index for index, length in enumerate(lengths) if length == wanted]
