"""What goes to the address that came with a request."""

from __future__ import annotations

import logging
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bot.errors import SlackError, SlackRefusedError, SlackUncertainError, SlackUnreachableError
from bot.slack.outbound.web_api import WebApi

WORDS = {"text": "a word for you alone"}


@contextmanager
def answering_with(reply: bytes) -> Iterator[tuple[str, list[bytes]]]:
    """Whoever posts to this address is told this, and is hung up on; what was posted."""
    heard: list[bytes] = []

    class Once(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            length = 0
            while (line := self.rfile.readline().strip().lower()) != b"":
                if line.startswith(b"content-length:"):
                    length = int(line.partition(b":")[2])
            heard.append(self.rfile.read(length))
            self.wfile.write(reply)

    with socketserver.TCPServer(("127.0.0.1", 0), Once) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/response/secret", heard
        server.shutdown()
        thread.join()


def answer(url: str) -> None:
    WebApi(lambda _: "xoxb-1", "http://127.0.0.1:1/api/", 2).answer(url, WORDS)


def test_an_answer_whose_reply_is_lost_is_not_given_twice() -> None:
    with answering_with(b"") as (url, heard), pytest.raises(SlackUncertainError):
        answer(url)
    assert len(heard) == 1


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (b"HTTP/1.1 404 Not Found\r\n\r\nexpired_url", "expired_url"),
        (b"HTTP/1.1 502 Bad Gateway\r\n\r\n<html>", "HTTP 502"),
    ],
)
def test_an_address_that_is_used_up_says_so(reply: bytes, code: str) -> None:
    with answering_with(reply) as (url, _), pytest.raises(SlackRefusedError, match=code):
        answer(url)


def test_one_that_arrives_is_as_it_was_written() -> None:
    with answering_with(b"HTTP/1.1 200 OK\r\n\r\nok") as (url, heard):
        answer(url)
    assert heard == [b'{"text": "a word for you alone"}']


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/r", "http://127.0.0.1:99999/r"])
def test_an_address_where_nobody_is_raises_what_callers_expect_and_logs_nothing_by_itself(
    url: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(SlackError) as raised:
        answer(url)
    assert isinstance(raised.value, SlackUnreachableError | SlackUncertainError)
    assert not caplog.records
