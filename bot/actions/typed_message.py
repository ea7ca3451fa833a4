"""What is typed to the bot in its DM, once it is known what was meant: done where that is sure, else answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.actions.answer import answer
from bot.actions.begin import Begun, Waiting, begin, bring_lost
from bot.actions.postpone import later, not_today
from bot.actions.preferences import preferences, save_preferences
from bot.context import AppContext
from bot.domain.delivery import Slot
from bot.domain.intents import Intent, Meaning
from bot.domain.local_time import local
from bot.domain.people import Learner
from bot.planning.holds import pause, resume
from bot.planning.learner_state import new_delivery
from bot.queries.dm_context import last_question, open_message
from bot.store import deliveries
from bot.store.database import Session

About = dict[str, Any]


@dataclass(frozen=True)
class TypedResult:
    """Something that was typed, with all that is needed to do it."""

    session: Session
    ctx: AppContext
    learner: Learner
    intent: Intent
    at: datetime
    caused_by: str


def act_on(session: Session, ctx: AppContext, learner: Learner, intent: Intent, at: datetime, caused_by: str) -> None:
    """Do what was meant, and answer. The text itself isn't stored: only what it was found to mean."""
    said = TypedResult(session, ctx, learner, intent, at, caused_by)
    about = DONE.get(intent.meaning, _answered)(said)
    if about is not None and intent.guessed:
        about |= {"guessed": True}
    if about is not None:
        deliveries.add(session, new_delivery(learner, Slot.ASKED, at, caused_by=caused_by, about=about))


def _answered(said: TypedResult) -> About | None:
    """Nothing changes: the answer is drawn from what is true when it is sent."""
    intent = said.intent
    about: About = {"said": intent.meaning.value}
    if intent.hour is not None:
        about["hour"] = intent.hour.strftime("%H:%M")
    if intent.terms or intent.lesson:
        about |= {"terms": list(intent.terms), "lesson": intent.lesson}
    return about


def _pause(said: TypedResult) -> About | None:
    until = said.intent.until
    pause(said.session, said.ctx, said.learner, said.at, until)
    return {"said": "paused", **({"until": until.isoformat()} if until else {})}


def _rest(said: TypedResult) -> About | None:
    ahead: About = {"ahead": True} if said.intent.ahead else {}
    if said.intent.either:
        ahead["either"] = [day.isoformat() for day in said.intent.either]
    if said.intent.until is not None:
        return {"said": "back_on", "until": said.intent.until.isoformat(), **ahead}
    week = local(said.at, said.learner.zone).date() + timedelta(days=7)
    return {"said": "rest", "until": week.isoformat(), **ahead}


def _resume(said: TypedResult) -> About | None:
    return {"said": "resumed" if resume(said.session, said.ctx, said.learner, said.at) else "not_paused"}


def _next(said: TypedResult) -> About | None:
    result = begin(said.session, said.ctx, said.learner, said.at, said.caused_by)
    if isinstance(result, Begun):
        return None
    if isinstance(result, Waiting):
        return {"said": "waiting"}
    return {"said": "finished" if result.finished else "nothing"}


def _answer(said: TypedResult) -> About | None:
    found = open_message(said.session, said.learner)
    if found is None:
        return {"said": "no_question"}
    asking, message = found
    caused_by = f"{said.caused_by}:answer"
    answer(said.session, said.ctx, said.learner, message.delivery_id, said.intent.choice, said.at, caused_by)
    return {"said": "answered", "asking": asking.asking_id}


def _ask_first(said: TypedResult) -> About | None:
    found = open_message(said.session, said.learner)
    if found is None:
        return {"said": "no_question"}
    asking, message = found
    return {
        "said": "is_it",
        "asking": asking.asking_id,
        "message": message.delivery_id,
        "choice": said.intent.choice,
    }


