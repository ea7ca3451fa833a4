"""The order of a question's choices: drawn for each asking, so that nobody learns the button."""

from __future__ import annotations

import hashlib

from bot.domain.questions import AnyQuestion, ChoiceQuestion


def drawn_order(question: AnyQuestion, *seed: str) -> str:
    """Return the indices of the choices in the drawn order, a digit each; "" where the order is fixed.

    `seed`: the ids of what it is drawn for. The same seed always draws the same, and each order is equally likely.
    """
    if not isinstance(question, ChoiceQuestion) or question.fixed:
        return ""
    drawn = " ".join((*seed, question.id))
    order = sorted(range(len(question.choices)), key=lambda index: hashlib.sha256(f"{drawn} {index}".encode()).digest())
    return "".join(str(index) for index in order)
