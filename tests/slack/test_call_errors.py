"""What a refused call says of itself."""

from __future__ import annotations

import pytest

from bot.errors import SlackBusyError
from bot.slack.outbound.call_errors import DEFAULT_RETRY_SECONDS, refused


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("30", 30), ("1.5", 1.5), ("", DEFAULT_RETRY_SECONDS), ("soon", DEFAULT_RETRY_SECONDS),
     ("²", DEFAULT_RETRY_SECONDS), ("፩", DEFAULT_RETRY_SECONDS), ("1.2.3", DEFAULT_RETRY_SECONDS)],
)  # fmt: skip
def test_a_wait_that_is_no_number_is_the_usual_one(header: str, seconds: float) -> None:
    error = refused(429, header, {})
    assert isinstance(error, SlackBusyError)
    assert error.retry_after_seconds == seconds
