"""The reason of a failed connection: in plain words, with a remedy, on one line and without secrets.

Whatever is opened on the way to Slack can fail in a few dozen ways, each with another library's exception. This is the
one place that knows them all: the log, `/readyz` and `doctor` say what `explain` says.
"""

from __future__ import annotations

import errno
import http.client
import os
import socket
import ssl
from collections.abc import Iterator
from urllib.parse import urlsplit

from websockets.exceptions import (
    ConnectionClosed,
    InvalidHandshake,
    InvalidProxy,
    InvalidProxyStatus,
    InvalidStatus,
    InvalidURI,
)

from bot import environment
from bot.errors import SlackError
from bot.proxies import proxy_for

PORTAL = "a sign-in page or a filter stands in between: sign in there, or have {host} let through"
NO_WAY = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EHOSTDOWN, errno.EADDRNOTAVAIL})
FULL = frozenset({errno.EMFILE, errno.ENFILE})
EXPIRED, NOT_YET, WRONG_HOST = {10}, {9}, {62, 63, 64}
"""OpenSSL's X509_V_ERR_..., https://docs.openssl.org/3.0/man3/X509_STORE_CTX_get_error/ (looked up 2026-11-28)."""
TUNNEL = "Tunnel connection failed: "


class NotSlackError(Exception):
    """Something other than Slack has answered: its answer isn't Slack's JSON."""


def explain(error: BaseException, url: str) -> str:
    """Return the reason why `url` couldn't be opened, and the remedy: "cause: remedy"."""
    host, named = urlsplit(url).hostname or "an address without a host", proxy_for(url)
    proxy = named.netloc.rpartition("@")[-1] if named else ""
    if named and named.scheme.startswith("socks"):
        # urllib takes it for one that speaks HTTP and fails in any way, websockets lacks a library
        return f"HTTPS_PROXY names a SOCKS proxy ({proxy}), which isn't supported: name an HTTP proxy, http://..."
    if wrong := _bad_port(url) or _bad_port(named.geturl() if named else ""):
        # some libraries cut such a number down to another port
        return f"an address can't be used ({wrong}): check SLACK_API_URL and HTTPS_PROXY"
    chain = list(_chain(error))
    for look in (_proxied, _tls, _reached, _broken_off, _answered):
        for found in chain:
            if said := look(found, host, proxy):
                return said
    return f"{type(error).__name__} while connecting to {host}: {_line(error)}"


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an exception and its causes, the outermost first."""
    seen: set[int] = set()
    # one of ours was dealt with before: this failure came after it and not of it
    while error is not None and id(error) not in seen and not isinstance(error, SlackError):
        seen.add(id(error))
        yield error
        reason = getattr(error, "reason", None)
        error = reason if isinstance(reason, BaseException) else error.__cause__ or error.__context__


def _proxied(error: BaseException, host: str, proxy: str) -> str:
    if isinstance(error, InvalidProxy):
        return f"HTTPS_PROXY is no proxy's address ({error.msg}): write it like http://name:password@proxy:8080"
    status = ""
    if isinstance(error, InvalidProxyStatus):
        status = str(error.response.status_code)
    elif isinstance(error, OSError) and str(error).startswith(TUNNEL):
        status = str(error).removeprefix(TUNNEL)[:3]
    if status == "407":
        return (
            f"the proxy {proxy} asks for a name and a password (407): write them into HTTPS_PROXY, "
            "http://name:password@proxy:8080"
        )
    if status:
        return (
            f"the proxy {proxy} doesn't connect to {host} ({status}): have it let slack.com and its "
            "subdomains through, WebSockets included"
        )
    return ""


def _tls(error: BaseException, host: str, _proxy: str) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return _certificate(error, host)
    if isinstance(error, ssl.SSLError):
        why = error.reason or _line(error)
        return f"{host} answers, but TLS can't be agreed on ({why}): {PORTAL.format(host=host)}"
    return ""


def _certificate(error: ssl.SSLCertVerificationError, host: str) -> str:
    if error.verify_code in EXPIRED:
        return f"the certificate of {host} has expired: see that this machine's date is right, or have it renewed"
    if error.verify_code in NOT_YET:
        return f"the certificate of {host} isn't valid yet: see that this machine's date is right"
    if error.verify_code in WRONG_HOST:
        return f"the certificate shown for {host} is another host's: {PORTAL.format(host=host)}"
    file = environment.authorities()
    if file and not os.access(file, os.R_OK):
        return f"SSL_CERT_FILE names {file}, which can't be read: name the file with your certificate authorities"
    return (
        f"the certificate of {host} is signed by nobody this machine trusts ({error.verify_message}): where your "
        "network opens TLS, put its certificate authority beside the usual ones and name the file in SSL_CERT_FILE"
    )


def _reached(error: BaseException, host: str, proxy: str) -> str:
    through, check = _place(host, proxy)
    if isinstance(error, socket.gaierror):
        return f"the name of {through} can't be looked up: check this machine's network and DNS"
    if isinstance(error, ConnectionRefusedError):
        return f"{through} refuses the connection: {check}"
    if isinstance(error, TimeoutError):
        return f"{through} doesn't answer in time: {check}"
    if isinstance(error, OSError) and error.errno in NO_WAY:
        return f"there is no way to {through} ({os.strerror(error.errno)}): {check}"
    if isinstance(error, OSError) and error.errno in FULL:
        return "this process has too many files open: raise its limit (ulimit -n), and tell the people who make it"
    if isinstance(error, InvalidURI | http.client.InvalidURL | UnicodeError | OverflowError):
        return f"an address can't be used ({_line(error)}): check SLACK_API_URL and HTTPS_PROXY"
    return ""


def _broken_off(error: BaseException, host: str, proxy: str) -> str:
    if isinstance(error, ConnectionError | EOFError | http.client.IncompleteRead | ConnectionClosed):
        through, check = _place(host, proxy)
        return f"{through} ended the connection before it had answered: {check}"
    return ""


def _answered(error: BaseException, host: str, proxy: str) -> str:
    through, check = _place(host, proxy)
    if isinstance(error, InvalidStatus):
        return (
            f"{host} answers with HTTP {error.response.status_code} instead of a WebSocket: have your proxy or "
            "firewall let WebSockets to Slack through"
        )
    if isinstance(error, NotSlackError):
        return f"a page came from {host} where Slack answers with JSON: {PORTAL.format(host=host)}"
    if isinstance(error, http.client.HTTPException | InvalidHandshake):
        return f"{through} answers with something that isn't HTTP: {check}"
    return ""


def _place(host: str, proxy: str) -> tuple[str, str]:
    """Return the first host of a connection, and what to check if it can't be reached."""
    if proxy:
        return f"the proxy {proxy}", "check HTTPS_PROXY"
    return host, "check the network and its firewall, or name its proxy in HTTPS_PROXY"


def _bad_port(url: str) -> str:
    try:
        urlsplit(url).port  # noqa: B018 - it is read when it is asked for
    except ValueError as error:
        return str(error)
    return ""


def _line(error: BaseException) -> str:
    """Return an exception's message on one line; an address in it loses its query, where tickets stand."""
    said = " ".join(str(error).split()) or type(error).__name__
    return said.partition("?")[0][:200]
