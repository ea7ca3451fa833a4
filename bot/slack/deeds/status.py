"""How far those are who were assigned something: what an admin may see, and nothing else."""

from __future__ import annotations

from bot.domain.timing import week_of
from bot.domain.views import StatusLine, TrackCount
from bot.messages import admin_replies, ids, replies, wording
from bot.messages.status_file import status_file
from bot.services import report
from bot.slack import command_parser
from bot.slack.deeds.learner import Tapped
from bot.slack.visit import Reply, Sent, Visit, Who
from bot.store import learners, records

ALL, PERSON = "all", "person"


def status(visit: Visit, text: str) -> Reply:
    """`/track status`, with a person or a track if they like."""
    catalogue = visit.house.catalogue_of(visit.caller.workspace_id)
    wish = command_parser.parse_command("status", text, catalogue, visit.today)
    if wish.problem:
        return replies.problem(wish.problem, wish.near)
    if len(wish.people) > 1:
        return replies.problem(
            "I show one person at a time, as in `/track status @person`. A track's name shows all who have it."
        )
    person = wish.people[0] if wish.people else None
    track_id = wish.track.id if wish.track else None
    counts, lines = seen(visit, person, track_id)
    if person is not None and not lines:
        return replies.words(
            f"{wording.mention(person)} has no track assigned. `/track assign @person speak-the-language` does it."
        )
    subject = track_id or (PERSON if person else ALL)
    return admin_replies.status(counts, lines, titles(visit), subject, wish.number or 1, files=sends_files(visit))


def seen(visit: Visit, person: str | None, track_id: str | None) -> tuple[list[TrackCount], list[StatusLine]]:
    """Figures, with those of the admin's own week, and names."""
    week = week_of(visit.at, visit.learner.zone)
    workspace_id = visit.caller.workspace_id
    return report.status(visit.session, visit.house, workspace_id, learner_id=person, track_id=track_id, week=week)


def titles(visit: Visit) -> dict[str, str]:
    """Titles by track."""
    return {t.id: t.title for t in visit.house.catalogue_of(visit.caller.workspace_id).tracks.values()}


def _page(visit: Visit, tap: ids.Tap) -> Reply:
    return _names(visit, tap, tap.index)


def _names(visit: Visit, tap: ids.Tap, page: int = 1) -> Reply:
    counts, lines = seen(visit, None, tap.subject)
    return admin_replies.status(counts, lines, titles(visit), tap.subject, page, files=sends_files(visit))


def _enrolled(visit: Visit, _tap: ids.Tap) -> Reply:
    counts, lines = seen(visit, None, None)
    if len(counts) == 1:
        only = counts[0]
        named = {only.track_id: only.title}
        return admin_replies.status(counts, lines, named, only.track_id, 1, files=sends_files(visit))
    return admin_replies.status(counts, lines, {}, ALL, 1, files=sends_files(visit))


def sends_files(visit: Visit) -> bool:
    """True where the bot may send files."""
    return visit.desk.screens.sends_files(visit.caller.workspace_id)


def _as_file(visit: Visit, tap: ids.Tap) -> Reply:
    """The same as a file: what the admin has just been shown, and nothing more."""
    counts, lines = seen(visit, None, None if tap.subject == ALL else tap.subject)
    if not lines:
        return admin_replies.status(counts, lines, titles(visit), ALL, 1)
    workspace_id, who = visit.caller.workspace_id, visit.caller.person_id
    records.audit(visit.session, workspace_id, visit.at, who, "file", f"status {tap.subject}")
    people = sorted({line.learner_id for line in lines})
    names = learners.names(visit.session, workspace_id, people)
    return Sent(status_file(lines, names, titles(visit), tap.subject))


TAPS: dict[str, Tapped] = {
    "status": Tapped(_page, Who.ADMIN, "names, a page at a time", in_place=True, repeatable=True),
    "names": Tapped(_names, Who.ADMIN, "a track's names, the first page", in_place=True, repeatable=True),
    "as_file": Tapped(_as_file, Who.ADMIN, "the same as CSV, in their messages, where `files:write` is granted"),
    "enrolled": Tapped(
        _enrolled, Who.ADMIN, "figures by track; of one alone, its names", in_place=True, repeatable=True
    ),
}
