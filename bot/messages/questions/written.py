"""Questions with a field, as each of their kinds draws them."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.questions.written import LONGEST, Written, WrittenQuestion
from bot.messages import ids
from bot.messages.builder import button, plain_text
from bot.messages.mrkdwn import bold, escape, rich
from bot.messages.questions import Asked, Field


def ask(question: WrittenQuestion, place: int, label: str) -> Asked:
    """Return the question with a field; Enter sends it, and so does the button."""
    element = {
        "type": "plain_text_input",
        "action_id": ids.answer(place),
        "max_length": LONGEST,
        "placeholder": plain_text("Your answer"),
        "dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"]},
    }
    check = button("Check", ids.answer(place, ids.SEND), style="primary")
    return Asked(text=bold(question.stem), elements=[check], spoken="", field=Field(label=label, element=element))


def explain(question: WrittenQuestion, response: Written, *, guessed: bool) -> Sequence[str]:
    """Return the reason of what was written and, where it is wrong, the right answer with its own."""
    given, verb = question.choice_of(response), "guessed" if guessed else "wrote"
    wrote = f"*You {verb}:* {name(question, response)}"
    if given.right:
        return [f"{wrote}\n*Right:* {answer(question)}. {rich(given.reason)}"]
    almost = "That was almost it. " if question.near(response) else ""
    return [f"{wrote}\n{almost}{rich(given.reason)}", f"*Better:* {answer(question)}\n{rich(question.right.reason)}"]


def comment(question: WrittenQuestion, response: Written) -> Sequence[str]:
    """Return what stands below the question too."""
    return explain(question, response, guessed=False)


def answer(question: WrittenQuestion) -> str:
    """Return the right answer as mrkdwn."""
    return bold(question.spellings(question.right)[0])


def name(question: WrittenQuestion, response: Written) -> str:  # noqa: ARG001 - it stands as it was written
    """Return what was written, as mrkdwn within a sentence."""
    return f"“{escape(response.text)}”"
