"""The port to Slack that actions, planning and the tick use, over calls of its Web API."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from bot.domain.audience import PeopleSource, SourceKind
from bot.domain.dm_history import HistoryPage, OwnMessage, OwnPage
from bot.domain.intents import TypedWords, WordsPage
from bot.domain.people import Profile
from bot.errors import SlackError, SlackRefusedError, SlackUncertainError
from bot.messages import render
from bot.messages.builder import Home, Modal
from bot.messages.command_names import CommandNames
from bot.messages.forgetting import blank_home
from bot.messages.status_file import File
from bot.slack.outbound.api_client import ApiAnswer, ApiClient, scopes_in
from bot.slack.outbound.call_errors import CODE
from bot.slack.outbound.http_pool import HttpAnswer, HttpPool
from bot.slack.outbound.user_object import profile_from
from bot.view_models import View

log = logging.getLogger(__name__)
EVENT_TYPE = "missinglink_delivery"
SEND_FILES = "files:write"
PAGE = 100
MEMBERS_PAGE = 500


class WebApi:
    """Slack's Web API for all workspaces; the token is asked for at each call."""

    def __init__(
        self,
        token_for: Callable[[str], str],
        base_url: str,
        timeout_seconds: int,
        page: int = PAGE,
        names: CommandNames | None = None,
    ) -> None:
        """`timeout_seconds`: of each HTTP request; `page`: so many messages of a history are asked for at a time."""
        self._token_for, self._page, self._names = token_for, page, names or CommandNames()
        self._pool = HttpPool()
        self._client = ApiClient(base_url, timeout_seconds, self._pool)
        self._no_dnd: set[str] = set()
        self._granted: dict[str, frozenset[str]] = {}

    def close(self) -> None:
        """Close the connections that are kept. A call after this opens one for itself."""
        self._pool.close()

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
        plain = {"unfurl_links": False, "unfurl_media": False}
        answer = self._show(workspace_id, "chat.postMessage", view, channel=channel_id, metadata=metadata, **plain)
        return str(answer["ts"])

    def _show(self, workspace_id: str, method: str, view: View, **more: Any) -> Mapping[str, Any]:
        """Send a view as a message; in words where Slack doesn't take its charts and tables."""
        message = render(view)
        try:
            return self._send(workspace_id, method, **more, **message.payload())
        except SlackRefusedError as error:
            if message.in_words is None or error.code != "invalid_blocks":
                raise
        return self._send(workspace_id, method, **more, **message.plainly().payload())

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

    def own_messages(self, workspace_id: str, channel_id: str, cursor: str) -> OwnPage:
        """See `bot.context.Slack`."""
        messages, after = self._history(workspace_id, channel_id, None, cursor, include_all_metadata=True)
        found = (
            OwnMessage(
                str(message["ts"]),
                str(message.get("metadata", {}).get("event_payload", {}).get("key") or ""),
                tuple(str(file["id"]) for file in message.get("files") or [] if file.get("id")),
            )
            for message in messages
            if message.get("bot_id")
        )
        return OwnPage(tuple(found), after)

    def delete(self, workspace_id: str, channel_id: str, ts: str) -> None:
        """See `bot.context.Slack`."""
        self._send(workspace_id, "chat.delete", channel=channel_id, ts=ts)

    def delete_file(self, workspace_id: str, file_id: str) -> None:
        """See `bot.context.Slack`."""
        self._send(workspace_id, "files.delete", file=file_id)

    def blank_home(self, workspace_id: str, person_id: str) -> None:
        """See `bot.context.Slack`."""
        self._send(workspace_id, "views.publish", user_id=person_id, view=blank_home().payload())

    def _history(
        self, workspace_id: str, channel_id: str, since: datetime | None, cursor: str, **more: Any
    ) -> tuple[list[dict[str, Any]], str]:
        """Return the messages of one page, and the cursor of the next."""
        oldest = f"{since.timestamp():.6f}" if since is not None else ""
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
        self._show(workspace_id, "chat.update", view, channel=channel_id, ts=ts)

    def members(self, workspace_id: str, source: PeopleSource, most: int) -> tuple[str, ...]:
        """See `bot.context.Slack`."""
        if source.kind is SourceKind.GROUP:
            answer = self._call(workspace_id, "usergroups.users.list", usergroup=source.source_id)
            return tuple(str(person) for person in answer["users"])[: most + 1]
        found: list[str] = []
        cursor = ""
        while len(found) <= most:
            answer = self._call(
                workspace_id, "conversations.members", channel=source.source_id, limit=MEMBERS_PAGE, cursor=cursor
            )
            found += [str(person) for person in answer["members"]]
            cursor = str((answer.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor:
                break
        return tuple(found[: most + 1])

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
        self._send(workspace_id, "views.open", trigger_id=trigger_id, view=modal.payload())

    def push_modal(self, workspace_id: str, trigger_id: str, modal: Modal) -> None:
        """See `bot.slack.handlers.deps.Screens`."""
        self._send(workspace_id, "views.push", trigger_id=trigger_id, view=modal.payload())

    def update_modal(self, workspace_id: str, view_id: str, modal: Modal) -> None:
        """See `bot.slack.handlers.deps.Screens`."""
        self._send(workspace_id, "views.update", view_id=view_id, view=modal.payload())

    def answer(self, response_url: str, message: Mapping[str, Any]) -> None:
        """See `bot.slack.handlers.deps.Screens`."""
        _taken(self._client.post_json(response_url, self._names.shown(message)))

    def send_file(self, workspace_id: str, channel_id: str, file: File) -> None:
        """See `bot.slack.handlers.deps.Screens`."""
        place = self._call(
            workspace_id, "files.getUploadURLExternal", filename=file.name, length=len(file.content)
        )  # fmt: skip
        _taken(self._client.post_bytes(str(place["upload_url"]), file.content))
        files = [{"id": place["file_id"], "title": file.title}]
        self._call(
            workspace_id, "files.completeUploadExternal", files=files, channel_id=channel_id,
            initial_comment=self._names.said(file.comment),
        )  # fmt: skip

    def sends_files(self, workspace_id: str) -> bool:
        """See `bot.slack.handlers.deps.Screens`."""
        return SEND_FILES in self._granted.get(workspace_id, frozenset())

    def publish_home(self, workspace_id: str, person_id: str, home: Home, known: str | None) -> str:
        """See `bot.slack.handlers.deps.Screens`."""
        answer = self._send(workspace_id, "views.publish", user_id=person_id, view=home.payload(), hash=known or "")
        return str(answer["view"]["hash"])

    def works(self, workspace_id: str) -> bool:
        """See `bot.context.Slack`."""
        try:
            self._call(workspace_id, "auth.test")
        except SlackError as error:
            log.info("workspace %s still can't be used: %s", workspace_id, error)
            return False
        return True

    def _call(self, workspace_id: str, method: str, **arguments: Any) -> Mapping[str, Any]:
        """Call a method that takes a form."""
        return self._heard(workspace_id, self._client.ask(self._token_for(workspace_id), method, form=_flat(arguments)))

    def _send(self, workspace_id: str, method: str, **arguments: Any) -> Mapping[str, Any]:
        """Call a method that takes JSON, as those that write do: blocks needn't be encoded within a form."""
        sent = self._names.shown({name: value for name, value in arguments.items() if value != ""})
        return self._heard(workspace_id, self._client.ask(self._token_for(workspace_id), method, sent=sent))

    def _heard(self, workspace_id: str, answer: ApiAnswer) -> Mapping[str, Any]:
        self.learn_scopes(workspace_id, answer.scopes)
        return answer.checked()

    def learn_scopes(self, workspace_id: str, scopes: str | None) -> None:
        """Store the scopes that each of Slack's answers names: an app that was installed anew may have more."""
        if (granted := scopes_in(scopes)) is not None:
            self._granted[workspace_id] = granted


def _taken(answer: HttpAnswer) -> None:
    """Raise unless HTTP's own status says that an address, which is no method, has taken what was sent.

    Raises:
        SlackRefusedError: it said no.
    """
    if answer.status != HTTPStatus.OK:
        # a reason, such as used_url, or the page of whoever stands in between
        said = answer.body.decode(errors="replace")
        raise SlackRefusedError(said if CODE.fullmatch(said) else f"HTTP {answer.status}")


def _flat(arguments: dict[str, Any]) -> dict[str, Any]:
    return {
        k: json.dumps(v) if isinstance(v, list | dict) else str(v).lower() if isinstance(v, bool) else v
        for k, v in arguments.items()
        if v != ""
    }
