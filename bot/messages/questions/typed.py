"""A question that is answered with a word or a few: a field."""

from __future__ import annotations

from bot.domain.questions import Typed, Written
from bot.messages.questions import Asked, written
from bot.messages.questions.written import comment, explain, name

__all__ = ["again", "ask", "comment", "explain", "how_to_type", "name"]


def ask(question: Typed, place: int) -> Asked:
    """Return the question with its field."""
    return written.ask(question, place, "Your answer, in a word or a few")


def how_to_type(question: Typed) -> str:  # noqa: ARG001 - the same for each
    """Return where it is answered."""
    return "The open question asks for a word: write it into the field of its message. Nothing was counted."


def again(question: Typed, response: Written) -> str:
    """Return what stands at the field after a wrong first try."""
    return (
        "Almost: look at the spelling. One more try, then you see the reasons."
        if question.near(response)
        else "Not that. One more try, then you see the reasons."
    )
