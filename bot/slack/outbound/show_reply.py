"""Responses to a request: as an ephemeral message, in the place of the tapped one, or as a dialog."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy.exc import SQLAlchemyError

from bot.actions.begin import bring_lost
from bot.actions.profiles import meet
from bot.errors import SlackError, SlackRefusedError, UnknownButtonError
from bot.messages import Message, file_replies, replies
from bot.messages.builder import Modal
from bot.messages.dialogs import shown
from bot.planning.learner_state import load
from bot.slack.handlers.deps import Caller, Deps
from bot.slack.handlers.request import FormErrors, LeadBack, MembersOrder, Reply, SentFile, Shown, Unmet
from bot.slack.outbound.members import ask_about_members
from bot.store import deliveries
from bot.store.database import Session
from bot.store.database_errors import why

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Origin:
    """The origin of a request, which is where its answer is shown."""

    response_url: str | None = None
    """Good for half an hour and five answers; a tap in a view brings none."""
    trigger_id: str = ""
    """Good for three seconds and one dialog."""
    modal_id: str = ""
    """The dialog in which it was made."""
    in_view: bool = False
    """It was made in a dialog or a Home, where a dialog answers."""
    whispered: bool = False
    """What was tapped is a message that only this person sees."""


def respond(deps: Deps, caller: Caller, origin: Origin, reply: Shown, *, in_place: bool) -> None:
    """Show an answer where the request came from. Slack is called: nothing may be open in the database."""
    answer = _answer(deps, caller, reply)
    try:
        if origin.modal_id and in_place:
            deps.screens.update_modal(caller.workspace_id, origin.modal_id, _dialog(answer))
        elif origin.modal_id:
            deps.screens.push_modal(caller.workspace_id, origin.trigger_id, _dialog(answer))
        elif origin.in_view or isinstance(answer, Modal):
            deps.screens.open_modal(caller.workspace_id, origin.trigger_id, _dialog(answer))
        else:
            whisper(deps, origin.response_url, answer, in_place=in_place and origin.whispered)
    except SlackError as error:
        log.warning("an answer couldn't be shown: %s", error)
        if isinstance(answer, Modal) and answer.optional:
            return
        whisper(deps, origin.response_url, replies.try_again(), in_place=False)


def _dialog(answer: Message | Modal) -> Modal:
    return shown(answer) if isinstance(answer, Message) else answer


def _answer(deps: Deps, caller: Caller, reply: Shown) -> Message | Modal:
    """Return a reply as it is shown, once Slack was asked for what it needs."""
    if isinstance(reply, LeadBack):
        return lead_back(deps, caller, reply)
    if isinstance(reply, MembersOrder):
        try:
            return ask_about_members(deps, caller, reply)
        except SQLAlchemyError as error:
            return went_wrong(deps, error, "an order for a group")
    return send(deps, caller, reply) if isinstance(reply, SentFile) else reply


def send(deps: Deps, caller: Caller, reply: SentFile) -> Message:
    """Send a file to the DM of the person who asked; return the words about it."""
    try:
        file = reply.make()
    except Exception:
        log.exception("a file couldn't be made")
        return file_replies.no_file("", reply.instead)
    try:
        channel_id = deps.slack.open_dm(caller.workspace_id, caller.person_id)
        deps.screens.send_file(caller.workspace_id, channel_id, file)
    except SlackRefusedError as error:
        log.warning("a file wasn't taken: %s", error)
        return file_replies.no_file(error.code, reply.instead)
    except SlackError as error:
        log.warning("a file may not have arrived: %s", error)
        return file_replies.no_file("", reply.instead)
    return file_replies.file_sent()


def left_to_show(deps: Deps, caller: Caller, reply: Reply, act: Callable[[Session], Reply]) -> Shown | None:
    """Return what is to be shown of a reply once it is acknowledged; what somebody unknown asked for is done first."""
    if isinstance(reply, Unmet):
        return after_meeting(deps, caller, act)
    return None if isinstance(reply, FormErrors) else reply


def after_meeting(deps: Deps, caller: Caller, act: Callable[[Session], Reply]) -> Shown | None:
    """Look somebody up at Slack, then carry out their request. Slack is called, so no transaction may be open.

    They were acknowledged before anything was stored, so a database that fails now is theirs to hear of.
    """
    try:
        known = meet(deps.ctx, deps.slack, caller.workspace_id, caller.person_id)
    except SlackError as error:
        log.warning("profile of %s: %s", caller.person_id, error)
        return replies.try_again()
    except SQLAlchemyError as error:
        return went_wrong(deps, error, "the first request of somebody new")
    if known is None:
        return replies.not_from_here()
    try:
        with deps.ctx.db.write() as session:
            reply = act(session)
    except UnknownButtonError as error:
        log.info("a request that means nothing: %s", error)
        return replies.old_button()
    except SQLAlchemyError as error:
        return went_wrong(deps, error, "the first request of somebody new")
    # the dialog is closed, so its errors can't be shown in it any more
    return replies.try_again() if isinstance(reply, FormErrors | Unmet) else reply


def went_wrong(deps: Deps, error: Exception, asked: str) -> Message:
    """Return an apology with a reference to the log, which says what was `asked`."""
    reference = uuid4().hex[:8]
    reason = why(error, deps.ctx.db.url)
    about = {"reference": reference, "request": asked, **reason.pop("extra", {})}
    log.error("%s: %s failed", reference, asked, extra=about, **reason)
    return replies.went_wrong(reference)


def whisper(deps: Deps, response_url: str | None, message: Message, *, in_place: bool) -> None:
    """Say something to this person alone, in the place of the tapped message or below it, if Slack gave an address."""
    if not response_url:
        return
    answer = {"response_type": "ephemeral", "replace_original": in_place, **message.payload()}
    try:
        deps.screens.answer(response_url, answer)
    except SlackError as error:
        if message.in_words is not None:
            log.info("a message with a chart or table wasn't taken, and comes in words: %s", error)
            whisper(deps, response_url, message.plainly(), in_place=in_place)
            return
        log.warning("a whisper didn't arrive: %s", error)


def lead_back(deps: Deps, caller: Caller, to: LeadBack) -> Message:
    """Return a link to the open item, which is brought once more if its message is gone."""
    with deps.ctx.db.read() as session:
        sent = deliveries.get(session, caller.workspace_id, to.delivery_id)
    if sent is None or sent.channel_id is None or sent.ts is None:
        return replies.coming()
    try:
        link = deps.slack.permalink(caller.workspace_id, sent.channel_id, sent.ts)
    except SlackRefusedError as error:
        if error.code != "message_not_found":
            return replies.waiting(to.title, None)
        with deps.ctx.db.write() as session:
            state = load(session, deps.ctx, caller.workspace_id, caller.person_id)
            if state is not None:
                bring_lost(state, caller.request_id)
        deps.sender.hurry(caller.workspace_id, caller.person_id)
        return replies.coming()
    except SlackError:
        return replies.waiting(to.title, None)
    return replies.waiting(to.title, link)
