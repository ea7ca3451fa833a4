"""Slash commands."""

from __future__ import annotations

import logging
from functools import partial

from slack_bolt import Ack, App

from bot.errors import UnknownButtonError
from bot.messages import Message, replies
from bot.messages.command_names import pattern
from bot.slack.handlers.commands import COMMANDS, read
from bot.slack.handlers.deps import Deps
from bot.slack.handlers.follow_up_work import FollowUpWork
from bot.slack.handlers.request import Handled, dispatch
from bot.slack.inbound.low_priority import FollowUps
from bot.slack.inbound.payloads import Command, SlackRequest, expect
from bot.slack.outbound import show_reply
from bot.slack.outbound.follow_up import follow_up
from bot.store.database import Session

log = logging.getLogger(__name__)


def register(app: App, deps: Deps) -> None:
    """`/learn`, `/track` and `/jargon`, whatever their prefix in Slack."""
    for name in COMMANDS:
        _command(app, deps, name)


def _command(app: App, deps: Deps, name: str) -> None:
    known = {deps.names.named(name)}

    def take(ack: Ack, slack_request: SlackRequest, follow_ups: FollowUps) -> None:
        try:
            command = expect(slack_request, Command)
        except UnknownButtonError as error:
            log.info("a command of nobody: %s", error)
            ack(response_type="ephemeral", **deps.names.shown(replies.try_again().payload()))
            return
        if command.command not in known:
            known.add(command.command)
            expected = deps.names.named(name)
            log.warning("Slack has %s, and our texts say %s: MISSINGLINK_COMMAND_PREFIX?", command.command, expected)
        handled = Handled(None, FollowUpWork(due_at_once=True))
        try:
            with deps.ctx.db.write() as session:
                acted = _act(deps, session, name, command)
            # only what is committed is shown
            handled = acted
        finally:
            # a dialog, or a link to the open item, comes from Slack, and so after the acknowledgement
            reply = handled.reply
            left = None if _is_said_at_once(reply) else reply
            follow_ups.add(partial(_follow, deps, name, command, Handled(left, handled.work)))
        if isinstance(reply, Message) and _is_said_at_once(reply):
            ack(response_type="ephemeral", **deps.names.shown(reply.payload()))
        else:
            ack()

    app.command(pattern(name))(take)


def _is_said_at_once(reply: object) -> bool:
    """Return True for what the acknowledgement says. A chart may be refused, so that it comes afterwards."""
    return isinstance(reply, Message) and reply.in_words is None


def _act(deps: Deps, session: Session, name: str, command: Command) -> Handled:
    typed = read(name, deps.names.heard(command.text or ""))
    return dispatch(typed.handler, deps, session, command.caller, typed.rest, f"{name} {typed.verb}".strip())


def _follow(deps: Deps, name: str, command: Command, left: Handled) -> None:
    caller = command.caller
    shown = show_reply.left_to_show(deps, caller, left.reply, lambda session: _act(deps, session, name, command).reply)
    if shown is not None:
        show_reply.respond(deps, caller, command.origin, shown, in_place=False)
    follow_up(deps, caller, left.work)
