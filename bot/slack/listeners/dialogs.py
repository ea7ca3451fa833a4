"""Submitted dialogs, what their search fields offer, and the message shortcut."""

from __future__ import annotations

import logging
import re
from typing import Any
from zoneinfo import available_timezones

from rapidfuzz import fuzz, process
from slack_bolt import Ack, App, BoltContext, Respond

from bot.domain.views import ExplainView
from bot.domain.workdays import countries
from bot.errors import UnknownButtonError
from bot.limits import SELECT_OPTIONS
from bot.messages import Message, forms, render, replies
from bot.messages.draft import Block, Modal, option
from bot.services.explain import terms_in
from bot.services.prefer import settings_of
from bot.slack import homes, replying
from bot.slack.deeds.forms import form_of
from bot.slack.desk import Desk, caller_of_form, caller_of_shortcut
from bot.slack.visit import Errors, Reply, carry_out, enter
from bot.store import learners

log = logging.getLogger(__name__)
SHORTCUT = "explain_jargon"
ANY_FORM = re.compile(".*")
MOST_TERMS = 5
FOUND = 30


def register(app: App, desk: Desk) -> None:
    """Everything about dialogs."""
    _submits(app, desk)
    _searches(app, desk)
    _shortcut(app, desk)


def _submits(app: App, desk: Desk) -> None:
    def take(ack: Ack, body: dict[str, Any]) -> None:
        in_place, reply = True, None
        try:
            caller, view = caller_of_form(body), body["view"]
            deed = form_of(view)
            with desk.house.db.write() as session:
                reply = carry_out(deed, desk, session, caller, view, f"submit {view['callback_id']}")
            in_place = deed.in_place
        except UnknownButtonError as error:
            log.info("a dialog that means nothing: %s", error)
            reply = replies.old_button()
        _acknowledge(ack, reply, in_place=in_place)

    def follow(body: dict[str, Any]) -> None:
        try:
            caller = caller_of_form(body)
        except UnknownButtonError:
            return
        desk.courier.work_off()
        desk.courier.deliver()
        desk.courier.refresh(caller.workspace_id, caller.person_id)
        homes.freshen(desk, caller.workspace_id, caller.person_id)

    app.view(ANY_FORM)(ack=take, lazy=[follow])


def _acknowledge(ack: Ack, reply: Reply, *, in_place: bool) -> None:
    if isinstance(reply, Errors):
        ack(response_action="errors", errors=dict(reply.at))
    elif isinstance(reply, Message):
        ack(response_action="update", view=forms.shown(reply).payload())
    elif isinstance(reply, Modal):
        ack(response_action="update" if in_place else "push", view=reply.payload())
    else:
        ack(response_action="clear")


def _searches(app: App, desk: Desk) -> None:
    def zones(ack: Ack, body: dict[str, Any]) -> None:
        found = _like(str(body.get("value") or ""), {z: z.replace("_", " ") for z in _zones()})
        ack(options=[*_usual(desk, body, forms.ZONE), *found])

    def lands(ack: Ack, body: dict[str, Any]) -> None:
        found = _like(str(body.get("value") or ""), countries())
        ack(options=[*_usual(desk, body, forms.COUNTRY), *found][:SELECT_OPTIONS])

    app.options(forms.ZONE)(zones)
    app.options(forms.COUNTRY)(lands)


def _zones() -> list[str]:
    return sorted(
        z for z in available_timezones() if "/" in z and not z.startswith(("Etc/", "posix/", "right/", "SystemV/"))
    )


def _like(typed: str, names: Any) -> list[Block]:
    if not typed.strip():
        return [option(name, code) for code, name in list(names.items())[:FOUND]]
    found = process.extract(typed, names, scorer=fuzz.WRatio, limit=FOUND, score_cutoff=60, processor=str.casefold)
    return [option(name, code) for name, _, code in found]


def _usual(desk: Desk, body: dict[str, Any], field: str) -> list[Block]:
    """The choices that aren't a zone or a country: as in the profile, as in the zone, none."""
    try:
        caller = caller_of_form(body)
    except UnknownButtonError:
        return []
    if caller.foreign:
        return []
    with desk.house.db.read() as session:
        learner = learners.get(session, caller.workspace_id, caller.person_id)
        if learner is None:
            return []
        view = settings_of(session, desk.house, learner)
    if field == forms.ZONE:
        return [forms.zone_option(None, view.profile_tz)]
    return [forms.country_option(None, view), forms.country_option("", view)]


def _shortcut(app: App, desk: Desk) -> None:
    def take(ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
        try:
            caller = caller_of_shortcut(body)
            if caller.foreign:
                context["reply"] = replies.not_from_here()
            else:
                with desk.house.db.write() as session:
                    enter(desk, session, caller)
                context["reply"] = _explained(desk, caller.workspace_id, body)
        except UnknownButtonError as error:
            log.info("a shortcut of nobody: %s", error)
        ack()

    def follow(body: dict[str, Any], context: BoltContext, respond: Respond) -> None:
        if context.get("reply") is None:
            return
        caller, reply = caller_of_shortcut(body), context["reply"]
        dialog = forms.shown(reply) if isinstance(reply, Message) else reply
        replying.give(desk, caller, body, respond, dialog, in_place=False)
        homes.freshen(desk, caller.workspace_id, caller.person_id)

    app.message_shortcut(SHORTCUT)(ack=take, lazy=[follow])


def _explained(desk: Desk, workspace_id: str, body: dict[str, Any]) -> Modal:
    """The known words of the message, explained. Its text is read here and kept nowhere."""
    message = body.get("message")
    text = str(message.get("text") or "") if isinstance(message, dict) else ""
    catalogue = desk.house.catalogue_of(workspace_id)
    found = terms_in(catalogue, text)
    if not found:
        return forms.no_jargon([t.term for t in catalogue.terms[:3]])
    shown = [render(ExplainView(term.term, term)) for term, _ in found[:MOST_TERMS]]
    return forms.jargon_dialog(shown, len(found) - len(shown))
