"""A question that is answered with a number: a field, in whichever way the number is written."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.questions import Number, Written
from bot.messages.questions import Asked, written


def ask(question: Number, place: int) -> Asked:
    """Return the question with its field."""
    return written.ask(
        question, place, f"Your answer, in {question.unit}" if question.unit else "Your answer, a number"
    )


def explain(question: Number, response: Written, *, guessed: bool) -> Sequence[str]:
    """Return the reason of what was written and, where it is wrong, the right answer with its own."""
    return written.explain(question, response, guessed=guessed)


def name(question: Number, response: Written) -> str:
    """Return what was written."""
    return written.name(question, response)


def comment(question: Number, response: Written) -> Sequence[str]:
    """Return what stands below the question too."""
    return written.explain(question, response, guessed=False)


def how_to_type(question: Number) -> str:  # noqa: ARG001 - the same for each
    """Return where it is answered."""
    return "The open question asks for a number: write it into the field of its message. Nothing was counted."


def again(question: Number, response: Written) -> str:  # noqa: ARG001 - the same for each
    """Return what stands at the field after a wrong first try."""
    return "Not that number. One more try, then you see the reasons."
