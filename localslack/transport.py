"""How something reaches the app: Socket Mode or HTTP, to everybody else the same."""

from __future__ import annotations

from typing import Any, Protocol

Payload = dict[str, Any]
FIRST = (0, "")


class DeliveryError(ConnectionError):
    """The app couldn't be reached, or answered with an error. `again`: whether Slack would try an event again."""

    def __init__(self, reason: str, *, again: bool = True) -> None:
        super().__init__(reason)
        self.reason, self.again = reason, again


class Transport(Protocol):
    """One way to the app."""

    timeout_reason: str
    """How Slack names an acknowledgement that didn't come in time."""

    @property
    def connected(self) -> int:
        """How many ways are open just now; 0 when the app can't be reached."""

    async def send(
        self, kind: str, payload: Payload, *, answers: bool, retry: tuple[int, str] = FIRST
    ) -> Payload | None:
        """Deliver a payload; what it was acknowledged with, None when it wasn't in time.

        Args:
            kind: "slash_commands", "interactive" or "events_api".
            payload: what the app gets to read.
            answers: whether the acknowledgement may carry an answer.
            retry: for an event, how many times it was delivered before, and why again.

        Raises:
            DeliveryError: the app isn't there, or refused.
        """
