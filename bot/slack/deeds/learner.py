"""What a learner can tap."""

from __future__ import annotations

from datetime import date

from bot.domain.content import Term
from bot.domain.delivery import Delivery, Outcome, Slot
from bot.domain.people import HoldKind
from bot.domain.reading import parse_hour
from bot.domain.views import ComingView, ExplainView
from bot.domain.which_day import FAR
from bot.errors import UnknownButtonError
from bot.messages import ids, pausing, render, replies
from bot.messages.forms import menu_dialog, settings_dialog
from bot.messages.item import KNOWN, LATER, NOT_TODAY, PAUSE, WHO, read_dialog
from bot.messages.welcome import HOURS
from bot.services.answer import answer, find, leave
from bot.services.begin import Beginning, Begun, NothingLeft, Waiting, begin, bring_lost, recall
from bot.services.fold import show_here
from bot.services.holds import pause, resume, send_anyway
from bot.services.home import coming
from bot.services.postpone import later, not_today
from bot.services.prefer import choose_hour, settings_of
from bot.services.report import progress
from bot.services.self_start import self_start
from bot.services.standing import look
from bot.services.talk import talk
from bot.slack.visit import Deed, LeadBack, Reply, Visit, Who, is_admin
from bot.store import deliveries, enrolments, learners

Tapped = Deed[ids.Tap]


def delivery_of(visit: Visit, tap: ids.Tap, *slots: Slot) -> Delivery:
    """The message a tap is in.

    Raises:
        UnknownButtonError: there is none of these slots, or it is somebody else's.
    """
    found = deliveries.get(visit.session, visit.caller.workspace_id, tap.subject)
    if found is None or found.learner_id != visit.caller.person_id or (slots and found.slot not in slots):
        raise UnknownButtonError(tap.subject)
    return found


def _answer(visit: Visit, tap: ids.Tap) -> None:
    request_id = visit.caller.request_id
    answer(visit.session, visit.house, visit.learner, tap.subject, tap.index, visit.at, request_id)


def _read(visit: Visit, tap: ids.Tap) -> None:
    leave(visit.session, visit.house, visit.learner, tap.subject, Outcome.READ, visit.at, visit.caller.request_id)


def _more(visit: Visit, tap: ids.Tap) -> Reply:
    session, house, learner, at = visit.session, visit.house, visit.learner, visit.at
    if tap.argument == LATER:
        later(session, house, learner, tap.subject, at, visit.caller.request_id)
    elif tap.argument == NOT_TODAY:
        not_today(session, house, learner, tap.subject, at)
    elif tap.argument == KNOWN:
        leave(session, house, learner, tap.subject, Outcome.KNOWN, at, visit.caller.request_id)
    elif tap.argument == PAUSE:
        pause(session, house, learner, at, on=delivery_of(visit, tap))
    elif tap.argument == WHO:
        return _who(visit, tap)
    else:
        raise UnknownButtonError(tap.argument)
    return None


def _who(visit: Visit, _tap: ids.Tap) -> Reply:
    return replies.who_sees_what(sorted(visit.house.admins_of(visit.caller.workspace_id)))


def _pause(visit: Visit, tap: ids.Tap) -> Reply:
    until = _ahead(visit, tap) if tap.argument else None
    if tap.argument and until is None:
        return replies.day_has_come()
    pause(visit.session, visit.house, visit.learner, visit.at, until)
    return pausing.paused(until, visit.today)


def _ahead(visit: Visit, tap: ids.Tap) -> date | None:
    """The day a pause was offered until; None once it has come, or where it is absurdly far."""
    until, today = tap.day, visit.today
    return until if today < until <= today + FAR else None


def _next(visit: Visit, _tap: ids.Tap) -> Reply:
    result = begin(visit.session, visit.house, visit.learner, visit.at, visit.caller.request_id)
    return told(visit, result)


