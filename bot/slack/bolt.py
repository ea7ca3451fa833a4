"""Bolt, set up: our own authorisation without a call to Slack, work before the acknowledgement, one apology."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

from slack_bolt import App, BoltResponse
from slack_bolt.adapter.socket_mode.builtin import SocketModeHandler
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.respond import Respond
from slack_bolt.error import BoltUnhandledRequestError
from slack_sdk import WebClient
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from bot.logs import Calm
from bot.messages import ids, replies
from bot.slack import guard
from bot.slack.desk import Desk
from bot.slack.listeners import actions, commands, dialogs, events
from bot.slack.replying import whisper
from bot.store import records

log = logging.getLogger(__name__)
log.addFilter(Calm())
BOLT_LOG = logging.getLogger("slack_bolt")
# Bolt sees SLACK_BOT_TOKEN in the environment by itself and warns that our own authorisation makes it unused
BOLT_LOG.addFilter(lambda record: "`token` will be unused" not in record.getMessage())
# it has what it can't read, word for word
BOLT_LOG.addFilter(lambda record: "unsupported data frame" not in record.getMessage())
# of a workspace that isn't installed here `authorize` says it, in a warning
BOLT_LOG.addFilter(lambda record: "AuthorizeResult" not in record.getMessage())
THREADS = 10
PING_SECONDS = 3.0


def build(desk: Desk, token_for: Callable[[str], str], base_url: str, timeout: int) -> App:
    """The Bolt app with every listener. `timeout` in seconds, of each HTTP request."""

    for library in (BOLT_LOG, logging.getLogger("slack_sdk")):
        # at DEBUG both log whole payloads, answers and typed words included
        library.setLevel(max(logging.INFO, library.getEffectiveLevel()))

    def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult | None:
        with desk.house.db.read() as session:
            workspace = records.workspace(session, team_id) if team_id and team_id.isprintable() else None
        if workspace is None:
            # Bolt acknowledges it and tells the person to have the app installed
            log.warning("a request of a workspace that isn't installed here: %.40s", ids.told(team_id))
            return None
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=team_id,
            bot_user_id=workspace.bot_user_id,
            bot_token=token_for(workspace.workspace_id),
        )

    app = App(
        name="missinglink",
        client=WebClient(base_url=base_url, timeout=timeout),
        # Bolt lets it answer None; its type says otherwise
        authorize=authorize,  # type: ignore[arg-type]
        process_before_response=True,
        # over HTTP the guard has checked the signature before
        request_verification_enabled=False,
        # what nobody listens to comes to `_apologise`: Bolt alone would leave the person waiting
        raise_error_for_unhandled_request=True,
        user_facing_authorize_error_message=replies.not_installed().text,
        listener_executor=ThreadPoolExecutor(THREADS, thread_name_prefix="bolt"),
        logger=BOLT_LOG,
    )
    for feature in (actions, commands, dialogs, events):
        feature.register(app, desk)
    app.error(_apologise)
    return app


def _apologise(error: Exception, body: dict[str, Any], respond: Respond) -> BoltResponse:
    """Log the failure under a reference, and tell the person that reference. Nothing was acknowledged."""
    if isinstance(error, BoltUnhandledRequestError):
        return _unheard(body, respond)
    reference = uuid4().hex[:8]
    kind = ids.told(body.get("type") or body.get("command"))
    log.error("%s: %s failed", reference, kind, exc_info=error, extra={"reference": reference, "request": kind})
    if body.get("response_url"):
        whisper(respond, replies.went_wrong(reference), in_place=False)
    return BoltResponse(status=500, body="")


def _unheard(body: dict[str, Any], respond: Respond) -> BoltResponse:
    """Nobody listens to this: a button of another version, or made up. It is acknowledged and changes nothing."""
    log.info("nobody listens to %.40s", ids.told(body.get("type") or body.get("command")))
    if body.get("response_url"):
        whisper(respond, replies.old_button(), in_place=False)
    return BoltResponse(status=200, body="")


class _Sturdy(SocketModeHandler):
    """Acknowledges what Bolt would stumble over; over HTTP the guard turns it away."""

    def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]
        """Take one envelope."""
        odd = guard.misshapen(req.payload) if isinstance(req.payload, dict) else "payload"
        if odd:
            log.warning("misshapen: %s", odd)
            client.send_socket_mode_response(SocketModeResponse(envelope_id=req.envelope_id))
        else:
            super().handle(client, req)


def _guarded(client: SocketModeClient) -> None:
    """Let only what the guard can read come to the client, which would stumble over the rest."""
    enqueue = client.enqueue_message

    def take(text: str) -> None:
        said = guard.parse(text) if text else {"type": ""}
        why = "unreadable" if said is None else guard.unfit(said)
        if not why:
            enqueue(text)
            return
        log.warning("something that came through the socket was refused: %s", why)
        if said is not None and isinstance(said.get("envelope_id"), str):
            client.send_socket_mode_response(SocketModeResponse(envelope_id=said["envelope_id"]))

    client.enqueue_message = take  # type: ignore[assignment, method-assign]


class SocketMode:
    """Slack's requests through a connection that the bot opens. A frozen one is noticed within about fifteen s."""

    def __init__(self, app: App, app_token: str, base_url: str, timeout: int) -> None:
        """`timeout` in seconds, of each HTTP request."""
        client = WebClient(base_url=base_url, timeout=timeout)
        self._handler = _Sturdy(app, app_token, web_client=client, ping_interval=PING_SECONDS, concurrency=THREADS)

        _guarded(self._handler.client)

    def start(self) -> None:
        """Connect, and stay connected."""
        self._handler.connect()  # type: ignore[no-untyped-call]

    def stop(self) -> None:
        """Hang up."""
        self.reconnects = False
        # its worker waits up to a second for the next message: an empty one lets it see at once that it has ended
        self._handler.client.closed = True
        self._handler.client.enqueue_message("")
        try:
            self._handler.close()  # type: ignore[no-untyped-call]
        except AttributeError:
            # slack_sdk closes a session that Slack ended a moment before; without it, its threads still must end
            log.info("the connection was gone already")
            self._handler.client.current_session = None
            self._handler.close()  # type: ignore[no-untyped-call]

    @property
    def reconnects(self) -> bool:
        """True while a lost connection is made anew."""
        return bool(self._handler.client.auto_reconnect_enabled)

    @reconnects.setter
    def reconnects(self, wanted: bool) -> None:
        self._handler.client.auto_reconnect_enabled = wanted

    @property
    def connected(self) -> bool:
        """True while Slack can reach the bot."""
        return bool(self._handler.client.is_connected())
