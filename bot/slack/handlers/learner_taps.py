"""Handlers of learners' taps."""

from __future__ import annotations

from datetime import date

from bot.actions.begin import Beginning, Begun, NothingLeft, Waiting, begin, bring_lost, recall
from bot.actions.group_page import add_to_page, take_out
from bot.actions.preferences import choose_hour, settings_of
from bot.actions.self_start import self_start
from bot.actions.talk import talk
from bot.domain.allowed_times import pause_end_fault
from bot.domain.content import Term
from bot.domain.delivery import Delivery, Slot
from bot.domain.delivery_note import Resumed
from bot.domain.people import HoldKind
from bot.domain.typed_dates import parse_hour
from bot.errors import UnknownButtonError
from bot.messages import group_page, ids, pause_replies, render, replies
from bot.messages.dialogs import menu_dialog, settings_dialog
from bot.messages.item import read_dialog
from bot.messages.standing import standing_message
from bot.messages.ticks import ticks_dialog
from bot.messages.welcome import HOURS
from bot.planning.holds import pause, resume, send_anyway
from bot.planning.ticks import terms_to_tick
from bot.queries.home import coming
from bot.queries.reports import progress
from bot.queries.standing import standing
from bot.slack.handlers.request import Allowed, Handler, LeadBack, Reply, Request, is_admin, looked_up
from bot.view_models import ComingView, ExplainView

Tapped = Handler[ids.TapMeaning]


def delivery_of(request: Request, tap: ids.TapMeaning, *slots: Slot) -> Delivery:
    """Return the message that a tap is in.

    Raises:
        UnknownButtonError: there is none of these slots, or it is somebody else's.
    """
    found = request.state.delivery(tap.subject)
    if found is None or (slots and found.slot not in slots):
        raise UnknownButtonError(tap.subject)
    return found


def who(request: Request, _tap: ids.TapMeaning) -> Reply:
    """Return who sees what, and the admins."""
    return replies.who_sees_what(sorted(request.state.admins))


def _pause(request: Request, tap: ids.TapMeaning) -> Reply:
    until = _ahead(request, tap) if tap.argument else None
    if tap.argument and until is None:
        return replies.day_has_come()
    pause(request.state, until)
    return pause_replies.paused(until, request.today)


def _ahead(request: Request, tap: ids.TapMeaning) -> date | None:
    """Return the day until which a pause was offered; None if it has come, or is absurdly far."""
    until, today = tap.day, request.today
    return until if pause_end_fault(until, today) is None else None


def _next(request: Request, _tap: ids.TapMeaning) -> Reply:
    return reply_to_beginning(request, begin(request.state, request.caller.request_id))


def reply_to_beginning(request: Request, result: Beginning) -> Reply:
    """Return the answer to a request for the next item."""
    if isinstance(result, Waiting):
        return LeadBack(result.title, result.delivery.delivery_id if result.delivery else "")
    if isinstance(result, NothingLeft):
        return replies.nothing_to_bring(what_comes(request))
    return replies.coming(paused=paused(request))


def paused(request: Request) -> bool:
    """Return True while the learner is paused."""
    return HoldKind.PERSON in request.state.holds


def _bring(request: Request, _tap: ids.TapMeaning) -> Reply:
    result = bring_lost(request.state, request.caller.request_id)
    return None if isinstance(result, Begun) else reply_to_beginning(request, result)


def _start(request: Request, tap: ids.TapMeaning) -> Reply:
    welcome = delivery_of(request, tap, Slot.WELCOME)
    # tapped is tapped, also where nothing is left to bring: a later track heads its own first item
    request.state.change_learner(welcome_done=True)
    result = begin(request.state, request.caller.request_id, resumes=True)
    request.state.touch(welcome)
    item = request.state.open
    track = request.state.catalogue.tracks.get(item.track_id) if item is not None else None
    terms = terms_to_tick(request.state, track.id) if track is not None and isinstance(result, Begun) else []
    return ticks_dialog(track, terms) if track is not None and terms else None


def _hour(request: Request, tap: ids.TapMeaning) -> None:
    try:
        hour = parse_hour(tap.argument)
    except ValueError as error:
        raise UnknownButtonError(tap.argument) from error
    if hour not in HOURS:
        raise UnknownButtonError(tap.argument)
    choose_hour(request.state, hour, delivery_of(request, tap, Slot.WELCOME))


def _not_now(request: Request, tap: ids.TapMeaning) -> None:
    request.state.change_learner(welcome_done=True)
    pause(request.state, on=delivery_of(request, tap, Slot.WELCOME))


def _resume(request: Request, tap: ids.TapMeaning) -> Reply:
    on = None if tap.subject == ids.ME else delivery_of(request, tap)
    was_paused = resume(request.state)
    if on is None:
        return pause_replies.resumed(was_paused, what_comes(request))
    day = request.learner.next_due_on
    request.state.touch(on, note=Resumed(day))
    return None


def _send_anyway(request: Request, _tap: ids.TapMeaning) -> Reply:
    waited = send_anyway(request.state)
    return pause_replies.sent_anyway(waited, what_comes(request))


