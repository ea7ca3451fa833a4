"""What happens in Slack without anybody calling the bot: profiles, words typed to it, Homes opened, an app removed."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from slack_bolt import App, BoltContext

from bot.actions.profiles import changed, is_news, meet
from bot.errors import SlackError, UnknownButtonError
from bot.messages import ids
from bot.slack.handlers.deps import Caller, Deps, caller_of_event, said_id
from bot.slack.handlers.request import Allowed, Unmet, met, open_request
from bot.slack.handlers.typed_messages import handle_typed
from bot.slack.outbound import homes, responses
from bot.slack.outbound.user_object import profile_told
from bot.slack.typed.slack_text import as_typed
from bot.store import learners, requests, workspaces
from bot.store.database import Session

log = logging.getLogger(__name__)
HELD = {"app_uninstalled": "app_uninstalled", "tokens_revoked": "token_revoked"}


def register(app: App, deps: Deps) -> None:
    """Every event of the manifest."""
    for heard in EVENTS.values():
        heard.listen(app, deps)


def _profiles(app: App, deps: Deps) -> None:
    def profile(body: dict[str, Any], event: dict[str, Any]) -> None:
        user = event.get("user")
        caller = _caller(body, user.get("id") if isinstance(user, dict) else None)
        if caller is None or not isinstance(user, dict):
            return
        said, at = profile_told(caller.workspace_id, user), deps.ctx.clock.business()
        with deps.ctx.db.read() as session:
            news = is_news(session, deps.ctx, said, at)
        if news:
            # repeated it is no news any more, so that nothing need be kept of the request
            with deps.ctx.db.write() as session:
                changed(session, deps.ctx, said, at)

    app.event("user_change")(profile)


def _caller(body: dict[str, Any], person_id: object) -> Caller | None:
    """Whose event it is; None for one that doesn't say."""
    try:
        return caller_of_event(body, person_id)
    except UnknownButtonError as error:
        log.info("an event of nobody: %s", error)
        return None


def _words(app: App, deps: Deps) -> None:
    def act(session: Session, caller: Caller, event: Mapping[str, Any]) -> Unmet | None:
        known = met(deps, session, caller)
        if known is None:
            return Unmet()
        if not known.learner.foreign:
            request = open_request(deps, session, caller, known)
            if request.fresh:
                text = as_typed(str(event.get("text") or ""))
                handle_typed(request.state, text, caller.request_id)
        return None

    def said(body: dict[str, Any], event: dict[str, Any], context: BoltContext) -> None:
        caller = _speaker(body, event)
        if caller is not None:
            with deps.ctx.db.write() as session:
                context["unmet"] = act(session, caller, event) is not None

    def follow(body: dict[str, Any], event: dict[str, Any], context: BoltContext) -> None:
        caller = _speaker(body, event)
        if caller is None:
            return
        if context.get("unmet"):
            responses.after_meeting(deps, caller, lambda session: act(session, caller, event))
        deps.sender.hurry(caller.workspace_id, caller.person_id)
        deps.sender.refresh(caller.workspace_id, caller.person_id)
        homes.refresh_home(deps, caller.workspace_id, caller.person_id)

    # Bolt acknowledges events by itself, once the first function has returned
    app.event("message")(ack=said, lazy=[follow])


def _speaker(body: dict[str, Any], event: dict[str, Any]) -> Caller | None:
    """Who said something in the bot's own DM; None when it was no person, or no words."""
    if event.get("channel_type") != "im" or event.get("subtype") not in {None, "file_share"} or event.get("bot_id"):
        return None
    caller, channel, ts = _caller(body, event.get("user")), event.get("channel"), event.get("ts")
    if caller is None or not (ids.sound(channel) and ids.sound(ts)):
        return caller
    return replace(caller, request_id=said_id(channel, ts))


def _homes(app: App, deps: Deps) -> None:
    def opened(body: dict[str, Any], event: dict[str, Any]) -> None:
        caller = _visitor(body, event)
        if caller is not None:
            with deps.ctx.db.write() as session:
                learners.ensure(session, caller.workspace_id, caller.person_id)

    def publish(body: dict[str, Any], event: dict[str, Any]) -> None:
        caller = _visitor(body, event)
        if caller is None:
            return
        workspace_id, person_id = caller.workspace_id, caller.person_id
        try:
            known = meet(deps.ctx, deps.slack, workspace_id, person_id)
        except SlackError as error:
            log.warning("profile of %s: %s", person_id, error)
        else:
            if known is not None and known.foreign:
                return
        shown = event.get("view")
        seen = shown.get("hash") if isinstance(shown, dict) else None
        homes.home_opened(deps, workspace_id, person_id, seen if ids.sound(seen) else None)

    app.event("app_home_opened")(ack=opened, lazy=[publish])


def _visitor(body: dict[str, Any], event: dict[str, Any]) -> Caller | None:
    """Who opened their Home; None for another tab."""
    return _caller(body, event.get("user")) if event.get("tab") == "home" else None


def _ending(kind: str) -> Callable[[App, Deps], None]:
    def listen(app: App, deps: Deps) -> None:
        def ended(body: dict[str, Any], event: dict[str, Any]) -> None:
            tokens = event.get("tokens")
            if kind == "tokens_revoked" and not (isinstance(tokens, dict) and tokens.get("bot")):
                return
            team, event_id = body.get("team_id"), body.get("event_id")
            if not (ids.sound(team) and ids.sound(event_id)):
                return
            with deps.ctx.db.write() as session:
                # repeated after the app was installed again, it would hold it once more
                if requests.first_time(session, team, f"event:{event_id}"[: ids.LONGEST], deps.ctx.clock.real()):
                    workspaces.hold(session, team, HELD[kind])

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
