"""What services and ticks need of Slack, done with slack_sdk, and every failure named.

The SDK repeats nothing by itself: whether a lost reply is tried again is decided where its meaning is known.
"""

from __future__ import annotations

import http
import json
import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse
from slack_sdk.webhook import WebhookClient

from bot.domain.dm_history import HistoryPage
from bot.domain.intents import TypedWords, WordsPage
from bot.domain.local_time import known_zone
from bot.domain.people import Profile
from bot.errors import SlackBusyError, SlackError, SlackRefusedError, SlackUncertainError, SlackUnreachableError
from bot.messages import render
from bot.messages.builder import Home, Modal
from bot.messages.status_file import File
from bot.slack.outbound.connection_errors import NOT_JSON, explain, never_left
from bot.view_models import View

log = logging.getLogger(__name__)
# every failure is raised here and told by whoever called; at DEBUG the SDK logs whole payloads
logging.getLogger("slack_sdk").setLevel(logging.CRITICAL)
EVENT_TYPE = "missinglink_delivery"
UNCERTAIN_CODES = frozenset({"fatal_error", "internal_error", "service_unavailable", "request_timeout"})
CODE = re.compile(r"[a-z][a-z0-9_]*")
"""What an error of Slack's looks like."""
SEND_FILES = "files:write"
PAGE = 100
LONGEST_NAME = 255
LAST_SECOND = int(datetime(9999, 1, 1, tzinfo=UTC).timestamp())


