"""A timer that neither stops nor hurries when the machine's clock is set (docs/adr/0025-monotonic-clock.md)."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.background import BackgroundScheduler

log = logging.getLogger(__name__)
# work may outlast its interval, which isn't worth a warning each time
logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)
NOTICED = timedelta(seconds=1)


class SteadyScheduler(BackgroundScheduler):  # type: ignore[misc]
    """A scheduler whose next run moves along when the machine's clock is set, since APScheduler plans it on that clock.

    It waits on the monotonic clock, and never longer than one interval, so that it notices a set clock within that.
    """

    def __init__(self, interval_seconds: float) -> None:
        super().__init__(timezone=UTC)
        self._apart, self._interval_seconds = _apart(), interval_seconds

    def _process_jobs(self) -> float | None:
        set_by = _apart() - self._apart
        if abs(set_by) > NOTICED:
            self._apart += set_by
            log.warning("the machine's clock was set by %d s; ticks go on", set_by.total_seconds())
            for job in self.get_jobs():
                job.modify(next_run_time=job.next_run_time + set_by)
        found: float | None = super()._process_jobs()
        # the library reads the clock twice: set back an hour in between, it would wait for that hour
        return None if found is None else min(found, self._interval_seconds)


def _apart() -> timedelta:
    """Return the offset of the scheduler's clock from the monotonic one."""
    return datetime.now(UTC) - datetime.fromtimestamp(time.monotonic(), UTC)


class Timer:
    """A timer that works at once, and then at every interval. Work that takes longer skips the intervals it
    outlasts.
    """

    def __init__(self, work: Callable[[], object], seconds: float) -> None:
        self._work, self._seconds = work, seconds
        self._scheduler = SteadyScheduler(seconds)
        self.rounds = 0
        """The number of finished rounds."""

    def start(self) -> None:
        """Begin."""
        self._scheduler.add_job(
            self._round,
            "interval",
            seconds=self._seconds,
            next_run_time=datetime.now(UTC),
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )
        self._scheduler.start()

    def stop(self) -> None:
        """Begin no more work, and wait for work in progress."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=True)

    def _round(self) -> None:
        try:
            self._work()
        except Exception:
            log.exception("what is done every %g s failed; it is tried again", self._seconds)
        self.rounds += 1
