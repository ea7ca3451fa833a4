"""The words that people looked up, in words for whoever writes words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.messages import formatting
from bot.messages.figures import month_named
from bot.view_models.look_ups import LookUpLine, LookUpsView

HOW = "Words that ten people or more looked up, counted when a month is over. Nobody is told who."


def in_words(view: LookUpsView, most: int) -> Iterator[str]:
    """Yield a sentence on the terms, and one on the words that no term explains; `most` words in each."""
    month = month_named(view.month)
    if view.explained:
        yield f"Looked up in {month}: {_listed(view.explained, most)}."
    if view.lacking:
        yield f"Met in {month}, and not explained here: {_listed(view.lacking, most)}."


def _listed(lines: Sequence[LookUpLine], most: int) -> str:
    named = [f"{line.word} ({line.people} people or more)" for line in lines[:most]]
    more = [f"{len(lines) - most} more"] if len(lines) > most else []
    return formatting.listed([*named, *more])