class WebApi:
    """Slack's Web API for all workspaces; the token is asked for at each call."""

    def __init__(self, token_for: Callable[[str], str], base_url: str, timeout: int, page: int = PAGE) -> None:
        """`timeout` in seconds, of each HTTP request; `page`: so many messages of a history are asked for at a time."""
        self._token_for, self._base_url, self._timeout = token_for, base_url, timeout
        self._page = page
        self._no_dnd: set[str] = set()
        self._granted: dict[str, frozenset[str]] = {}

    def client(self, workspace_id: str) -> WebClient:
        """A client that tries each request once."""
        return WebClient(
            self._token_for(workspace_id), base_url=self._base_url, timeout=self._timeout, retry_handlers=[]
        )

    def profile(self, workspace_id: str, person_id: str) -> Profile | None:
        """See `bot.context.Slack`."""
        try:
            answer = self._call(workspace_id, "users.info", user=person_id, include_locale=True)
        except SlackRefusedError as error:
            if error.code in {"user_not_found", "user_not_visible"}:
                return None
            raise
        user = answer.get("user")
        if not isinstance(user, dict) or not user.get("id"):
            raise SlackUncertainError("users.info answered without that person")
        return profile_from(workspace_id, user)

    def open_dm(self, workspace_id: str, person_id: str) -> str:
        """See `bot.context.Slack`."""
        return str(self._call(workspace_id, "conversations.open", users=person_id)["channel"]["id"])

    def post(self, workspace_id: str, channel_id: str, view: View, key: str) -> str:
        """See `bot.context.Slack`."""
        metadata = {"event_type": EVENT_TYPE, "event_payload": {"key": key}}
        answer = self._call(
            workspace_id,
            "chat.postMessage",
            channel=channel_id,
            metadata=metadata,
            unfurl_links=False,
            unfurl_media=False,
            **render(view).payload(),
        )
        return str(answer["ts"])

    def history(self, workspace_id: str, channel_id: str, since: datetime, cursor: str) -> HistoryPage:
        """See `bot.context.Slack`."""
        messages, after = self._history(workspace_id, channel_id, since, cursor, include_all_metadata=True)
        found = {
            str(key): str(message["ts"])
            for message in messages
            if (key := message.get("metadata", {}).get("event_payload", {}).get("key"))
        }
        return HistoryPage(found, after)

    def words_since(self, workspace_id: str, channel_id: str, since: datetime, cursor: str) -> WordsPage:
        """See `bot.context.Slack`."""
        messages, after = self._history(workspace_id, channel_id, since, cursor)
        found = (
            TypedWords(str(message["user"]), str(message["ts"]), str(message.get("text") or ""))
            for message in messages
            if message.get("user") and not message.get("bot_id") and message.get("subtype") in {None, "file_share"}
        )
        return WordsPage(tuple(found), after)

    def _history(
        self, workspace_id: str, channel_id: str, since: datetime, cursor: str, **more: Any
    ) -> tuple[list[dict[str, Any]], str]:
        """The messages of one page, and where the next begins."""
        oldest = f"{since.timestamp():.6f}"
        answer = self._call(
            workspace_id,
            "conversations.history",
            channel=channel_id,
            limit=self._page,
            cursor=cursor,
            oldest=oldest,
            **more,
        )
        return answer.get("messages", []), str((answer.get("response_metadata") or {}).get("next_cursor") or "")

    def update(self, workspace_id: str, channel_id: str, ts: str, view: View) -> None:
        """See `bot.context.Slack`."""
        self._call(workspace_id, "chat.update", channel=channel_id, ts=ts, **render(view).payload())

    def permalink(self, workspace_id: str, channel_id: str, ts: str) -> str:
        """See `bot.context.Slack`."""
        return str(self._call(workspace_id, "chat.getPermalink", channel=channel_id, message_ts=ts)["permalink"])

    def knows_quiet(self, workspace_id: str) -> bool:
        """See `bot.context.Slack`."""
        return workspace_id not in self._no_dnd

    def quiet_until(self, workspace_id: str, person_id: str, at: datetime) -> datetime | None:
        """See `bot.context.Slack`."""
        try:
            answer = self._call(workspace_id, "dnd.info", user=person_id)
        except SlackError as error:
            if isinstance(error, SlackRefusedError) and error.code in {"missing_scope", "not_allowed_token_type"}:
                log.info("do-not-disturb isn't asked for: %s", error)
                self._no_dnd.add(workspace_id)
            return None
        first, last = float(answer.get("next_dnd_start_ts") or 0), float(answer.get("next_dnd_end_ts") or 0)
        if answer.get("dnd_enabled") and first <= at.timestamp() < last:
            return datetime.fromtimestamp(last, UTC)
        return None

    def open_modal(self, workspace_id: str, trigger_id: str, modal: Modal) -> None:
        """See `bot.slack.handlers.deps.Screens`."""
        self._call(workspace_id, "views.open", trigger_id=trigger_id, view=modal.payload())

    def push_modal(self, workspace_id: str, trigger_id: str, modal: Modal) -> None:
        """See `bot.slack.handlers.deps.Screens`."""
        self._call(workspace_id, "views.push", trigger_id=trigger_id, view=modal.payload())

    def update_modal(self, workspace_id: str, view_id: str, modal: Modal) -> None:
        """See `bot.slack.handlers.deps.Screens`."""
        self._call(workspace_id, "views.update", view_id=view_id, view=modal.payload())

    def answer(self, response_url: str, message: Mapping[str, Any]) -> None:
        """See `bot.slack.handlers.deps.Screens`."""
        try:
            said = WebhookClient(response_url, timeout=self._timeout, retry_handlers=[]).send_dict(dict(message))
        except Exception as error:
            # each library has exceptions of its own for what can't be opened: whichever it is, it has a name here
            raise named(error, response_url) from error
        if said.status_code != http.HTTPStatus.OK:
            # a reason, such as used_url, or the page of whoever stands in between
            raise SlackRefusedError(said.body if CODE.fullmatch(said.body) else f"HTTP {said.status_code}")

    def send_file(self, workspace_id: str, channel_id: str, file: File) -> None:
        """See `bot.slack.handlers.deps.Screens`."""
        client = self.client(workspace_id)
        try:
            client.files_upload_v2(
                filename=file.name, title=file.title, content=file.content, channel=channel_id,
                initial_comment=file.comment,
            )  # fmt: skip
        except Exception as error:
            # an address for the file, the file, and its place: whichever failed, it has a name here
            raise named(error, client.base_url) from error

    def sends_files(self, workspace_id: str) -> bool:
        """See `bot.slack.handlers.deps.Screens`."""
        return SEND_FILES in self._granted.get(workspace_id, frozenset())

    def publish_home(self, workspace_id: str, person_id: str, home: Home, known: str | None) -> str:
        """See `bot.slack.handlers.deps.Screens`."""
        answer = self._call(workspace_id, "views.publish", user_id=person_id, view=home.payload(), hash=known or "")
        return str(answer["view"]["hash"])

    def works(self, workspace_id: str) -> bool:
        """See `bot.context.Slack`."""
        try:
            self._call(workspace_id, "auth.test")
        except SlackError as error:
            log.info("workspace %s still can't be used: %s", workspace_id, error)
            return False
        return True

    def _call(self, workspace_id: str, method: str, **arguments: Any) -> dict[str, Any]:
        answer = ask(self.client(workspace_id), method, params=_flat(arguments))
        self.learn_scopes(workspace_id, answer.headers)
        assert isinstance(answer.data, dict)
        return answer.data

    def learn_scopes(self, workspace_id: str, headers: Mapping[str, str]) -> None:
        """Every answer of Slack says what the token may: an app that was installed anew may have more."""
        if (granted := granted_in(headers)) is not None:
            self._granted[workspace_id] = granted


def granted_in(headers: Mapping[str, str]) -> frozenset[str] | None:
    """The scopes that an answer's headers name; None where they name none."""
    said = next((value for name, value in headers.items() if name.lower() == "x-oauth-scopes"), None)
    return None if said is None else frozenset(scope.strip() for scope in str(said).split(",") if scope.strip())


