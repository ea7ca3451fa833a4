"""Taps, in messages, dialogs and Homes."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field, replace
from functools import partial

from slack_bolt import Ack, App

from bot.errors import SlackError, UnknownButtonError
from bot.messages import ids, render, replies
from bot.slack.handlers.deps import Caller, Deps
from bot.slack.handlers.follow_up_work import FollowUpWork
from bot.slack.handlers.request import Refusal, Reply, Unmet, dispatch, met, open_request
from bot.slack.handlers.taps import handler_of
from bot.slack.inbound.low_priority import FollowUps
from bot.slack.inbound.payloads import SlackRequest, Tap, expect
from bot.slack.outbound import show_reply
from bot.slack.outbound.follow_up import follow_up
from bot.store.database import Session
from bot.view_models import View

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class _Done:
    """The result of a tap; an empty one if its transaction failed."""

    reply: Reply = None
    subject: str | None = None
    in_place: bool = False
    work: FollowUpWork = field(default_factory=FollowUpWork)


def register(app: App, deps: Deps) -> None:
    """All taps come in here."""

    def take(ack: Ack, slack_request: SlackRequest, follow_ups: FollowUps) -> None:
        try:
            tap = expect(slack_request, Tap)
        except UnknownButtonError as error:
            log.info("a tap of nobody: %s", error)
            ack()
            return
        done = _Done()
        try:
            with deps.ctx.db.write() as session:
                acted = _act(deps, session, tap)
            # only what is committed is shown
            done = acted
        except UnknownButtonError as error:
            log.info("a tap that means nothing: %s", error)
            done = _Done(reply=replies.old_button())
            _still_alive(deps, tap.caller)
        finally:
            # also after a failure: what an earlier request left to be done is done
            follow_ups.add(partial(_follow, deps, tap, done))
        ack()

    app.action(ids.ANY)(take)


def _act(deps: Deps, session: Session, tap: Tap) -> _Done:
    read = tap.meaning
    handler = handler_of(read)
    # it proves that its message arrived, also where the reply to its post was lost or a crash came first
    seeing = replace(tap.caller, saw=(read.subject, *tap.sighting) if tap.sighting else None)
    handled = dispatch(handler, deps, session, seeing, read, f"tap {read.verb}")
    silent = handler.home_shows and tap.in_home and not isinstance(handled.reply, Refusal | Unmet)
    return _Done(
        reply=None if silent else handled.reply,
        subject=read.subject,
        in_place=handler.in_place,
        work=handled.work,
    )


def _still_alive(deps: Deps, caller: Caller) -> None:
    """Even a tap that means nothing any more is a sign of life."""
    with deps.ctx.db.write() as session:
        known = met(deps, session, caller)
        if known is not None and not known.learner.foreign:
            open_request(deps, session, caller, known)


def _follow(deps: Deps, tap: Tap, done: _Done) -> None:
    caller = tap.caller

    def again(session: Session) -> Reply:
        nonlocal done
        done = _act(deps, session, tap)
        return done.reply

    reply = show_reply.left_to_show(deps, caller, done.reply, again)
    if reply is not None:
        show_reply.respond(deps, caller, tap.origin, reply, in_place=done.in_place)
    by_url = partial(_by_url, deps, tap.response_url) if tap.response_url else None
    follow_up(deps, caller, done.work, done.subject, by_url)


def _by_url(deps: Deps, url: str, view: View) -> bool:
    try:
        deps.screens.answer(url, {"replace_original": True, **render(view).payload()})
    except SlackError as error:
        log.info("response_url failed, chat.update follows: %s", error)
        return False
    return True