def told(visit: Visit, result: Beginning) -> Reply:
    """What asking for the next item brought about, in words."""
    if isinstance(result, Waiting):
        return LeadBack(result.title, result.delivery.delivery_id if result.delivery else "")
    if isinstance(result, NothingLeft):
        return replies.nothing_to_bring(what_comes(visit))
    return replies.coming(paused=paused(visit))


def paused(visit: Visit) -> bool:
    """True while the learner is paused."""
    return HoldKind.PERSON in learners.holds(visit.session, visit.caller.workspace_id, visit.caller.person_id)


def _bring(visit: Visit, _tap: ids.Tap) -> Reply:
    result = bring_lost(visit.session, visit.house, visit.learner, visit.at, visit.caller.request_id)
    return None if isinstance(result, Begun) else told(visit, result)


def _start(visit: Visit, tap: ids.Tap) -> None:
    welcome = delivery_of(visit, tap, Slot.WELCOME)
    begin(visit.session, visit.house, visit.learner, visit.at, visit.caller.request_id, resumes=True)
    deliveries.touch(visit.session, welcome, visit.house.clock.real())


def _hour(visit: Visit, tap: ids.Tap) -> None:
    try:
        hour = parse_hour(tap.argument)
    except ValueError as error:
        raise UnknownButtonError(tap.argument) from error
    if hour not in HOURS:
        raise UnknownButtonError(tap.argument)
    choose_hour(visit.session, visit.house, visit.learner, hour, visit.at, delivery_of(visit, tap, Slot.WELCOME))


def _not_now(visit: Visit, tap: ids.Tap) -> None:
    learners.update(visit.session, visit.learner, welcome_done=True)
    pause(visit.session, visit.house, visit.learner, visit.at, on=delivery_of(visit, tap, Slot.WELCOME))


def _resume(visit: Visit, tap: ids.Tap) -> Reply:
    on = None if tap.subject == ids.ME else delivery_of(visit, tap)
    was_paused = resume(visit.session, visit.house, visit.learner, visit.at)
    if on is None:
        return pausing.resumed(was_paused, what_comes(visit))
    after = learners.get(visit.session, visit.caller.workspace_id, visit.caller.person_id)
    day = after.next_due_on if after else None
    note = f"resumed|{day.isoformat() if day else ''}"
    deliveries.touch(visit.session, on, visit.house.clock.real(), note=note)
    return None


def _send_anyway(visit: Visit, _tap: ids.Tap) -> Reply:
    waited = send_anyway(visit.session, visit.house, visit.learner, visit.at)
    return pausing.sent_anyway(waited, what_comes(visit))


def _show(visit: Visit, tap: ids.Tap) -> None:
    delivery, _ = find(visit.session, visit.house, visit.learner, tap.subject)
    show_here(visit.session, visit.house, delivery)


def _talk(visit: Visit, tap: ids.Tap) -> Reply:
    closing = None if tap.subject == ids.ME else delivery_of(visit, tap, Slot.CLOSING)
    cause = closing.delivery_id if closing else visit.caller.request_id
    told = talk(visit.session, visit.house, visit.learner, visit.at, cause, closing)
    return None if closing else replies.passed_on(told)


def _begin(visit: Visit, tap: ids.Tap) -> Reply:
    track = visit.house.catalogue_of(visit.caller.workspace_id).tracks.get(tap.subject)
    if track is None:
        raise UnknownButtonError(tap.subject)
    if not visit.fresh:
        return told(visit, recall(visit.session, visit.learner, visit.caller.request_id))
    return told(visit, self_start(visit.session, visit.house, visit.learner, track, visit.at, visit.caller.request_id))


def what_comes(visit: Visit) -> ComingView:
    """What comes next for them, after what was just done."""
    standing = look(visit.session, visit.house, visit.caller.workspace_id, visit.caller.person_id)
    assert standing is not None
    return coming(visit.session, standing, visit.at)


