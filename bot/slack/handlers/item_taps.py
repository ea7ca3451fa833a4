"""Handlers of taps on an item and its question."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

from bot.actions.answer import answer, find, leave, show_text
from bot.actions.group_page import add_to_page
from bot.actions.postpone import later, not_today
from bot.domain.delivery import Outcome
from bot.domain.questions import NoResponseError
from bot.domain.rider import MOST_COMFORT, Comfort, GroupPage, Worth
from bot.errors import UnknownButtonError
from bot.messages import ids
from bot.messages.error_reports import wrong_dialog
from bot.messages.group_page import no_page
from bot.messages.item import KNOWN, LATER, NOT_TODAY, PAUSE, REMEMBER, WHO
from bot.messages.no_response import no_response
from bot.messages.review import DROP, SLIP, WRONG
from bot.messages.riders import NO, YES
from bot.planning.full_message import show_here
from bot.planning.holds import pause
from bot.slack.handlers import review_taps
from bot.slack.handlers.learner_taps import Tapped, delivery_of, who
from bot.slack.handlers.request import Allowed, Reply, Request
from bot.store import askings

REPORT_DIGITS = 12
WORTH = {YES: True, NO: False}


def _answer(request: Request, tap: ids.TapMeaning) -> Reply:
    if tap.unsent:
        return None
    try:
        answer(request.state, tap.subject, tap.picked, request.caller.request_id, asking_id=tap.asking_id)
    except NoResponseError as error:
        return no_response(error.fault)
    return None


def _show_text(request: Request, tap: ids.TapMeaning) -> None:
    show_text(request.state, tap.subject, asking_id=tap.asking_id)


def _read(request: Request, tap: ids.TapMeaning) -> None:
    leave(request.state, tap.subject, Outcome.READ, request.caller.request_id, asking_id=tap.asking_id)


def _more(request: Request, tap: ids.TapMeaning) -> Reply:
    state, request_id = request.state, request.caller.request_id
    if tap.argument == LATER:
        later(state, tap.subject, request_id, asking_id=tap.asking_id)
    elif tap.argument == NOT_TODAY:
        not_today(state, tap.subject, asking_id=tap.asking_id)
    elif tap.argument == KNOWN:
        leave(state, tap.subject, Outcome.KNOWN, request_id, asking_id=tap.asking_id)
    elif tap.argument == PAUSE:
        pause(state, on=delivery_of(request, tap))
    elif tap.argument == WHO:
        return who(request, tap)
    elif tap.argument in OF_REVIEW:
        return OF_REVIEW[tap.argument](request, tap)
    else:
        raise UnknownButtonError(tap.argument)
    return None


def _keep(request: Request, tap: ids.TapMeaning) -> Reply:
    _, asking = find(request.state, tap.subject, tap.asking_id)
    return review_taps.keep(request, asking.item_id)


def _wrong(request: Request, tap: ids.TapMeaning) -> Reply:
    _, asking = find(request.state, tap.subject, tap.asking_id)
    title = askings.asked_item(request.session, asking).title
    # an id of chance, so that a form sent twice is one report, and leads to nobody
    return wrong_dialog(title, f"{asking.item_id}|{uuid4().hex[:REPORT_DIGITS]}")


def _worth(request: Request, tap: ids.TapMeaning) -> None:
    delivery = delivery_of(request, tap)
    if not isinstance(delivery.rider, Worth) or tap.argument not in WORTH:
        raise UnknownButtonError(tap.argument)
    said = delivery.rider.said
    # what was said first stays
    request.state.touch(delivery, rider=Worth(WORTH[tap.argument] if said is None else said))


def _comfort(request: Request, tap: ids.TapMeaning) -> None:
    delivery = delivery_of(request, tap)
    if not isinstance(delivery.rider, Comfort) or not 1 <= tap.index <= MOST_COMFORT:
        raise UnknownButtonError(tap.argument)
    # what was said first stays
    said = delivery.rider.said or tap.index
    request.state.touch(delivery, rider=replace(delivery.rider, said=said))


def _group(request: Request, tap: ids.TapMeaning) -> Reply:
    delivery = delivery_of(request, tap)
    if not isinstance(delivery.rider, GroupPage) or tap.argument not in WORTH:
        raise UnknownButtonError(tap.argument)
    rider = delivery.rider
    if rider.said is not None:
        # what was said first stays; `/learn progress` changes it
        request.state.touch(delivery)
        return None
    if WORTH[tap.argument] and not add_to_page(request.state, rider.track_id):
        return no_page()
    request.state.touch(delivery, rider=replace(rider, said=WORTH[tap.argument]))
    return None


OF_REVIEW = {REMEMBER: _keep, SLIP: review_taps.slip, DROP: review_taps.leave_out, WRONG: _wrong}


def _show(request: Request, tap: ids.TapMeaning) -> None:
    delivery, _ = find(request.state, tap.subject)
    show_here(request.state, delivery)


TAPS: dict[str, Tapped] = {
    "answer": Tapped(_answer, Allowed.OWNER, "the reasons, in place"),
    "show_text": Tapped(_show_text, Allowed.OWNER, "the text below the question, in place"),
    "read": Tapped(_read, Allowed.OWNER, "that it counts as read, in place"),
    "more": Tapped(_more, Allowed.OWNER, "what was agreed, in place; or who sees what"),
    "show": Tapped(_show, Allowed.OWNER, "the item, in the place of a reminder or of a line that leads to it"),
    "comfort": Tapped(_comfort, Allowed.OWNER, "that it is noted, in place"),
    "group": Tapped(_group, Allowed.OWNER, "that it is noted, in place"),
    "worth": Tapped(_worth, Allowed.OWNER, "that it is noted, in place"),
}
