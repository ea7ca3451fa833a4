"""Stands in front of the local Slack: lets it answer slowly, and does something at a chosen request."""

from __future__ import annotations

import asyncio
import random
import threading
from collections.abc import Callable
from dataclasses import dataclass

from localslack import LocalSlack
from localslack.faults import Event, Receive, Scope, Send

FIRST = "auth.test"
UNWATCHED = frozenset({FIRST, "apps.connections.open", "link"})
"""What a bot asks while it starts."""
CLOCK = "clock"


@dataclass(frozen=True)
class Moment:
    """When something is to be done: at the nth request, before it is dealt with or when its answer is on its way."""

    nth: int
    answered: bool = False
    later: float = 0.0
    """So many seconds after that."""
    of_clock: bool = False
    """The nth time that a bot says where its clock stands, which is when it begins to plan."""


class Watch:
    """ASGI middleware around a local Slack that hasn't started yet."""

    def __init__(self, slack: LocalSlack, slow: tuple[float, float], seed: int) -> None:
        """`slow`: how long it takes over each request, at least and at most, in seconds."""
        self._inner, slack.faults._inner = slack.faults._inner, self
        self._slow, self._dice = slow, random.Random(seed)
        self._moment: Moment | None = None
        self._do: Callable[[], None] = _nothing
        self._left = 0
        self.done = threading.Event()
        """Set when it was done."""
        self.alive = threading.Event()
        """Set when a bot asked who it is, which is the first it asks."""
        self.inside = 0
        """How many requests are being dealt with."""

    def at(self, moment: Moment, do: Callable[[], None]) -> None:
        """Do this at that moment, once."""
        self.done.clear()
        self._moment, self._do, self._left = moment, do, moment.nth

    def forget(self) -> None:
        """Do nothing any more."""
        self._moment = None
        self.done.clear()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request pass, slowly, and count it."""
        name = str(scope.get("path", "")).rpartition("/")[2]
        if name == FIRST:
            self.alive.set()
        if scope["type"] != "http" or name in UNWATCHED:
            await self._inner(scope, receive, send)
            return
        mine = self._counted(scope["method"] == "POST", name == CLOCK)
        if name == CLOCK:
            await self._inner(scope, receive, self._answering(send, mine) if mine else send)
            return
        self.inside += 1
        try:
            if mine and not mine.answered:
                await self._now(mine)
            await self._pause()
            await self._inner(scope, receive, self._answering(send, mine))
        finally:
            self.inside -= 1

    def _counted(self, post: bool, clock: bool) -> Moment | None:
        """The moment, if this request is the one it waits for."""
        moment = self._moment
        if moment is None or moment.of_clock is not clock or not post:
            return None
        self._left -= 1
        if self._left:
            return None
        self._moment = None
        return moment

    def _answering(self, send: Send, mine: Moment | None) -> Send:
        async def sending(event: Event) -> None:
            if event["type"] == "http.response.start":
                if mine and mine.answered:
                    await self._now(mine)
                await self._pause()
            await send(event)

        return sending

    async def _now(self, moment: Moment) -> None:
        if moment.later:
            asyncio.get_running_loop().call_later(moment.later, self._finish)
        else:
            self._finish()

    def _finish(self) -> None:
        self._do()
        self.done.set()

    async def _pause(self) -> None:
        if self._slow[1]:
            await asyncio.sleep(self._dice.uniform(*self._slow) / 2)


def _nothing() -> None:
    """Until there is something to do."""