def _term(visit: Visit, tap: ids.Tap) -> Reply:
    term = visit.house.catalogue_of(visit.caller.workspace_id).items.get(tap.argument)
    if not isinstance(term, Term):
        raise UnknownButtonError(tap.argument)
    return render(ExplainView(term.term, term))


def _read_again(visit: Visit, tap: ids.Tap) -> Reply:
    item = visit.house.catalogue_of(visit.caller.workspace_id).items.get(tap.argument)
    if item is None:
        raise UnknownButtonError(tap.argument)
    done = enrolments.done(visit.session, visit.caller.workspace_id, visit.caller.person_id)
    return read_dialog(item) if item.id in done else replies.not_yet()


def settings(visit: Visit, _given: object) -> Reply:
    """The learner's choices as they stand, to be changed."""
    return settings_dialog(settings_of(visit.session, visit.house, visit.learner))


def tracks(visit: Visit, _given: object) -> Reply:
    """The tracks this learner may start, and has."""
    mine = progress(visit.session, visit.house, visit.learner)
    have = {p.track_id for p in mine}
    catalogue = visit.house.catalogue_of(visit.caller.workspace_id)
    return replies.open_tracks([t for t in catalogue.tracks.values() if t.open or t.id in have], mine)


def how_far(visit: Visit, _given: object) -> Reply:
    """The learner's own progress."""
    return replies.progress(progress(visit.session, visit.house, visit.learner), visit.learner.next_due_on, visit.today)


def help_text(visit: Visit, _given: object) -> Reply:
    """What learners can do, and who sees what; admins also hear of their own command."""
    return replies.learn_help(what_comes(visit), admin=is_admin(visit))


def menu(visit: Visit, _given: object) -> Reply:
    """What nearly everybody wants, a tap away."""
    return menu_dialog(what_comes(visit))


TAPS: dict[str, Tapped] = {
    "answer": Tapped(_answer, Who.OWNER, "the reasons, in place"),
    "read": Tapped(_read, Who.OWNER, "that it counts as read, in place"),
    "more": Tapped(_more, Who.OWNER, "what was agreed, in place; or who sees what"),
    "show": Tapped(_show, Who.OWNER, "the item, in the place of a reminder or of a line that leads to it"),
    "start": Tapped(_start, Who.OWNER, "the first item"),
    "hour": Tapped(_hour, Who.OWNER, "the new hour, in place"),
    "not_now": Tapped(_not_now, Who.OWNER, "that it is paused, in place"),
    "next": Tapped(_next, Who.ANYBODY, "the next item, or where the open one is", in_place=True),
    "bring": Tapped(_bring, Who.ANYBODY, "the open item once more"),
    "pause": Tapped(_pause, Who.ANYBODY, "that it is paused, and the way out", in_place=True, home_shows=True),
    "resume": Tapped(_resume, Who.ANYBODY, "when the next one comes", in_place=True, home_shows=True),
    "send_anyway": Tapped(
        _send_anyway, Who.ANYBODY, "when the next one comes, whatever their status says", in_place=True, home_shows=True
    ),
    "talk": Tapped(_talk, Who.ANYBODY, "who has the name now", home_shows=True),
    "begin": Tapped(_begin, Who.ANYBODY, "the track's first item", in_place=True, repeatable=True),
    "term": Tapped(_term, Who.ANYBODY, "the word's explainer", in_place=True, repeatable=True),
    "read_again": Tapped(_read_again, Who.ANYBODY, "the item, as a dialog without its question", repeatable=True),
    "settings": Tapped(settings, Who.ANYBODY, "the settings, as a dialog", repeatable=True),
    "tracks": Tapped(tracks, Who.ANYBODY, "the tracks one can start", in_place=True, repeatable=True),
    "progress": Tapped(how_far, Who.ANYBODY, "how far one is", in_place=True, repeatable=True),
    "who": Tapped(_who, Who.ANYBODY, "who sees what", repeatable=True),
    "help": Tapped(help_text, Who.ANYBODY, "what one can do", in_place=True, repeatable=True),
}
