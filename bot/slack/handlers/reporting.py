"""Handlers of the report, of its files, and of the note to whoever hasn't begun."""

from __future__ import annotations

from functools import partial

from bot.actions.digest import set_monthly
from bot.documents.paper import paper_of
from bot.errors import UnknownButtonError
from bot.messages import Message, formatting, ids, replies, report
from bot.messages.completion_file import completion_file
from bot.messages.status_file import File
from bot.queries import reports
from bot.queries.completion import by_person
from bot.queries.programme import programme
from bot.slack.handlers.learner_taps import Tapped
from bot.slack.handlers.request import Allowed, Reply, Request, SentFile
from bot.slack.handlers.status import sends_files, titles
from bot.slack.typed import command_parser
from bot.store import audit, learners
from bot.view_models import ProgrammeView

INSTEAD = "`/track report` shows the same."


def typed(request: Request, text: str) -> Reply:
    """Report on all tracks, or on one."""
    catalogue = request.ctx.catalogue_of(request.caller.workspace_id)
    parsed = command_parser.parse_command("status", text, catalogue, request.today)
    if parsed.problem:
        return replies.problem(parsed.problem, parsed.near)
    return report.report_message(_view(request, parsed.track.id if parsed.track is not None else ""))


def _view(request: Request, track_id: str) -> ProgrammeView:
    caller, files = request.caller, sends_files(request)
    return programme(
        request.session, request.ctx, caller.workspace_id, caller.person_id, track_id=track_id, files=files
    )


def _report(request: Request, _tap: ids.TapMeaning) -> Message:
    return report.report_message(_view(request, ""))


def _note(request: Request, tap: ids.TapMeaning) -> Message:
    """Return a note that the admin can send to those who haven't begun a track; nobody is written to."""
    track = request.ctx.catalogue_of(request.caller.workspace_id).tracks.get(tap.subject)
    if track is None:
        raise UnknownButtonError(tap.subject)
    waiting = reports.not_begun(request.session, request.caller.workspace_id, track.id, request.today)
    return report.note_to_copy(track, waiting)


def _which(tap: ids.TapMeaning) -> str:
    """Return the track that a file is about; "" for all."""
    return "" if tap.argument == ids.ALL else tap.argument


def _pdf(request: Request, tap: ids.TapMeaning) -> Reply:
    view, today = _view(request, _which(tap)), request.today
    paper = paper_of(request.state.hours.country)

    def make() -> File:
        from bot.documents.report_pdf import report_pdf  # noqa: PLC0415 - `serve` starts sooner without

        made = report_pdf(report.printed(view), paper, today, formatting.dated(today))
        return File("report.pdf", "Report", made.content, report.ON_PAPER)

    return SentFile(make, INSTEAD)


def _csv(request: Request, tap: ids.TapMeaning) -> Reply:
    """Return who began and finished when, as a file for a learning system."""
    workspace_id, track_id = request.caller.workspace_id, _which(tap)
    audit.record(
        request.session, workspace_id, request.at, request.caller.person_id, "file", f"completion {track_id or 'all'}"
    )
    rows = by_person(request.session, workspace_id, request.learner.zone, track_id or None)
    names = learners.names(request.session, workspace_id, sorted({row.learner_id for row in rows}))
    return SentFile(partial(completion_file, rows, names, titles(request)), "`/track status` shows who has begun.")


def _monthly(request: Request, tap: ids.TapMeaning) -> Reply:
    if tap.argument not in {report.ON, report.OFF}:
        raise UnknownButtonError(tap.argument)
    on = tap.argument == report.ON
    set_monthly(request.session, request.caller.workspace_id, request.caller.person_id, request.at, on=on)
    return report.monthly_set(on=on)


TAPS: dict[str, Tapped] = {
    "report": Tapped(_report, Allowed.ADMIN, "the report", repeatable=True),
    "report_pdf": Tapped(_pdf, Allowed.ADMIN, "the report as a PDF, where `files:write` is granted"),
    "report_csv": Tapped(_csv, Allowed.ADMIN, "who began and finished when, as CSV, where `files:write` is granted"),
    "report_monthly": Tapped(_monthly, Allowed.ADMIN, "that it comes each month, or no longer", repeatable=True),
    "note": Tapped(_note, Allowed.ADMIN, "a note for those who haven't begun, to copy", repeatable=True),
}
