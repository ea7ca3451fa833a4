"""A Bolt app as its documentation shows it, to be run as a program: `python -m tests.benchmarks.bare API_URL TOKEN`."""

from __future__ import annotations

import re
import sys

from slack_bolt import Ack, App
from slack_bolt.adapter.socket_mode.builtin import SocketModeHandler
from slack_sdk import WebClient


def made(api_url: str) -> App:
    """With default settings; its listener acknowledges, no more."""
    app = App(client=WebClient("xoxb-bare", base_url=api_url))

    @app.action(re.compile("answer"))
    def nothing(ack: Ack) -> None:
        ack()

    return app


if __name__ == "__main__":
    SocketModeHandler(made(sys.argv[1]), sys.argv[2]).start()  # type: ignore[no-untyped-call]
