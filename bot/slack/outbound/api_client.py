"""Methods of Slack's Web API, and addresses that Slack names, called over kept connections. Each call is tried once.

slack_sdk's client opens a connection for each call and has no public way to be given another transport
(docs/adr/0040-kept-http-connections.md). Whether a lost reply is tried again is decided where its meaning is known.
"""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from bot.slack.outbound.call_errors import broken, not_slack, refused
from bot.slack.outbound.http_pool import HttpAnswer, HttpPool

AGENT = f"missinglink Python/{platform.python_version()}"
FORM, JSON, BYTES = "application/x-www-form-urlencoded", "application/json;charset=utf-8", "application/octet-stream"


@dataclass(frozen=True, kw_only=True)
class ApiAnswer:
    """Slack's answer to a call, also to one that it refused."""

    url: str
    status: int
    data: Mapping[str, Any]
    scopes: str | None
    """The token's scopes, divided by commas; None if Slack doesn't say."""
    retry_after: str | None = None

    def checked(self) -> Mapping[str, Any]:
        """Return what Slack said.

        Raises:
            SlackError: it isn't `"ok": true`.
        """
        if self.status == HTTPStatus.OK and self.data.get("ok"):
            return self.data
        raise refused(self.status, self.retry_after, self.data)


class ApiClient:
    """A client of one Slack, for any number of tokens and threads."""

    def __init__(self, base_url: str, timeout_seconds: float, pool: HttpPool | None = None) -> None:
        """`timeout_seconds`: of each request. Without a `pool` no connection is kept: for a call now and then."""
        self._base_url = base_url if base_url.endswith("/") else f"{base_url}/"
        self._timeout_seconds, self._pool = timeout_seconds, pool or HttpPool(most_kept=0)

    def ask(
        self, token: str, method: str, *, form: Mapping[str, Any] | None = None, sent: Mapping[str, Any] | None = None
    ) -> ApiAnswer:
        """Call a method, with `form` as a form's fields or `sent` as JSON.

        Raises:
            SlackError: nothing readable came back, or Slack says "not now".
        """
        url = self._base_url + method
        body = urlencode(form or {}) if sent is None else json.dumps(sent)
        headers = {"Content-Type": FORM if sent is None else JSON, "Authorization": f"Bearer {token}"}
        answer = self._post(url, body.encode(), headers)
        retry_after = answer.headers.get("Retry-After")
        if answer.status == HTTPStatus.TOO_MANY_REQUESTS:
            raise refused(answer.status, retry_after, {})
        try:
            data = json.loads(answer.body)
        except ValueError:
            data = None
        if not isinstance(data, dict):
            raise not_slack(answer.status, url)
        return ApiAnswer(
            url=url,
            status=answer.status,
            data=data,
            scopes=answer.headers.get("X-OAuth-Scopes"),
            retry_after=retry_after,
        )

    def call(
        self, token: str, method: str, *, form: Mapping[str, Any] | None = None, sent: Mapping[str, Any] | None = None
    ) -> Mapping[str, Any]:
        """Call a method and return what Slack said; see `ask`.

        Raises:
            SlackError: whatever went wrong, by what can be concluded from it.
        """
        return self.ask(token, method, form=form, sent=sent).checked()

    def post_json(self, url: str, message: Mapping[str, Any]) -> HttpAnswer:
        """Send JSON to an address that came with a request; it says by itself who may write there.

        Raises:
            SlackError: there is no answer. One of any status is returned.
        """
        return self._post(url, json.dumps(message).encode(), {"Content-Type": JSON})

    def post_bytes(self, url: str, content: bytes) -> HttpAnswer:
        """Send a file to an address that Slack named for it.

        Raises:
            SlackError: there is no answer. One of any status is returned.
        """
        return self._post(url, content, {"Content-Type": BYTES})

    def _post(self, url: str, body: bytes, headers: dict[str, str]) -> HttpAnswer:
        try:
            return self._pool.post(url, body, {**headers, "User-Agent": AGENT}, self._timeout_seconds)
        except Exception as error:
            # each library has exceptions of its own for what goes wrong: whichever it is, it has a name here
            raise broken(error, url) from error


def scopes_in(said: str | None) -> frozenset[str] | None:
    """Return the scopes that an answer names; None if it names none."""
    return None if said is None else frozenset(scope.strip() for scope in said.split(",") if scope.strip())
