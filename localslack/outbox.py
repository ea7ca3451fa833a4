"""The outbox: every payload to the app passes it, is logged, and may get an injected fault or a retry."""

from __future__ import annotations

import asyncio
from typing import Any

from localslack.faults import Envelopes
from localslack.transport import FIRST, AppTransport, DeliveryError, Payload
from localslack.world import World


class Outbox:
    """An outbox that sends to the app and keeps the ledger. Only unacknowledged events are retried."""

    def __init__(self, world: World, transport: AppTransport) -> None:
        self._world, self._transport = world, transport
        self.faults = Envelopes()
        self._later: set[asyncio.Task[None]] = set()
        self._held: tuple[str, Payload] | None = None

    async def send(self, kind: str, payload: Payload, *, answers: bool = False) -> Payload | None:
        """Deliver a payload; return its acknowledgement, or None if it wasn't in time.

        Raises:
            DeliveryError: the app can't be reached, or refused.
        """
        if kind == "events_api" and await self._reordered(payload):
            return {}
        if self.faults.take("duplicate", kind):
            self._spawn(self._quietly(kind, payload))
        try:
            answer = await self._once(kind, payload, answers=answers)
        except DeliveryError as failed:
            if kind == "events_api" and failed.again:
                self._spawn(self._again(payload, failed.reason))
            raise
        if answer is None and kind == "events_api":
            self._spawn(self._again(payload, self._transport.timeout_reason))
        return answer

    async def close(self) -> None:
        """Cancel pending retries."""
        for task in list(self._later):
            task.cancel()
        await asyncio.gather(*self._later, return_exceptions=True)

    async def _once(
        self, kind: str, payload: Payload, *, answers: bool = False, retry: tuple[int, str] = FIRST
    ) -> Payload | None:
        self._world.sent.append((kind, payload))
        answer = await self._transport.send(kind, payload, answers=answers, retry=retry)
        if answer is not None:
            self._world.acknowledged.append((kind, payload, answer))
        return answer

    async def _quietly(self, kind: str, payload: Payload, retry: tuple[int, str] = FIRST) -> Payload | None:
        try:
            return await self._once(kind, payload, retry=retry)
        except DeliveryError as failed:
            return None if failed.again else {}

    async def _again(self, payload: Payload, reason: str) -> None:
        for number, wait in enumerate(self._world.retry_waits, 1):
            await asyncio.sleep(wait)
            if await self._quietly("events_api", payload, (number, reason)) is not None:
                return

    async def _reordered(self, payload: Payload) -> bool:
        """Return True if this event is held back until the next one is sent."""
        if self._held is None:
            if self.faults.take("reorder", "events_api"):
                self._held = ("events_api", payload)
            return self._held is not None
        held, self._held = self._held, None
        self._spawn(self._after(*held))
        return False

    async def _after(self, kind: str, payload: Payload) -> None:
        # after one iteration of the loop, the newer event is sent first
        await asyncio.sleep(0.01)
        await self._quietly(kind, payload)

    def _spawn(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._later.add(task)
        task.add_done_callback(self._later.discard)
