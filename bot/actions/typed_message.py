"""The action on a typed message whose meaning is known: done if that is certain, else only answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.actions.answer import answer
from bot.actions.begin import Begun, Waiting, begin, bring_lost
from bot.actions.postpone import later, not_today
from bot.actions.preferences import preferences, save_preferences
from bot.domain.delivery import Slot
from bot.domain.delivery_subject import AnswerAsked, AnswerGiven, DmReply, ExplainedTerm, Hint, Said, ToTypedWords
from bot.domain.intents import Intent, Meaning
from bot.domain.local_time import local
from bot.planning.holds import pause, resume
from bot.planning.learner_state import LearnerState
from bot.queries.dm_context import last_question, open_message, open_question


@dataclass(frozen=True)
class TypedResult:
    """A typed message, with all that is needed to act on it."""

    state: LearnerState
    intent: Intent
    caused_by: str


def act_on(state: LearnerState, intent: Intent, caused_by: str) -> None:
    """Act on an intent, and answer. The text itself isn't stored, only its meaning."""
    said = TypedResult(state, intent, caused_by)
    about = DONE.get(intent.meaning, _answered)(said)
    if about is not None:
        about = replace(about, guessed=intent.guessed)
        state.add(Slot.ASKED, caused_by=caused_by, about=about)


def _answered(said: TypedResult) -> ToTypedWords | None:
    """Change nothing: the answer is drawn from the database when it is sent."""
    intent = said.intent
    return DmReply(intent.meaning, hour=intent.hour, terms=intent.terms, lesson=intent.lesson)


def _pause(said: TypedResult) -> ToTypedWords | None:
    until = said.intent.until
    pause(said.state, until)
    return DmReply(Said.PAUSED, until=until)


def _rest(said: TypedResult) -> ToTypedWords | None:
    intent = said.intent
    if intent.until is not None:
        return DmReply(Said.BACK_ON, until=intent.until, either=intent.either, ahead=intent.ahead)
    week = local(said.state.at, said.state.learner.zone).date() + timedelta(days=7)
    return DmReply(Meaning.REST, until=week, either=intent.either, ahead=intent.ahead)


def _resume(said: TypedResult) -> ToTypedWords | None:
    was_paused = resume(said.state)
    return DmReply(Said.RESUMED if was_paused else Said.NOT_PAUSED)


def _next(said: TypedResult) -> ToTypedWords | None:
    result = begin(said.state, said.caused_by)
    if isinstance(result, Begun):
        return None
    if isinstance(result, Waiting):
        return DmReply(Said.WAITING)
    return DmReply(Said.FINISHED if result.finished else Said.NOTHING)


def _answer(said: TypedResult) -> ToTypedWords | None:
    found = open_question(said.state)
    if found is None:
        return DmReply(Said.NO_QUESTION)
    asking, message = found
    caused_by = f"{said.caused_by}:answer"
    picked = [str(said.intent.choice)]
    answer(said.state, message.delivery_id, picked, caused_by, asking_id=asking.asking_id)
    return AnswerGiven(asking.asking_id)


def _ask_first(said: TypedResult) -> ToTypedWords | None:
    found = open_question(said.state)
    if found is None:
        return DmReply(Said.NO_QUESTION)
    asking, message = found
    return AnswerAsked(asking.asking_id, message.delivery_id, choice=said.intent.choice, written=said.intent.written)


def _yes(said: TypedResult) -> ToTypedWords | None:
    """Do what the bot's last message offered. An offer with several buttons is left to a tap."""
    asked = last_question(said.state, said.state.at)
    about = asked.about if asked else None
    match about:
        case AnswerAsked(asking_id=asking_id) if asked is not None:
            confirm_answer(said.state, asked.delivery_id, f"{said.caused_by}:answer")
            return AnswerGiven(asking_id)
        case DmReply(said=Meaning.HOUR, hour=hour) if hour is not None:
            chosen = replace(preferences(said.state), at=hour)
            save_preferences(said.state, chosen)
            return DmReply(Said.HOUR_SET, hour=hour)
        case DmReply(said=Said.BACK_ON, until=until, ahead=False) if until is not None:
            pause(said.state, until)
            return DmReply(Said.PAUSED, until=until)
    return DmReply(Said.TAP_IT)


