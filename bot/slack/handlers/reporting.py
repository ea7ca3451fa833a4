"""Handlers of the report, and of the note to whoever hasn't begun."""

from __future__ import annotations

from bot.errors import UnknownButtonError
from bot.messages import Message, ids, replies, report
from bot.queries.completion import completion
from bot.slack.handlers.learner_taps import Tapped
from bot.slack.handlers.request import Allowed, Reply, Request
from bot.slack.handlers.status import seen
from bot.slack.typed import command_parser
from bot.view_models import EnrolmentState


def typed(request: Request, text: str) -> Reply:
    """Report on all tracks, or on one."""
    catalogue = request.ctx.catalogue_of(request.caller.workspace_id)
    parsed = command_parser.parse_command("status", text, catalogue, request.today)
    if parsed.problem:
        return replies.problem(parsed.problem, parsed.near)
    return _report(request, parsed.track.id if parsed.track is not None else None)


def _report(request: Request, track_id: str | None) -> Message:
    workspace_id, zone = request.caller.workspace_id, request.learner.zone
    found = completion(request.session, request.ctx, workspace_id, zone, track_id)
    return report.report(found, sorted(request.state.admins))


def _note(request: Request, tap: ids.TapMeaning) -> Message:
    """Return a note that the admin can send to those who haven't begun a track; nobody is written to."""
    track = request.ctx.catalogue_of(request.caller.workspace_id).tracks.get(tap.subject)
    if track is None:
        raise UnknownButtonError(tap.subject)
    _, lines = seen(request, None, track.id)
    waiting = [line.learner_id for line in lines if line.state is EnrolmentState.ASSIGNED]
    return report.note_to_copy(track, waiting)


TAPS: dict[str, Tapped] = {
    "report": Tapped(lambda request, _tap: _report(request, None), Allowed.ADMIN, "the report", repeatable=True),
    "note": Tapped(_note, Allowed.ADMIN, "a note for those who haven't begun, to copy", repeatable=True),
}
