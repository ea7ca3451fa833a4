"""HTTP connections that are kept open between requests. Nothing is sent twice, and no redirect is followed.

A request over a connection that the server is just closing would be lost, and nobody could say whether it arrived. So a
connection is used again only within `IDLE_SECONDS`, which is less than servers wait before they close one, and only if
nothing came on it since its last answer (docs/adr/0040-kept-http-connections.md).
"""

from __future__ import annotations

import os
import select
import ssl
import threading
import time
import weakref
from base64 import b64encode
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from http.client import (
    HTTPConnection,
    HTTPMessage,
    HTTPResponse,
    HTTPSConnection,
    IncompleteRead,
    InvalidURL,
)
from urllib.parse import SplitResult, unquote, urlsplit

from bot.proxies import proxy_for
from bot.slack.outbound.connection_errors import NotSlackError

IDLE_SECONDS = 4.0
"""Seconds after which an idle connection isn't used any more: Apache, Node and uvicorn close theirs after five."""
MOST_KEPT = 16
"""Idle connections to one address that are kept at most."""
LARGEST = 64 * 1024 * 1024
"""The most bytes of an answer that are read."""
Origin = tuple[str, str]
"""The scheme, and the host with its port."""


class NotConnectedError(Exception):
    """A connection that couldn't be opened, so that nothing was sent. `__cause__` says why."""


@dataclass(frozen=True)
class HttpAnswer:
    """An answer of any status. Names of headers are found in any case."""

    status: int
    headers: HTTPMessage
    body: bytes


@dataclass(frozen=True)
class _Idle:
    connection: HTTPConnection
    since: float
    """The instant at which it was last used, on the monotonic clock."""


