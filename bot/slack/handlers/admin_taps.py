"""Handlers of admins' taps."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.actions import orders as ordering
from bot.actions.assign_again import ask_again
from bot.actions.delivery_problems import settle_uncertain
from bot.actions.error_reports import settle_reports
from bot.actions.talk import talked
from bot.domain.allowed_times import DayFault, first_day_fault
from bot.domain.content import question_of
from bot.domain.delivery import Delivery, Slot
from bot.domain.delivery_subject import OrderSummary
from bot.domain.orders import FollowUp, OrderState
from bot.domain.questions import NoResponseError
from bot.errors import UnknownButtonError
from bot.logs import WORK
from bot.messages import admin_replies, ambiguous_day, ids, render, replies
from bot.messages.dialogs import assign_dialog
from bot.messages.no_response import no_response
from bot.queries.message_view import preview_of
from bot.queries.order_look import look_before
from bot.queries.repeat_offer import asked_id
from bot.slack.handlers.deps import Caller
from bot.slack.handlers.learner_taps import Tapped, delivery_of
from bot.slack.handlers.request import Allowed, Reply, Request
from bot.store import audit, deliveries, orders
from bot.store.database import Session

AGAIN = {"move_start": FollowUp.MOVE, "start_again": FollowUp.RESTART}


def preview(request: Request, tap: ids.TapMeaning) -> Reply:
    """Draw the reason that an admin asked for in a preview. Nothing is recorded."""
    if tap.verb != "answer":
        return replies.preview_only()
    if tap.unsent:
        return None
    track_id, _, number = tap.subject.removeprefix(ids.PREVIEW).rpartition(".")
    catalogue = request.ctx.catalogue_of(request.caller.workspace_id)
    track = catalogue.tracks.get(track_id)
    if track is None or not re.fullmatch("[0-9]{1,3}", number) or not 1 <= int(number) <= len(track.items):
        raise UnknownButtonError(tap.subject)
    item = catalogue.items[track.items[int(number) - 1]]
    try:
        response = question_of(item).respond(tap.picked)
    except NoResponseError as error:
        return no_response(error.fault)
    except ValueError as error:
        raise UnknownButtonError(tap.argument) from error
    return render(replace(preview_of(catalogue, track_id, int(number)), response=response))


def _order(request: Request, tap: ids.TapMeaning) -> Reply:
    state = ordering.confirm(
        request.session,
        request.ctx,
        request.caller.workspace_id,
        tap.subject,
        request.caller.person_id,
        go=tap.verb == "order_yes",
    )
    if not state:
        raise UnknownButtonError(tap.subject)
    return admin_replies.order_answered(state)


def _from_day(request: Request, tap: ids.TapMeaning) -> Reply:
    """Set the first day of an assignment that could have been either of two."""
    day = tap.day
    workspace_id, person_id = request.caller.workspace_id, request.caller.person_id
    asked = orders.get(request.session, workspace_id, tap.subject, lock=True)
    # a day that has passed since the question begins now; one too far ahead was never offered
    if asked is None or asked.admin_id != person_id or first_day_fault(day, request.today) is DayFault.TOO_FAR:
        raise UnknownButtonError(tap.subject)
    state = ordering.confirm(request.session, request.ctx, workspace_id, tap.subject, person_id, go=True, first_day=day)
    assert state is not None
    now = orders.get(request.session, workspace_id, tap.subject)
    first_day = now.first_day if now else None
    dealt_with = asked.state is not OrderState.ASKS and first_day != day
    return ambiguous_day.order_from(state, first_day, request.today, dealt_with=dealt_with)


def _undo(request: Request, tap: ids.TapMeaning) -> Reply:
    notice = delivery_of(request, tap, Slot.NOTICE)
    order = orders.get(request.session, request.caller.workspace_id, _order_id(notice), lock=True)
    if order is None:
        raise UnknownButtonError(tap.subject)
    if tap.verb == "undo_no":
        ordering.keep(request.session, order)
    else:
        ordering.ask_undo(request.session, request.ctx, order, sure=tap.verb == "undo_yes")
    request.state.touch(notice)
    return None


def _order_id(notice: Delivery) -> str:
    return notice.about.order_id if isinstance(notice.about, OrderSummary) else ""


def _lock_named(session: Session, caller: Caller, tap: ids.TapMeaning) -> None:
    """Lock the order that a button names."""
    orders.get(session, caller.workspace_id, tap.subject, lock=True)


def _lock_of_summary(session: Session, caller: Caller, tap: ids.TapMeaning) -> None:
    """Lock the order of a summary, and the one that the tap asks for."""
    notice = deliveries.get(session, caller.workspace_id, tap.subject)
    order_id = _order_id(notice) if notice else ""
    order = orders.get(session, caller.workspace_id, order_id, lock=True)
    if order is not None and tap.verb in AGAIN:
        orders.get(session, caller.workspace_id, asked_id(order, AGAIN[tap.verb]), lock=True)


def _again(request: Request, tap: ids.TapMeaning) -> Reply:
    """Store the order of *Move the start* or *Start again*, for those who had the track already."""
    notice = delivery_of(request, tap, Slot.NOTICE)
    order = orders.get(request.session, request.caller.workspace_id, _order_id(notice), lock=True)
    track = request.ctx.catalogue_of(request.caller.workspace_id).tracks.get(order.track_id) if order else None
    if order is None or track is None:
        raise UnknownButtonError(tap.subject)
    later = ask_again(request.session, request.ctx, order, AGAIN[tap.verb])
    request.state.touch(notice)
    if later is None:
        return admin_replies.nobody_again()
    if later.state is OrderState.ASKS:
        return admin_replies.order_asks(look_before(request.session, request.ctx, later, request.today))
    return None


def assign(request: Request, _given: object) -> Reply:
    """Return the dialog in which people and a track are picked."""
    tracks = list(request.ctx.catalogue_of(request.caller.workspace_id).tracks.values())
    return assign_dialog(tracks) if tracks else replies.words("There are no tracks yet.")


def _talked(request: Request, tap: ids.TapMeaning) -> Reply:
    if not talked(request.session, request.caller.workspace_id, tap.subject, request.caller.person_id, request.at):
        raise UnknownButtonError(tap.subject)
    return None


def _wrong_settled(request: Request, tap: ids.TapMeaning) -> None:
    settle_reports(request.session, request.caller.workspace_id, tap.argument.split("-"), request.at.date())


def _uncertain(request: Request, tap: ids.TapMeaning) -> Reply:
    again = tap.verb == "resend"
    settled = settle_uncertain(request.session, request.caller.workspace_id, again=again)
    WORK.info("an admin settled uncertain messages", extra={"settled": settled, "sent_again": again})
    audit.record(
        request.session, request.caller.workspace_id, request.at, request.caller.person_id, tap.verb, f"{settled}"
    )
    return admin_replies.uncertain(settled, again=again)


PREVIEW = Tapped(preview, Allowed.ADMIN, "the reason, in place; nothing is recorded", in_place=True, repeatable=True)
TAPS: dict[str, Tapped] = {
    "order_yes": Tapped(
        _order, Allowed.ASKER, "that it is on its way", in_place=True, repeatable=True, locks=_lock_named
    ),
    "order_no": Tapped(
        _order, Allowed.ASKER, "that nobody was assigned", in_place=True, repeatable=True, locks=_lock_named
    ),
    "from_day": Tapped(
        _from_day,
        Allowed.ASKER,
        "that it is on its way, from that day",
        in_place=True,
        repeatable=True,
        locks=_lock_named,
    ),
    "undo": Tapped(_undo, Allowed.ASKER, "what was put back, in the summary", locks=_lock_of_summary),
    "undo_yes": Tapped(_undo, Allowed.ASKER, "what was put back, in the summary", locks=_lock_of_summary),
    "undo_no": Tapped(_undo, Allowed.ASKER, "the summary as it was", locks=_lock_of_summary),
    "move_start": Tapped(
        _again,
        Allowed.ASKER,
        "a summary of its own, for those who had the track",
        repeatable=True,
        locks=_lock_of_summary,
    ),
    "start_again": Tapped(
        _again,
        Allowed.ASKER,
        "a summary of its own, for those who had the track",
        repeatable=True,
        locks=_lock_of_summary,
    ),
    "assign": Tapped(assign, Allowed.ADMIN, "the assignment, as a dialog", repeatable=True),
    "talked": Tapped(_talked, Allowed.ASKER, "a Home without that wish"),
    "wrong_settled": Tapped(_wrong_settled, Allowed.ADMIN, "a Home without those reports", home_shows=True),
    "resend": Tapped(_uncertain, Allowed.ADMIN, "how many uncertain messages are sent again", home_shows=True),
    "leave": Tapped(_uncertain, Allowed.ADMIN, "how many uncertain messages are left as they are", home_shows=True),
}
