"""Choices, as every kind of question that has some draws them: lettered in the text where buttons would cut them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.domain.questions import Choice, ChoiceQuestion
from bot.limits import OPTION_TEXT, PHONE_LABEL
from bot.messages.mrkdwn import bold, label, plain, rich

MOST_BUTTONS = 5
LETTERS = "ABCDEFGHIJ"


def lettered(choices: Sequence[Choice]) -> bool:
    """Return True where the choices stand lettered in the text, since a phone would cut them on buttons."""
    most = PHONE_LABEL if len(choices) <= MOST_BUTTONS else OPTION_TEXT
    return any(len(label(choice.text)) > most for choice in choices)


def labels(choices: Sequence[Choice]) -> list[str]:
    """Return the text of each choice's button: its letter, where the choices are lettered."""
    with_letters = lettered(choices)
    return [LETTERS[n] if with_letters else label(choice.text) for n, choice in enumerate(choices)]


def stem(question: ChoiceQuestion[Any]) -> str:
    """Return the question as mrkdwn, with the choices below it where they are lettered."""
    text = bold(question.stem)
    if lettered(question.choices):
        text += "".join(f"\n*{LETTERS[n]}*  {rich(c.text)}" for n, c in enumerate(question.choices))
    return text


def spoken(choices: Sequence[Choice]) -> str:
    """Return the choices for those who only hear the text; "" where `stem` has them."""
    return "" if lettered(choices) else "Choices: " + "; ".join(plain(c.text) for c in choices)
