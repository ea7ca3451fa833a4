"""What an admin can tap."""

from __future__ import annotations

import re

from bot.domain.delivery import Slot
from bot.domain.views import ItemView
from bot.domain.which_day import FAR
from bot.errors import UnknownButtonError
from bot.logs import WORK
from bot.messages import admin_replies, ids, render, replies, which_day
from bot.messages.forms import assign_dialog
from bot.services import orders as ordering
from bot.services.assign_again import MOVE, RESTART, ask_again, asked_id
from bot.services.talk import talked
from bot.services.troubles import settle_uncertain
from bot.slack.deeds.learner import Tapped, delivery_of
from bot.slack.desk import Caller
from bot.slack.visit import Reply, Visit, Who
from bot.store import deliveries, orders, records
from bot.store.database import Session

AGAIN = {"move_start": MOVE, "start_again": RESTART}


def preview(visit: Visit, tap: ids.Tap) -> Reply:
    """The reason an admin asked for, in a preview: drawn, and not recorded."""
    if tap.verb != "answer":
        return replies.preview_only()
    track_id, _, number = tap.subject.removeprefix(ids.PREVIEW).rpartition(".")
    catalogue = visit.house.catalogue_of(visit.caller.workspace_id)
    track = catalogue.tracks.get(track_id)
    if track is None or not re.fullmatch("[0-9]{1,3}", number) or not 1 <= int(number) <= len(track.items):
        raise UnknownButtonError(tap.subject)
    item = catalogue.items[track.items[int(number) - 1]]
    if tap.index >= len(item.question.choices):
        raise UnknownButtonError(tap.argument)
    return render(ItemView(tap.subject, item, int(number), len(track.items), track.title, chosen=tap.index))


def _order(visit: Visit, tap: ids.Tap) -> Reply:
    state = ordering.confirm(
        visit.session,
        visit.house,
        visit.caller.workspace_id,
        tap.subject,
        visit.caller.person_id,
        go=tap.verb == "order_yes",
    )
    if not state:
        raise UnknownButtonError(tap.subject)
    return admin_replies.order_answered(state)


def _from_day(visit: Visit, tap: ids.Tap) -> Reply:
    """The first day of an assignment that could have been either of two."""
    day = tap.day
    workspace_id, person_id = visit.caller.workspace_id, visit.caller.person_id
    asked = orders.get(visit.session, workspace_id, tap.subject, lock=True)
    if asked is None or asked.admin_id != person_id or day > visit.today + FAR:
        raise UnknownButtonError(tap.subject)
    state = ordering.confirm(visit.session, visit.house, workspace_id, tap.subject, person_id, go=True, first_day=day)
    now = orders.get(visit.session, workspace_id, tap.subject)
    first_day = now.first_day if now else None
    dealt_with = asked.state != "asks" and first_day != day
    return which_day.order_from(state, first_day, visit.today, dealt_with=dealt_with)


def _undo(visit: Visit, tap: ids.Tap) -> Reply:
    notice = delivery_of(visit, tap, Slot.NOTICE)
    order = orders.get(visit.session, visit.caller.workspace_id, str(notice.about.get("order")), lock=True)
    if order is None:
        raise UnknownButtonError(tap.subject)
    if tap.verb == "undo_no":
        ordering.keep(visit.session, order)
    else:
        ordering.ask_undo(visit.session, visit.house, order, sure=tap.verb == "undo_yes")
    deliveries.touch(visit.session, notice, visit.house.clock.real())
    return None


def _lock_named(session: Session, caller: Caller, tap: ids.Tap) -> None:
    """The order that a button names."""
    orders.get(session, caller.workspace_id, tap.subject, lock=True)


