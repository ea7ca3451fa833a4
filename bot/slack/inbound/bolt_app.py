"""Bolt, set up: our own authorisation without a call to Slack, work before the acknowledgement, one apology."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

from slack_bolt import BoltRequest, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.lazy_listener.thread_runner import ThreadLazyListenerRunner
from slack_sdk import WebClient
from sqlalchemy.exc import SQLAlchemyError

from bot.domain.workspaces import Workspace
from bot.messages import Message, ids, replies
from bot.slack.handlers.deps import Deps
from bot.slack.inbound import commands, dialogs, events, taps
from bot.slack.inbound.low_priority import PrioritizedApp
from bot.slack.outbound.responses import whisper
from bot.store import workspaces
from bot.store.database_errors import why

log = logging.getLogger(__name__)
BOLT_LOG = logging.getLogger("slack_bolt")
# Bolt sees SLACK_BOT_TOKEN in the environment by itself and warns that our own authorisation makes it unused
BOLT_LOG.addFilter(lambda record: "`token` will be unused" not in record.getMessage())
THREADS = 10


def build(deps: Deps, token_for: Callable[[str], str], base_url: str, timeout: int) -> PrioritizedApp:
    """The Bolt app with every listener. `timeout` in seconds, of each HTTP request."""

    # at DEBUG it logs whole payloads, answers and typed words included
    BOLT_LOG.setLevel(max(logging.INFO, BOLT_LOG.getEffectiveLevel()))

    known: dict[str, Workspace] = {}

    def installed(team_id: str | None) -> Workspace | None:
        if team_id and team_id not in known and team_id.isprintable():
            with deps.ctx.db.read() as session:
                workspace = workspaces.get(session, team_id)
            if workspace is not None:
                known[team_id] = workspace
        return known.get(team_id or "")

    def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult | None:
        # others don't come as far as this
        workspace = installed(team_id)
        if workspace is None:
            return None
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=team_id,
            bot_user_id=workspace.bot_user_id,
            bot_token=token_for(workspace.workspace_id),
        )

    def unwanted(req: BoltRequest) -> str:
        try:
            found = installed(req.context.team_id)
        except SQLAlchemyError:
            # Bolt asks again, and what fails there is answered with an apology
            return ""
        return "" if found is not None or _of_nobody(req) else _not_from(req)

    def decline(req: BoltRequest) -> None:
        whisper(deps, req.body, replies.not_installed(), in_place=False)

    app = PrioritizedApp(
        unwanted,
        decline,
        name="missinglink",
        client=WebClient(base_url=base_url, timeout=timeout),
        # Bolt lets it answer None; its type says otherwise
        authorize=authorize,
        process_before_response=True,
        # over HTTP the guard has checked the signature before
        request_verification_enabled=False,
        # what nobody listens to comes to `apologise`: Bolt alone would leave the person waiting
        raise_error_for_unhandled_request=True,
        listener_executor=ThreadPoolExecutor(THREADS, thread_name_prefix="bolt"),
        logger=BOLT_LOG,
    )
    app.listener_runner.lazy_listener_runner = ThreadLazyListenerRunner(BOLT_LOG, app.low_priority)
    for feature in (taps, commands, dialogs, events):
        feature.register(app, deps)

    def apologise(error: Exception, body: dict[str, Any]) -> BoltResponse:
        status, words = _apology(deps, error, body)
        # the address may hang, and Slack waits for three seconds
        app.low_priority.submit(whisper, deps, body, words, in_place=False)
        return BoltResponse(status=status, body="")

    app.error(apologise)
    return app


def _of_nobody(req: BoltRequest) -> bool:
    """Slack's own questions about an address come without a workspace."""
    return req.body.get("type") == "url_verification" or bool(req.body.get("ssl_check"))


def _not_from(req: BoltRequest) -> str:
    if req.context.is_enterprise_install:
        return "a request of an organisation's installation: install the app to the workspace itself"
    return f"a request of a workspace that isn't installed here: {ids.told(req.context.team_id):.40}"


def finish(app: PrioritizedApp) -> None:
    """Finish what follows requests and is in hand; what waits is left to the next start, which finds messages lag."""
    app.low_priority.shutdown(wait=True, cancel_futures=True)


def _apology(deps: Deps, error: Exception, body: dict[str, Any]) -> tuple[int, Message]:
    """The status to answer with, and the words for the person. Nothing was acknowledged."""
    if isinstance(error, BoltUnhandledRequestError):
        # a button of another version, or made up: it is acknowledged and changes nothing
        log.info("nobody listens to %.40s", ids.told(body.get("type") or body.get("command")))
        return 200, replies.old_button()
    reference = uuid4().hex[:8]
    kind = ids.told(body.get("type") or body.get("command"))
    reason = why(error, deps.ctx.db.url)
    about = {"reference": reference, "request": kind, **reason.pop("extra", {})}
    log.error("%s: %s failed", reference, kind, extra=about, **reason)
    return 500, replies.went_wrong(reference)
