"""Everything that went over the wire in a test, held against the contracts when the test is over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, Protocol

from tests.contracts.check import check_ack, check_arguments, check_response, check_said, check_sent


class World(Protocol):
    """What the local Slack remembers of a test's traffic."""

    sent: list[tuple[str, dict[str, Any]]]
    """What Slack sent the app: the envelope's kind and its payload."""
    acknowledged: list[tuple[str, dict[str, Any], Any]]
    """What the app answered to it."""
    calls: list[tuple[str, dict[str, Any], dict[str, Any]]]
    """Web API calls: method, arguments and answer."""
    responses: list[dict[str, Any]]
    """What the app posted to a response_url that was accepted."""


def check_ledger(world: World, *, forged: bool = False) -> None:
    """Hold a test's whole traffic against the contracts. `forged`: what went to the app and back was made up on purpose.

    Raises:
        AssertionError: all that is wrong, each fault once, with how often it was seen.
    """
    seen = Counter(_faults(world, forged))
    assert not seen, "\n".join(f"{fault}  [{count} times]" for fault, count in seen.items())


def _faults(world: World, forged: bool) -> Iterator[str]:
    if not forged:
        for kind, payload in world.sent:
            yield from _fault(check_sent, kind, payload)
        for kind, payload, body in world.acknowledged:
            yield from _fault(check_ack, kind if kind == "slash_commands" else payload.get("type"), body)
    for method, arguments, answer in world.calls:
        yield from _fault(check_response, method, answer)
        if answer.get("ok"):
            yield from _fault(check_arguments, method, arguments)
    for body in world.responses:
        yield from _fault(check_said, body)


def _fault(check: Callable[..., None], *arguments: Any) -> list[str]:
    try:
        check(*arguments)
    except AssertionError as fault:
        return [str(fault)]
    return []
