"""Bolt, set up: our own authorisation without a call to Slack, work before the acknowledgement, one apology."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from slack_bolt import BoltContext, BoltResponse
from slack_bolt.error import BoltUnhandledRequestError
from slack_sdk import WebClient

from bot.messages import Message, ids, replies
from bot.slack.handlers.deps import Deps
from bot.slack.inbound import commands, dialogs, events, taps
from bot.slack.inbound.installed import BotOf, Installed, OnlyInstalled
from bot.slack.inbound.prioritized_app import PrioritizedApp
from bot.slack.outbound.show_reply import went_wrong, whisper
from bot.store.database_errors import why

log = logging.getLogger(__name__)
BOLT_LOG = logging.getLogger("slack_bolt")
# Bolt sees SLACK_BOT_TOKEN in the environment by itself and warns that our own authorisation makes it unused
BOLT_LOG.addFilter(lambda record: "`token` will be unused" not in record.getMessage())


def build(deps: Deps, token_for: Callable[[str], str], base_url: str, timeout_seconds: int) -> PrioritizedApp:
    """Return the Bolt app with every listener. `timeout_seconds`: of each HTTP request."""
    # at DEBUG it logs whole payloads, answers and typed words included
    BOLT_LOG.setLevel(max(logging.INFO, BOLT_LOG.getEffectiveLevel()))
    installed = Installed(deps)
    app = PrioritizedApp(
        lambda error: log.error("what follows a request failed", **why(error, deps.ctx.db.url)),
        name="missinglink",
        client=WebClient(base_url=base_url, timeout=timeout_seconds),
        before_authorize=OnlyInstalled(deps, installed),
        authorize=BotOf(installed, token_for),
        process_before_response=True,
        # over HTTP the guard has checked the signature before
        request_verification_enabled=False,
        # no listener is for a workflow's step, or calls Slack through Bolt
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
        # what nobody listens to comes to `apologise`: Bolt alone would leave the person waiting
        raise_error_for_unhandled_request=True,
        logger=BOLT_LOG,
    )
    for feature in (taps, commands, dialogs, events):
        feature.register(app, deps)

    def apologise(error: Exception, body: dict[str, Any], context: BoltContext) -> BoltResponse:
        status, words = _apology(deps, error, body)
        context["follow_ups"].add(lambda: whisper(deps, context.response_url, words, in_place=False))
        return BoltResponse(status=status, body="")

    app.error(apologise)
    return app


def _apology(deps: Deps, error: Exception, body: dict[str, Any]) -> tuple[int, Message]:
    """Return the status to answer with, and the words for the person. Nothing was acknowledged."""
    if isinstance(error, BoltUnhandledRequestError):
        # a button of another version, or made up: it is acknowledged and changes nothing
        log.info("nobody listens to %.40s", ids.told(body.get("type") or body.get("command")))
        return 200, replies.old_button()
    return 500, went_wrong(deps, error, ids.told(body.get("type") or body.get("command")))
