"""What may stand between the bot and Slack: a proxy, TLS, and servers that don't do as they should. All on loopback."""

from __future__ import annotations

import base64
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

Handle = Callable[[socket.socket], None]


class Listener:
    """Listens on a free port and deals with each connection in a thread of its own."""

    def __init__(self, handle: Handle) -> None:
        self._handle = handle
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        self.port = int(self._socket.getsockname()[1])
        self.accepted = 0
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self) -> Listener:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()
        for connection in self._open:
            _close(connection)

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._socket.accept()
                self.accepted += 1
                self._open.append(connection)
                threading.Thread(target=self._deal_with, args=(connection,), daemon=True).start()

    def _deal_with(self, connection: socket.socket) -> None:
        with suppress(OSError):
            self._handle(connection)


def _close(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()


def saying(answer: bytes) -> Handle:
    """Reads what comes and gives this answer; none at all closes the connection."""

    def handle(connection: socket.socket) -> None:
        if answer:
            connection.recv(65536)
            connection.sendall(answer)
        _close(connection)

    return handle


def silent(_connection: socket.socket) -> None:
    """Takes the connection and says nothing."""


def page(status: str = "200 OK", kind: str = "text/html; charset=utf-8", body: str = "<html>Sign in</html>") -> bytes:
    """A web page, as a portal or a filter shows one."""
    return (
        f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n{body}"
    ).encode()


@dataclass
class Proxy:
    """An HTTP proxy that connects what it is asked for to ports of this machine. `password`: as name:password."""

    routes: dict[str, int]
    password: str = ""
    refuses: bytes = b""
    asked: list[str] = field(default_factory=list)

    def __call__(self, connection: socket.socket) -> None:
        """Deal with a connection."""
        request = b""
        while b"\r\n\r\n" not in request:
            part = connection.recv(65536)
            if not part:
                return None
            request += part
        verb, target, _ = request.split(b"\r\n", 1)[0].decode().split(" ")
        self.asked.append(target)
        token = base64.b64encode(self.password.encode())
        if self.refuses:
            connection.sendall(self.refuses)
            return _close(connection)
        if self.password and b"Basic " + token not in request:
            connection.sendall(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
            return _close(connection)
        assert verb == "CONNECT"
        inner = socket.create_connection(("127.0.0.1", self.routes[target.partition(":")[0]]))
        connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        return pipe(connection, inner)


def pipe(one: socket.socket, other: socket.socket) -> None:
    """Pass everything on, both ways, until one end closes."""
    threading.Thread(target=_pump, args=(one, other), daemon=True).start()
    _pump(other, one)


def _pump(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while part := source.recv(65536):
            target.sendall(part)
    _close(source)
    _close(target)


@dataclass(frozen=True)
class Certificates:
    """An authority of our own, and certificates by it. Each is a file with certificate and key."""

    authority: Path
    good: Path
    expired: Path

    @classmethod
    def make(cls, folder: Path, host: str) -> Certificates:
        """For one host."""
        openssl = shutil.which("openssl")
        if openssl is None:
            pytest.skip("needs the openssl command")

        def run(*words: object) -> None:
            subprocess.run([openssl, *map(str, words)], cwd=folder, check=True, capture_output=True)

        key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
        run("req", "-x509", *key, "-keyout", "ca.key", "-out", "ca.pem", "-days", 2, "-subj", "/CN=Our own authority")
        (folder / "names").write_text(f"subjectAltName=DNS:{host}")
        found = []
        for name, days in (("good", 1), ("expired", -1)):
            run("req", "-new", *key, "-keyout", f"{name}.key", "-out", f"{name}.csr", "-subj", f"/CN={host}")
            run("x509", "-req", "-in", f"{name}.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial",
                "-days", days, "-extfile", "names", "-out", f"{name}.pem")  # fmt: skip
            both = folder / f"{name}.both"
            both.write_text((folder / f"{name}.pem").read_text() + (folder / f"{name}.key").read_text())
            found.append(both)
        return cls(folder / "ca.pem", *found)


def tls(certificate: Path, port: int) -> Handle:
    """Speaks TLS with this certificate and passes on what comes to a port that doesn't."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)

    def handle(connection: socket.socket) -> None:
        wrapped = context.wrap_socket(connection, server_side=True)
        pipe(wrapped, socket.create_connection(("127.0.0.1", port)))

    return handle
