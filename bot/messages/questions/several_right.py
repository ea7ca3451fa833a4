"""A question with several right choices: checkboxes and a button that sends them."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.questions import SeveralRight, Ticked
from bot.messages import ids
from bot.messages.builder import button, menu, option
from bot.messages.formatting import listed
from bot.messages.questions import Asked
from bot.messages.questions.choices import headed, labels, letter, lettered, named, spoken, stem


def ask(question: SeveralRight, place: int) -> Asked:
    """Return the question with a box for each choice."""
    boxes = menu("checkboxes", ids.answer(place), [option(shown, str(n)) for n, shown in labels(question)])
    check = button("Check", ids.answer(place, ids.SEND), style="primary")
    return Asked(
        text=stem(question, "Several are right. Tick them, then tap Check."),
        elements=[boxes, check],
        spoken=spoken(question),
        alone=True,
    )


def explain(question: SeveralRight, response: Ticked, *, guessed: bool) -> Sequence[str]:
    """Return the right ones with their reasons, or each choice that was taken the wrong way round with its own."""
    whose = "Your guess" if guessed else "Your answer"
    missed = question.missed(response)
    if not missed:
        shown = [n for n in question.shown if question.choices[n].right]
        return [f"*{whose} is right.*", *(headed(question, n, "{}:", "Right:") for n in shown)]
    return [
        f"*{'You guessed' if guessed else 'You ticked'}:* {name(question, response)}",
        *(
            headed(question, n, "{} belongs too:", "This belongs too:")
            if question.choices[n].right
            else headed(question, n, "{} doesn't belong:", "This doesn't belong:")
            for n in missed
        ),
    ]


def name(question: SeveralRight, response: Ticked) -> str:
    """Return the ticked choices: their letters, where they have some."""
    ticked = [n for n in question.shown if n in response.choices]
    return listed([f"*{letter(question, n)}*" if lettered(question) else named(question, n) for n in ticked])


def comment(question: SeveralRight, response: Ticked) -> Sequence[str]:
    """Return what stands below the question too."""
    return explain(question, response, guessed=False)


def how_to_type(question: SeveralRight) -> str:  # noqa: ARG001 - the same for each
    """Return that it is ticked and not typed."""
    return "Several choices of the open question are right: tick them there, then tap *Check*. Nothing was counted."
