"""Buttons below an answer to typed words: an hour, *that's my answer*, what was meant, a lesson to read."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

from bot.domain.content import Lesson
from bot.domain.delivery import Slot
from bot.domain.intents import Meaning
from bot.domain.reading import parse_hour
from bot.errors import UnknownButtonError
from bot.messages import ids, replies
from bot.messages.item import reading_message
from bot.services.prefer import prefer, preferences
from bot.services.say import confirm, mean
from bot.slack.deeds.learner import Tapped, delivery_of, what_comes
from bot.slack.visit import Reply, Visit, Who


def _set_hour(visit: Visit, tap: ids.Tap) -> Reply:
    hour = _hour(tap.argument)
    chosen = replace(preferences(visit.session, visit.learner), at=hour)
    prefer(visit.session, visit.house, visit.learner, chosen, visit.at)
    return replies.hour_set(hour, what_comes(visit))


def _hour(argument: str) -> time:
    try:
        return parse_hour(argument.replace("-", ":"))
    except ValueError as error:
        raise UnknownButtonError(argument) from error


def _confirm(visit: Visit, tap: ids.Tap) -> Reply:
    asked = delivery_of(visit, tap, Slot.ASKED)
    if "said" not in asked.about:
        raise UnknownButtonError(tap.subject)
    confirm(visit.session, visit.house, visit.learner, asked.delivery_id, visit.at, visit.caller.request_id)
    return None


def _mean(visit: Visit, tap: ids.Tap) -> Reply:
    asked = delivery_of(visit, tap, Slot.ASKED)
    try:
        mean(visit.session, visit.house, visit.learner, asked.delivery_id, Meaning(tap.argument), visit.at)
    except ValueError as error:
        raise UnknownButtonError(tap.argument) from error
    return None


def _lesson(visit: Visit, tap: ids.Tap) -> Reply:
    lesson = visit.house.catalogue_of(visit.caller.workspace_id).items.get(tap.argument)
    if not isinstance(lesson, Lesson):
        raise UnknownButtonError(tap.argument)
    return reading_message(lesson)


TAPS: dict[str, Tapped] = {
    "set_hour": Tapped(_set_hour, Who.ANYBODY, "the new hour, and what comes next", in_place=True),
    "confirm": Tapped(_confirm, Who.OWNER, "the reasons, in place"),
    "mean": Tapped(_mean, Who.OWNER, "the answer to what was meant, in place"),
    "lesson": Tapped(_lesson, Who.ANYBODY, "the lesson, without its question", in_place=True, repeatable=True),
}
