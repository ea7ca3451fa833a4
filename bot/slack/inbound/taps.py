"""Taps, in messages, dialogs and Homes."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from slack_bolt import Ack, App, BoltContext

from bot.errors import SlackError, UnknownButtonError
from bot.messages import ids, render, replies
from bot.slack.handlers.deps import Caller, Deps, caller_of_tap
from bot.slack.handlers.request import Refusal, Reply, Unmet, dispatch, met, open_request
from bot.slack.handlers.taps import handler_of
from bot.slack.outbound import homes, responses
from bot.store.database import Session
from bot.view_models import View

log = logging.getLogger(__name__)


def register(app: App, deps: Deps) -> None:
    """All taps come in here."""

    def act(session: Session, caller: Caller, body: Mapping[str, Any], context: BoltContext) -> Reply:
        tap = ids.read(body["actions"][0], body.get("state"))
        handler = handler_of(tap)
        seeing = replace(caller, saw=_sighting(tap, body.get("container")))
        reply = dispatch(handler, deps, session, seeing, tap, f"tap {tap.verb}")
        context["stirred"] = session.stirred
        context["tapped"], context["in_place"] = tap.subject, handler.in_place
        silent = handler.home_shows and _in_home(body) and not isinstance(reply, Refusal | Unmet)
        return None if silent else reply

    def take(ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
        try:
            caller = caller_of_tap(body)
            with deps.ctx.db.write() as session:
                reply = act(session, caller, body, context)
        except UnknownButtonError as error:
            log.info("a tap that means nothing: %s", error)
            reply = replies.old_button()
            _still_alive(deps, body)
        context["reply"] = reply
        ack()

    def follow(body: dict[str, Any], context: BoltContext) -> None:
        try:
            caller = caller_of_tap(body)
        except UnknownButtonError:
            return
        reply = context.get("reply")
        if isinstance(reply, Unmet):
            reply = responses.after_meeting(deps, caller, lambda session: act(session, caller, body, context))
        if reply is not None:
            responses.respond(deps, caller, body, reply, in_place=context.get("in_place", False))
        url = body.get("response_url")
        by_url = partial(_by_url, deps, url) if url else None
        deps.sender.refresh(caller.workspace_id, caller.person_id, context.get("tapped"), by_url)
        # most taps bring nothing about that is due at once
        if context.get("stirred"):
            deps.sender.hurry(caller.workspace_id, caller.person_id)
        homes.refresh_home(deps, caller.workspace_id, caller.person_id)

    app.action(ids.ANY)(ack=take, lazy=[follow])


def _in_home(body: Mapping[str, Any]) -> bool:
    view = body.get("view")
    return isinstance(view, Mapping) and view.get("type") == "home"


def _still_alive(deps: Deps, body: Mapping[str, Any]) -> None:
    """Even a tap that means nothing any more is a sign of life."""
    try:
        caller = caller_of_tap(body)
    except UnknownButtonError:
        return
    with deps.ctx.db.write() as session:
        known = met(deps, session, caller)
        if known is not None and not known.learner.foreign:
            open_request(deps, session, caller, known)


def _by_url(deps: Deps, url: str, view: View) -> bool:
    try:
        deps.screens.answer(url, {"replace_original": True, **render(view).payload()})
    except SlackError as error:
        log.info("response_url failed, chat.update follows: %s", error)
        return False
    return True


def _sighting(tap: ids.Tap, container: object) -> tuple[str, str, str] | None:
    """A tap proves that its message arrived, also where the reply to its post was lost or a crash came first."""
    if not isinstance(container, Mapping) or container.get("is_ephemeral"):
        return None
    channel_id, ts = container.get("channel_id"), container.get("message_ts")
    return (tap.subject, channel_id, ts) if ids.sound(channel_id) and ids.sound(ts) else None
