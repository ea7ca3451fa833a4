"""Responses to a request: as an ephemeral message, in the place of the tapped one, or as a dialog."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any

from bot.actions.begin import bring_lost
from bot.actions.profiles import meet
from bot.errors import SlackError, SlackRefusedError, UnknownButtonError
from bot.messages import Message, admin_replies, replies
from bot.messages.builder import Modal
from bot.messages.dialogs import shown
from bot.planning.learner_state import load
from bot.slack.handlers.deps import Caller, Deps
from bot.slack.handlers.request import FormErrors, LeadBack, Reply, SentFile, Shown, Unmet
from bot.store import deliveries
from bot.store.database import Session

log = logging.getLogger(__name__)


def respond(
    deps: Deps,
    caller: Caller,
    body: Mapping[str, Any],
    reply: Shown,
    *,
    in_place: bool,
) -> None:
    """Show an answer where the request came from. Slack is called, so no transaction may be open."""
    answer = _answer(deps, caller, reply)
    container = body.get("view")
    try:
        if isinstance(container, Mapping):
            dialog = shown(answer) if isinstance(answer, Message) else answer
            if container.get("type") != "modal":
                deps.screens.open_modal(caller.workspace_id, str(body.get("trigger_id", "")), dialog)
            elif in_place:
                deps.screens.update_modal(caller.workspace_id, str(container["id"]), dialog)
            else:
                deps.screens.push_modal(caller.workspace_id, str(body.get("trigger_id", "")), dialog)
        elif isinstance(answer, Modal):
            deps.screens.open_modal(caller.workspace_id, str(body.get("trigger_id", "")), answer)
        else:
            whisper(deps, body, answer, in_place=in_place and _is_whisper(body))
    except SlackError as error:
        log.warning("an answer couldn't be shown: %s", error)
        whisper(deps, body, replies.try_again(), in_place=False)


def _answer(deps: Deps, caller: Caller, reply: Shown) -> Message | Modal:
    """Return a reply as it is shown, once Slack was asked for what it needs."""
    if isinstance(reply, LeadBack):
        return lead_back(deps, caller, reply)
    return send(deps, caller, reply) if isinstance(reply, SentFile) else reply


def send(deps: Deps, caller: Caller, reply: SentFile) -> Message:
    """Send a file to the DM of the person who asked; return the words about it."""
    try:
        channel_id = deps.slack.open_dm(caller.workspace_id, caller.person_id)
        deps.screens.send_file(caller.workspace_id, channel_id, reply.file)
    except SlackRefusedError as error:
        log.warning("a file wasn't taken: %s", error)
        return admin_replies.no_file(error.code)
    except SlackError as error:
        log.warning("a file may not have arrived: %s", error)
        return admin_replies.no_file("")
    return admin_replies.file_sent()


def after_meeting(deps: Deps, caller: Caller, act: Callable[[Session], Reply]) -> Shown | None:
    """Look somebody up at Slack, then carry out their request. Slack is called, so no transaction may be open."""
    try:
        known = meet(deps.ctx, deps.slack, caller.workspace_id, caller.person_id)
    except SlackError as error:
        log.warning("profile of %s: %s", caller.person_id, error)
        return replies.try_again()
    if known is None:
        return replies.not_from_here()
    try:
        with deps.ctx.db.write() as session:
            reply = act(session)
    except UnknownButtonError as error:
        log.info("a request that means nothing: %s", error)
        return replies.old_button()
    # the dialog is closed, so its errors can't be shown in it any more
    return replies.try_again() if isinstance(reply, FormErrors | Unmet) else reply


def whisper(deps: Deps, body: Mapping[str, Any], message: Message, *, in_place: bool) -> None:
    """Send an ephemeral message, in the place of the tapped one or below it, if Slack gave an address."""
    url = body.get("response_url")
    if not url:
        return
    try:
        deps.screens.answer(url, {"response_type": "ephemeral", "replace_original": in_place, **message.payload()})
    except SlackError as error:
        log.warning("a whisper didn't arrive: %s", error)


def _is_whisper(body: Mapping[str, Any]) -> bool:
    container = body.get("container")
    return isinstance(container, Mapping) and bool(container.get("is_ephemeral"))


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
        return replies.coming()
    except SlackError:
        return replies.waiting(to.title, None)
    return replies.waiting(to.title, link)
