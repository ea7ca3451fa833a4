"""The kinds of questions, one a file.

A kind is a file here and its line in `KINDS`, and a file of the same name in `bot/messages/questions`, which draws it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from bot.domain.questions.base import Choice, ChoiceQuestion, Question, Response
from bot.domain.questions.one_right import Chosen, OneRight

KINDS: Mapping[str, type[Question[Any]]] = {
    kind.kind: kind
    for kind in (
        OneRight,
    )
}  # fmt: skip

AnyQuestion = Question[Any]

__all__ = ["KINDS", "AnyQuestion", "Choice", "ChoiceQuestion", "Chosen", "OneRight", "Question", "Response"]


def pack(question: AnyQuestion) -> dict[str, Any]:
    """Return the question as it is stored.

    The first kind stands there without its name: a wording that was stored before there were kinds keeps its hash.
    """
    made = asdict(question)
    return made if isinstance(question, OneRight) else {"kind": question.kind, **made}


def unpack(stored: Mapping[str, Any]) -> AnyQuestion:
    """Return the question that `pack` was given."""
    return KINDS[stored.get("kind", OneRight.kind)].unpack(stored)
