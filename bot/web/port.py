"""The port that the bot listens on."""

from __future__ import annotations

import json
import socket
from contextlib import closing
from http.client import HTTPConnection, HTTPException

from bot.errors import ConfigurationError

ANSWER_SECONDS = 5


def listener(port: int) -> socket.socket:
    """Return a socket that listens on the port; 0 takes a free one.

    Raises:
        ConfigurationError: the port is taken, or this user may not take it.
    """
    made = socket.socket()
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    # asyncio doesn't set it on what this listener accepts: on a connection that a load balancer keeps, the body of an
    # acknowledgement would wait 40 ms for the balancer to confirm its head
    made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        made.bind(("0.0.0.0", port))  # noqa: S104 - in a container, from where the platform looks
        # two sockets may bind, but only one may listen: it fails here, and not later in a thread
        made.listen()
    except OSError as error:
        made.close()
        raise ConfigurationError(f"PORT {port} can't be used ({error}); name another, such as PORT=3000") from error
    return made


def held_by_us(port: int) -> bool:
    """Return True if a running `serve` answers on the port."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=ANSWER_SECONDS)) as connection:
        try:
            connection.request("GET", "/livez")
            said = json.loads(connection.getresponse().read(100_000))
        except (OSError, HTTPException, ValueError):
            return False
    return isinstance(said, dict) and said.keys() == {"ok", "problems"}
