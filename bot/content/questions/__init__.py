"""The rules of each kind of question for its author, in a file of the same name as in `bot/domain/questions`.

`bot/content/question_section.py` reads the section of a file; these say what is wrong with the question in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any, Protocol, cast

from bot.content.markdown import shown_words
from bot.domain.questions import KINDS, AnyQuestion
from bot.domain.questions.forms import FORMS

Finding = tuple[str, str]
"""A problem and its remedy, in words for an author."""
MOST_CHOICES = 10


class Rules(Protocol):
    """The functions in the file of a kind."""

    def faults(self, question: Any, /) -> Iterator[Finding]:
        """Yield what is wrong with a question of this kind, besides what can be wrong with any."""


_RULES: Mapping[str, Rules] = {kind: cast("Rules", import_module(f"{__name__}.{kind}")) for kind in KINDS}


def kind_and_form(heading: str) -> tuple[str, str] | None:
    """Return the kind and the form that a heading names before its colon; None for one that there isn't."""
    name = heading.casefold().removeprefix("question").strip(" ,-–—()")
    if name in FORMS:
        return "one_right", name
    return next(((kind.kind, "") for kind in KINDS.values() if kind.heading == name), None)


def names() -> list[str]:
    """Return all that may be named in a heading."""
    return [*filter(None, FORMS), *(kind.heading for kind in KINDS.values() if kind.heading)]


def faults(question: AnyQuestion) -> Iterator[Finding]:
    """Yield what is wrong with a question that was read."""
    choices = question.choices
    if len(choices) < 2:
        yield "the question has fewer than two choices", 'Add lines such as "- [ ] the choice"'
    if len(choices) > MOST_CHOICES:
        yield f"the question has more than {MOST_CHOICES} choices", "Keep the best four"
    if len({shown_words(choice.text) for choice in choices}) < len(choices):
        yield "two choices read the same", "Change one of them"
    yield from _marks(question)
    yield from _RULES[question.kind].faults(question)


def _marks(question: AnyQuestion) -> Iterator[Finding]:
    """Yield what is wrong with the number of choices that are marked as right."""
    rights = sum(choice.right for choice in question.choices)
    fewest, most = question.fewest_right, question.most_right
    if not rights:
        yield "no choice is marked as right", "Mark one with [x]"
    elif rights < fewest:
        yield f"only {rights} choice is marked as right", f"Mark {fewest} or more with [x]"
    elif rights > most:
        remedy = 'Keep one [x], or write "Question, several right" in the heading'
        yield f"{rights} choices are marked as right, and one is meant", remedy
    elif rights == len(question.choices):
        yield "every choice is marked as right", "Leave one without an x: [ ]"
