"""One proxy for every library, and none for this machine's own addresses."""

from __future__ import annotations

import urllib.request

import pytest
from slack_sdk import WebClient
from websockets.proxy import get_proxy
from websockets.uri import parse_uri

from bot import proxies

PROXY = "http://proxy.test:8080"


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """The environment, with a test's own variables, made unambiguous."""
    given: dict[str, str] = dict(request.param)
    proxies.unify(given)
    for name in ("https_proxy", "http_proxy", "all_proxy", "no_proxy"):
        for spelt in (name, name.upper()):
            monkeypatch.delenv(spelt, raising=False)
    for name, value in given.items():
        monkeypatch.setenv(name, value)


def web(host: str) -> bool:
    """Whether urllib, and slack_sdk with it, asks a proxy for this host."""
    return bool(WebClient("x").proxy) and not urllib.request.proxy_bypass(host)


def socket(url: str) -> str | None:
    """What websockets asks."""
    return get_proxy(parse_uri(url))


@pytest.mark.parametrize("settled", [
    {"HTTPS_PROXY": PROXY}, {"https_proxy": PROXY}, {"HTTP_PROXY": PROXY}, {"ALL_PROXY": PROXY}, {"all_proxy": PROXY},
    {"HTTPS_PROXY": "proxy.test:8080"}, {"HTTPS_PROXY": PROXY, "ALL_PROXY": "socks5://other.test"},
], indirect=True)  # fmt: skip
def test_every_library_sees_the_same_proxy(settled: None) -> None:
    assert WebClient("x").proxy == PROXY
    assert urllib.request.getproxies()["https"] == PROXY
    assert socket("wss://wss-primary.slack.com/link") == PROXY
    assert web("slack.com")


@pytest.mark.parametrize(
    "settled", [{"HTTPS_PROXY": PROXY}, {"ALL_PROXY": PROXY, "NO_PROXY": "intern.test"}], indirect=True
)
@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]"])
def test_loopback_is_left_alone(settled: None, host: str) -> None:
    assert not web(host)
    assert not web(f"{host}:8155")
    assert socket(f"ws://{host}:8155/link") is None
    assert proxies.proxy_for(f"http://{host}:8155/") is None


@pytest.mark.parametrize("settled", [
    {"HTTPS_PROXY": PROXY, "NO_PROXY": "intern.test, slack.test"}, {"HTTPS_PROXY": PROXY, "no_proxy": ".slack.test"},
    {"HTTPS_PROXY": PROXY, "no_proxy": "*"},
], indirect=True)  # fmt: skip
def test_no_proxy_is_honoured(settled: None) -> None:
    for host in ("slack.test", "wss.slack.test"):
        assert not web(host)
        assert socket(f"wss://{host}/link") is None


@pytest.mark.parametrize("settled", [{}, {"NO_PROXY": "a.test"}, {"HTTPS_PROXY": ""}], indirect=True)
def test_without_a_proxy_there_is_none(settled: None) -> None:
    assert not web("slack.com")
    assert socket("wss://wss-primary.slack.com/link") is None
