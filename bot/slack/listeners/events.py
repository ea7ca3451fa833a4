"""What happens in Slack without anybody calling the bot: profiles change, people type a word to it."""

from __future__ import annotations

from typing import Any

from slack_bolt import App

from bot.messages.mrkdwn import unescape
from bot.services.holds import wake
from bot.services.profiles import changed, ensure
from bot.services.say import say
from bot.slack.desk import Desk
from bot.slack.gateway import profile_from
from bot.store import records


def register(app: App, desk: Desk) -> None:
    """`user_change` and messages in the bot's own DMs."""

    def profile(body: dict[str, Any], event: dict[str, Any]) -> None:
        workspace_id = str(body["team_id"])
        with desk.house.db.write() as session:
            if records.first_time(session, workspace_id, f"event:{body['event_id']}", desk.house.clock.real()):
                changed(session, desk.house, profile_from(workspace_id, event["user"]), desk.house.clock.business())

    def said(body: dict[str, Any], event: dict[str, Any]) -> None:
        if event.get("channel_type") != "im" or event.get("subtype") or event.get("bot_id") or not event.get("user"):
            return
        workspace_id, request_id = str(body["team_id"]), f"event:{body['event_id']}"
        with desk.house.db.write() as session:
            if records.first_time(session, workspace_id, request_id, desk.house.clock.real()):
                at = desk.house.clock.business()
                wake(session, desk.house, workspace_id, str(event["user"]), at)
                learner = ensure(session, workspace_id, str(event["user"]))
                say(session, desk.house, learner, unescape(str(event.get("text") or "")), at, request_id)

    def send() -> None:
        desk.courier.deliver()

    app.event("user_change")(profile)
    # Bolt acknowledges events by itself, once the first function has returned
    app.event("message")(ack=said, lazy=[send])
