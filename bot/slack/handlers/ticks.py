"""Handlers of what is known already: the ticks at *Start*, and the text that is skipped."""

from __future__ import annotations

from bot.actions.begin import Begun, NothingLeft
from bot.actions.tick import skip_text, tick
from bot.errors import UnknownButtonError
from bot.messages import ids, replies
from bot.messages.ticks import KNOWN, TICKS, ticks_dialog
from bot.planning.ticks import terms_to_tick
from bot.slack.handlers.dialogs import Form, Submitted
from bot.slack.handlers.learner_taps import Tapped, reply_to_beginning
from bot.slack.handlers.request import Allowed, Reply, Request


def _ask(request: Request, tap: ids.TapMeaning) -> Reply:
    track = request.state.catalogue.tracks.get(tap.subject)
    if track is None:
        raise UnknownButtonError(tap.subject)
    terms = terms_to_tick(request.state, track.id)
    return ticks_dialog(track, terms) if terms else replies.nothing_to_tick()


def _ticked(request: Request, submitted: Form) -> None:
    chosen = submitted.values.get(KNOWN)
    tick(request.state, submitted.about, chosen if isinstance(chosen, tuple) else ())


def _skip_text(request: Request, tap: ids.TapMeaning) -> Reply:
    result = skip_text(request.state, tap.subject, request.caller.request_id, tap.asking_id)
    # what comes is its own answer; where nothing is left, the closing message says so
    return None if result is None or isinstance(result, Begun | NothingLeft) else reply_to_beginning(request, result)


TAPS: dict[str, Tapped] = {
    "ticks": Tapped(_ask, Allowed.ANYBODY, "which terms of a track they know, as a dialog", repeatable=True),
    "skip_text": Tapped(_skip_text, Allowed.OWNER, "that it is known, in place, and the next item"),
}
FORMS: dict[str, Submitted] = {
    TICKS: Submitted(_ticked, Allowed.ANYBODY, "closes; those terms come with the question first", repeatable=True),
}
