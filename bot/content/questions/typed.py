"""Rules of a question that is answered with a word or a few."""

from __future__ import annotations

from collections.abc import Iterator

from bot.content.questions import written
from bot.domain.questions import Typed
from bot.domain.questions.typed import normal

MOST_WORDS = 5


def faults(question: Typed) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with it."""
    before = list(written.faults(question))
    yield from before
    for choice in question.foreseen(right=True):
        for spelled in question.spellings(choice):
            if not normal(spelled):
                yield f'"{spelled}" has neither a letter nor a digit', "Name it in words"
            elif len(spelled.split()) > MOST_WORDS:
                yield f'"{spelled}" is long to write on a phone', f"Ask for {MOST_WORDS} words at most, or give choices"
    if not before and question.foreseen(right=True):
        yield from written.meant_twice(question, "a slip of a letter is forgiven")
