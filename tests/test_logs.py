"""Log lines: one each, for people or machines, and never with a secret."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest

from bot import logs


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
