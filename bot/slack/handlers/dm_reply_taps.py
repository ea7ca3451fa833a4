"""Handlers of the buttons below an answer to a typed message: an hour, *that's my answer*, what was meant, a lesson."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

from bot.actions.preferences import preferences, save_preferences
from bot.actions.typed_message import act_on_choice, confirm_answer
from bot.domain.content import Lesson
from bot.domain.delivery import Slot
from bot.domain.delivery_subject import AnswerAsked, AnswerGiven, DmReply
from bot.domain.intents import Meaning
from bot.domain.typed_dates import parse_hour
from bot.errors import UnknownButtonError
from bot.messages import ids, replies
from bot.messages.item import reading_message
from bot.slack.handlers.learner_taps import Tapped, delivery_of, what_comes
from bot.slack.handlers.request import Allowed, Reply, Request


def _set_hour(request: Request, tap: ids.TapMeaning) -> Reply:
    hour = _hour(tap.argument)
    chosen = replace(preferences(request.state), at=hour)
    save_preferences(request.state, chosen)
    return replies.hour_set(hour, what_comes(request))


def _hour(argument: str) -> time:
    try:
        return parse_hour(argument.replace("-", ":"))
    except ValueError as error:
        raise UnknownButtonError(argument) from error


def _confirm(request: Request, tap: ids.TapMeaning) -> Reply:
    asked = delivery_of(request, tap, Slot.ASKED)
    if not isinstance(asked.about, AnswerAsked | AnswerGiven | DmReply):
        raise UnknownButtonError(tap.subject)
    confirm_answer(request.state, asked.delivery_id, request.caller.request_id)
    return None


def _mean(request: Request, tap: ids.TapMeaning) -> Reply:
    asked = delivery_of(request, tap, Slot.ASKED)
    try:
        act_on_choice(request.state, asked.delivery_id, Meaning(tap.argument))
    except ValueError as error:
        raise UnknownButtonError(tap.argument) from error
    return None


def _lesson(request: Request, tap: ids.TapMeaning) -> Reply:
    lesson = request.ctx.catalogue_of(request.caller.workspace_id).items.get(tap.argument)
    if not isinstance(lesson, Lesson):
        raise UnknownButtonError(tap.argument)
    return reading_message(lesson)


TAPS: dict[str, Tapped] = {
    "set_hour": Tapped(_set_hour, Allowed.ANYBODY, "the new hour, and what comes next", in_place=True),
    "confirm": Tapped(_confirm, Allowed.OWNER, "the reasons, in place"),
    "mean": Tapped(_mean, Allowed.OWNER, "the answer to what was meant, in place"),
    "lesson": Tapped(_lesson, Allowed.ANYBODY, "the lesson, without its question", in_place=True, repeatable=True),
}
