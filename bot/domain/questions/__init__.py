"""The kinds of questions, one a file.

A kind is a file here and its line in `KINDS`, and a file of the same name in `bot/messages/questions`, which draws it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.domain.questions.base import LETTERS, Choice, ChoiceQuestion, Fault, NoResponseError, Question, Response
from bot.domain.questions.number import Number
from bot.domain.questions.one_right import Chosen, OneRight
from bot.domain.questions.several_right import SeveralRight, Ticked
from bot.domain.questions.typed import Typed
from bot.domain.questions.written import Written, WrittenQuestion

KINDS: Mapping[str, type[Question[Any]]] = {
    kind.kind: kind
    for kind in (
        OneRight,
        SeveralRight,
        Number,
        Typed,
    )
}

AnyQuestion = Question[Any]

__all__ = [
    "KINDS",
    "LETTERS",
    "AnyQuestion",
    "Choice",
    "ChoiceQuestion",
    "Chosen",
    "Fault",
    "NoResponseError",
    "Number",
    "OneRight",
    "Question",
    "Response",
    "SeveralRight",
    "Ticked",
    "Typed",
    "Written",
    "WrittenQuestion",
]


def pack(question: AnyQuestion) -> dict[str, Any]:
    """Return the question as it is stored.

    The first kind stands there without its name: a wording that was stored before there were kinds keeps its hash.
    """
    made = question.pack()
    return made if isinstance(question, OneRight) else {"kind": question.kind, **made}


def unpack(stored: Mapping[str, Any]) -> AnyQuestion:
    """Return the question that `pack` was given."""
    return KINDS[stored.get("kind", OneRight.kind)].unpack(stored)
