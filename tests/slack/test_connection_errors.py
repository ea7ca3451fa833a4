"""Each way in which something can't be opened says why, in plain words, and what to do about it."""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from bot import proxies
from bot.errors import SlackError, SlackUncertainError, SlackUnreachableError
from bot.slack.inbound import socket_connection
from bot.slack.inbound.socket_connection import SocketConnection
from bot.slack.outbound.api_client import ApiClient
from tests.in_between import Certificates, Listener, Proxy, page, saying, silent, tls

HOST = "slack.test"
SECRET = "hunter2"
Ways = Callable[[str], str]


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever proxy the developer has; and nobody is waited for long."""
    for name in list(os.environ):
        if name.lower().endswith("_proxy") or name == "SSL_CERT_FILE":
            monkeypatch.delenv(name)
    monkeypatch.setattr(socket_connection, "OPEN_SECONDS", 1.0)


def call(address: str) -> None:
    url = address.format("http")
    ApiClient(f"{url}/api/", timeout_seconds=1).call("xoxb-1", "auth.test")


def connect(address: str) -> None:
    SocketConnection(address.format("ws") + f"/link?ticket={SECRET}", lambda *_: None, lambda *_: None)


opened = {"web": call, "socket": connect}


@pytest.fixture(params=["web", "socket"])
def failing(request: pytest.FixtureRequest) -> Ways:
    """What the Web API, or a WebSocket, says of an address that can't be opened; "{}" stands for http or ws."""

    def said(address: str) -> str:
        with pytest.raises(SlackError) as raised:
            opened[request.param](address)
        text = str(raised.value)
        assert "\n" not in text
        assert SECRET not in text
        assert ": " in text, "no remedy"
        return text

    return said


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return Certificates.make(tmp_path_factory.mktemp("certificates"), HOST)


