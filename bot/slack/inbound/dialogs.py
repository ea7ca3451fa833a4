"""Submitted dialogs, what their search fields offer, and the message shortcut."""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from types import MappingProxyType
from typing import Any

from rapidfuzz.distance import OSA
from slack_bolt import Ack, App

from bot.actions.preferences import settings_of
from bot.domain.content import Catalogue
from bot.domain.local_time import known_zone
from bot.domain.workdays import countries, other_names, zones
from bot.errors import UnknownButtonError
from bot.limits import SELECT_OPTIONS
from bot.messages import Message, brief, dialogs, render, replies
from bot.messages.builder import Block, Modal, option
from bot.messages.command_names import CommandNames
from bot.planning.learner_state import load
from bot.queries.glossary import SLIP_FROM, TWO_SLIPS_FROM, examples, terms_in, words_in
from bot.slack.handlers.deps import Caller, Deps
from bot.slack.handlers.dialogs import Form
from bot.slack.handlers.follow_up_work import FollowUpWork
from bot.slack.handlers.forms import form_of
from bot.slack.handlers.request import (
    Allowed,
    FormErrors,
    Handled,
    Handler,
    MembersOrder,
    Reply,
    Request,
    Unmet,
    dispatch,
    looked_up,
)
from bot.slack.inbound.low_priority import FollowUps
from bot.slack.inbound.payloads import Shortcut, SlackRequest, Submission, Suggestion, expect
from bot.slack.outbound import homes, show_reply
from bot.slack.outbound.follow_up import follow_up
from bot.slack.typed.slack_text import seen
from bot.store.database import Session
from bot.view_models import ExplainView, SettingsView

log = logging.getLogger(__name__)
ANY_FORM = re.compile(".*")
MOST_TERMS = 5
FOUND = 30
OTHER_COUNTRIES = {
    "usa": "US",
    "america": "US",
    "uk": "GB",
    "united kingdom": "GB",
    "great britain": "GB",
    "england": "GB",
    "scotland": "GB",
    "holland": "NL",
    "uae": "AE",
    "emirates": "AE",
    "czechia": "CZ",
    "korea": "KR",
}
"""What people call them, where the list has another name."""


@dataclass(frozen=True)
class SearchContext:
    """The source of what a search field offers: the person's choices as they stand, and the catalogue."""

    settings: SettingsView
    catalogue: Catalogue


@dataclass(frozen=True)
class Search:
    """A dialog's search field: to whom it offers something, and what, in words for the documentation."""

    offer: Callable[[SearchContext, str], list[Block]]
    allowed: Allowed
    answers: str


def register(app: App, deps: Deps) -> None:
    """Everything about dialogs."""
    _submits(app, deps)
    _searches(app, deps)
    _shortcuts(app, deps)


def _submits(app: App, deps: Deps) -> None:
    def take(ack: Ack, slack_request: SlackRequest, follow_ups: FollowUps) -> None:
        try:
            submission = expect(slack_request, Submission)
        except UnknownButtonError as error:
            log.info("a dialog of nobody: %s", error)
            _acknowledge(ack, deps.names, replies.old_button(), in_place=True)
            return
        in_place, handled = True, Handled(None, FollowUpWork(due_at_once=True))
        try:
            form = submission.view.form
            in_place = form_of(form).in_place
            with deps.ctx.db.write() as session:
                acted = _submit(deps, session, submission.caller, form)
            # only what is committed is shown
            handled = acted
        except UnknownButtonError as error:
            log.info("a dialog that means nothing: %s", error)
            handled = Handled(replies.old_button(), FollowUpWork())
        finally:
            follow_ups.add(partial(_after_submit, deps, submission, handled))
        _acknowledge(ack, deps.names, handled.reply, in_place=in_place)

    app.view(ANY_FORM)(take)


def _submit(deps: Deps, session: Session, caller: Caller, form: Form) -> Handled:
    return dispatch(form_of(form), deps, session, caller, form, f"submit {form.callback_id}")


def _after_submit(deps: Deps, submission: Submission, handled: Handled) -> None:
    caller = submission.caller
    if isinstance(handled.reply, Unmet):
        reply = show_reply.after_meeting(
            deps, caller, lambda session: _submit(deps, session, caller, submission.view.form).reply
        )
        if reply is not None:
            # the dialog is closed by now, so that another one answers
            show_reply.respond(deps, caller, replace(submission.origin, modal_id=""), reply, in_place=False)
    elif isinstance(handled.reply, MembersOrder):
        # it takes the place of the dialog that says that Slack is asked
        show_reply.respond(deps, caller, submission.origin, handled.reply, in_place=True)
    follow_up(deps, caller, handled.work)


def _acknowledge(ack: Ack, names: CommandNames, reply: Reply, *, in_place: bool) -> None:
    if isinstance(reply, FormErrors):
        ack(response_action="errors", errors={field: names.said(error) for field, error in reply.at.items()})
    elif isinstance(reply, Message):
        ack(response_action="update", view=names.shown(dialogs.shown(reply).payload()))
    elif isinstance(reply, Modal):
        ack(response_action="update" if in_place else "push", view=names.shown(reply.payload()))
    elif isinstance(reply, MembersOrder):
        ack(response_action="update", view=names.shown(dialogs.asking_slack(reply.sources).payload()))
    else:
        ack(response_action="clear")


def _searches(app: App, deps: Deps) -> None:
    for field in SEARCHES:
        _search(app, deps, field)


def _search(app: App, deps: Deps, field: str) -> None:
    def take(ack: Ack, slack_request: SlackRequest) -> None:
        try:
            search = expect(slack_request, Suggestion)
            with deps.ctx.db.read() as session:
                offered = look_up(SEARCHES[field], deps, session, search.caller, search.value or "")
        except UnknownButtonError as error:
            log.info("a search of nobody: %s", error)
            offered = []
        ack(options=offered[:SELECT_OPTIONS])

    app.options(field)(take)


