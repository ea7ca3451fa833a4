"""The status of those who were assigned something: what an admin may see, and nothing else."""

from __future__ import annotations

from functools import partial

from bot.domain.local_time import week_of
from bot.messages import admin_replies, formatting, ids, replies
from bot.messages.status_file import status_file
from bot.queries import reports
from bot.slack.handlers.learner_taps import Tapped
from bot.slack.handlers.request import Allowed, Reply, Request, SentFile
from bot.slack.typed import command_parser
from bot.store import audit, learners
from bot.view_models import StatusLine, TrackCount

ALL, PERSON = "all", "person"


def status(request: Request, text: str) -> Reply:
    """Answer `/track status`, with a person or a track if they like."""
    catalogue = request.ctx.catalogue_of(request.caller.workspace_id)
    parsed = command_parser.parse_command("status", text, catalogue, request.today)
    if parsed.problem:
        return replies.problem(parsed.problem, parsed.near)
    if len(parsed.people) > 1:
        return replies.problem(
            "I show one person at a time, as in `/track status @person`. A track's name shows all who have it."
        )
    person = parsed.people[0] if parsed.people else None
    track_id = parsed.track.id if parsed.track else None
    counts, lines = seen(request, person, track_id)
    if person is not None and not lines:
        return replies.words(
            f"{formatting.mention(person)} has no track assigned. `/track assign @person speak-the-language` does it."
        )
    subject = track_id or (PERSON if person else ALL)
    return admin_replies.status(counts, lines, titles(request), subject, parsed.number or 1, files=sends_files(request))


def seen(request: Request, person: str | None, track_id: str | None) -> tuple[list[TrackCount], list[StatusLine]]:
    """Return figures, with those of the admin's own week, and names."""
    week = week_of(request.at, request.learner.zone)
    workspace_id = request.caller.workspace_id
    return reports.status(
        request.session,
        request.ctx,
        workspace_id,
        learner_id=person,
        track_id=track_id,
        week=week,
        paused=request.state.paused_tracks,
    )


def titles(request: Request) -> dict[str, str]:
    """Return the titles by track."""
    return {t.id: t.title for t in request.ctx.catalogue_of(request.caller.workspace_id).tracks.values()}


def _page(request: Request, tap: ids.TapMeaning) -> Reply:
    return _names(request, tap, tap.index)


def _names(request: Request, tap: ids.TapMeaning, page: int = 1) -> Reply:
    counts, lines = seen(request, None, tap.subject)
    return admin_replies.status(counts, lines, titles(request), tap.subject, page, files=sends_files(request))


def _enrolled(request: Request, _tap: ids.TapMeaning) -> Reply:
    counts, lines = seen(request, None, None)
    if len(counts) == 1:
        only = counts[0]
        named = {only.track_id: only.title}
        return admin_replies.status(counts, lines, named, only.track_id, 1, files=sends_files(request))
    return admin_replies.status(counts, lines, {}, ALL, 1, files=sends_files(request))


def sends_files(request: Request) -> bool:
    """Return True if the bot may send files."""
    return request.deps.screens.sends_files(request.caller.workspace_id)


def _as_file(request: Request, tap: ids.TapMeaning) -> Reply:
    """Return the same status as a file, with nothing more in it."""
    counts, lines = seen(request, None, None if tap.subject == ALL else tap.subject)
    if not lines:
        return admin_replies.status(counts, lines, titles(request), ALL, 1)
    workspace_id, allowed = request.caller.workspace_id, request.caller.person_id
    audit.record(request.session, workspace_id, request.at, allowed, "file", f"status {tap.subject}")
    people = sorted({line.learner_id for line in lines})
    names = learners.names(request.session, workspace_id, people)
    make = partial(status_file, lines, names, titles(request), tap.subject)
    return SentFile(make, "`/track status` shows the same.")


TAPS: dict[str, Tapped] = {
    "status": Tapped(_page, Allowed.ADMIN, "names, a page at a time", in_place=True, repeatable=True),
    "names": Tapped(_names, Allowed.ADMIN, "a track's names, the first page", in_place=True, repeatable=True),
    "as_file": Tapped(_as_file, Allowed.ADMIN, "the same as CSV, in their messages, where `files:write` is granted"),
    "enrolled": Tapped(
        _enrolled, Allowed.ADMIN, "figures by track; of one alone, its names", in_place=True, repeatable=True
    ),
}
