"""Events, which happen in Slack without anybody calling the bot: profiles, words typed to it, Homes opened, an app
removed.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from slack_bolt import App

from bot.actions.profiles import changed, is_news, meet
from bot.errors import SlackError, UnknownButtonError
from bot.messages import ids
from bot.slack.handlers.deps import Caller, Deps
from bot.slack.handlers.follow_up_work import FollowUpWork, work_left_by
from bot.slack.handlers.request import Allowed, Handled, Unmet, met, open_request
from bot.slack.handlers.typed_messages import handle_typed
from bot.slack.inbound.low_priority import FollowUps
from bot.slack.inbound.payloads import (
    EndEvent,
    Event,
    HomeEvent,
    MessageEvent,
    ProfileEvent,
    SlackRequest,
    expect,
    typed_message_id,
)
from bot.slack.outbound import homes, show_reply
from bot.slack.outbound.follow_up import follow_up
from bot.slack.outbound.user_object import profile_told
from bot.slack.typed.slack_text import as_typed
from bot.store import learners, requests, workspaces
from bot.store.database import Session

log = logging.getLogger(__name__)
Expected = TypeVar("Expected", bound=Event)
HELD = {"app_uninstalled": "app_uninstalled", "tokens_revoked": "token_revoked"}


def register(app: App, deps: Deps) -> None:
    """Every event of the manifest."""
    for heard in EVENTS.values():
        heard.listen(app, deps)


def _profiles(app: App, deps: Deps) -> None:
    def profile(slack_request: SlackRequest) -> None:
        event = _expected(slack_request, ProfileEvent)
        caller = _caller(event, event.event.user.get("id")) if event else None
        if event is None or caller is None:
            return
        said, at = profile_told(caller.workspace_id, event.event.user), deps.ctx.clock.business()
        with deps.ctx.db.read() as session:
            news = is_news(session, deps.ctx, said, at)
        if news:
            # repeated it is no news any more, so that nothing need be kept of the request
            with deps.ctx.db.write() as session:
                changed(session, deps.ctx, said, at)

    app.event("user_change")(profile)


def _expected(slack_request: SlackRequest, kind: type[Expected]) -> Expected | None:
    """Return the event as the kind that a listener is for; None for one of nobody."""
    try:
        return expect(slack_request, kind)
    except UnknownButtonError as error:
        log.info("an event of nobody: %s", error)
        return None


def _caller(event: Event, person_id: str | None) -> Caller | None:
    """Return whose event it is; None for one that doesn't say."""
    try:
        return event.caller_of(person_id)
    except UnknownButtonError as error:
        log.info("an event of nobody: %s", error)
        return None


def _words(app: App, deps: Deps) -> None:
    def act(session: Session, caller: Caller, text: str) -> Handled:
        known = met(deps, session, caller)
        if known is None:
            return Handled(Unmet(), FollowUpWork(due_at_once=True))
        if not known.learner.foreign:
            request = open_request(deps, session, caller, known)
            if request.fresh:
                handle_typed(request.state, as_typed(text), caller.request_id)
        return Handled(None, work_left_by(session, known))

    def said(slack_request: SlackRequest, follow_ups: FollowUps) -> None:
        event = _expected(slack_request, MessageEvent)
        caller = _speaker(event) if event else None
        if event is None or caller is None:
            return
        text, handled = event.event.text or "", Handled(None, FollowUpWork(due_at_once=True))
        try:
            with deps.ctx.db.write() as session:
                acted = act(session, caller, text)
            # only what is committed is shown
            handled = acted
        finally:
            follow_ups.add(partial(follow, caller, text, handled))

    def follow(caller: Caller, text: str, handled: Handled) -> None:
        if isinstance(handled.reply, Unmet):
            show_reply.after_meeting(deps, caller, lambda session: act(session, caller, text).reply)
        follow_up(deps, caller, handled.work)

    # Bolt acknowledges events by itself, once the function has returned
    app.event("message")(said)


def _speaker(event: MessageEvent) -> Caller | None:
    """Return who wrote in the bot's own DM; None where it was no person, or no words."""
    said = event.event
    if said.channel_type != "im" or said.subtype not in {None, "file_share"} or said.bot_id:
        return None
    caller = _caller(event, said.user)
    if caller is None or not (ids.sound(said.channel) and ids.sound(said.ts)):
        return caller
    return replace(caller, request_id=typed_message_id(said.channel, said.ts))


def _homes(app: App, deps: Deps) -> None:
    def opened(slack_request: SlackRequest, follow_ups: FollowUps) -> None:
        event = _expected(slack_request, HomeEvent)
        if event is None or event.event.tab != "home":
            return
        caller = _caller(event, event.event.user)
        if caller is None:
            return
        seen = event.event.view.hash if event.event.view else None
        try:
            with deps.ctx.db.write() as session:
                learners.ensure(session, caller.workspace_id, caller.person_id)
        finally:
            follow_ups.add(partial(publish, caller, seen if ids.sound(seen) else None))

    def publish(caller: Caller, seen: str | None) -> None:
        workspace_id, person_id = caller.workspace_id, caller.person_id
        try:
            known = meet(deps.ctx, deps.slack, workspace_id, person_id)
        except SlackError as error:
            log.warning("profile of %s: %s", person_id, error)
        else:
            if known is not None and known.foreign:
                return
        homes.home_opened(deps, workspace_id, person_id, seen)

    app.event("app_home_opened")(opened)


def _ending(kind: str) -> Callable[[App, Deps], None]:
    def listen(app: App, deps: Deps) -> None:
        def ended(slack_request: SlackRequest) -> None:
            event = _expected(slack_request, EndEvent)
            if event is None or (kind == "tokens_revoked" and not (event.event.tokens and event.event.tokens.bot)):
                return
            with deps.ctx.db.write() as session:
                # repeated after the app was installed again, it would hold it once more
                request_id = f"event:{event.event_id}"[: ids.LONGEST]
                if requests.first_time(session, event.team_id, request_id, deps.ctx.clock.real()):
                    workspaces.hold(session, event.team_id, HELD[kind])

        app.event(kind)(ended)

    return listen


@dataclass(frozen=True)
class Heard:
    """An event: how it is listened to, who brings it about, and what follows, in words for the documentation."""

    listen: Callable[[App, Deps], None]
    allowed: Allowed
    answers: str


EVENTS: dict[str, Heard] = {
    "app_home_opened": Heard(_homes, Allowed.ANYBODY, "their Home, as things stand"),
    "app_uninstalled": Heard(_ending("app_uninstalled"), Allowed.SLACK, "quiet, until the app is back"),
    "message.im": Heard(_words, Allowed.ANYBODY, "the word's explainer, what was wished for, or what one can do"),
    "tokens_revoked": Heard(_ending("tokens_revoked"), Allowed.SLACK, "quiet, until a token works"),
    "user_change": Heard(
        _profiles, Allowed.SLACK, "nothing; zone, name, whether they can be reached and whether they are away follow"
    ),
}
"""By their names in the manifest."""
