"""Handlers of quiet days."""

from __future__ import annotations

from bot.actions.quiet_days import end_quiet, set_quiet
from bot.domain.typed_dates import ReadingError
from bot.errors import UnknownButtonError
from bot.messages import Message, ids, quiet_days, replies
from bot.slack.handlers.learner_taps import Tapped
from bot.slack.handlers.request import Allowed, Reply, Request
from bot.slack.typed.span_parser import parse_span
from bot.store import quiet_spans


def typed(request: Request, text: str) -> Reply:
    """List the quiet days, or set some."""
    if text:
        try:
            first, last = parse_span(text, request.today)
        except ReadingError as problem:
            return replies.problem(f"{problem} For example: `/track quiet 21 december to 2 january`.")
        caller = request.caller
        set_quiet(request.session, request.ctx, caller.workspace_id, caller.person_id, first=first, last=last)
    return _listed(request)


def _listed(request: Request) -> Message:
    ahead = quiet_spans.ahead(request.session, request.caller.workspace_id, request.today)
    return quiet_days.quiet_list(ahead, request.today)


def _end(request: Request, tap: ids.TapMeaning) -> Message:
    span = quiet_spans.get(request.session, request.caller.workspace_id, tap.subject)
    if span is not None:
        end_quiet(request.session, request.ctx, span, request.caller.person_id)
    elif not tap.subject.isalnum():
        raise UnknownButtonError(tap.subject)
    return _listed(request)


TAPS: dict[str, Tapped] = {
    "quiet_end": Tapped(_end, Allowed.ADMIN, "the quiet days that are left", in_place=True, repeatable=True),
}
