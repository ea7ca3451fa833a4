"""The clocks. No other module reads the machine's time."""

from __future__ import annotations

import json
import threading
import time
import urllib.request
from datetime import UTC, datetime, timedelta
from http.client import HTTPException
from typing import Any

from bot.errors import SlackUnreachableError
from bot.slack.outbound.connection_errors import explain


def _wall() -> datetime:
    return datetime.now(UTC)


def _monotonic() -> float:
    """Return monotonic seconds, including those of a suspended machine where the system counts them."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


class SystemClock:
    """The machine's clock, which serves as wall, real and business clock alike."""

    steps = False

    def __init__(self) -> None:
        self._began, self._began_monotonic = _wall(), _monotonic()

    def real(self) -> datetime:
        """Return the wall time of the start plus the monotonic time since, UTC: setting the machine's clock doesn't
        change it.
        """
        return self._began + timedelta(seconds=_monotonic() - self._began_monotonic)

    def wall(self) -> datetime:
        """Return now, UTC."""
        return _wall()

    def business(self) -> datetime:
        """Return now, UTC."""
        return _wall()

    def target(self) -> datetime:
        """Return now, UTC."""
        return _wall()

    def stand(self, at: datetime) -> None:
        """Ignore `at`: the machine's clock can't be moved from here."""


class RemoteClock(SystemClock):
    """A business clock that the local Slack moves, read at a URL. The bot reports there how far it has come."""

    steps = True

    def __init__(self, url: str) -> None:
        super().__init__()
        self._url = url
        self._ahead = timedelta(0)
        self._known = threading.Event()

    def business(self) -> datetime:
        """Return the instant that the bot has come to, UTC. It runs on from there."""
        return _wall() + self._ahead

    def target(self) -> datetime:
        """Return the instant that the clock was moved to, UTC. The first reading also sets the business clock.

        Raises:
            SlackUnreachableError: the URL can't be read.
        """
        answer = self._ask(self._url)
        if not self._known.is_set():
            self._ahead = timedelta(seconds=answer["stands_ahead_seconds"])
            self._known.set()
        return _wall() + timedelta(seconds=answer["ahead_seconds"])

    def stand(self, at: datetime) -> None:
        """Set the business clock to `at` and report it.

        Raises:
            SlackUnreachableError: the URL can't be reached.
        """
        self._ahead = at - _wall()
        body = json.dumps({"stands_ahead_seconds": self._ahead.total_seconds()}).encode()
        request = urllib.request.Request(self._url, body, headers={"Content-Type": "application/json"})  # noqa: S310
        self._ask(request)

    def _ask(self, request: str | urllib.request.Request) -> Any:
        try:
            # the settings have checked that the URL is on loopback
            with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310
                return json.loads(answer.read() or "null")
        except (OSError, ValueError, HTTPException) as error:
            raise SlackUnreachableError(f"MISSINGLINK_CLOCK_URL can't be read: {explain(error, self._url)}") from error