def _talk(request: Request, tap: ids.TapMeaning) -> Reply:
    closing = None if tap.subject == ids.ME else delivery_of(request, tap, Slot.CLOSING)
    caused_by = closing.delivery_id if closing else request.caller.request_id
    told = talk(request.state, caused_by, closing)
    return None if closing else replies.passed_on(told)


def _begin(request: Request, tap: ids.TapMeaning) -> Reply:
    track = request.ctx.catalogue_of(request.caller.workspace_id).tracks.get(tap.subject)
    if track is None:
        raise UnknownButtonError(tap.subject)
    if not request.fresh:
        return reply_to_beginning(request, recall(request.state, request.caller.request_id))
    result = self_start(request.state, track, request.caller.request_id)
    if isinstance(result, Begun) and terms_to_tick(request.state, track.id):
        # a dialog would hide the list in which this was tapped, so it is offered
        return replies.started(track.id)
    return reply_to_beginning(request, result)


def what_comes(request: Request) -> ComingView:
    """Return the note about what comes next, after what was just done."""
    return coming(request.state)


def _term(request: Request, tap: ids.TapMeaning) -> Reply:
    term = request.ctx.catalogue_of(request.caller.workspace_id).items.get(tap.argument)
    if not isinstance(term, Term):
        raise UnknownButtonError(tap.argument)
    looked_up(request, [term.id])
    return render(ExplainView(asked=term.term, term=term))


def _read_again(request: Request, tap: ids.TapMeaning) -> Reply:
    item = request.ctx.catalogue_of(request.caller.workspace_id).items.get(tap.argument)
    if item is None:
        raise UnknownButtonError(tap.argument)
    return read_dialog(item) if item.id in request.state.done else replies.not_yet()


def settings(request: Request, _given: object) -> Reply:
    """Return the learner's choices as they stand, to be changed."""
    return settings_dialog(settings_of(request.state))


def tracks(request: Request, _given: object) -> Reply:
    """Return the tracks this learner may start, and has."""
    mine = progress(request.state)
    have = {p.track_id for p in mine}
    catalogue = request.ctx.catalogue_of(request.caller.workspace_id)
    return replies.open_tracks([t for t in catalogue.tracks.values() if t.open or t.id in have], mine)


def how_far(request: Request, _given: object) -> Reply:
    """Return the learner's own standing."""
    return standing_message(standing(request.state))


def _group_page(request: Request, tap: ids.TapMeaning) -> Reply:
    """Add the learner's before and after to their group's page, or take it out; return their standing."""
    which, _, _ = tap.argument.partition("-")
    if which == group_page.ON:
        if not add_to_page(request.state, tap.subject):
            return group_page.no_page()
    elif which == group_page.OFF:
        take_out(request.state, tap.subject)
    else:
        raise UnknownButtonError(tap.argument)
    return how_far(request, None)


def help_text(request: Request, _given: object) -> Reply:
    """Return what learners can do, and who sees what; admins also read of their own command."""
    return replies.learn_help(what_comes(request), admin=is_admin(request))


def menu(request: Request, _given: object) -> Reply:
    """Return the menu of `/learn`: the most frequent requests, a tap away."""
    return menu_dialog(what_comes(request))


TAPS: dict[str, Tapped] = {
    "start": Tapped(_start, Allowed.OWNER, "the first item"),
    "hour": Tapped(_hour, Allowed.OWNER, "the new hour, in place"),
    "not_now": Tapped(_not_now, Allowed.OWNER, "that it is paused, in place"),
    "next": Tapped(_next, Allowed.ANYBODY, "the next item, or where the open one is", in_place=True),
    "bring": Tapped(_bring, Allowed.ANYBODY, "the open item once more"),
    "pause": Tapped(_pause, Allowed.ANYBODY, "that it is paused, and the way out", in_place=True, home_shows=True),
    "resume": Tapped(_resume, Allowed.ANYBODY, "when the next one comes", in_place=True, home_shows=True),
    "send_anyway": Tapped(
        _send_anyway,
        Allowed.ANYBODY,
        "when the next one comes, whatever their status says",
        in_place=True,
        home_shows=True,
    ),
    "talk": Tapped(_talk, Allowed.ANYBODY, "who has the name now", home_shows=True),
    "begin": Tapped(_begin, Allowed.ANYBODY, "the track's first item", in_place=True, repeatable=True),
    "term": Tapped(_term, Allowed.ANYBODY, "the word's explainer", in_place=True, repeatable=True),
    "read_again": Tapped(_read_again, Allowed.ANYBODY, "the item, as a dialog without its question", repeatable=True),
    "settings": Tapped(settings, Allowed.ANYBODY, "the settings, as a dialog", repeatable=True),
    "tracks": Tapped(tracks, Allowed.ANYBODY, "the tracks one can start", in_place=True, repeatable=True),
    "progress": Tapped(how_far, Allowed.ANYBODY, "how far one is, and what comes back", in_place=True, repeatable=True),
    "group_page": Tapped(_group_page, Allowed.ANYBODY, "how far one is, with the group's page", in_place=True),
    "who": Tapped(who, Allowed.ANYBODY, "who sees what", repeatable=True),
    "help": Tapped(help_text, Allowed.ANYBODY, "what one can do", in_place=True, repeatable=True),
}
