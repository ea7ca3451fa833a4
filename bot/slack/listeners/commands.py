"""Slash commands."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack, App, BoltContext

from bot.errors import UnknownButtonError
from bot.messages import Message, replies
from bot.slack import homes, replying
from bot.slack.deeds.commands import COMMANDS, read
from bot.slack.desk import Caller, Desk, caller_of_command
from bot.slack.visit import Reply, Unmet, carry_out
from bot.store.database import Session

log = logging.getLogger(__name__)


def register(app: App, desk: Desk) -> None:
    """`/learn`, `/track` and `/jargon`."""
    for name in COMMANDS:
        _command(app, desk, name)


def _command(app: App, desk: Desk, name: str) -> None:
    def act(session: Session, caller: Caller, body: Mapping[str, Any]) -> Reply:
        typed = read(name, str(body.get("text") or ""))
        return carry_out(typed.deed, desk, session, caller, typed.rest, f"{name} {typed.verb}".strip())

    def take(ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
        try:
            caller = caller_of_command(body)
        except UnknownButtonError as error:
            log.info("a command of nobody: %s", error)
            ack(response_type="ephemeral", **replies.try_again().payload())
            return
        with desk.house.db.write() as session:
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
            reply = replying.after_meeting(desk, caller, lambda session: act(session, caller, body))
        if reply is not None:
            replying.give(desk, caller, body, reply, in_place=False)
        desk.courier.hurry(caller.workspace_id, caller.person_id)
        desk.courier.refresh(caller.workspace_id, caller.person_id)
        homes.freshen(desk, caller.workspace_id, caller.person_id)

    app.command(name)(ack=take, lazy=[follow])
