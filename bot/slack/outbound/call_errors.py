"""Every way in which a call can fail, as the one of our exceptions that says what can be concluded from it."""

from __future__ import annotations

import http
import re
from collections.abc import Mapping
from typing import Any

from bot.errors import SlackBusyError, SlackError, SlackRefusedError, SlackUncertainError, SlackUnreachableError
from bot.slack.outbound.connection_errors import NotSlackError, explain
from bot.slack.outbound.http_pool import NotConnectedError

UNCERTAIN_CODES = frozenset({"fatal_error", "internal_error", "service_unavailable", "request_timeout"})
"""Slack says these also of calls that it has carried out."""
CODE = re.compile(r"[a-z][a-z0-9_]*")
"""What an error code of Slack's looks like."""
DEFAULT_RETRY_SECONDS = 1.0


def broken(error: Exception, url: str) -> SlackError:
    """Name the failure of a request that has no answer, or none of Slack's."""
    if isinstance(error, NotConnectedError):
        return SlackUnreachableError(explain(error.__cause__ or error, url))
    return SlackUncertainError(explain(error, url))


def refused(status: int, retry_after: str | None, said: Mapping[str, Any]) -> SlackError:
    """Name the failure that an answer of Slack's tells of. `retry_after`: the header; `said`: without `"ok": true`."""
    if status == http.HTTPStatus.TOO_MANY_REQUESTS:
        after = retry_after or ""
        return SlackBusyError(float(after) if after.replace(".", "", 1).isdecimal() else DEFAULT_RETRY_SECONDS)
    code = str(said.get("error") or "")
    if not CODE.fullmatch(code) or code in UNCERTAIN_CODES or status >= http.HTTPStatus.INTERNAL_SERVER_ERROR:
        return SlackUncertainError(f"HTTP {status} {code or 'without a readable answer'}")
    about = said.get("response_metadata")
    details = about.get("messages") if isinstance(about, Mapping) else None
    return SlackRefusedError(code, "; ".join(str(detail) for detail in details or []))


def not_slack(status: int, url: str) -> SlackUncertainError:
    """Something other than Slack has answered: a proxy's page, for instance."""
    return SlackUncertainError(f"HTTP {status}: {explain(NotSlackError(), url)}")
