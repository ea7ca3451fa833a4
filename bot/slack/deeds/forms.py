"""What a submitted dialog does. What is wrong stands at its field, and nothing typed is lost."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, time
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from bot.domain.content import Track
from bot.domain.reading import parse_hour
from bot.domain.timing import EARLIEST, LAST_FOR_ADMINS, known_zone
from bot.domain.views import OrderView
from bot.domain.which_day import FAR
from bot.domain.workdays import countries
from bot.errors import UnknownButtonError
from bot.messages import forms, ids
from bot.services import orders as ordering
from bot.services.home import coming, plan
from bot.services.prefer import Preferences, prefer, settings_of
from bot.services.report import status
from bot.services.standing import look
from bot.slack.visit import Deed, Errors, Reply, Visit, Who
from bot.store.orders import Order

Form = dict[str, ids.Value]
View = Mapping[str, Any]
MOST_PEOPLE = 1000
PERSON = re.compile(r"[UW][A-Z0-9]{1,30}")


def _settings(visit: Visit, view: View) -> Reply:
    form = ids.read_form(view)
    known = settings_of(visit.session, visit.house, visit.learner)
    today = visit.today
    errors: dict[str, str] = {}
    days = _days(form.get(forms.DAYS))
    if not days:
        errors[forms.DAYS] = "Choose at least one day, or pause all messages below."
    paused, until = form.get(forms.PAUSE) != forms.RUNNING, None
    day = _date(form.get(forms.UNTIL))
    if day is not None and day != known.until and form.get(forms.PAUSE) != forms.PAUSED_UNTIL:
        errors[forms.UNTIL] = "You gave a day: choose “Paused until the day below” too, or clear it."
    if form.get(forms.PAUSE) == forms.PAUSED_UNTIL:
        until = day
        if until is None or until <= today:
            errors[forms.UNTIL] = "Choose a day after today."
        elif until > today + FAR:
            errors[forms.UNTIL] = "That is more than a year ahead. Choose an earlier day."
    chosen = Preferences(
        _hour(form.get(forms.HOUR)),
        None if days == known.usual_days else days,
        _zone(form.get(forms.ZONE), errors),
        _country(form.get(forms.COUNTRY), errors),
        form.get(forms.TITLE) == (forms.YES,),
        paused,
        until,
    )
    if errors:
        return Errors(errors)
    if visit.fresh:
        # repeated after the next change, it would take that one back
        prefer(visit.session, visit.house, visit.learner, chosen, visit.at)
    standing = look(visit.session, visit.house, visit.caller.workspace_id, visit.caller.person_id)
    assert standing is not None
    return forms.settings_saved(coming(visit.session, standing, visit.at), plan(standing))


def _assign(visit: Visit, view: View) -> Reply:
    form, errors = ids.read_form(view), dict[str, str]()
    people = form.get(forms.PEOPLE)
    if not isinstance(people, tuple) or not people:
        errors[forms.PEOPLE] = "Choose at least one person."
    elif not all(PERSON.fullmatch(person) for person in people):
        errors[forms.PEOPLE] = "Choose people from the list that opens as you type."
    elif len(people) > MOST_PEOPLE:
        errors[forms.PEOPLE] = f"That is more than {MOST_PEOPLE} people. Assign them in two rounds."
    track = visit.house.catalogue_of(visit.caller.workspace_id).tracks.get(str(form.get(forms.TRACK)))
    if track is None:
        errors[forms.TRACK] = "Choose a track."
    first_day = _date(form.get(forms.FROM))
    today = visit.today
    if first_day is not None and not today <= first_day <= today + FAR:
        errors[forms.FROM] = "Choose a day from today on, within a year."
    at = _hour(form.get(forms.AT))
    if at is not None and not EARLIEST <= at <= LAST_FOR_ADMINS:
        errors[forms.AT] = "Choose an hour between 07:00 and 19:00."
    if errors or track is None or not isinstance(people, tuple):
        return Errors(errors)
    order = Order(
        visit.caller.workspace_id,
        _order_id(visit, view),
        visit.caller.person_id,
        "assign",
        track.id,
        {"ids": list(people)},
        visit.at,
        first_day,
        at,
        _days(form.get(forms.ON)) or None,
        form.get(forms.ANEW) == (forms.YES,),
    )
    return forms.confirm_dialog(_look_before(visit, ordering.draft(visit.session, order), track))


def _order_id(visit: Visit, view: View) -> str:
    """One order for one dialog, however often its form is sent."""
    return uuid5(NAMESPACE_URL, f"{visit.caller.workspace_id}/{visit.caller.person_id}/{view.get('id')}").hex


def _look_before(visit: Visit, order: Order, track: Track) -> OrderView:
    _, lines = status(visit.session, visit.house, order.workspace_id, track_id=track.id)
    state = {line.learner_id: line.state for line in lines}
    return OrderView(
        order.order_id,
        track.title,
        order.ids,
        tuple(person for person in order.ids if state.get(person, "left") != "left"),
        order.first_day,
        order.at,
        order.days,
        order.restart,
        tuple(person for person in order.ids if state.get(person) == "left"),
        visit.today,
    )


def _confirm(visit: Visit, view: View) -> Reply:
    order_id = ids.about(view)
    state = ordering.confirm(
        visit.session, visit.house, visit.caller.workspace_id, order_id, visit.caller.person_id, go=True
    )
    if not state:
        raise UnknownButtonError(order_id)
    return None


def _hour(value: ids.Value) -> time | None:
    try:
        return parse_hour(value) if isinstance(value, str) and value != forms.USUAL else None
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
    if value in {None, forms.USUAL}:
        return None
    if known_zone(str(value)) != value:
        errors[forms.ZONE] = "I don't know that time zone. Type a city and choose one from the list."
    return str(value)


def _country(value: ids.Value, errors: dict[str, str]) -> str | None:
    if value in {None, forms.USUAL}:
        return None
    if value == forms.NOBODY:
        return ""
    if value not in countries():
        errors[forms.COUNTRY] = "I don't know that country's holidays. Choose one from the list."
    return str(value)


def form_of(view: View) -> Submitted:
    """What submitting this dialog does.

    Raises:
        UnknownButtonError: this program never sent such a dialog.
    """
    deed = FORMS.get(str(view.get("callback_id")))
    if deed is None:
        raise UnknownButtonError(f"a dialog {ids.told(view.get('callback_id'))}")
    return deed


Submitted = Deed[View]
FORMS: dict[str, Submitted] = {
    forms.SETTINGS: Submitted(
        _settings, Who.ANYBODY, "what holds now, or errors at the fields", in_place=True, repeatable=True
    ),
    forms.ASSIGN: Submitted(_assign, Who.ADMIN, "the assignment in words, or errors at the fields", repeatable=True),
    forms.CONFIRM: Submitted(_confirm, Who.ASKER, "closes; the summary comes as a message", repeatable=True),
}
