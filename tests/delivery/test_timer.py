"""What is done every so many seconds goes on, whatever the machine's clock is set to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, tzinfo

import pytest
from apscheduler.schedulers import base

from bot.delivery import timer as timers
from bot.delivery.timer import Timer
from tests.patience import eventually


class Clock(datetime):
    """The machine's clock, for the library and for us; it can be set."""

    set_by = timedelta(0)
    set_back_at_look = 0
    """The look, counted from now on, with which the clock is set back an hour; 0: none."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        if cls.set_back_at_look:
            cls.set_back_at_look -= 1
            if not cls.set_back_at_look:
                cls.set_by -= timedelta(hours=1)
        return datetime.now(tz) + cls.set_by


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> type[Clock]:
    monkeypatch.setattr(Clock, "set_by", timedelta(0))
    monkeypatch.setattr(Clock, "set_back_at_look", 0)
    for module in (base, timers):
        monkeypatch.setattr(module, "datetime", Clock)
    return Clock


@pytest.fixture
def timer(clock: type[Clock]) -> Iterator[Timer]:
    made = Timer(lambda: None, 0.05)
    made.start()
    yield made
    made.stop()


def goes_on(timer: Timer) -> None:
    before = timer.rounds
    eventually(lambda: timer.rounds > before + 3, "it stands still")


def test_it_goes_on_when_the_clock_is_set_back_an_hour_and_put_right(timer: Timer, clock: type[Clock]) -> None:
    goes_on(timer)
    for set_by in (timedelta(hours=-1), timedelta(0), timedelta(days=400), timedelta(0)):
        clock.set_by = set_by
        goes_on(timer)


@pytest.mark.parametrize("look", range(1, 9))
def test_it_goes_on_whenever_in_a_round_the_clock_is_set_back(timer: Timer, clock: type[Clock], look: int) -> None:
    goes_on(timer)
    clock.set_back_at_look = look
    eventually(lambda: not clock.set_back_at_look, "nobody looks at the clock")
    goes_on(timer)


def test_the_library_alone_would_stand_still(clock: type[Clock], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timers, "NOTICED", timedelta.max)
    rounds: list[int] = []
    timer = Timer(lambda: rounds.append(1), 0.05)
    timer.start()
    eventually(lambda: len(rounds) > 2)
    clock.set_by = timedelta(hours=-1)
    (job,) = timer._scheduler.get_jobs()
    eventually(lambda: job.next_run_time - clock.now(job.next_run_time.tzinfo) > timedelta(minutes=50))
    timer.stop()


def test_what_fails_is_done_again(clock: type[Clock], caplog: pytest.LogCaptureFixture) -> None:
    def fail() -> None:
        raise OSError("away")

    timer = Timer(fail, 0.05)
    timer.start()
    goes_on(timer)
    timer.stop()
    assert "it is tried again" in caplog.text
