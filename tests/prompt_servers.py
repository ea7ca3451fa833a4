"""Servers that end as soon as they are told to.

uvicorn looks ten times a second whether it is to end. A test starts a server for the local Slack and one for the bot, and
waited for both. That it then waits a tenth of a second for its connections stays: what isn't closed by then is complained
about in whichever test comes next.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress

import uvicorn

LOOK_SECONDS = 0.1
"""How often uvicorn looks around by itself."""


class PromptServer(uvicorn.Server):
    """A server that is woken when it is to end."""

    def __init__(self, config: uvicorn.Config) -> None:
        self._ends = False
        self._woken: tuple[asyncio.AbstractEventLoop, asyncio.Event] | None = None
        super().__init__(config)

    @property
    def should_exit(self) -> bool:
        """It was told to end."""
        return self._ends

    @should_exit.setter
    def should_exit(self, ends: bool) -> None:
        self._ends = ends
        # a crash is left as it is
        if ends and not self.force_exit and self._woken is not None:
            loop, awake = self._woken
            # a loop that is closed has ended already
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(awake.set)

    async def main_loop(self) -> None:
        """Serve until it is to end."""
        awake = asyncio.Event()
        self._woken = asyncio.get_running_loop(), awake
        looks = 0
        while not await self.on_tick(looks):
            looks += 1
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK_SECONDS):
                    await awake.wait()


def hurry() -> None:
    """All servers of this process end so from now on."""
    uvicorn.Server = PromptServer  # type: ignore[misc]
