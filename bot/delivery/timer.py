"""Something done every so many seconds: setting the machine's clock neither stops nor hurries it
(docs/adr/0025-monotonic-clock.md).
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.background import BackgroundScheduler

log = logging.getLogger(__name__)
# work that outlasts its interval isn't worth a warning each time
logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)
NOTICED = timedelta(seconds=1)


class SteadyScheduler(BackgroundScheduler):  # type: ignore[misc]
    """APScheduler plans its next run as an instant on the machine's clock: when that is set, the plan moves along.

    It waits on the monotonic clock and never longer than until its next run, so that a clock that was set is noticed
    within one interval.
    """

    def __init__(self) -> None:
        super().__init__(timezone=UTC)
        self._apart = _apart()

    def _process_jobs(self) -> float | None:
        set_by = _apart() - self._apart
        if abs(set_by) > NOTICED:
            self._apart += set_by
            log.warning("the machine's clock was set by %d s; ticks go on", set_by.total_seconds())
            for job in self.get_jobs():
                job.modify(next_run_time=job.next_run_time + set_by)
        found: float | None = super()._process_jobs()
        return found


def _apart() -> timedelta:
    """How far the clock that the scheduler reads is from the monotonic one."""
    return datetime.now(UTC) - datetime.fromtimestamp(time.monotonic(), UTC)


class Timer:
    """Works at once, and then every so many seconds. Work that takes longer leaves out what it outlasts."""

    def __init__(self, work: Callable[[], object], seconds: float) -> None:
        self._work, self._seconds = work, seconds
        self._scheduler = SteadyScheduler()
        self.rounds = 0
        """How often the work was done."""

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
        """Begin no more, and wait until what is in hand is done."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=True)

    def _round(self) -> None:
        try:
            self._work()
        except Exception:
            log.exception("what is done every %g s failed; it is tried again", self._seconds)
        self.rounds += 1
