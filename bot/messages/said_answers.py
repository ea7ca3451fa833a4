"""Answers to typed answers: a letter, a choice typed out, not knowing, disagreeing."""

from __future__ import annotations

from collections.abc import Callable

from bot.domain.content import Question
from bot.domain.views import SaidView
from bot.messages import ids
from bot.messages.coming import IDLE, coming_text, moment_buttons
from bot.messages.draft import Draft, button
from bot.messages.item import LETTERS, lettered
from bot.messages.mrkdwn import bold, rich
from bot.messages.talking import put_talk


def _answered(draft: Draft, view: SaidView) -> None:
    question = view.question
    if question is None:
        _no_question(draft, view)
        return
    choice, right = question.choices[view.choice], question.choices[question.right]
    draft.say(f"Your answer to “{rich(question.stem)}”: {_named(question, view.choice)}")
    if choice.right:
        draft.say(f"*Right.* {rich(choice.reason)}")
    else:
        draft.say(rich(choice.reason))
        draft.say(f"*Better:* {_named(question, question.right)}\n{rich(right.reason)}")
    draft.small("Your answer is not shown to anybody else here.")


def _is_it(draft: Draft, view: SaidView) -> None:
    if view.question is None:
        _no_question(draft, view)
        return
    draft.say(f"“{rich(view.question.stem)}”\nIs that your answer: {_named(view.question, view.choice)}")
    yes = button("Yes, that's my answer", ids.action("confirm", view.choice), style="primary")
    draft.actions(ids.block(view.delivery_id), [yes], "One press, and it counts. Otherwise nothing was counted.")


def _no_such_choice(draft: Draft, view: SaidView) -> None:
    if view.question is None:
        _no_question(draft, view)
        return
    last = LETTERS[len(view.question.choices) - 1]
    has = f"the choices A to {last}" if lettered(view.question) else f"{len(view.question.choices)} choices"
    draft.say(f"The open question has {has}, so nothing was counted. _A_ would be the first of them.")
    _bring(draft)


def _no_question(draft: Draft, view: SaidView) -> None:
    draft.say(f"No question is open for you right now, so nothing was counted. {coming_text(view.coming)}")
    draft.actions(ids.block(ids.ME), moment_buttons(view.coming), "_next_ brings the next one.")


def _correction(draft: Draft, view: SaidView) -> None:
    draft.say("An answer that has counted can't be changed, by you or by me. Nobody else here sees which it was.")
    if view.coming.state == "waiting":
        draft.say("The question that is open has no answer yet: tap the choice you mean.")
        _bring(draft)


def _unsure(draft: Draft, view: SaidView) -> None:
    if view.coming.state != "waiting":
        _no_question(draft, view)
        return
    draft.say(
        "You needn't know. Tap any choice and you see the reasons; *I've read it* puts it behind you without an "
        "answer. Nobody else here sees which."
    )
    _bring(draft)


def _complaint(draft: Draft, view: SaidView) -> None:
    told = "Somebody here can look at it: I pass on your name, and nothing else." if view.can_ask else ""
    draft.say(f"I can't judge that myself. {told}".strip())
    if view.coming.state not in IDLE:
        draft.say("If you know what a lesson says, *I know this* in its menu (⋯) puts it behind you.")
    bring = [button("Bring it down here", ids.action("bring"))] if view.coming.state == "waiting" else []
    put_talk(draft, view, *bring, spoken="You can have the open one brought down here, or ask to talk to someone.")


def _broken(draft: Draft, view: SaidView) -> None:
    draft.say(
        "Where a button does nothing, typing works: a letter answers, _next_ brings the next one, _pause_ pauses."
    )
    if view.talk_to:
        draft.say("For anything else that doesn't work, somebody here can look at it.")
        put_talk(draft, view)


def _say_again(draft: Draft, view: SaidView) -> None:
    draft.say(
        "You wrote to me while I was away, and too long ago for me to answer now. If you "
        "still want it, please write it again."
    )
    draft.actions(ids.block(ids.ME), moment_buttons(view.coming), "_help_ shows what I can do.")


def _bring(draft: Draft) -> None:
    bring = button("Bring it down here", ids.action("bring"))
    draft.actions(ids.block(ids.ME), [bring], "You can have the question brought down here.")


def _named(question: Question, index: int) -> str:
    letter = f"{LETTERS[index]}, " if lettered(question) else ""
    return bold(f"{letter}{question.choices[index].text}")


ANSWERS: dict[str, Callable[[Draft, SaidView], None]] = {
    "answered": _answered,
    "is_it": _is_it,
    "no_such_choice": _no_such_choice,
    "no_question": _no_question,
    "correction": _correction,
    "unsure": _unsure,
    "complaint": _complaint,
    "broken": _broken,
    "say_again": _say_again,
}
