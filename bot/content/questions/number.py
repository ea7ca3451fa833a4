"""Rules of a question that is answered with a number."""

from __future__ import annotations

from collections.abc import Iterator

from bot.content.questions import written
from bot.domain.questions import Number
from bot.domain.questions.number import GIVE_OR_TAKE, amount

EXAMPLE = f'Write such as "- [x] 1,500 people, {GIVE_OR_TAKE} 100"'


def faults(question: Number) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with it."""
    before = list(written.faults(question))
    yield from before
    named = [spelled for choice in question.choices[:-1] for spelled in question.spellings(choice)]
    unread = [spelled for spelled in named if amount(spelled) is None]
    for spelled in unread:
        yield f'"{spelled}" isn\'t one number with a unit', EXAMPLE
    if not before and not unread and question.foreseen(right=True):
        yield from written.meant_twice(question, "a point or a comma may mark thousands or decimals")