def ask(client: WebClient, method: str, **how: Any) -> SlackResponse:
    """Call a method; `how` is slack_sdk's: `params` for a form, `json` for JSON.

    Raises:
        SlackError: whatever went wrong, by what can be concluded from it.
    """
    try:
        return client.api_call(method, **how)
    except Exception as error:
        # each library has exceptions of its own for what can't be opened: whichever it is, it has a name here
        raise named(error, client.base_url) from error


def named(error: Exception, url: str) -> SlackError:
    """Any failure of a call to `url`, as the one of our exceptions that says what can be concluded from it."""
    if isinstance(error, SlackApiError):
        return _named_answer(error, url)
    if never_left(error):
        return SlackUnreachableError(explain(error, url))
    return SlackUncertainError(explain(error, url))


def _named_answer(error: SlackApiError, url: str) -> SlackError:
    answer: Any = error.response
    status = answer.get("status") if isinstance(answer, dict) else answer.status_code
    headers = answer.get("headers", {}) if isinstance(answer, dict) else answer.headers
    code = None if isinstance(answer, dict) else answer.get("error")
    if status == http.HTTPStatus.TOO_MANY_REQUESTS:
        after = str(headers.get("Retry-After") or headers.get("retry-after") or "1")
        return SlackBusyError(float(after) if after.replace(".", "", 1).isdigit() else 1.0)
    # slack_sdk puts a reply that isn't JSON, a proxy's page for instance, where Slack's code would stand
    if (
        not code
        or not CODE.fullmatch(str(code))
        or code in UNCERTAIN_CODES
        or (status or 0) >= http.HTTPStatus.INTERNAL_SERVER_ERROR
    ):
        if NOT_JSON in str(code):
            return SlackUncertainError(f"HTTP {status}: {explain(error, url)}")
        return SlackUncertainError(f"HTTP {status} {code or 'without a readable answer'}")
    details = (answer.get("response_metadata") or {}).get("messages") or []
    return SlackRefusedError(str(code), "; ".join(str(detail) for detail in details))


def profile_from(workspace_id: str, user: dict[str, Any]) -> Profile:
    """A profile from the `user` object of `users.info`."""
    said = user.get("profile")
    shown = said if isinstance(said, dict) else {}
    name = (
        shown.get("display_name") or user.get("real_name") or shown.get("real_name") or user.get("name") or user["id"]
    )
    return Profile(
        workspace_id,
        str(user["id"]),
        _storable(name),
        known_zone(user.get("tz")),
        _storable(user.get("locale") or ""),
        deleted=bool(user.get("deleted")),
        bot=bool(user.get("is_bot")) or user["id"] == "USLACKBOT",
        foreign=_foreign(workspace_id, user),
        # a skin tone stands behind two colons
        status_emoji=_storable(shown.get("status_emoji") or "").strip(":").partition("::")[0],
        status_until=_instant(shown.get("status_expiration")),
    )


def profile_told(workspace_id: str, user: dict[str, Any]) -> Profile:
    """A profile from the `user` object of `user_change`, which may leave out of which workspaces they are a member."""
    says = user.get("is_stranger") or _listed(user) or user.get("team_id") == workspace_id
    return replace(profile_from(workspace_id, user), presumed=not says)


def _instant(seconds: object) -> datetime | None:
    """Slack's instant, in seconds since 1970; None for 0, which means never, and for what is none."""
    if isinstance(seconds, bool) or not isinstance(seconds, int) or not 0 < seconds < LAST_SECOND:
        return None
    return datetime.fromtimestamp(seconds, UTC)


def _foreign(workspace_id: str, user: Mapping[str, Any]) -> bool:
    """True for somebody who is no member of this workspace.

    In a company with several workspaces `team_id` may be another of them, or null, and `enterprise_user` lists theirs,
    or `teams`. Outside one a person is a member of one workspace. That somebody is no stranger says nothing: who shares
    a channel with this workspace (Slack Connect) is none either.
    Source, looked up 2026-11-28: https://docs.slack.dev/reference/objects/user-object
    """
    if user.get("is_stranger"):
        return True
    member_of = {user.get("team_id"), *_listed(user)} - {None, ""}
    return bool(member_of) and workspace_id not in member_of


def _listed(user: Mapping[str, Any]) -> list[Any]:
    """The workspaces that a profile lists, of a company that has several."""
    company = user.get("enterprise_user")
    lists = (company.get("teams") if isinstance(company, Mapping) else None, user.get("teams"))
    return [team for teams in lists if isinstance(teams, list) for team in teams if isinstance(team, str)]


def _storable(said: object) -> str:
    """Words of a profile as any database takes them."""
    return str(said).replace("\0", "").encode(errors="ignore").decode()[:LONGEST_NAME]


def _flat(arguments: dict[str, Any]) -> dict[str, Any]:
    return {
        k: json.dumps(v) if isinstance(v, list | dict) else str(v).lower() if isinstance(v, bool) else v
        for k, v in arguments.items()
        if v != ""
    }
