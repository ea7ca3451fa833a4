"""A question that is answered with a number: a field, in whichever way the number is written."""

from __future__ import annotations

from bot.domain.questions import Number, Written
from bot.messages.questions import Asked, written
from bot.messages.questions.written import comment, explain, name

__all__ = ["again", "ask", "comment", "explain", "how_to_type", "name"]


def ask(question: Number, place: int) -> Asked:
    """Return the question with its field."""
    return written.ask(
        question, place, f"Your answer, in {question.unit}" if question.unit else "Your answer, a number"
    )


def how_to_type(question: Number) -> str:  # noqa: ARG001 - the same for each
    """Return where it is answered."""
    return "The open question asks for a number: write it into the field of its message. Nothing was counted."


def again(question: Number, response: Written) -> str:  # noqa: ARG001 - the same for each
    """Return what stands at the field after a wrong first try."""
    return "Not that number. One more try, then you see the reasons."
