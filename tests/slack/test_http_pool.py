"""Kept connections: no request goes out twice, none over a connection that is gone, and each gets its own answer."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from bot.errors import SlackError, SlackUncertainError, SlackUnreachableError
from bot.slack.outbound import http_pool
from bot.slack.outbound.api_client import ApiClient
from bot.slack.outbound.http_pool import HttpPool, NotConnectedError
from localslack import LocalSlack
from tests import in_between
from tests.in_between import Certificates, Listener, Proxy, page, silent, tls
from tests.patience import eventually

Reply = Callable[[socket.socket, bytes], bool]


def told(body: bytes, head: bytes = b"HTTP/1.1 200 OK\r\n") -> bytes:
    return b"%bContent-Length: %d\r\n\r\n%b" % (head, len(body), body)


def saying(answer: bytes) -> Reply:
    def reply(connection: socket.socket, _body: bytes) -> bool:
        connection.sendall(answer)
        return True

    return reply


class Server:
    """Answers each request with its own body. `faults`: what is done instead to the next ones; False hangs up."""

    def __init__(self) -> None:
        self.heard: list[bytes] = []
        self.faults: list[Reply] = []
        self.ended = threading.Event()

    def __call__(self, connection: socket.socket) -> None:
        """Deal with a connection."""
        seen = b""
        while part := connection.recv(65536):
            seen += part
            head, found, rest = seen.partition(b"\r\n\r\n")
            length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0] or 0)
            if not found or len(rest) < length:
                continue
            body, seen = rest[:length], rest[length:]
            self.heard.append(body)
            fault = self.faults.pop(0) if self.faults else None
            if fault is None:
                connection.sendall(told(body))
            elif not fault(connection, body):
                break
        connection.close()
        self.ended.set()


@pytest.fixture
def server() -> Server:
    return Server()


def post(pool: HttpPool, listener: Listener, body: bytes, timeout: float = 10) -> bytes:
    return pool.post(f"http://127.0.0.1:{listener.port}/api/x", body, {}, timeout).body


def test_one_connection_serves_one_call_after_the_other(server: Server) -> None:
    with Listener(server) as listener:
        pool = HttpPool()
        assert [post(pool, listener, b"%d" % nth) for nth in range(20)] == [b"%d" % nth for nth in range(20)]
        assert listener.accepted == 1


def test_the_local_slack_is_called_over_one_connection(slack: LocalSlack, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[object] = []
    create = socket.create_connection

    def counting(address: tuple[str, int], *more: Any) -> socket.socket:
        opened.append(address)
        return create(address, *more)

    monkeypatch.setattr(socket, "create_connection", counting)
    client = ApiClient(f"{slack.url}/api/", 20, HttpPool())
    for _ in range(10):
        assert client.call(slack.world.bot_token, "auth.test")["ok"]
    assert len(opened) == 1


def test_nothing_is_sent_on_a_connection_that_the_server_has_closed(server: Server) -> None:
    def answer_and_hang_up(connection: socket.socket, body: bytes) -> bool:
        connection.sendall(told(body))
        return False

    with Listener(server) as listener:
        pool = HttpPool()
        for nth in range(5):
            server.faults = [answer_and_hang_up]
            server.ended.clear()
            assert post(pool, listener, b"%d" % nth) == b"%d" % nth
            assert server.ended.wait(10)
        assert server.heard == [b"%d" % nth for nth in range(5)]


def test_nothing_is_sent_on_a_connection_that_was_reset(server: Server) -> None:
    def answer_and_reset(connection: socket.socket, body: bytes) -> bool:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        connection.sendall(told(body))
        return False

    with Listener(server) as listener:
        pool = HttpPool()
        server.faults = [answer_and_reset]
        assert post(pool, listener, b"1") == b"1"
        assert server.ended.wait(10)
        assert post(pool, listener, b"2") == b"2"
        assert server.heard == [b"1", b"2"]


def test_a_connection_that_was_idle_for_long_isnt_used_again(server: Server) -> None:
    with Listener(server) as listener:
        pool = HttpPool(idle_seconds=0.05)
        post(pool, listener, b"1")
        time.sleep(0.1)
        post(pool, listener, b"2")
        assert listener.accepted == 2


def test_a_connection_is_given_up_before_common_servers_close_it() -> None:
    assert http_pool.IDLE_SECONDS < 5


def test_what_nobody_asked_for_is_never_taken_for_an_answer(server: Server) -> None:
    def answer_and_complain(connection: socket.socket, body: bytes) -> bool:
        connection.sendall(told(body))
        time.sleep(0.05)
        connection.sendall(told(b"another's", b"HTTP/1.1 408 Request Timeout\r\n"))
        server.ended.set()
        return True

    with Listener(server) as listener:
        pool = HttpPool()
        server.faults = [answer_and_complain]
        assert post(pool, listener, b"1") == b"1"
        assert server.ended.wait(10)
        assert post(pool, listener, b"2") == b"2"
        assert listener.accepted == 2


def hang_up(_connection: socket.socket, _body: bytes) -> bool:
    return False


def reset(connection: socket.socket, _body: bytes) -> bool:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    return False


def half(connection: socket.socket, _body: bytes) -> bool:
    connection.sendall(b'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"ok"')
    return False


def half_of_a_chunk(connection: socket.socket, _body: bytes) -> bool:
    connection.sendall(b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n{"ok"')
    return False


def half_of_the_headers(connection: socket.socket, _body: bytes) -> bool:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-")
    return False


def late(connection: socket.socket, _body: bytes) -> bool:
    time.sleep(0.6)
    connection.sendall(told(b'{"ok": true, "ts": "another\'s"}'))
    return True


@pytest.mark.parametrize("fault", [hang_up, reset, half, half_of_a_chunk, half_of_the_headers, late])
def test_a_post_that_was_sent_and_has_no_answer_is_uncertain_and_isnt_sent_again(server: Server, fault: Reply) -> None:
    with Listener(server) as listener:
        client = ApiClient(f"http://127.0.0.1:{listener.port}/api/", 0.3, HttpPool())
        server.faults = [saying(told(b'{"ok": true}'))]
        client.call("xoxb-1", "auth.test", form={"nth": 0})
        server.faults = [fault]
        with pytest.raises(SlackUncertainError):
            client.call("xoxb-1", "chat.postMessage", form={"nth": 1})
        server.faults = [saying(told(b'{"ok": true, "ts": "ours"}'))]
        assert client.call("xoxb-1", "chat.postMessage", form={"nth": 2})["ts"] == "ours"
        assert server.heard == [b"nth=0", b"nth=1", b"nth=2"]


def test_an_answer_that_never_ends_is_given_up(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_pool, "LARGEST", 1000)
    with Listener(server) as listener:
        client = ApiClient(f"http://127.0.0.1:{listener.port}/api/", 10, HttpPool())
        server.faults = [saying(told(b" " * 2000))]
        with pytest.raises(SlackUncertainError, match="a page came from"):
            client.call("xoxb-1", "auth.test")


def test_no_redirect_is_followed(server: Server) -> None:
    with Listener(server) as other, Listener(server) as listener:
        head = b"HTTP/1.1 307 Temporary Redirect\r\nLocation: http://127.0.0.1:%d/\r\n" % other.port
        server.faults = [saying(told(b"", head))]
        client = ApiClient(f"http://127.0.0.1:{listener.port}/api/", 10, HttpPool())
        with pytest.raises(SlackUncertainError, match="HTTP 307"):
            client.call("xoxb-1", "chat.postMessage")
        assert other.accepted == 0


def test_many_threads_get_each_their_own_answer_over_few_connections(server: Server) -> None:
    with Listener(server) as listener, ThreadPoolExecutor(8) as threads:
        pool = HttpPool()
        sent = [b"%d" % nth for nth in range(400)]
        assert list(threads.map(lambda body: post(pool, listener, body), sent)) == sent
        assert listener.accepted <= 8


def test_a_forked_process_leaves_its_parents_connections_alone(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    with Listener(server) as listener:
        pool = HttpPool()
        post(pool, listener, b"1")
        monkeypatch.setattr(os, "getpid", lambda: -1)
        post(pool, listener, b"2")
        post(pool, listener, b"3")
        assert listener.accepted == 2


def test_a_closed_pool_has_no_connection_left_and_keeps_none(server: Server) -> None:
    with Listener(server) as listener:
        pool = HttpPool()
        post(pool, listener, b"1")
        pool.close()
        assert server.ended.wait(10)
        server.ended.clear()
        assert post(pool, listener, b"2") == b"2"
        assert server.ended.wait(10)


def test_a_pool_that_is_forgotten_closes_its_connections(server: Server) -> None:
    with Listener(server) as listener:
        post(HttpPool(), listener, b"1")
        assert server.ended.wait(10)


def test_no_more_than_so_many_idle_connections_are_kept(server: Server) -> None:
    together = threading.Barrier(5)

    def at_once(connection: socket.socket, body: bytes) -> bool:
        together.wait(10)
        connection.sendall(told(body))
        return True

    with Listener(server) as listener, ThreadPoolExecutor(5) as threads:
        pool = HttpPool(most_kept=2)
        for _ in range(2):
            server.faults = [at_once] * 5
            list(threads.map(lambda nth: post(pool, listener, b"%d" % nth), range(5)))
        assert listener.accepted == 8


def test_what_couldnt_be_connected_was_never_sent() -> None:
    with (
        Listener(in_between.saying(page())) as listener,
        pytest.raises(SlackUnreachableError, match="TLS can't be agreed on"),
    ):
        ApiClient(f"https://127.0.0.1:{listener.port}/api/", 1).call("xoxb-1", "chat.postMessage")
    with Listener(silent) as listener, pytest.raises(SlackUnreachableError, match="doesn't answer in time"):
        ApiClient(f"https://127.0.0.1:{listener.port}/api/", 0.2).call("xoxb-1", "chat.postMessage")
    for url in ("ftp://127.0.0.1/x", "file:///etc/passwd", "http:///x"):
        with pytest.raises(NotConnectedError):
            HttpPool().post(url, b"", {}, 1)


def test_an_earlier_failure_isnt_taken_for_the_cause_of_a_later_one() -> None:
    def call(port: int) -> None:
        ApiClient(f"http://127.0.0.1:{port}/api/", 0.2).call("xoxb-1", "auth.test")

    def call_after_a_failure(port: int) -> None:
        try:
            call(1)
        except SlackError:
            call(port)

    with Listener(silent) as listener, pytest.raises(SlackUncertainError, match="doesn't answer in time"):
        call_after_a_failure(listener.port)


def test_a_tunnel_through_a_proxy_is_kept_with_its_tls(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Certificates.make(tmp_path, "slack.test")
    monkeypatch.setenv("SSL_CERT_FILE", str(made.authority))
    proxy = Proxy({}, password="name:pass word")
    with Listener(server) as inner, Listener(tls(made.good, inner.port)) as outer, Listener(proxy) as listener:
        proxy.routes["slack.test"] = outer.port
        monkeypatch.setenv("https_proxy", f"http://name:pass%20word@127.0.0.1:{listener.port}")
        pool = HttpPool()
        for nth in range(3):
            assert pool.post("https://slack.test/api/x", b"%d" % nth, {}, 10).body == b"%d" % nth
        assert proxy.asked == ["slack.test:443"]
        pool.close()
        eventually(server.ended.is_set)


def test_a_page_is_no_answer_and_its_connection_is_closed_as_it_says(server: Server) -> None:
    with Listener(server) as listener:
        client = ApiClient(f"http://127.0.0.1:{listener.port}/api/", 10, HttpPool())
        server.faults = [saying(page())] * 2
        for _ in range(2):
            with pytest.raises(SlackUncertainError, match="a page came from"):
                client.call("xoxb-1", "chat.postMessage")
        assert listener.accepted == 2