def _zone_options(given: SearchContext, typed: str) -> list[Block]:
    """As in the profile, and the zones most like what was typed."""
    return [dialogs.zone_option(None, given.settings.profile_tz), *_like(typed, _zones(), _old_names())]


@lru_cache(maxsize=1)
def _zones() -> Mapping[str, str]:
    """Names to read, by the names that the time zone database lists and this machine knows."""
    return {zone: zone.replace("_", " ") for zone in sorted(zones()) if known_zone(zone) == zone}


@lru_cache(maxsize=1)
def _old_names() -> Mapping[str, tuple[str, ...]]:
    """The zones' other names, as they are compared."""
    return {zone: tuple(_plain(name) for name in names) for zone, names in other_names().items()}


def _country_options(given: SearchContext, typed: str) -> list[Block]:
    """As the zone has it, none, and the countries most like what was typed."""
    view = given.settings
    return [dialogs.country_option(None, view), dialogs.country_option("", view), *_like(typed, countries())]


def _subject_options(given: SearchContext, typed: str) -> list[Block]:
    """The tracks and words most like what was typed."""
    named = brief.subject_options(given.catalogue)
    others = {f"{brief.TERM}:{term.id}": tuple(map(_plain, term.every_name)) for term in given.catalogue.terms}
    return _like(typed, named, others)


def _like(
    typed: str, names: Mapping[str, str], others: Mapping[str, tuple[str, ...]] = MappingProxyType({})
) -> list[Block]:
    """The entries in which a word begins with what was typed, else those a slip of the keyboard away.

    `others`: other names by which an entry is found.
    """
    wanted = _plain(typed)
    if not wanted:
        return [option(name, code) for code, name in list(names.items())[:FOUND]]
    words = {code: _plain(name) for code, name in names.items()}
    found = [
        code
        for code in words
        if any(f" {name}".find(f" {wanted}") >= 0 for name in (words[code], *others.get(code, ())))
        or OTHER_COUNTRIES.get(wanted) == code
    ]
    if not found:
        slips = 0 if len(wanted) < SLIP_FROM else 1 if len(wanted) < TWO_SLIPS_FROM else 2
        found = [
            code for code in words if any(OSA.distance(wanted, w) <= slips for w in [words[code], *words[code].split()])
        ]
    return [option(names[code], code) for code in found[:FOUND]]


def _plain(text: str) -> str:
    """Without accents, signs and capitals."""
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return " ".join(words_in(letters))


def look_up(search: Search, deps: Deps, session: Session, caller: Caller, typed: str) -> list[Block]:
    """Return the offers of a search field; none to those who may not."""
    state = load(session, deps.ctx, caller.workspace_id, caller.person_id, lock=False)
    if state is None or state.learner.foreign or not state.learner.name:
        return []
    return search.offer(SearchContext(settings_of(state), state.catalogue), typed)


def _shortcuts(app: App, deps: Deps) -> None:
    for callback_id in SHORTCUTS:
        _shortcut(app, deps, callback_id)


def _shortcut(app: App, deps: Deps, callback_id: str) -> None:
    handler, name = SHORTCUTS[callback_id], f"shortcut {callback_id}"

    def act(session: Session, chosen: Shortcut) -> Reply:
        return dispatch(handler, deps, session, chosen.caller, chosen.message or {}, name).reply

    def take(ack: Ack, slack_request: SlackRequest, follow_ups: FollowUps) -> None:
        try:
            chosen = expect(slack_request, Shortcut)
            with deps.ctx.db.write() as session:
                reply = act(session, chosen)
            follow_ups.add(partial(follow, chosen, reply))
        except UnknownButtonError as error:
            log.info("a shortcut of nobody: %s", error)
        ack()

    def follow(chosen: Shortcut, reply: Reply) -> None:
        caller = chosen.caller
        shown = show_reply.left_to_show(deps, caller, reply, lambda session: act(session, chosen))
        if shown is None:
            return
        dialog = dialogs.shown(shown) if isinstance(shown, Message) else shown
        show_reply.respond(deps, caller, chosen.origin, dialog, in_place=False)
        homes.refresh_home(deps, caller.workspace_id, caller.person_id)

    app.message_shortcut(callback_id)(take)


def _explained(request: Request, message: Mapping[str, Any]) -> Reply:
    """The known words of the message, explained. Its text is read here and kept nowhere."""
    text = seen(message)
    catalogue = request.ctx.catalogue_of(request.caller.workspace_id)
    found = terms_in(catalogue, text)
    looked_up(request, [term.id for term, _ in found[:MOST_TERMS]], text)
    if not found:
        return dialogs.no_jargon(examples(catalogue))
    shown = [render(ExplainView(asked=term.term, term=term, alone=False)) for term, _ in found[:MOST_TERMS]]
    return dialogs.jargon_dialog(shown, len(found) - len(shown))


SEARCHES: dict[str, Search] = {
    dialogs.ZONE: Search(_zone_options, Allowed.ANYBODY, "the time zones most like what was typed"),
    brief.ABOUT: Search(_subject_options, Allowed.ANYBODY, "the tracks and words most like what was typed"),
    dialogs.COUNTRY: Search(_country_options, Allowed.ANYBODY, "the countries most like what was typed"),
}
SHORTCUTS: dict[str, Handler[Mapping[str, Any]]] = {
    "explain_jargon": Handler(
        do=_explained,
        allowed=Allowed.ANYBODY,
        answers="the message's known words, explained in a dialog",
        repeatable=True,
    )
}
