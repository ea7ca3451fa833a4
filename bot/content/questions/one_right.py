"""Rules of a question with one right choice: those of its form."""

from __future__ import annotations

from collections.abc import Iterator

from bot.content.questions.by_position import by_position
from bot.domain.questions import OneRight


def faults(question: OneRight) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with it."""
    form = question.kept_to
    if question.form and not form.fits([choice.text for choice in question.choices]):
        yield f'the choices don\'t fit a question of the form "{form.name}"', form.remedy
    if not question.fixed:
        yield from by_position(question.choices)