def _lock_of_summary(session: Session, caller: Caller, tap: ids.Tap) -> None:
    """The order that a summary tells of, and the one that the tap asks for."""
    notice = deliveries.get(session, caller.workspace_id, tap.subject)
    order_id = str(notice.about.get("order")) if notice else ""
    order = orders.get(session, caller.workspace_id, order_id, lock=True)
    if order is not None and tap.verb in AGAIN:
        orders.get(session, caller.workspace_id, asked_id(order, AGAIN[tap.verb]), lock=True)


def _again(visit: Visit, tap: ids.Tap) -> Reply:
    """*Move the start* or *Start again*, for those who had the track already."""
    notice = delivery_of(visit, tap, Slot.NOTICE)
    order = orders.get(visit.session, visit.caller.workspace_id, str(notice.about.get("order")), lock=True)
    track = visit.house.catalogue_of(visit.caller.workspace_id).tracks.get(order.track_id) if order else None
    if order is None or track is None:
        raise UnknownButtonError(tap.subject)
    later = ask_again(visit.session, visit.house, order, AGAIN[tap.verb])
    deliveries.touch(visit.session, notice, visit.house.clock.real())
    if later is None:
        return admin_replies.nobody_again()
    if later.state == "asks":
        return admin_replies.order_asks(later.order_id, track, later.ids, verb=later.verb, restart=later.restart)
    return None


def assign(visit: Visit, _given: object) -> Reply:
    """The dialog in which people and a track are picked."""
    tracks = list(visit.house.catalogue_of(visit.caller.workspace_id).tracks.values())
    return assign_dialog(tracks) if tracks else replies.words("There are no tracks yet.")


def _talked(visit: Visit, tap: ids.Tap) -> Reply:
    if not talked(visit.session, visit.caller.workspace_id, tap.subject, visit.caller.person_id, visit.at):
        raise UnknownButtonError(tap.subject)
    return None


def _uncertain(visit: Visit, tap: ids.Tap) -> Reply:
    again = tap.verb == "resend"
    settled = settle_uncertain(visit.session, visit.caller.workspace_id, again=again)
    WORK.info("an admin settled uncertain messages", extra={"settled": settled, "sent_again": again})
    records.audit(visit.session, visit.caller.workspace_id, visit.at, visit.caller.person_id, tap.verb, f"{settled}")
    return admin_replies.uncertain(settled, again=again)


PREVIEW = Tapped(preview, Who.ADMIN, "the reason, in place; nothing is recorded", in_place=True, repeatable=True)
TAPS: dict[str, Tapped] = {
    "order_yes": Tapped(_order, Who.ASKER, "that it is on its way", in_place=True, repeatable=True, locks=_lock_named),
    "order_no": Tapped(
        _order, Who.ASKER, "that nobody was assigned", in_place=True, repeatable=True, locks=_lock_named
    ),
    "from_day": Tapped(
        _from_day, Who.ASKER, "that it is on its way, from that day", in_place=True, repeatable=True, locks=_lock_named
    ),
    "undo": Tapped(_undo, Who.ASKER, "what was put back, in the summary", locks=_lock_of_summary),
    "undo_yes": Tapped(_undo, Who.ASKER, "what was put back, in the summary", locks=_lock_of_summary),
    "undo_no": Tapped(_undo, Who.ASKER, "the summary as it was", locks=_lock_of_summary),
    "move_start": Tapped(
        _again, Who.ASKER, "a summary of its own, for those who had the track", repeatable=True, locks=_lock_of_summary
    ),
    "start_again": Tapped(
        _again, Who.ASKER, "a summary of its own, for those who had the track", repeatable=True, locks=_lock_of_summary
    ),
    "assign": Tapped(assign, Who.ADMIN, "the assignment, as a dialog", repeatable=True),
    "talked": Tapped(_talked, Who.ASKER, "a Home without that wish"),
    "resend": Tapped(_uncertain, Who.ADMIN, "how many uncertain messages are sent again", home_shows=True),
    "leave": Tapped(_uncertain, Who.ADMIN, "how many uncertain messages are left as they are", home_shows=True),
}
