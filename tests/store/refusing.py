"""A Postgres that refuses every connection, in German: the first words of the protocol, and nothing more."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

NO_ENCRYPTION = (80877103, 80877104)
"""What a client asks for before it says who it is: TLS, and GSS."""
ASKS_FOR_PASSWORD = b"R" + struct.pack("!II", 8, 3)


@contextmanager
def refusing(code: str, said: str, *, after_password: bool = False) -> Iterator[int]:
    """The port of a server that answers with this code and these words."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=_serve, args=(listening, code, said, after_password), daemon=True)
        thread.start()
        yield listening.getsockname()[1]
        listening.shutdown(socket.SHUT_RDWR)
        thread.join()


def _serve(listening: socket.socket, code: str, said: str, after_password: bool) -> None:
    while True:
        try:
            client, _ = listening.accept()
        except OSError:
            return
        with client, suppress(ConnectionError):
            while struct.unpack("!I", _message(client)[:4])[0] in NO_ENCRYPTION:
                client.sendall(b"N")
            if after_password:
                client.sendall(ASKS_FOR_PASSWORD)
                client.recv(1)
                _message(client)
            fields = b"".join(f"{kind}{value}\0".encode() for kind, value in
                              (("S", "SCHWERWIEGEND"), ("V", "FATAL"), ("C", code), ("M", said)))  # fmt: skip
            client.sendall(b"E" + struct.pack("!I", len(fields) + 5) + fields + b"\0")


def _message(client: socket.socket) -> bytes:
    length = struct.unpack("!I", _exactly(client, 4))[0]
    return _exactly(client, length - 4)


def _exactly(client: socket.socket, number: int) -> bytes:
    found = b""
    while len(found) < number:
        more = client.recv(number - len(found))
        if not more:
            raise ConnectionResetError
        found += more
    return found
