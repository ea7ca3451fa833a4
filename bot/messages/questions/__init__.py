"""The drawing of each kind of question, in a file of the same name as in `bot/domain/questions`.

`bot/messages/item.py` draws the message around it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Protocol, cast

from bot.domain.questions import KINDS, AnyQuestion, Response
from bot.messages.builder import Block


@dataclass(frozen=True)
class Field:
    """A field that is written into, and its label in plain words."""

    label: str
    element: Block


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question that waits for an answer."""

    text: str
    """The question as mrkdwn."""
    elements: Sequence[Block]
    """The elements that answer it."""
    spoken: str
    """The choices, for those who only hear the text; "" where `text` has them."""
    alone: bool = False
    """Nothing else fits into the row of the elements."""
    field: Field | None = None
    """The field above the elements."""


class Drawing(Protocol):
    """The functions in the file of a kind."""

    def ask(self, question: Any, place: int, /) -> Asked:
        """Return the question as it is asked, at this place of its message."""

    def explain(self, question: Any, response: Any, /, *, guessed: bool) -> Sequence[str]:
        """Return what stands below the question once it is answered, as paragraphs of mrkdwn."""

    def again(self, question: Any, response: Any, /) -> str:
        """Return the words at a question after a wrong try that isn't the last, for kinds that allow several."""

    def name(self, question: Any, response: Any, /) -> str:
        """Return what was answered, as mrkdwn within a sentence."""

    def comment(self, question: Any, response: Any, /) -> Sequence[str]:
        """Return what follows an answer that was typed and named, as paragraphs of mrkdwn."""

    def how_to_type(self, question: Any, /) -> str:
        """Return how the question is answered, for somebody whose words couldn't be counted as an answer."""


_DRAWINGS: Mapping[str, Drawing] = {kind: cast("Drawing", import_module(f"{__name__}.{kind}")) for kind in KINDS}


def ask(question: AnyQuestion, place: int) -> Asked:
    """Return the question as it is asked, at this place of its message, the first being 1."""
    return _DRAWINGS[question.kind].ask(question, place)


def explain(question: AnyQuestion, response: Response, *, guessed: bool = False) -> Sequence[str]:
    """Return what stands below the question once it is answered, as paragraphs of mrkdwn.

    `guessed`: it was answered before its text was shown.
    """
    return _DRAWINGS[question.kind].explain(question, response, guessed=guessed)


def again(question: AnyQuestion, response: Response) -> str:
    """Return the words at a question after a wrong try that isn't the last."""
    return _DRAWINGS[question.kind].again(question, response)


def name(question: AnyQuestion, response: Response) -> str:
    """Return what was answered, as mrkdwn within a sentence."""
    return _DRAWINGS[question.kind].name(question, response)


def comment(question: AnyQuestion, response: Response) -> Sequence[str]:
    """Return what follows an answer that was typed and named, as paragraphs of mrkdwn."""
    return _DRAWINGS[question.kind].comment(question, response)


def how_to_type(question: AnyQuestion) -> str:
    """Return how the question is answered, for somebody whose words couldn't be counted as an answer."""
    return _DRAWINGS[question.kind].how_to_type(question)
