"""Log lines: one each, for people or machines, and never with a secret."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest

from bot import logs
from bot.delivery import Timer
from tests import patience


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What is logged, as JSON."""
    before = logging.getLogger().handlers[:], logging.getLogger().level
    stream = io.StringIO()
    logs.set_up("INFO", as_json=True, stream=stream)
    yield stream
    logging.getLogger().handlers[:] = before[0]
    logging.getLogger().setLevel(before[1])


def test_a_line_for_machines_has_level_logger_time_and_reference(lines: io.StringIO) -> None:
    logging.getLogger("bot.somewhere").warning("%s failed", "a request", extra={"reference": "ab12cd34"})
    entry = json.loads(lines.getvalue())
    assert (entry["event"], entry["level"], entry["logger"]) == ("a request failed", "warning", "bot.somewhere")
    assert entry["reference"] == "ab12cd34"
    assert entry["timestamp"].endswith("Z")


@pytest.mark.parametrize("secret", [
    "xoxb-1234-abcd", "xapp-1-A012-345-abc", "xoxe.xoxp-1-abc", "v0=" + "a1" * 32, "postgresql://bot:hunter2@host/db",
])  # fmt: skip
def test_no_secret_is_logged_whoever_logs_it(lines: io.StringIO, secret: str) -> None:
    logging.getLogger("slack_sdk").error("it said %s", secret)
    logging.getLogger("other").error("failed", exc_info=ValueError(secret))
    assert secret not in lines.getvalue()
    assert "hunter2" not in lines.getvalue()
    assert "(secret)" in lines.getvalue()


def test_a_line_for_people_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    before = logging.getLogger().handlers[:], logging.getLogger().level
    stream = io.StringIO()
    logs.set_up("INFO", as_json=False, stream=stream)
    logging.getLogger("bot").info("serving %s", "Harbour")
    logging.getLogger().handlers[:], _ = before
    logging.getLogger().setLevel(before[1])
    assert "serving Harbour" in stream.getvalue()
    assert stream.getvalue().count("\n") == 1


def written(lines: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in lines.getvalue().splitlines()]


@pytest.mark.parametrize("logger", ["bot.slack.inbound.taps", "bot.somewhere.else", "uvicorn.error"])
def test_a_flood_of_one_kind_is_ten_lines_wherever_it_comes_from(
    lines: io.StringIO, logger: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # whoever started a web server in this process may have made it quieter
    for name in (logger, logger.partition(".")[0]):
        monkeypatch.setattr(logging.getLogger(name), "level", logging.NOTSET)
        monkeypatch.setattr(logging.getLogger(name), "propagate", True)
    logging.getLogger(logger).manager._clear_cache()  # type: ignore[attr-defined]
    for number in range(152):
        logging.getLogger(logger).warning("a tap that means nothing: %s", number)
        logging.getLogger(logger).warning("something else")
    kinds = [str(entry["event"]).partition(":")[0] for entry in written(lines)]
    assert kinds.count("a tap that means nothing") == kinds.count("something else") == 10


def test_what_was_left_out_is_counted_afterwards_and_failures_and_work_never_are(lines: io.StringIO) -> None:
    log = logging.getLogger("bot.flooded")
    handler = logging.getLogger().handlers[0]
    handler.filters[:] = [logs.Calm(few=2, seconds=0.2)]
    for _ in range(3):
        log.info("garbage")
    for _ in range(3):
        log.error("a failure")
        logs.WORK.info("an order was worked off")
    patience.eventually(lambda: any("left_out" in entry for entry in written(lines)))
    events = [entry["event"] for entry in written(lines)]
    assert [events.count(e) for e in ("garbage", "a failure", "an order was worked off")] == [2, 3, 3]
    assert "1 more line was left out: garbage" in events


def test_work_is_told_in_fields_in_both_forms(lines: io.StringIO) -> None:
    logs.WORK.info("a tick did its work", extra={"planned": 3, "sent": 1})
    entry = written(lines)[0]
    assert (entry["event"], entry["planned"], entry["sent"]) == ("a tick did its work", 3, 1)
    text = io.StringIO()
    logs.set_up("INFO", as_json=False, stream=text)
    logs.WORK.info("a tick did its work", extra={"planned": 3, "sent": 1})
    assert "planned=3" in text.getvalue()
    assert text.getvalue().count("\n") == 1


@pytest.mark.parametrize(("number", "said"), [(0, "0 tracks"), (1, "1 track"), (2, "2 tracks")])
def test_one_is_singular(number: int, said: str) -> None:
    assert logs.counted(number, "track") == said


def test_a_trouble_is_told_when_it_begins_when_it_changes_and_after_a_while() -> None:
    trouble = logs.RepeatedFailure()
    told = [trouble.is_news(why) for why in ("dns", "dns", "refused", "refused", "dns")]
    assert told == [True, False, True, False, True]
    assert trouble.over()
    assert not trouble.over()
    assert trouble.is_news("dns")
    impatient = logs.RepeatedFailure(seconds=0)
    assert impatient.is_news("dns")
    assert impatient.is_news("dns")


def test_ticks_that_do_nothing_are_not_told_and_a_library_that_fails_is(lines: io.StringIO) -> None:
    timer = Timer(lambda: None, 0.02)
    timer.start()
    patience.eventually(lambda: timer.rounds > 5)
    timer.stop()
    assert lines.getvalue() == ""
    logging.getLogger("apscheduler.executors.default").error("a job failed")
    assert "a job failed" in lines.getvalue()
