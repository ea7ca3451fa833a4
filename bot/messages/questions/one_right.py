"""A question with one right choice: a button for each, or radio buttons where there are many."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.questions import LETTERS, Chosen, OneRight
from bot.messages import ids
from bot.messages.builder import button, menu, option
from bot.messages.mrkdwn import label, rich
from bot.messages.questions import Asked
from bot.messages.questions.choices import (
    headed,
    in_list,
    labels,
    letter,
    lettered,
    named,
    spoken,
    stem,
)


def ask(question: OneRight, place: int) -> Asked:
    """Return the question with a button for each choice."""
    text = stem(question, question.kept_to.label)
    if in_list(question):
        options = [option(shown, str(n)) for n, shown in labels(question)]
        radio = menu("radio_buttons", ids.answer(place), options)
        return Asked(text=text, elements=[radio], spoken=spoken(question), alone=True)
    with_letters = lettered(question)
    buttons = [
        button(shown, ids.answer(place, n), heard=_heard(question, n) if with_letters else "")
        for n, shown in labels(question)
    ]
    return Asked(text=text, elements=buttons, spoken=spoken(question))


def explain(question: OneRight, response: Chosen, *, guessed: bool) -> Sequence[str]:
    """Return the reason of the choice and, where another is right, that one's."""
    if question.choices[response.choice].right:
        right = ("Your guess, {}, is right:", "Your guess is right:") if guessed else ("{} is right:", "Right:")
        return [headed(question, response.choice, *right)]
    mine = ("You guessed {}:", "You guessed:") if guessed else ("You chose {}:", "You chose:")
    return [headed(question, response.choice, *mine), headed(question, question.right, "{} is better:", "Better:")]


def name(question: OneRight, response: Chosen) -> str:
    """Return the choice, with its letter where it has one."""
    return named(question, response.choice)


def comment(question: OneRight, response: Chosen) -> Sequence[str]:
    """Return the reason of the choice and, where another is right, that one's."""
    choice, right = question.choices[response.choice], question.choices[question.right]
    if choice.right:
        return [f"*Right.* {rich(choice.reason)}"]
    return [rich(choice.reason), f"*Better:* {named(question, question.right)}\n{rich(right.reason)}"]


def how_to_type(question: OneRight) -> str:
    """Return how many choices there are, and the letter of the first."""
    choices = len(question.choices)
    has = f"the choices A to {LETTERS[choices - 1]}" if lettered(question) else f"{choices} choices"
    return f"The open question has {has}, so nothing was counted. _A_ would be the first of them."


def _heard(question: OneRight, index: int) -> str:
    return f"{letter(question, index)}: {label(question.choices[index].text)}"