def _no(_said: TypedResult) -> ToTypedWords | None:
    return DmReply(Said.LEFT_ALONE)


def _no_such_choice(said: TypedResult) -> ToTypedWords | None:
    return DmReply(Meaning.NO_SUCH_CHOICE if open_question(said.state) else Said.NO_QUESTION)


def _later(said: TypedResult) -> ToTypedWords | None:
    found = open_message(said.state)
    if found is None:
        return DmReply(Said.NOTHING_OPEN)
    asking, message = found
    later(said.state, message.delivery_id, f"{said.caused_by}:later")
    coming = said.state.messages_of(asking)
    due = next((d.due_at for d in coming if d.put_off and d.claimable_at), None)
    return DmReply(Meaning.LATER, when=due) if due else DmReply(Meaning.NOT_TODAY)


def _not_today(said: TypedResult) -> ToTypedWords | None:
    found = open_message(said.state)
    if found is None:
        return DmReply(Said.NOTHING_OPEN)
    not_today(said.state, found[1].delivery_id)
    return DmReply(Meaning.NOT_TODAY)


def _again(said: TypedResult) -> ToTypedWords | None:
    if open_message(said.state) is None:
        return DmReply(Meaning.REREAD)
    result = bring_lost(said.state, said.caused_by)
    return None if isinstance(result, Begun) else DmReply(Said.NOTHING_OPEN)


def _still_open(said: TypedResult) -> ToTypedWords | None:
    return DmReply(Said.WAITING if open_message(said.state) else Said.NOTHING_OPEN)


def _term(said: TypedResult) -> ToTypedWords | None:
    return ExplainedTerm(said.intent.terms[0])


def _hint(_said: TypedResult) -> ToTypedWords | None:
    return Hint()


DONE: dict[Meaning, Callable[[TypedResult], ToTypedWords | None]] = {
    Meaning.PAUSE: _pause,
    Meaning.REST: _rest,
    Meaning.RESUME: _resume,
    Meaning.NEXT: _next,
    Meaning.ANSWER: _answer,
    Meaning.IS_IT: _ask_first,
    Meaning.NO_SUCH_CHOICE: _no_such_choice,
    Meaning.YES: _yes,
    Meaning.NO: _no,
    Meaning.LATER: _later,
    Meaning.NOT_TODAY: _not_today,
    Meaning.AGAIN: _again,
    Meaning.STILL_OPEN: _still_open,
    Meaning.TERM: _term,
    Meaning.HINT: _hint,
}
"""The meanings that change something. All others are only answered."""


def act_on_choice(state: LearnerState, delivery_id: str, meaning: Meaning) -> None:
    """Replace the answer to a message that wasn't understood by the answer to the chosen meaning.

    Raises:
        ValueError: the meaning is more than an answer.
    """
    asked = state.delivery(delivery_id)
    assert asked is not None
    if not (isinstance(asked.about, Hint) or (isinstance(asked.about, ToTypedWords) and asked.about.guessed)):
        return
    if meaning in DONE and meaning is not Meaning.REST:
        raise ValueError(meaning)
    said = TypedResult(state, Intent(meaning=meaning), delivery_id)
    about = DONE.get(meaning, _answered)(said)
    assert about is not None
    state.touch(asked, about=about)


def confirm_answer(state: LearnerState, delivery_id: str, caused_by: str) -> None:
    """Count typed words as an answer after *Yes, that's my answer*, and update the question about it."""
    asked = state.delivery(delivery_id)
    assert asked is not None
    if not isinstance(asked.about, AnswerAsked):
        return
    meant, picked = asked.about, [asked.about.picked]
    answer(state, meant.delivery_id, picked, caused_by, asking_id=meant.asking_id)
    state.touch(asked, about=AnswerGiven(meant.asking_id))
