"""Slash commands."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from slack_bolt import Ack, App, BoltContext, Respond
from sqlalchemy.orm import Session

from bot.domain.timing import local
from bot.domain.views import ItemView
from bot.errors import SlackError, SlackRefusedError
from bot.messages import Message, ids, render, replies, wording
from bot.messages.mrkdwn import unescape
from bot.services import orders as ordering
from bot.services.begin import Beginning, Begun, NothingLeft, Waiting, begin, bring_lost
from bot.services.explain import explain
from bot.services.holds import pause, resume, wake
from bot.services.profiles import ensure, meet
from bot.services.report import progress, status
from bot.services.self_start import offer
from bot.services.standing import look
from bot.slack import grammar
from bot.slack.desk import Caller, Desk, caller_of_command
from bot.store import deliveries, learners, records
from bot.store.orders import Order

log = logging.getLogger(__name__)
Handler = Callable[[Desk, Session, Caller, str], Message]


def register(app: App, desk: Desk) -> None:
    """`/learn`, `/track` and `/jargon`."""
    _register_learn(app, desk)
    _register_track(app, desk)
    _register_jargon(app, desk)


def _register_learn(app: App, desk: Desk) -> None:
    def learn(ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
        caller = caller_of_command(body)
        text = body.get("text") or ""
        verb, rest, near = grammar.verb_of(text, grammar.LEARN_VERBS)
        with desk.house.db.write() as session:
            wake(session, desk.house, caller.workspace_id, caller.person_id, desk.house.clock.business())
            if verb == "next":
                result = _next(desk, session, caller)
            elif verb:
                message = LEARN[verb](desk, session, caller, rest)
            else:
                message = replies.unknown_verb("/learn", text.split()[0], near, replies.LEARN_USAGE)
        if verb != "next":
            ack(response_type="ephemeral", **message.payload())
        elif isinstance(result, Waiting):
            # the link to the open item comes from Slack, and so after the acknowledgement
            context["open"] = (result.title, result.delivery.delivery_id if result.delivery else "")
            ack()
        else:
            finished = result.finished if isinstance(result, NothingLeft) else None
            ack(response_type="ephemeral", **replies.begun(finished).payload())

    def follow_learn(body: dict[str, Any], context: BoltContext, respond: Respond) -> None:
        caller = caller_of_command(body)
        _meet(desk, caller)
        if "open" in context:
            respond(response_type="ephemeral", **_lead_back(desk, caller, *context["open"]).payload())
        desk.courier.deliver()
        desk.courier.refresh(caller.workspace_id, caller.person_id)

    app.command("/learn")(ack=learn, lazy=[follow_learn])


def _register_track(app: App, desk: Desk) -> None:
    def track(ack: Ack, body: dict[str, Any]) -> None:
        caller = caller_of_command(body)
        text = body.get("text") or ""
        with desk.house.db.write() as session:
            message = _track(desk, session, caller, text)
        ack(response_type="ephemeral", **message.payload())

    def follow_track(body: dict[str, Any]) -> None:
        caller = caller_of_command(body)
        _meet(desk, caller)
        desk.courier.work_off()
        desk.courier.deliver()

    app.command("/track")(ack=track, lazy=[follow_track])


def _register_jargon(app: App, desk: Desk) -> None:
    def jargon(ack: Ack, body: dict[str, Any]) -> None:
        caller = caller_of_command(body)
        word = unescape(body.get("text") or "").strip()
        with desk.house.db.write() as session:
            wake(session, desk.house, caller.workspace_id, caller.person_id, desk.house.clock.business())
        catalogue = desk.house.catalogue_of(caller.workspace_id)
        message = render(explain(catalogue, word)) if word else replies.words("`/jargon FOMO` explains a word.")
        ack(response_type="ephemeral", **message.payload())

    app.command("/jargon")(jargon)


def _meet(desk: Desk, caller: Caller) -> None:
    """Zone and name of somebody who uses the bot; without them it goes on as if in UTC, and asks again next time."""
    try:
        meet(desk.house, desk.slack, caller.workspace_id, caller.person_id)
    except SlackError as error:
        log.warning("profile of %s: %s", caller.person_id, error)


def _next(desk: Desk, session: Session, caller: Caller) -> Beginning:
    learner = ensure(session, caller.workspace_id, caller.person_id)
    if not records.first_time(session, caller.workspace_id, caller.request_id, desk.house.clock.real()):
        brought = deliveries.by_cause(session, caller.workspace_id, caller.person_id, caller.request_id)
        return Begun(brought) if brought else Waiting("", None)
    return begin(session, desk.house, learner, desk.house.clock.business(), caller.request_id)


def _lead_back(desk: Desk, caller: Caller, title: str, delivery_id: str) -> Message:
    with desk.house.db.read() as session:
        sent = deliveries.get(session, caller.workspace_id, delivery_id)
    if sent is None or sent.channel_id is None or sent.ts is None:
        return replies.coming()
    try:
        link = desk.slack.permalink(caller.workspace_id, sent.channel_id, sent.ts)
    except SlackRefusedError as error:
        if error.code != "message_not_found":
            return replies.waiting(title, None)
        with desk.house.db.write() as session:
            learner = ensure(session, caller.workspace_id, caller.person_id)
            bring_lost(session, desk.house, learner, desk.house.clock.business(), caller.request_id)
        return replies.coming()
    except SlackError:
        return replies.waiting(title, None)
    return replies.waiting(title, link)


def _progress(desk: Desk, session: Session, caller: Caller, _text: str) -> Message:
    learner = ensure(session, caller.workspace_id, caller.person_id)
    return replies.progress(progress(session, desk.house, learner), learner.next_due_on)


def _pause(desk: Desk, session: Session, caller: Caller, text: str) -> Message:
    learner = ensure(session, caller.workspace_id, caller.person_id)
    at = desk.house.clock.business()
    until, problem = grammar.read_until(text, local(at, learner.tz).date())
    if problem:
        return replies.problem(problem)
    if records.first_time(session, caller.workspace_id, caller.request_id, desk.house.clock.real()):
        pause(session, desk.house, learner, at, until)
    return replies.paused(until)


def _resume(desk: Desk, session: Session, caller: Caller, _text: str) -> Message:
    learner = ensure(session, caller.workspace_id, caller.person_id)
    fresh = records.first_time(session, caller.workspace_id, caller.request_id, desk.house.clock.real())
    was_paused = fresh and resume(session, desk.house, learner, desk.house.clock.business())
    after = learners.get(session, caller.workspace_id, caller.person_id)
    return replies.resumed(was_paused, after.next_due_on if after else None)


def _tracks(desk: Desk, session: Session, caller: Caller, _text: str) -> Message:
    learner = ensure(session, caller.workspace_id, caller.person_id)
    mine = progress(session, desk.house, learner)
    have = {p.track_id for p in mine}
    catalogue = desk.house.catalogue_of(caller.workspace_id)
    return replies.open_tracks([t for t in catalogue.tracks.values() if t.open or t.id in have], mine)


def _start(desk: Desk, session: Session, caller: Caller, text: str) -> Message:
    wish = grammar.find_track(text, desk.house.catalogue_of(caller.workspace_id))
    if wish.track is None:
        return replies.problem(wish.problem or "Which track? For example `/learn start speak-the-language`.", wish.near)
    learner = ensure(session, caller.workspace_id, caller.person_id)
    standing = look(session, desk.house, caller.workspace_id, caller.person_id)
    assert standing is not None
    when = f"at {wording.hour(standing.hours.at)} your time, {wording.weekdays(standing.hours.days)}"
    return replies.start_offer(wish.track, offer(session, learner, wish.track).state, when)


def _help(_desk: Desk, _session: Session, _caller: Caller, _text: str) -> Message:
    return replies.learn_help()


LEARN: dict[str, Handler] = {
    "progress": _progress,
    "pause": _pause,
    "resume": _resume,
    "tracks": _tracks,
    "start": _start,
    "help": _help,
}


def _track(desk: Desk, session: Session, caller: Caller, text: str) -> Message:
    at = desk.house.clock.business()
    wake(session, desk.house, caller.workspace_id, caller.person_id, at)
    if not caller.is_admin(desk.house):
        verb = grammar.verb_of(text, grammar.TRACK_VERBS)[0] or "another word"
        records.audit(session, caller.workspace_id, at, caller.person_id, "refused", f"/track {verb}")
        return replies.not_an_admin()
    verb, rest, near = grammar.verb_of(text, grammar.TRACK_VERBS)
    if not verb:
        return replies.unknown_verb("/track", text.split(maxsplit=1)[0], near, replies.TRACK_USAGE)
    catalogue = desk.house.catalogue_of(caller.workspace_id)
    if verb == "help":
        return replies.track_help()
    if verb == "list":
        return replies.track_list(list(catalogue.tracks.values()))
    admin = ensure(session, caller.workspace_id, caller.person_id)
    wish = grammar.read_wish(verb, rest, catalogue, local(at, admin.tz).date())
    if wish.problem:
        return replies.problem(wish.problem, wish.near)
    return {"assign": _order, "remove": _order, "status": _status, "preview": _preview}[verb](
        desk, session, caller, wish
    )


def _order(desk: Desk, session: Session, caller: Caller, wish: grammar.Wish) -> Message:
    if not wish.people or wish.track is None:
        missing = "Who is it for?" if not wish.people else "Which track?"
        return replies.problem(f"{missing} For example: `/track {wish.verb} @person speak-the-language`.")
    order = ordering.place(
        session,
        desk.house,
        Order(
            caller.workspace_id,
            caller.request_id,
            caller.person_id,
            wish.verb,
            wish.track.id,
            {"ids": list(wish.people)},
            desk.house.clock.business(),
            wish.first_day,
            wish.at,
            wish.restart,
        ),
    )
    if order.state == "asks":
        return replies.order_asks(order.order_id, wish.track, wish.people)
    return replies.order_taken(wish.verb, wish.track, wish.people, restart=wish.restart)


def _status(desk: Desk, session: Session, caller: Caller, wish: grammar.Wish) -> Message:
    titles = {t.id: t.title for t in desk.house.catalogue_of(caller.workspace_id).tracks.values()}
    person = wish.people[0] if wish.people else None
    track_id = wish.track.id if wish.track else None
    counts, lines = status(session, desk.house, caller.workspace_id, learner_id=person, track_id=track_id)
    if person is not None and not lines:
        return replies.words(f"{wording.mention(person)} has no track assigned.")
    subject = track_id or ("person" if person else "all")
    return replies.status(counts, lines, titles, subject, wish.number or 1)


def _preview(desk: Desk, _session: Session, caller: Caller, wish: grammar.Wish) -> Message:
    if wish.track is None:
        return replies.problem("Which track? For example: `/track preview speak-the-language 3`.")
    catalogue = desk.house.catalogue_of(caller.workspace_id)
    number = 1 if wish.number is None else wish.number
    if not 1 <= number <= len(wish.track.items):
        return replies.problem(f"*{wish.track.title}* has items 1 to {len(wish.track.items)}.")
    item = catalogue.items[wish.track.items[number - 1]]
    return render(ItemView(ids.preview(wish.track.id, number), item, number, len(wish.track.items), wish.track.title))
