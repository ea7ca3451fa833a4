"""The contract of the transports to the app, Socket Mode and HTTP."""

from __future__ import annotations

from typing import Any, Protocol

Payload = dict[str, Any]
FIRST = (0, "")


class DeliveryError(ConnectionError):
    """The app couldn't be reached, or answered with an error. `again`: Slack would retry an event."""

    def __init__(self, reason: str, *, again: bool = True) -> None:
        super().__init__(reason)
        self.reason, self.again = reason, again


class AppTransport(Protocol):
    """A transport to the app."""

    timeout_reason: str
    """Slack's name for a missing acknowledgement."""

    @property
    def connected(self) -> int:
        """Return the number of open connections; 0 if the app can't be reached."""

    async def send(
        self, kind: str, payload: Payload, *, answers: bool, retry: tuple[int, str] = FIRST
    ) -> Payload | None:
        """Deliver a payload; return its acknowledgement, or None if it wasn't in time.

        Args:
            kind: "slash_commands", "interactive" or "events_api".
            payload: the payload for the app.
            answers: True if the acknowledgement may carry an answer.
            retry: for an event, the number of earlier deliveries and the reason for this one.

        Raises:
            DeliveryError: the app can't be reached, or refused.
        """
