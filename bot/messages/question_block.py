"""A question that waits for an answer, with what stands beside its elements."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.questions import AnyQuestion, Response
from bot.messages import ids, questions
from bot.messages.builder import Block, Builder

FIELD_BLOCK = 3
"""The place of a question's field among the blocks about its asking."""


def put_question(
    builder: Builder,
    question: AnyQuestion,
    *,
    place: int,
    block_id: str,
    aside: Sequence[Block],
    tried: Response | None = None,
) -> None:
    """Add a question.

    Args:
        builder: the message.
        question: the question.
        place: its place among those of the message, the first being 1.
        block_id: the id of the block about its asking.
        aside: what else can be tapped there.
        tried: a wrong response that may be tried once more.
    """
    asked = questions.ask(question, place)
    builder.say(asked.text)
    if tried is not None:
        builder.say(questions.again(question, tried))
    if asked.field is not None:
        builder.field(ids.block(block_id, FIELD_BLOCK), asked.field.label, asked.field.element)
    elements = asked.elements if asked.alone else [*asked.elements, *aside]
    builder.actions(block_id, elements, asked.spoken)
    if asked.alone and aside:
        builder.actions(ids.block(block_id, 2), aside)
