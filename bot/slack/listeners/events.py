"""What happens in Slack without anybody calling the bot: profiles, words typed to it, Homes opened, an app removed."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from slack_bolt import App, BoltContext

from bot.errors import SlackError, UnknownButtonError
from bot.messages import ids
from bot.services.profiles import changed, is_news, meet
from bot.slack import homes, replying
from bot.slack.deeds.words import hear
from bot.slack.desk import Caller, Desk, caller_of_event, said_id
from bot.slack.gateway import profile_told
from bot.slack.spelling import as_typed
from bot.slack.visit import Unmet, Who, enter, met
from bot.store import learners, records
from bot.store.database import Session

log = logging.getLogger(__name__)
HELD = {"app_uninstalled": "app_uninstalled", "tokens_revoked": "token_revoked"}


def register(app: App, desk: Desk) -> None:
    """Every event of the manifest."""
    for heard in EVENTS.values():
        heard.listen(app, desk)


def _profiles(app: App, desk: Desk) -> None:
    def profile(body: dict[str, Any], event: dict[str, Any]) -> None:
        user = event.get("user")
        caller = _caller(body, user.get("id") if isinstance(user, dict) else None)
        if caller is None or not isinstance(user, dict):
            return
        said, at = profile_told(caller.workspace_id, user), desk.house.clock.business()
        with desk.house.db.read() as session:
            news = is_news(session, desk.house, said, at)
        if news:
            # repeated it is no news any more, so that nothing need be kept of the request
            with desk.house.db.write() as session:
                changed(session, desk.house, said, at)

    app.event("user_change")(profile)


def _caller(body: dict[str, Any], person_id: object) -> Caller | None:
    """Whose event it is; None for one that doesn't say."""
    try:
        return caller_of_event(body, person_id)
    except UnknownButtonError as error:
        log.info("an event of nobody: %s", error)
        return None


def _words(app: App, desk: Desk) -> None:
    def act(session: Session, caller: Caller, event: Mapping[str, Any]) -> Unmet | None:
        known = met(session, caller)
        if known is None:
            return Unmet()
        if not known.foreign:
            visit = enter(desk, session, caller)
            if visit.fresh:
                text = as_typed(str(event.get("text") or ""))
                hear(session, desk.house, visit.learner, text, visit.at, caller.request_id)
        return None

    def said(body: dict[str, Any], event: dict[str, Any], context: BoltContext) -> None:
        caller = _speaker(body, event)
        if caller is not None:
            with desk.house.db.write() as session:
                context["unmet"] = act(session, caller, event) is not None

    def follow(body: dict[str, Any], event: dict[str, Any], context: BoltContext) -> None:
        caller = _speaker(body, event)
        if caller is None:
            return
        if context.get("unmet"):
            replying.after_meeting(desk, caller, lambda session: act(session, caller, event))
        desk.courier.hurry(caller.workspace_id, caller.person_id)
        desk.courier.refresh(caller.workspace_id, caller.person_id)
        homes.freshen(desk, caller.workspace_id, caller.person_id)

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


def _homes(app: App, desk: Desk) -> None:
    def opened(body: dict[str, Any], event: dict[str, Any]) -> None:
        caller = _visitor(body, event)
        if caller is not None:
            with desk.house.db.write() as session:
                learners.ensure(session, caller.workspace_id, caller.person_id)

    def publish(body: dict[str, Any], event: dict[str, Any]) -> None:
        caller = _visitor(body, event)
        if caller is None:
            return
        workspace_id, person_id = caller.workspace_id, caller.person_id
        try:
            known = meet(desk.house, desk.slack, workspace_id, person_id)
        except SlackError as error:
            log.warning("profile of %s: %s", person_id, error)
        else:
            if known is not None and known.foreign:
                return
        shown = event.get("view")
        seen = shown.get("hash") if isinstance(shown, dict) else None
        homes.opened(desk, workspace_id, person_id, seen if ids.sound(seen) else None)

    app.event("app_home_opened")(ack=opened, lazy=[publish])


def _visitor(body: dict[str, Any], event: dict[str, Any]) -> Caller | None:
    """Who opened their Home; None for another tab."""
    return _caller(body, event.get("user")) if event.get("tab") == "home" else None


def _ending(kind: str) -> Callable[[App, Desk], None]:
    def listen(app: App, desk: Desk) -> None:
        def ended(body: dict[str, Any], event: dict[str, Any]) -> None:
            tokens = event.get("tokens")
            if kind == "tokens_revoked" and not (isinstance(tokens, dict) and tokens.get("bot")):
                return
            team, event_id = body.get("team_id"), body.get("event_id")
            if not (ids.sound(team) and ids.sound(event_id)):
                return
            with desk.house.db.write() as session:
                # repeated after the app was installed again, it would hold it once more
                if records.first_time(session, team, f"event:{event_id}"[: ids.LONGEST], desk.house.clock.real()):
                    records.hold_workspace(session, team, HELD[kind])

        app.event(kind)(ended)

    return listen


@dataclass(frozen=True)
class Heard:
    """An event: how it is listened to, who brings it about, and what follows, in words for the documentation."""

    listen: Callable[[App, Desk], None]
    who: Who
    answers: str


EVENTS: dict[str, Heard] = {
    "app_home_opened": Heard(_homes, Who.ANYBODY, "their Home, as things stand"),
    "app_uninstalled": Heard(_ending("app_uninstalled"), Who.SLACK, "quiet, until the app is back"),
    "message.im": Heard(_words, Who.ANYBODY, "the word's explainer, what was wished for, or what one can do"),
    "tokens_revoked": Heard(_ending("tokens_revoked"), Who.SLACK, "quiet, until a token works"),
    "user_change": Heard(
        _profiles, Who.SLACK, "nothing; zone, name, whether they can be reached and whether they are away follow"
    ),
}
"""By their names in the manifest."""
