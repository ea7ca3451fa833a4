"""Rules of a question with several right choices."""

from __future__ import annotations

from collections.abc import Iterator

from bot.content.questions.by_position import by_position
from bot.domain.questions import SeveralRight


def faults(question: SeveralRight) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with it."""
    yield from by_position(question.choices)