@pytest.fixture
def nobody() -> int:
    """A port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def use_proxy(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("HTTPS_PROXY", address)
    copy = dict(os.environ)
    proxies.unify(copy)
    for name, value in copy.items():
        monkeypatch.setenv(name, value)


def test_a_port_where_nobody_listens(failing: Ways, nobody: int) -> None:
    assert "127.0.0.1 refuses the connection: check the network" in failing(f"{{}}://127.0.0.1:{nobody}")


def test_a_server_that_says_nothing(failing: Ways) -> None:
    with Listener(silent) as server:
        assert "doesn't answer in time" in failing(f"{{}}://127.0.0.1:{server.port}")


def test_a_server_that_hangs_up(failing: Ways) -> None:
    with Listener(saying(b"")) as server:
        assert "ended the connection before it had answered" in failing(f"{{}}://127.0.0.1:{server.port}")


def test_a_server_that_speaks_something_else(failing: Ways) -> None:
    with Listener(saying(b"220 mail.example.org ESMTP\r\n")) as server:
        assert "something that isn't HTTP" in failing(f"{{}}://127.0.0.1:{server.port}")


@pytest.mark.parametrize("port", ["99999", "80a", "-1"])
def test_a_port_that_cant_be(failing: Ways, port: str) -> None:
    assert "can't be used" in failing(f"{{}}://127.0.0.1:{port}")


def test_a_name_that_cant_be_one(failing: Ways) -> None:
    assert "can't be used" in failing("{}://" + "a" * 70 + ".test")


def test_a_name_that_cant_be_looked_up(failing: Ways, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert f"the name of {HOST} can't be looked up" in failing("{}s://" + HOST)


@pytest.mark.parametrize("number", [errno.ENETUNREACH, errno.EHOSTUNREACH])
def test_a_machine_without_a_network(failing: Ways, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    def unreachable(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(socket, "create_connection", unreachable)
    assert f"there is no way to {HOST}" in failing("{}s://" + HOST)


def test_a_process_without_a_file_to_spare(failing: Ways, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))

    monkeypatch.setattr(socket, "create_connection", full)
    assert "too many files open" in failing("{}s://" + HOST)


@pytest.mark.parametrize("answer", [
    page(), page("503 Service Unavailable"), page("302 Found"), page("403 Forbidden"),
    page(kind="text/html; charset=nonsense"), page(body='["a list"]', kind="application/json"),
])  # fmt: skip
def test_the_page_of_a_portal(failing: Ways, answer: bytes) -> None:
    with Listener(saying(answer)) as server:
        said = failing(f"{{}}://127.0.0.1:{server.port}")
    assert "127.0.0.1" in said or "HTTP" in said


def test_a_portal_is_named_as_one() -> None:
    with (
        Listener(saying(page())) as server,
        pytest.raises(SlackUncertainError, match=r"a page came from.*sign in there"),
    ):
        ApiClient(f"http://127.0.0.1:{server.port}/", timeout_seconds=1).call("x", "auth.test")
    with (
        Listener(saying(page())) as server,
        pytest.raises(SlackUncertainError, match="HTTP 200 instead of a WebSocket"),
    ):
        SocketConnection(f"ws://127.0.0.1:{server.port}/", lambda *_: None, lambda *_: None)


@pytest.fixture
def through(monkeypatch: pytest.MonkeyPatch, certificates: Certificates, failing: Ways) -> Callable[..., str]:
    """What is said when HOST is opened through a proxy, and TLS, with this certificate."""

    def said(certificate: Path, name: str = HOST) -> str:
        with (
            Listener(saying(b"")) as inner,
            Listener(tls(certificate, inner.port)) as outer,
            Listener(Proxy({name: outer.port})) as proxy,
        ):
            use_proxy(monkeypatch, f"http://127.0.0.1:{proxy.port}")
            return failing("{}s://" + name)

    return said


def test_a_certificate_by_an_authority_that_isnt_known(through: Callable[..., str], certificates: Certificates) -> None:
    said = through(certificates.good)
    assert f"the certificate of {HOST} is signed by nobody this machine trusts" in said
    assert "SSL_CERT_FILE" in said


def test_with_the_authority_in_ssl_cert_file_it_is_taken(
    through: Callable[..., str], certificates: Certificates, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates.authority))
    # the server hangs up afterwards; what matters is that it wasn't for its certificate
    said = through(certificates.good)
    assert "certificate" not in said
    assert "SSL_CERT_FILE" not in said


def test_a_file_of_authorities_that_isnt_there(
    through: Callable[..., str], certificates: Certificates, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere/ca.pem")
    assert "SSL_CERT_FILE names /nowhere/ca.pem, which can't be read" in through(certificates.good)


def test_a_certificate_that_has_expired(
    through: Callable[..., str], certificates: Certificates, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates.authority))
    assert "has expired: see that this machine's date is right" in through(certificates.expired)


def test_a_certificate_of_another_host(
    through: Callable[..., str], certificates: Certificates, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates.authority))
    assert "the certificate shown for api.test is another host's" in through(certificates.good, "api.test")


def test_a_server_without_tls(failing: Ways) -> None:
    with Listener(saying(page())) as server:
        assert "TLS can't be agreed on" in failing(f"{{}}s://127.0.0.1:{server.port}")


def test_a_proxy_where_nobody_listens(failing: Ways, nobody: int, monkeypatch: pytest.MonkeyPatch) -> None:
    use_proxy(monkeypatch, f"http://name:{SECRET}@127.0.0.1:{nobody}")
    assert f"the proxy 127.0.0.1:{nobody} refuses the connection: check HTTPS_PROXY" in failing("{}s://" + HOST)


@pytest.mark.parametrize(("answer", "says"), [
    (b"", "ended the connection"),
    (b"220 mail.example.org ESMTP\r\n\r\n", "HTTP"),
    (b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", "doesn't connect to slack.test (403)"),
    (b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n", "doesn't connect to slack.test (502)"),
    (b"HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n", "asks for a name and a password (407): write them into HTTPS_PROXY"),
])  # fmt: skip
def test_a_proxy_that_refuses(failing: Ways, monkeypatch: pytest.MonkeyPatch, answer: bytes, says: str) -> None:
    with Listener(saying(answer)) as server:
        use_proxy(monkeypatch, f"http://127.0.0.1:{server.port}")
        assert says in failing("{}s://" + HOST)


@pytest.mark.parametrize("scheme", ["socks5", "socks5h", "socks4"])
def test_a_socks_proxy(failing: Ways, nobody: int, monkeypatch: pytest.MonkeyPatch, scheme: str) -> None:
    use_proxy(monkeypatch, f"{scheme}://127.0.0.1:{nobody}")
    assert "names a SOCKS proxy" in failing("{}s://" + HOST)


@pytest.mark.parametrize("address", ["http://127.0.0.1:99999", "http://127.0.0.1:80a", "ftp://127.0.0.1", "http://"])
def test_a_proxy_that_is_none(failing: Ways, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    use_proxy(monkeypatch, address)
    failing("{}s://" + HOST)


def test_what_never_left_may_be_sent_again_at_once(nobody: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def raised(url: str) -> SlackError:
        with pytest.raises(SlackError) as found:
            ApiClient(url, timeout_seconds=1).call("x", "chat.postMessage")
        return found.value

    assert isinstance(raised(f"http://127.0.0.1:{nobody}/"), SlackUnreachableError)
    with Listener(saying(b"HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n")) as server:
        use_proxy(monkeypatch, f"http://127.0.0.1:{server.port}")
        assert isinstance(raised(f"https://{HOST}/"), SlackUnreachableError)
    with Listener(silent) as server:
        assert isinstance(raised(f"http://127.0.0.1:{server.port}/"), SlackUncertainError)