class HttpPool:
    """A pool of kept connections for POST requests, used by any number of threads."""

    def __init__(self, most_kept: int = MOST_KEPT, idle_seconds: float = IDLE_SECONDS) -> None:
        """`most_kept`: idle connections to one address, 0 to keep none. `idle_seconds`: none is used after so long."""
        self._most_kept, self._idle_seconds = most_kept, idle_seconds
        self._lock = threading.Lock()
        self._idle: dict[Origin, deque[_Idle]] = {}
        self._process = os.getpid()
        # also when the pool is forgotten, or the process ends
        weakref.finalize(self, _close_all, self._idle)

    def post(self, url: str, body: bytes, headers: Mapping[str, str], timeout_seconds: float) -> HttpAnswer:
        """Send one request, once. `timeout_seconds`: for connecting, and for each wait for more of the answer.

        Raises:
            NotConnectedError: nothing was sent.
            OSError: the connection broke, or the answer didn't come in time: the request may have arrived.
            HTTPException: the answer isn't HTTP or breaks off: the request may have arrived.
            NotSlackError: the answer is larger than any of Slack's: the request may have arrived.
        """
        address = urlsplit(url)
        origin = address.scheme, address.netloc
        connection = self._kept(origin)
        if connection is None:
            connection = self._opened(address, timeout_seconds)
        elif connection.sock is not None:
            connection.sock.settimeout(timeout_seconds)
        try:
            connection.request("POST", _path(address), body, headers)
            answer = _read(connection.getresponse())
        except BaseException:
            # what is left of an answer must never be taken for the next one
            connection.close()
            raise
        self._keep(origin, connection)
        return answer

    def close(self) -> None:
        """Close the idle connections, and keep none from now on."""
        with self._lock:
            self._most_kept = 0
            _close_all(self._idle)

    def _kept(self, origin: Origin) -> HTTPConnection | None:
        """Return an open connection, the one used last; close all that were idle for too long."""
        while True:
            with self._lock:
                self._leave_to_the_parent()
                stale = self._too_old()
                kept = self._idle.get(origin)
                found = kept.pop().connection if kept else None
            for connection in stale:
                connection.close()
            if found is None or not _has_ended(found):
                return found
            found.close()

    def _leave_to_the_parent(self) -> None:
        """Drop a parent process's connections after a fork, since both would get mixed answers; the parent keeps
        them.
        """
        if self._process != os.getpid():
            self._process = os.getpid()
            _close_all(self._idle)

    def _too_old(self) -> list[HTTPConnection]:
        """Remove the connections that have been idle for too long."""
        oldest = time.monotonic() - self._idle_seconds
        stale: list[HTTPConnection] = []
        for origin in list(self._idle):
            kept = self._idle[origin]
            while kept and kept[0].since < oldest:
                stale.append(kept.popleft().connection)
            if not kept:
                del self._idle[origin]
        return stale

    def _keep(self, origin: Origin, connection: HTTPConnection) -> None:
        # the server closes it where the socket is gone
        if connection.sock is not None:
            with self._lock:
                if len(self._idle.get(origin, ())) < self._most_kept:
                    self._idle.setdefault(origin, deque()).append(_Idle(connection, time.monotonic()))
                    return
        connection.close()

    def _opened(self, address: SplitResult, timeout_seconds: float) -> HTTPConnection:
        connection: HTTPConnection | None = None
        try:
            connection = self._new(address, timeout_seconds)
            connection.connect()
        except Exception as error:
            # each library has exceptions of its own for what can't be opened
            if connection is not None:
                connection.close()
            raise NotConnectedError from error
        return connection

    def _new(self, address: SplitResult, timeout_seconds: float) -> HTTPConnection:
        if address.scheme not in {"http", "https"} or not address.hostname:
            raise InvalidURL("not an address of HTTP")
        if address.scheme == "http":
            # only this machine's own addresses are asked without TLS, and no proxy stands before those
            return HTTPConnection(address.hostname, address.port, timeout=timeout_seconds)
        proxy = proxy_for(address.geturl())
        if proxy is None:
            return HTTPSConnection(address.hostname, address.port, timeout=timeout_seconds, context=self._tls)
        if not proxy.hostname:
            raise InvalidURL("a proxy's address without a host")
        connection = HTTPSConnection(proxy.hostname, proxy.port or 80, timeout=timeout_seconds, context=self._tls)
        connection.set_tunnel(address.hostname, address.port or 443, _credentials(proxy))
        return connection

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        """Return the TLS settings of the machine's authorities, or of SSL_CERT_FILE: one for all, since reading them
        is slow.
        """
        context = ssl.create_default_context()
        context.set_alpn_protocols(["http/1.1"])
        return context


def _close_all(idle: dict[Origin, deque[_Idle]]) -> None:
    for kept in idle.values():
        for one in kept:
            one.connection.close()
    idle.clear()


def _has_ended(connection: HTTPConnection) -> bool:
    """Return True if the server has closed a connection, or sent something that nobody asked for."""
    if connection.sock is None:
        return True
    poll = select.poll()
    poll.register(connection.sock, select.POLLIN)
    return bool(poll.poll(0))


def _path(address: SplitResult) -> str:
    return (address.path or "/") + (f"?{address.query}" if address.query else "")


def _credentials(proxy: SplitResult) -> dict[str, str]:
    """Return the header with the name and password of a proxy's address."""
    if not proxy.username:
        return {}
    said = f"{unquote(proxy.username)}:{unquote(proxy.password or '')}"
    return {"Proxy-Authorization": f"Basic {b64encode(said.encode()).decode()}"}


def _read(response: HTTPResponse) -> HttpAnswer:
    """Return all of an answer.

    Raises:
        HTTPException: it breaks off.
        NotSlackError: it is larger than any of Slack's.
    """
    promised = response.length
    body = response.read(LARGEST + 1)
    if len(body) > LARGEST:
        raise NotSlackError(f"more than {LARGEST} bytes")
    if promised is not None and len(body) < promised:
        raise IncompleteRead(body, promised - len(body))
    return HttpAnswer(response.status, response.headers, body)
