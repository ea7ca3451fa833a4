"""Handlers of submitted dialogs. Each problem is shown at its field, and nothing typed is lost."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from uuid import NAMESPACE_URL, uuid5

from bot.actions import orders as ordering
from bot.actions.error_reports import report_error
from bot.actions.preferences import Preferences, save_preferences, settings_of
from bot.domain.allowed_times import DayFault, admins_may_set, first_day_fault, pause_end_fault
from bot.domain.audience import PeopleSource
from bot.domain.content import Track
from bot.domain.error_report import ErrorReport
from bot.domain.local_time import known_zone
from bot.domain.orders import Order, OrderVerb, people_json
from bot.domain.typed_dates import parse_hour
from bot.domain.workdays import countries
from bot.errors import UnknownButtonError
from bot.messages import dialogs, error_reports, ids
from bot.queries.home import coming, plan
from bot.queries.order_look import look_before
from bot.slack.handlers.request import Allowed, FormErrors, Handler, MembersOrder, Reply, Request
from bot.slack.typed.command_text import people_in, sources_in

REPORT = re.compile("[0-9a-f]{12}")
PERSON = re.compile(r"[UW][A-Z0-9]{1,30}")


@dataclass(frozen=True, kw_only=True)
class Form:
    """A submitted dialog. `about`: what it was made about; `values`: what is filled in, by field."""

    callback_id: str
    view_id: str
    about: str
    values: Mapping[str, ids.Value]


def _settings(request: Request, submitted: Form) -> Reply:
    form = submitted.values
    known = settings_of(request.state)
    today = request.today
    errors: dict[str, str] = {}
    days = _days(form.get(dialogs.DAYS))
    if not days:
        errors[dialogs.DAYS] = "Choose at least one day, or pause all messages below."
    paused, until = form.get(dialogs.PAUSE) != dialogs.RUNNING, None
    day = _date(form.get(dialogs.UNTIL))
    if day is not None and day != known.until and form.get(dialogs.PAUSE) != dialogs.PAUSED_UNTIL:
        errors[dialogs.UNTIL] = "You gave a day: choose “Paused until the day below” too, or clear it."
    if form.get(dialogs.PAUSE) == dialogs.PAUSED_UNTIL:
        until = day
        fault = pause_end_fault(until, today) if until is not None else DayFault.PASSED
        if fault is DayFault.PASSED:
            errors[dialogs.UNTIL] = "Choose a day after today."
        elif fault is DayFault.TOO_FAR:
            errors[dialogs.UNTIL] = "That is more than a year ahead. Choose an earlier day."
    chosen = Preferences(
        at=_hour(form.get(dialogs.HOUR)),
        days=None if days == known.usual_days else days,
        tz=_zone(form.get(dialogs.ZONE), errors),
        country=_country(form.get(dialogs.COUNTRY), errors),
        titled=form.get(dialogs.TITLE) == (dialogs.YES,),
        paused=paused,
        until=until,
    )
    if errors:
        return FormErrors(errors)
    if request.fresh:
        # a form repeated after the next change would undo that one
        save_preferences(request.state, chosen)
    return dialogs.settings_saved(coming(request.state), plan(request.state))


def _assign(request: Request, submitted: Form) -> Reply:
    form, errors = submitted.values, dict[str, str]()
    people, sources = _people(form, errors)
    track, then = _tracks(request, form, errors)
    first_day = _date(form.get(dialogs.FROM))
    if first_day is not None and first_day_fault(first_day, request.today) is not None:
        errors[dialogs.FROM] = "Choose a day from today on, within a year."
    at = _hour(form.get(dialogs.AT))
    if at is not None and not admins_may_set(at):
        errors[dialogs.AT] = "Choose an hour between 07:00 and 19:00."
    if errors or track is None:
        return FormErrors(errors)
    order = Order(
        workspace_id=request.caller.workspace_id,
        order_id=_order_id(request, submitted),
        admin_id=request.caller.person_id,
        verb=OrderVerb.ASSIGN,
        track_id=track.id,
        people=people_json(people, sources),
        created_at=request.at,
        first_day=first_day,
        at=at,
        days=_days(form.get(dialogs.ON)) or None,
        restart=form.get(dialogs.ANEW) == (dialogs.YES,),
        then=then,
    )
    if sources:
        return MembersOrder(order=order, sources=sources, in_dialog=True)
    drafted = ordering.draft(request.session, order)
    return dialogs.confirm_dialog(look_before(request.session, request.ctx, drafted, request.today))


MOST_GROUPS = 10
"""Slack is asked about each."""


def _people(form: Mapping[str, ids.Value], errors: dict[str, str]) -> tuple[tuple[str, ...], tuple[PeopleSource, ...]]:
    """Return the people who were chosen, written and pasted, each once; and the groups and channels."""
    chosen, text = form.get(dialogs.PEOPLE), form.get(dialogs.PASTED)
    chosen = chosen if isinstance(chosen, tuple) else ()
    sources, left = sources_in(text) if isinstance(text, str) else ((), "")
    pasted, rest = people_in(left)
    if not all(PERSON.fullmatch(person) for person in chosen):
        errors[dialogs.PEOPLE] = "Choose people from the list that opens as you type."
    elif odd := [word for word in rest.split() if any(map(str.isalnum, word)) and word.casefold() != "and"]:
        errors[dialogs.PASTED] = (
            f"“{odd[0][:30]}” is no member ID. One looks like U012AB3CD; Slack's profiles can copy it. "
            "A group or channel is chosen from the list that opens as you type @ or #."
        )
    elif not chosen and not pasted and not sources:
        errors[dialogs.PEOPLE] = "Choose at least one person, or write a group or a list below."
    elif len(sources) > MOST_GROUPS:
        errors[dialogs.PASTED] = f"That is more than {MOST_GROUPS} groups and channels. Assign them in two rounds."
    people = tuple(dict.fromkeys((*chosen, *pasted)))
    if len(people) > ordering.MOST_PEOPLE:
        errors[dialogs.PEOPLE] = f"That is more than {ordering.MOST_PEOPLE} people. Assign them in two rounds."
    return people, sources


def _tracks(
    request: Request, form: Mapping[str, ids.Value], errors: dict[str, str]
) -> tuple[Track | None, tuple[str, ...]]:
    """Return the track that was chosen, and the ids of those that come after it."""
    known = request.ctx.catalogue_of(request.caller.workspace_id).tracks
    track, after = known.get(str(form.get(dialogs.TRACK))), form.get(dialogs.THEN)
    chosen = after if isinstance(after, tuple) else ()
    then = tuple(each for each in known if each in chosen)
    if track is None:
        errors[dialogs.TRACK] = "Choose a track."
    elif track.id in chosen:
        errors[dialogs.THEN] = "It can't come after itself. Leave the track above out here."
    elif len(then) < len(chosen):
        errors[dialogs.THEN] = "One of these isn't there any more. Choose others."
    return track, then


def _order_id(request: Request, submitted: Form) -> str:
    """Return the one order of a dialog, however often its form is sent."""
    return uuid5(NAMESPACE_URL, f"{request.caller.workspace_id}/{request.caller.person_id}/{submitted.view_id}").hex


def _confirm(request: Request, submitted: Form) -> Reply:
    order_id = submitted.about
    if not order_id or not ids.sound(order_id):
        raise UnknownButtonError(f"a dialog about {ids.told(order_id)}")
    state = ordering.confirm(
        request.session, request.ctx, request.caller.workspace_id, order_id, request.caller.person_id, go=True
    )
    if not state:
        raise UnknownButtonError(order_id)
    return None


def _wrong(request: Request, submitted: Form) -> Reply:
    item_id, _, report_id = submitted.about.partition("|")
    if not ids.sound(submitted.about) or not REPORT.fullmatch(report_id):
        raise UnknownButtonError(f"a dialog about {ids.told(submitted.about)}")
    sentence = submitted.values.get(error_reports.SENTENCE)
    said = " ".join(sentence.split()) if isinstance(sentence, str) else ""
    report = ErrorReport(
        workspace_id=request.caller.workspace_id,
        report_id=report_id,
        item_id=item_id,
        sentence=said,
        day=request.at.date(),
    )
    report_error(request.session, report)
    return error_reports.thanks()


def _hour(value: ids.Value) -> time | None:
    try:
        return parse_hour(value) if isinstance(value, str) and value != dialogs.USUAL else None
    except ValueError as error:
        raise UnknownButtonError(ids.told(value)) from error


def _days(value: ids.Value) -> frozenset[int]:
    chosen = value if isinstance(value, tuple) else ()
    return frozenset(int(day) for day in chosen if day in set("0123456"))


def _date(value: ids.Value) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError as error:
        raise UnknownButtonError(ids.told(value)) from error


def _zone(value: ids.Value, errors: dict[str, str]) -> str | None:
    if value in {None, dialogs.USUAL}:
        return None
    if known_zone(str(value)) != value:
        errors[dialogs.ZONE] = "I don't know that time zone. Type a city and choose one from the list."
    return str(value)


def _country(value: ids.Value, errors: dict[str, str]) -> str | None:
    if value in {None, dialogs.USUAL}:
        return None
    if value == dialogs.NOBODY:
        return ""
    if value not in countries():
        errors[dialogs.COUNTRY] = "I don't know that country's holidays. Choose one from the list."
    return str(value)


Submitted = Handler[Form]
FORMS: dict[str, Submitted] = {
    dialogs.SETTINGS: Submitted(
        _settings, Allowed.ANYBODY, "what holds now, or errors at the fields", in_place=True, repeatable=True
    ),
    dialogs.ASSIGN: Submitted(
        _assign, Allowed.ADMIN, "the assignment in words, or errors at the fields", repeatable=True
    ),
    error_reports.CALLBACK: Submitted(_wrong, Allowed.ANYBODY, "thanks", in_place=True, repeatable=True),
    dialogs.CONFIRM: Submitted(_confirm, Allowed.ASKER, "closes; the summary comes as a message", repeatable=True),
}
