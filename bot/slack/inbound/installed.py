"""Let requests in from workspaces where the app is installed, and say who the bot is there, without asking Slack."""

from __future__ import annotations

import logging
from collections.abc import Callable

from slack_bolt import BoltRequest, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.authorize import Authorize
from slack_bolt.middleware import Middleware

from bot.domain.workspaces import Workspace
from bot.logs import Calm
from bot.messages import ids, replies
from bot.slack.handlers.deps import Deps
from bot.slack.outbound.show_reply import whisper
from bot.store import workspaces

log = logging.getLogger(__name__)
log.addFilter(Calm())


class Installed:
    """The workspaces in which the app is installed, each looked up once."""

    def __init__(self, deps: Deps) -> None:
        self._deps = deps
        self._known: dict[str, Workspace] = {}

    def get(self, team_id: str | None) -> Workspace | None:
        """Return a workspace; None where the app isn't installed."""
        if team_id and team_id not in self._known and team_id.isprintable():
            with self._deps.ctx.db.read() as session:
                workspace = workspaces.get(session, team_id)
            if workspace is not None:
                self._known[team_id] = workspace
        return self._known.get(team_id or "")


class OnlyInstalled(Middleware):
    """Turns requests of other workspaces away.

    Bolt's authorisation would answer those itself, at an address that came along, and only then acknowledge them.
    """

    def __init__(self, deps: Deps, installed: Installed) -> None:
        self._deps, self._installed = deps, installed

    def process(self, *, req: BoltRequest, next: Callable[[], BoltResponse], **_: object) -> BoltResponse:
        """See slack_bolt."""
        if not (why_not := self._objection(req)):
            return next()
        log.warning("%s", why_not)
        url = req.context.response_url
        req.context["follow_ups"].add(lambda: whisper(self._deps, url, replies.not_installed(), in_place=False))
        return BoltResponse(status=200, body="")

    def _objection(self, req: BoltRequest) -> str:
        if req.body.get("type") == "url_verification" or self._installed.get(req.context.team_id) is not None:
            return ""
        if req.context.is_enterprise_install:
            return "a request of an organisation's installation: install the app to the workspace itself"
        return f"a request of a workspace that isn't installed here: {ids.told(req.context.team_id):.40}"


class BotOf(Authorize):
    """The identity of the bot in a workspace, known without asking Slack."""

    def __init__(self, installed: Installed, token_for: Callable[[str], str]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._installed, self._token_for = installed, token_for

    def __call__(self, *, team_id: str | None, enterprise_id: str | None, **_: object) -> AuthorizeResult | None:
        """See slack_bolt."""
        workspace = self._installed.get(team_id)
        if workspace is None:
            return None
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=team_id,
            bot_user_id=workspace.bot_user_id,
            bot_token=self._token_for(workspace.workspace_id),
        )
