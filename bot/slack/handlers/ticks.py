"""Handlers of what is known already: the ticks at *Start*, and the text that is skipped."""

from __future__ import annotations

from bot.actions.begin import Begun, NothingLeft
from bot.actions.tick import skip_text, tick
from bot.messages import ids
from bot.messages.ticks import KNOWN, TICKS
from bot.slack.handlers.dialogs import Form, Submitted
from bot.slack.handlers.learner_taps import Tapped, reply_to_beginning
from bot.slack.handlers.request import Allowed, Reply, Request


def _ticked(request: Request, submitted: Form) -> None:
    chosen = submitted.values.get(KNOWN)
    tick(request.state, submitted.about, chosen if isinstance(chosen, tuple) else ())


def _skip_text(request: Request, tap: ids.TapMeaning) -> Reply:
    result = skip_text(request.state, tap.subject, request.caller.request_id, tap.asking_id)
    # what comes is its own answer; where nothing is left, the closing message says so
    return None if result is None or isinstance(result, Begun | NothingLeft) else reply_to_beginning(request, result)


TAPS: dict[str, Tapped] = {
    "skip_text": Tapped(_skip_text, Allowed.OWNER, "that it is known, in place, and the next item"),
}
FORMS: dict[str, Submitted] = {
    TICKS: Submitted(_ticked, Allowed.ANYBODY, "closes; those terms come with the question first", repeatable=True),
}
