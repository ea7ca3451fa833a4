"""Handlers of who is an admin, and of the audit."""

from __future__ import annotations

from functools import partial

from bot.actions.appoint import Dismissal, appoint, dismiss
from bot.domain.audit import REFUSED
from bot.domain.enrolment_changes import refusal_of
from bot.errors import UnknownButtonError
from bot.messages import Message, admins, ids, replies
from bot.messages.admin_notices import REASONS
from bot.slack.handlers.learner_taps import Tapped
from bot.slack.handlers.request import Allowed, Reply, Request, SentFile
from bot.slack.handlers.status import sends_files
from bot.slack.typed.command_text import people_in
from bot.store import appointments, audit, learners


def typed(request: Request, text: str) -> Reply:
    """List the admins, or appoint somebody."""
    people, rest = people_in(text)
    if not text:
        return _listed(request)
    if len(people) != 1 or any(map(str.isalnum, rest)):
        return replies.problem("Name one person, such as `/track admins @person`.")
    known = learners.get(request.session, request.caller.workspace_id, people[0])
    refusal = refusal_of(known) if known is not None else None
    if refusal is not None:
        return admins.cant_be_admin(people[0], REASONS[refusal])
    caller = request.caller
    if people[0] not in request.ctx.admins_of(caller.workspace_id):
        appoint(request.session, caller.workspace_id, people[0], caller.person_id, request.at, caller.request_id)
    return _listed(request)


def _listed(request: Request) -> Message:
    workspace_id = request.caller.workspace_id
    configured = sorted(request.ctx.admins_of(workspace_id))
    appointed = [each.learner_id for each in appointments.of_workspace(request.session, workspace_id)]
    return admins.admin_list(configured, [person for person in appointed if person not in configured])


def _dismiss(request: Request, tap: ids.TapMeaning) -> Message:
    caller = request.caller
    if not tap.subject.isalnum():
        raise UnknownButtonError(tap.subject)
    done = dismiss(
        request.session,
        request.ctx,
        caller.workspace_id,
        tap.subject,
        by=caller.person_id,
        at=request.at,
        caused_by=caller.request_id,
    )
    if done is Dismissal.LAST:
        return admins.last_admin()
    return admins.by_setting(tap.subject) if done is Dismissal.CONFIGURED else _listed(request)


def audited(request: Request, _text: str) -> Message:
    """Show the newest entries of the audit."""
    entries = audit.of_workspace(request.session, request.caller.workspace_id, besides=REFUSED, most=admins.ENTRIES)
    return admins.audit_list(entries, request.learner.zone, files=sends_files(request))


def _audit_file(request: Request, _tap: ids.TapMeaning) -> Reply:
    workspace_id = request.caller.workspace_id
    audit.record(request.session, workspace_id, request.at, request.caller.person_id, "file", "audit")
    entries = audit.of_workspace(request.session, workspace_id, besides=REFUSED)[::-1]
    return SentFile(partial(admins.audit_file, entries), "`/track audit` shows the newest.")


TAPS: dict[str, Tapped] = {
    "dismiss": Tapped(_dismiss, Allowed.ADMIN, "the admins who are left", in_place=True, repeatable=True),
    "audit_file": Tapped(_audit_file, Allowed.ADMIN, "the audit as CSV, where `files:write` is granted"),
}
