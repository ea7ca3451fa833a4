"""Slash commands."""

from __future__ import annotations

import logging
from typing import Any

from slack_bolt import Ack, App, BoltContext

from bot.errors import SlackError, UnknownButtonError
from bot.messages import Message, replies
from bot.services.profiles import meet
from bot.slack import homes, replying
from bot.slack.deeds.commands import COMMANDS, read
from bot.slack.desk import Caller, Desk, caller_of_command
from bot.slack.visit import carry_out

log = logging.getLogger(__name__)


def register(app: App, desk: Desk) -> None:
    """`/learn`, `/track` and `/jargon`."""
    for name in COMMANDS:
        _command(app, desk, name)


def _command(app: App, desk: Desk, name: str) -> None:
    def take(ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
        try:
            caller = caller_of_command(body)
        except UnknownButtonError as error:
            log.info("a command of nobody: %s", error)
            ack(response_type="ephemeral", **replies.try_again().payload())
            return
        typed = read(name, str(body.get("text") or ""))
        with desk.house.db.write() as session:
            reply = carry_out(typed.deed, desk, session, caller, typed.rest, f"{name} {typed.verb}".strip())
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
        if context.get("reply") is not None:
            replying.give(desk, caller, body, context["reply"], in_place=False)
        _meet(desk, caller)
        desk.courier.hurry(caller.workspace_id, caller.person_id)
        desk.courier.refresh(caller.workspace_id, caller.person_id)
        homes.freshen(desk, caller.workspace_id, caller.person_id)

    app.command(name)(ack=take, lazy=[follow])


def _meet(desk: Desk, caller: Caller) -> None:
    """Zone and name of somebody who uses the bot; without them it goes on as if in UTC, and asks again next time."""
    try:
        meet(desk.house, desk.slack, caller.workspace_id, caller.person_id)
    except SlackError as error:
        log.warning("profile of %s: %s", caller.person_id, error)
