"""Slash commands."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack, App, BoltContext

from bot.errors import UnknownButtonError
from bot.messages import Message, replies
from bot.slack.handlers.commands import COMMANDS, read
from bot.slack.handlers.deps import Caller, Deps, caller_of_command
from bot.slack.handlers.request import Reply, Unmet, dispatch
from bot.slack.outbound import homes, responses
from bot.store.database import Session

log = logging.getLogger(__name__)


def register(app: App, deps: Deps) -> None:
    """`/learn`, `/track` and `/jargon`."""
    for name in COMMANDS:
        _command(app, deps, name)


def _command(app: App, deps: Deps, name: str) -> None:
    def act(session: Session, caller: Caller, body: Mapping[str, Any]) -> Reply:
        typed = read(name, str(body.get("text") or ""))
        return dispatch(typed.handler, deps, session, caller, typed.rest, f"{name} {typed.verb}".strip())

    def take(ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
        try:
            caller = caller_of_command(body)
        except UnknownButtonError as error:
            log.info("a command of nobody: %s", error)
            ack(response_type="ephemeral", **replies.try_again().payload())
            return
        with deps.ctx.db.write() as session:
            reply = act(session, caller, body)
        if isinstance(reply, Message):
            ack(response_type="ephemeral", **reply.payload())
        else:
            # a dialog, or a link to the open item, comes from Slack, and so after the acknowledgement
            context["reply"] = reply
            ack()

    def follow(body: dict[str, Any], context: BoltContext) -> None:
        try:
            caller = caller_of_command(body)
        except UnknownButtonError:
            return
        reply = context.get("reply")
        if isinstance(reply, Unmet):
            reply = responses.after_meeting(deps, caller, lambda session: act(session, caller, body))
        if reply is not None:
            responses.respond(deps, caller, body, reply, in_place=False)
        deps.sender.hurry(caller.workspace_id, caller.person_id)
        deps.sender.refresh(caller.workspace_id, caller.person_id)
        homes.refresh_home(deps, caller.workspace_id, caller.person_id)

    app.command(name)(ack=take, lazy=[follow])
