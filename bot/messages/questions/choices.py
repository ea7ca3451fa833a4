"""Choices, as every kind of question that has some draws them: lettered in the text where buttons would cut them.

A choice's letter is its place on the screen; what a tap sends is its index as the author wrote the choices.
"""

from __future__ import annotations

from typing import Any

from bot.domain.questions import LETTERS, ChoiceQuestion
from bot.limits import OPTION_TEXT, PHONE_LABEL
from bot.messages.mrkdwn import bold, label, plain, rich

MOST_BUTTONS = 5


def in_list(question: ChoiceQuestion[Any]) -> bool:
    """Return True where the choices stand below each other, since they don't fit on buttons."""
    return question.most_right > 1 or len(question.choices) > MOST_BUTTONS


def lettered(question: ChoiceQuestion[Any]) -> bool:
    """Return True where the choices stand lettered in the text, since a phone would cut them in their elements."""
    most = OPTION_TEXT if in_list(question) else PHONE_LABEL
    return any(len(label(choice.text)) > most for choice in question.choices)


def letter(question: ChoiceQuestion[Any], index: int) -> str:
    """Return the letter of the choice with this index."""
    return LETTERS[question.shown.index(index)]


def labels(question: ChoiceQuestion[Any]) -> list[tuple[int, str]]:
    """Return index and text of each choice's element, in the order on the screen: its letter, where there are some."""
    with_letters = lettered(question)
    return [(n, letter(question, n) if with_letters else label(question.choices[n].text)) for n in question.shown]


def stem(question: ChoiceQuestion[Any], how: str = "") -> str:
    """Return the question as mrkdwn, with the choices below it where they are lettered.

    `how`: a line below it that says how it is answered.
    """
    text = f"{bold(question.stem)}\n_{how}_" if how else bold(question.stem)
    if lettered(question):
        text += "".join(f"\n*{letter(question, n)}*  {rich(question.choices[n].text)}" for n in question.shown)
    return text


def spoken(question: ChoiceQuestion[Any]) -> str:
    """Return the choices for those who only hear the text; "" where `stem` has them."""
    if lettered(question):
        return ""
    return "Choices: " + "; ".join(plain(question.choices[n].text) for n in question.shown)


def named(question: ChoiceQuestion[Any], index: int) -> str:
    """Return a choice as mrkdwn within a sentence, with its letter where it has one."""
    with_letter = f"{letter(question, index)}, " if lettered(question) else ""
    return bold(f"{with_letter}{question.choices[index].text}")


def headed(question: ChoiceQuestion[Any], index: int, with_letter: str, without: str) -> str:
    """Return a choice below a heading, with its reason. `with_letter` has `{}` where the letter stands."""
    head = with_letter.format(letter(question, index)) if lettered(question) else without
    choice = question.choices[index]
    return f"*{head}* {rich(choice.text)}\n{rich(choice.reason)}"
