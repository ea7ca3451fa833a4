"""Taps."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from slack_bolt import Ack, App, BoltContext, Respond
from sqlalchemy.orm import Session

from bot.domain.delivery import Delivery, Outcome, Slot
from bot.domain.people import Learner
from bot.domain.timing import parse_hour
from bot.domain.views import ItemView, View
from bot.errors import UnknownButtonError
from bot.messages import Message, ids, render, replies
from bot.messages.item import KNOWN, LATER, NOT_TODAY, PAUSE, WHO
from bot.messages.welcome import HOURS
from bot.services import orders as ordering
from bot.services.answer import answer, find, leave
from bot.services.begin import Beginning, NothingLeft, Waiting, begin
from bot.services.choose_hour import choose_hour
from bot.services.holds import pause, resume, wake
from bot.services.house import House
from bot.services.postpone import later, not_today
from bot.services.profiles import ensure
from bot.services.report import status
from bot.services.self_start import self_start
from bot.services.talk import talk
from bot.slack.desk import Caller, Desk, caller_of_tap
from bot.store import deliveries, learners, orders, records

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Moment:
    """One tap being dealt with, inside its transaction."""

    desk: Desk
    session: Session
    caller: Caller
    learner: Learner
    tap: ids.Tap
    at: datetime

    def delivery(self, *slots: Slot) -> Delivery:
        """The message the tap is in.

        Raises:
            UnknownButtonError: there is none of these slots, or it is somebody else's.
        """
        found = deliveries.get(self.session, self.caller.workspace_id, self.tap.subject, lock=True)
        if found is None or found.learner_id != self.caller.person_id or (slots and found.slot not in slots):
            raise UnknownButtonError(self.tap.subject)
        return found

    @property
    def house(self) -> House:
        """For services."""
        return self.desk.house


def register(app: App, desk: Desk) -> None:
    """All taps come in here."""

    def take(ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
        try:
            caller, tap = caller_of_tap(body), ids.read(body["actions"][0])
            context["tapped"] = (caller.workspace_id, caller.person_id, tap.subject)
            with desk.house.db.write() as session:
                _arrived(session, caller, tap, body.get("container") or {})
                reply = _handle(desk, session, caller, tap)
        except UnknownButtonError as error:
            log.info("a tap that means nothing: %s", error)
            reply = replies.old_button()
            _still_alive(desk, body)
        if reply is not None:
            context["reply"] = {**reply.payload(), "replace_original": _replaces(body)}
        ack()

    def follow(context: BoltContext, respond: Respond) -> None:
        if "reply" in context:
            respond(response_type="ephemeral", **context["reply"])
        if "tapped" not in context:
            return
        workspace_id, person_id, subject = context["tapped"]
        desk.courier.refresh(workspace_id, person_id, subject, lambda view: _by_url(respond, view))
        desk.courier.work_off()
        desk.courier.deliver()
        # working off an order may have changed the summary that was tapped
        desk.courier.refresh(workspace_id, person_id)

    app.action(ids.ANY)(ack=take, lazy=[follow])


def _still_alive(desk: Desk, body: Mapping[str, Any]) -> None:
    """Even a tap that means nothing any more is a sign of life."""
    try:
        caller = caller_of_tap(body)
    except UnknownButtonError:
        return
    with desk.house.db.write() as session:
        wake(session, desk.house, caller.workspace_id, caller.person_id, desk.house.clock.business())


def _replaces(body: Mapping[str, Any]) -> bool:
    """True when the tapped message is one that only this person sees: the reply then takes its place."""
    container = body.get("container") or {}
    action_id = str(body["actions"][0].get("action_id", "")) if body.get("actions") else ""
    block_id = str(body["actions"][0].get("block_id", "")) if body.get("actions") else ""
    if block_id.startswith(ids.PREVIEW):
        return action_id.startswith("answer")
    return bool(container.get("is_ephemeral")) and action_id.partition(":")[0] in {
        "resume",
        "order_yes",
        "order_no",
        "status",
        "begin",
        "next",
        "pause",
    }


def _by_url(respond: Respond, view: View) -> bool:
    try:
        answer = respond(replace_original=True, **render(view).payload())
    except OSError as error:
        log.info("response_url failed, chat.update follows: %s", error)
        return False
    return bool(answer.status_code == 200)


def _arrived(session: Session, caller: Caller, tap: ids.Tap, container: Mapping[str, Any]) -> None:
    """A tap proves that its message arrived, also where the reply to its post was lost or a crash came first."""
    channel_id, ts = container.get("channel_id"), container.get("message_ts")
    if isinstance(channel_id, str) and isinstance(ts, str) and not container.get("is_ephemeral"):
        deliveries.arrived(session, caller.workspace_id, caller.person_id, tap.subject, channel_id, ts)


def _handle(desk: Desk, session: Session, caller: Caller, tap: ids.Tap) -> Message | None:
    if tap.subject.startswith(ids.PREVIEW):
        return _preview(desk, caller, tap)
    at = desk.house.clock.business()
    fresh = records.first_time(session, caller.workspace_id, caller.request_id, desk.house.clock.real())
    if not fresh and tap.verb not in REPEATABLE:
        return None
    wake(session, desk.house, caller.workspace_id, caller.person_id, at)
    learner = ensure(session, caller.workspace_id, caller.person_id)
    return VERBS[tap.verb](Moment(desk, session, caller, learner, tap, at))


def _preview(desk: Desk, caller: Caller, tap: ids.Tap) -> Message:
    """The reason an admin asked for, in a preview: drawn, and not recorded."""
    track_id, _, number = tap.subject.removeprefix(ids.PREVIEW).rpartition(".")
    catalogue = desk.house.catalogue_of(caller.workspace_id)
    track = catalogue.tracks.get(track_id)
    if tap.verb != "answer" or not caller.is_admin(desk.house):
        return replies.preview_only()
    if track is None or not re.fullmatch("[0-9]{1,3}", number) or not 1 <= int(number) <= len(track.items):
        raise UnknownButtonError(tap.subject)
    item = catalogue.items[track.items[int(number) - 1]]
    if tap.index >= len(item.question.choices):
        raise UnknownButtonError(tap.argument)
    return render(ItemView(tap.subject, item, int(number), len(track.items), track.title, chosen=tap.index))


def _answer(moment: Moment) -> None:
    answer(
        moment.session,
        moment.house,
        moment.learner,
        moment.tap.subject,
        moment.tap.index,
        moment.at,
        moment.caller.request_id,
    )


def _read(moment: Moment) -> None:
    leave(
        moment.session,
        moment.house,
        moment.learner,
        moment.tap.subject,
        Outcome.READ,
        moment.at,
        moment.caller.request_id,
    )


def _more(moment: Moment) -> Message | None:
    subject, session = moment.tap.subject, moment.session
    if moment.tap.argument == LATER:
        later(session, moment.house, moment.learner, subject, moment.at, moment.caller.request_id)
    elif moment.tap.argument == NOT_TODAY:
        not_today(session, moment.house, moment.learner, subject, moment.at)
    elif moment.tap.argument == KNOWN:
        leave(session, moment.house, moment.learner, subject, Outcome.KNOWN, moment.at, moment.caller.request_id)
    elif moment.tap.argument == PAUSE:
        pause(session, moment.house, moment.learner, moment.at, on=moment.delivery())
    elif moment.tap.argument == WHO:
        return replies.who_sees_what()
    else:
        raise UnknownButtonError(moment.tap.argument)
    return None


def _who(_moment: Moment) -> Message:
    return replies.who_sees_what()


def _pause_me(moment: Moment) -> Message:
    pause(moment.session, moment.house, moment.learner, moment.at)
    return replies.paused(None)


def _next(moment: Moment) -> Message:
    return _told(begin(moment.session, moment.house, moment.learner, moment.at, moment.caller.request_id))


def _told(result: Beginning) -> Message:
    if isinstance(result, Waiting):
        return replies.waiting(result.title, None)
    return replies.begun(result.finished if isinstance(result, NothingLeft) else None)


def _start(moment: Moment) -> None:
    welcome = moment.delivery(Slot.WELCOME)
    begin(moment.session, moment.house, moment.learner, moment.at, moment.caller.request_id)
    deliveries.touch(moment.session, welcome, moment.house.clock.real())


def _hour(moment: Moment) -> None:
    try:
        hour = parse_hour(moment.tap.argument)
    except ValueError as error:
        raise UnknownButtonError(moment.tap.argument) from error
    if hour not in HOURS:
        raise UnknownButtonError(moment.tap.argument)
    choose_hour(moment.session, moment.house, moment.learner, hour, moment.at, moment.delivery(Slot.WELCOME))


def _not_now(moment: Moment) -> None:
    learners.update(moment.session, moment.learner, welcome_done=True)
    pause(moment.session, moment.house, moment.learner, moment.at, on=moment.delivery(Slot.WELCOME))


def _resume(moment: Moment) -> Message | None:
    on = None if moment.tap.subject == ids.ME else moment.delivery()
    was_paused = resume(moment.session, moment.house, moment.learner, moment.at)
    after = learners.get(moment.session, moment.caller.workspace_id, moment.caller.person_id)
    day = after.next_due_on if after else None
    if on is None:
        return replies.resumed(was_paused, day)
    note = f"resumed|{day.isoformat() if day else ''}"
    deliveries.touch(moment.session, on, moment.house.clock.real(), note=note)
    return None


def _show(moment: Moment) -> None:
    find(moment.session, moment.learner, moment.tap.subject)
    reminder = moment.delivery(Slot.REMINDER)
    about = {**reminder.about, "opened": True}
    deliveries.touch(moment.session, reminder, moment.house.clock.real(), about=about)


def _talk(moment: Moment) -> None:
    talk(moment.session, moment.house, moment.learner, moment.delivery(Slot.CLOSING), moment.at)


def _begin(moment: Moment) -> Message:
    track = moment.house.catalogue_of(moment.caller.workspace_id).tracks.get(moment.tap.subject)
    if track is None:
        raise UnknownButtonError(moment.tap.subject)
    result = self_start(moment.session, moment.house, moment.learner, track, moment.at, moment.caller.request_id)
    return _told(result)


def _order(moment: Moment) -> Message:
    if not moment.caller.is_admin(moment.house):
        return replies.not_an_admin()
    state = ordering.confirm(
        moment.session,
        moment.house,
        moment.caller.workspace_id,
        moment.tap.subject,
        moment.caller.person_id,
        go=moment.tap.verb == "order_yes",
    )
    if not state:
        raise UnknownButtonError(moment.tap.subject)
    return replies.order_answered(state)


def _undo(moment: Moment) -> Message | None:
    if not moment.caller.is_admin(moment.house):
        return replies.not_an_admin()
    notice = moment.delivery(Slot.NOTICE)
    order = orders.get(moment.session, moment.caller.workspace_id, str(notice.about.get("order")), lock=True)
    if order is None:
        raise UnknownButtonError(moment.tap.subject)
    if moment.tap.verb == "undo_no":
        ordering.keep(moment.session, order)
    else:
        ordering.ask_undo(moment.session, moment.house, order, sure=moment.tap.verb == "undo_yes")
    deliveries.touch(moment.session, notice, moment.house.clock.real())
    return None


def _status(moment: Moment) -> Message:
    if not moment.caller.is_admin(moment.house):
        return replies.not_an_admin()
    catalogue = moment.house.catalogue_of(moment.caller.workspace_id)
    subject = moment.tap.subject
    counts, lines = status(moment.session, moment.house, moment.caller.workspace_id, track_id=subject)
    return replies.status(counts, lines, {t.id: t.title for t in catalogue.tracks.values()}, subject, moment.tap.index)


VERBS: dict[str, Callable[[Moment], Message | None]] = {
    "answer": _answer,
    "next": _next,
    "pause": _pause_me,
    "who": _who,
    "read": _read,
    "more": _more,
    "start": _start,
    "hour": _hour,
    "not_now": _not_now,
    "resume": _resume,
    "show": _show,
    "talk": _talk,
    "begin": _begin,
    "order_yes": _order,
    "order_no": _order,
    "undo": _undo,
    "undo_yes": _undo,
    "undo_no": _undo,
    "status": _status,
}
REPEATABLE = frozenset({"begin", "order_yes", "order_no", "status"})
"""Verbs whose second arrival is answered like the first: they change nothing twice by themselves."""
assert VERBS.keys() == ids.VERBS
