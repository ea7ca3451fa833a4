"""What happens in Slack without anybody calling the bot: profiles, words typed to it, Homes opened, an app removed."""

from __future__ import annotations

import logging
from typing import Any

from slack_bolt import App

from bot.errors import SlackError
from bot.messages.mrkdwn import unescape
from bot.services.profiles import changed, ensure, meet
from bot.services.say import say
from bot.slack import homes
from bot.slack.desk import Caller, Desk
from bot.slack.gateway import profile_from
from bot.slack.visit import enter
from bot.store import records

log = logging.getLogger(__name__)
HELD = {"app_uninstalled": "app_uninstalled", "tokens_revoked": "token_revoked"}


def register(app: App, desk: Desk) -> None:
    """Every event of the manifest."""
    _profiles(app, desk)
    _words(app, desk)
    _homes(app, desk)
    _endings(app, desk)


def _caller(body: dict[str, Any], person_id: str) -> Caller:
    return Caller(str(body["team_id"]), person_id, f"event:{body['event_id']}")


def _profiles(app: App, desk: Desk) -> None:
    def profile(body: dict[str, Any], event: dict[str, Any]) -> None:
        caller = _caller(body, str(event["user"]["id"]))
        with desk.house.db.write() as session:
            if records.first_time(session, caller.workspace_id, caller.request_id, desk.house.clock.real()):
                said = profile_from(caller.workspace_id, event["user"])
                changed(session, desk.house, said, desk.house.clock.business())

    app.event("user_change")(profile)


def _words(app: App, desk: Desk) -> None:
    def said(body: dict[str, Any], event: dict[str, Any]) -> None:
        if not _typed(event):
            return
        caller = _caller(body, str(event["user"]))
        with desk.house.db.write() as session:
            visit = enter(desk, session, caller)
            if visit.fresh:
                text = unescape(str(event.get("text") or ""))
                say(session, desk.house, visit.learner, text, visit.at, caller.request_id)

    def follow(body: dict[str, Any], event: dict[str, Any]) -> None:
        if not _typed(event):
            return
        desk.courier.deliver()
        desk.courier.refresh(str(body["team_id"]), str(event["user"]))
        homes.freshen(desk, str(body["team_id"]), str(event["user"]))

    # Bolt acknowledges events by itself, once the first function has returned
    app.event("message")(ack=said, lazy=[follow])


def _typed(event: dict[str, Any]) -> bool:
    """True for words of a person in the bot's own DM."""
    return (
        event.get("channel_type") == "im"
        and event.get("subtype") in {None, "file_share"}
        and not event.get("bot_id")
        and isinstance(event.get("user"), str)
    )


def _homes(app: App, desk: Desk) -> None:
    def opened(body: dict[str, Any], event: dict[str, Any]) -> None:
        if event.get("tab") == "home":
            with desk.house.db.write() as session:
                ensure(session, str(body["team_id"]), str(event["user"]))

    def publish(body: dict[str, Any], event: dict[str, Any]) -> None:
        if event.get("tab") != "home":
            return
        workspace_id, person_id = str(body["team_id"]), str(event["user"])
        try:
            meet(desk.house, desk.slack, workspace_id, person_id)
        except SlackError as error:
            log.warning("profile of %s: %s", person_id, error)
        homes.opened(desk, workspace_id, person_id, (event.get("view") or {}).get("hash"))

    app.event("app_home_opened")(ack=opened, lazy=[publish])


def _endings(app: App, desk: Desk) -> None:
    def ended(body: dict[str, Any], event: dict[str, Any]) -> None:
        if event["type"] == "tokens_revoked" and not (event.get("tokens") or {}).get("bot"):
            return
        with desk.house.db.write() as session:
            records.hold_workspace(session, str(body["team_id"]), HELD[event["type"]])

    for name in HELD:
        app.event(name)(ended)