def _yes(said: TypedResult) -> About | None:
    """To what was asked last. What has more than one button is left to the tap."""
    asked = last_question(said.session, said.learner, said.at)
    about = asked.about if asked else {}
    if asked is not None and about["said"] == "is_it":
        confirm_answer(said.session, said.ctx, said.learner, asked.delivery_id, said.at, f"{said.caused_by}:answer")
        return {"said": "answered", "asking": about["asking"]}
    if about.get("said") == "hour" and "hour" in about:
        chosen = replace(preferences(said.session, said.learner), at=time.fromisoformat(str(about["hour"])))
        save_preferences(said.session, said.ctx, said.learner, chosen, said.at)
        return {"said": "hour_set", "hour": about["hour"]}
    if about.get("said") == "back_on" and not about.get("ahead"):
        until = date.fromisoformat(str(about["until"]))
        pause(said.session, said.ctx, said.learner, said.at, until)
        return {"said": "paused", "until": until.isoformat()}
    return {"said": "tap_it"}


def _no(_said: TypedResult) -> About | None:
    return {"said": "left_alone"}


def _no_such_choice(said: TypedResult) -> About | None:
    return {"said": "no_such_choice" if open_message(said.session, said.learner) else "no_question"}


def _later(said: TypedResult) -> About | None:
    found = open_message(said.session, said.learner)
    if found is None:
        return {"said": "nothing_open"}
    asking, message = found
    later(said.session, said.ctx, said.learner, message.delivery_id, said.at, f"{said.caused_by}:later")
    coming = deliveries.of_asking(said.session, asking.workspace_id, asking.asking_id)
    due = next((d.due_at for d in coming if d.about.get("later") and d.claimable_at), None)
    return {"said": "later", "when": due.isoformat()} if due else {"said": "not_today"}


def _not_today(said: TypedResult) -> About | None:
    found = open_message(said.session, said.learner)
    if found is None:
        return {"said": "nothing_open"}
    not_today(said.session, said.ctx, said.learner, found[1].delivery_id, said.at)
    return {"said": "not_today"}


def _again(said: TypedResult) -> About | None:
    if open_message(said.session, said.learner) is None:
        return {"said": "reread"}
    result = bring_lost(said.session, said.ctx, said.learner, said.at, said.caused_by)
    return None if isinstance(result, Begun) else {"said": "nothing_open"}


def _still_open(said: TypedResult) -> About | None:
    return {"said": "waiting" if open_message(said.session, said.learner) else "nothing_open"}


def _term(said: TypedResult) -> About | None:
    return {"term": said.intent.terms[0]}


def _hint(_said: TypedResult) -> About | None:
    return {"hint": True}


DONE: dict[Meaning, Callable[[TypedResult], About | None]] = {
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
"""What more than an answer comes of. Everything else is answered."""


def act_on_choice(
    session: Session, ctx: AppContext, learner: Learner, delivery_id: str, meaning: Meaning, at: datetime
) -> None:
    """What somebody chose who wasn't understood, or not for certain: the answer to it takes the place of the first.

    Raises:
        ValueError: it is nothing that can only be answered.
    """
    asked = deliveries.get(session, learner.workspace_id, delivery_id)
    assert asked is not None
    if "hint" not in asked.about and "guessed" not in asked.about:
        return
    if meaning in DONE and meaning is not Meaning.REST:
        raise ValueError(meaning)
    said = TypedResult(session, ctx, learner, Intent(meaning), at, delivery_id)
    deliveries.touch(session, asked, ctx.clock.real(), about=DONE.get(meaning, _answered)(said))


def confirm_answer(
    session: Session, ctx: AppContext, learner: Learner, delivery_id: str, at: datetime, caused_by: str
) -> None:
    """*Yes, that's my answer*: what was typed counts as an answer now, and the question about it says so."""
    asked = deliveries.get(session, learner.workspace_id, delivery_id)
    assert asked is not None
    if asked.about.get("said") != "is_it":
        return
    answer(session, ctx, learner, str(asked.about["message"]), int(asked.about["choice"]), at, caused_by)
    about = {"said": "answered", "asking": asked.about["asking"]}
    again = deliveries.get(session, learner.workspace_id, delivery_id)
    assert again is not None
    deliveries.touch(session, again, ctx.clock.real(), about=about)
