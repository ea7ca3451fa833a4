"""A question with one right choice: a button for each, or radio buttons where there are many."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.questions import Chosen, OneRight
from bot.messages import ids
from bot.messages.builder import button, menu, option
from bot.messages.mrkdwn import bold, label, rich
from bot.messages.questions import Asked
from bot.messages.questions.choices import LETTERS, MOST_BUTTONS, labels, lettered, spoken, stem


def ask(question: OneRight, place: int) -> Asked:
    """Return the question with a button for each choice."""
    choices = question.choices
    if len(choices) > MOST_BUTTONS:
        options = [option(text, str(n)) for n, text in enumerate(labels(choices))]
        radio = menu("radio_buttons", ids.answer(place), options)
        return Asked(text=stem(question), elements=[radio], spoken=spoken(choices), alone=True)
    heard = [f"{LETTERS[n]}: {label(c.text)}" if lettered(choices) else "" for n, c in enumerate(choices)]
    buttons = [button(text, ids.answer(place, n), heard=heard[n]) for n, text in enumerate(labels(choices))]
    return Asked(text=stem(question), elements=buttons, spoken=spoken(choices))


def explain(question: OneRight, response: Chosen) -> Sequence[str]:
    """Return the reason of the choice and, where another is right, that one's."""
    choice, right = question.choices[response.choice], question.choices[question.right]
    if choice.right:
        return [f"{_headed('{} is right:', 'Right:', question, response.choice)}\n{rich(choice.reason)}"]
    return [
        f"{_headed('You chose {}:', 'You chose:', question, response.choice)}\n{rich(choice.reason)}",
        f"{_headed('{} is better:', 'Better:', question, question.right)}\n{rich(right.reason)}",
    ]


def name(question: OneRight, response: Chosen) -> str:
    """Return the choice, with its letter where it has one."""
    return _named(question, response.choice)


def comment(question: OneRight, response: Chosen) -> Sequence[str]:
    """Return the reason of the choice and, where another is right, that one's."""
    choice, right = question.choices[response.choice], question.choices[question.right]
    if choice.right:
        return [f"*Right.* {rich(choice.reason)}"]
    return [rich(choice.reason), f"*Better:* {_named(question, question.right)}\n{rich(right.reason)}"]


def how_to_type(question: OneRight) -> str:
    """Return how many choices there are, and the letter of the first."""
    choices = question.choices
    has = f"the choices A to {LETTERS[len(choices) - 1]}" if lettered(choices) else f"{len(choices)} choices"
    return f"The open question has {has}, so nothing was counted. _A_ would be the first of them."


def _headed(with_letter: str, without: str, question: OneRight, index: int) -> str:
    head = with_letter.format(LETTERS[index]) if lettered(question.choices) else without
    return f"*{head}* {rich(question.choices[index].text)}"


def _named(question: OneRight, index: int) -> str:
    letter = f"{LETTERS[index]}, " if lettered(question.choices) else ""
    return bold(f"{letter}{question.choices[index].text}")
