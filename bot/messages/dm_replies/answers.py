"""Answers to typed answers: a letter, a choice typed out, not knowing, disagreeing."""

from __future__ import annotations

from collections.abc import Callable

from bot.domain.delivery_subject import Said
from bot.domain.intents import Meaning
from bot.messages import ids, questions
from bot.messages.builder import Builder, button
from bot.messages.mrkdwn import rich
from bot.messages.next_up import coming_text, moment_buttons
from bot.messages.talk_button import put_talk
from bot.view_models import ComingState, DmReplyView


def _answered(builder: Builder, view: DmReplyView) -> None:
    question, response = view.question, view.response
    if question is None or response is None:
        _no_question(builder, view)
        return
    builder.say(f"Your answer to “{rich(question.stem)}”: {questions.name(question, response)}")
    if view.unrated:
        builder.say("Say at the question how sure you are, and you see the reasons there.")
        return
    for paragraph in questions.comment(question, response):
        builder.say(paragraph)
    builder.small("Your answer is not shown to anybody else here.")


def _is_it(builder: Builder, view: DmReplyView) -> None:
    question, response = view.question, view.response
    if question is None or response is None:
        _no_question(builder, view)
        return
    builder.say(f"“{rich(question.stem)}”\nIs that your answer: {questions.name(question, response)}")
    yes = button("Yes, that's my answer", ids.action("confirm"), style="primary")
    builder.actions(ids.block(view.delivery_id), [yes], "One press, and it counts. Otherwise nothing was counted.")


def _no_such_choice(builder: Builder, view: DmReplyView) -> None:
    if view.question is None:
        _no_question(builder, view)
        return
    builder.say(questions.how_to_type(view.question))
    _bring(builder)


def _no_question(builder: Builder, view: DmReplyView) -> None:
    builder.say(f"No question is open for you right now, so nothing was counted. {coming_text(view.coming)}")
    builder.actions(ids.block(ids.ME), moment_buttons(view.coming), "_next_ brings the next one.")


def _correction(builder: Builder, view: DmReplyView) -> None:
    builder.say("An answer that has counted can't be changed, by you or by me. Nobody else here sees which it was.")
    if view.coming.state is ComingState.WAITING:
        builder.say("The question that is open has no answer yet: tap the choice you mean.")
        _bring(builder)


def _unsure(builder: Builder, view: DmReplyView) -> None:
    if view.coming.state is not ComingState.WAITING:
        _no_question(builder, view)
        return
    builder.say(
        "You needn't know. Tap any choice and you see the reasons; *I've read it* puts it behind you without an "
        "answer. Nobody else here sees which."
    )
    _bring(builder)


def _complaint(builder: Builder, view: DmReplyView) -> None:
    told = (
        "Somebody here can look at it: I pass on your name, and nothing else."
        if view.can_ask
        else "*Something's wrong here*, in a lesson's menu (⋯), tells whoever edits it, without your name. "
        "`/learn progress` leads to your lessons."
    )
    builder.say(f"I can't judge that myself. {told}")
    if not view.coming.idle:
        builder.say("If you know what a lesson says, *I know this* in its menu (⋯) puts it behind you.")
    bring = [button("Bring it down here", ids.action("bring"))] if view.coming.state is ComingState.WAITING else []
    put_talk(builder, view, *bring, spoken="You can have the open one brought down here, or ask to talk to someone.")


def _broken(builder: Builder, view: DmReplyView) -> None:
    builder.say(
        "Where a button does nothing, typing works: a letter answers, _next_ brings the next one, _pause_ pauses."
    )
    if view.talk_to:
        builder.say("For anything else that doesn't work, somebody here can look at it.")
        put_talk(builder, view)


def _say_again(builder: Builder, view: DmReplyView) -> None:
    builder.say(
        "You wrote to me while I was away, and too long ago for me to answer now. If you "
        "still want it, please write it again."
    )
    builder.actions(ids.block(ids.ME), moment_buttons(view.coming), "_help_ shows what I can do.")


def _bring(builder: Builder) -> None:
    bring = button("Bring it down here", ids.action("bring"))
    builder.actions(ids.block(ids.ME), [bring], "You can have the question brought down here.")


ANSWERS: dict[Said | Meaning, Callable[[Builder, DmReplyView], None]] = {
    Said.ANSWERED: _answered,
    Meaning.IS_IT: _is_it,
    Meaning.NO_SUCH_CHOICE: _no_such_choice,
    Said.NO_QUESTION: _no_question,
    Meaning.CORRECTION: _correction,
    Meaning.UNSURE: _unsure,
    Meaning.COMPLAINT: _complaint,
    Meaning.BROKEN: _broken,
    Meaning.SAY_AGAIN: _say_again,
}
