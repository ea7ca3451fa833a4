"""The proxy for an address, the same for every library.

urllib, slack_sdk and websockets each read `HTTPS_PROXY` and its relatives by themselves, and differ: in what they take
if only one is set, in `ALL_PROXY`, and in whether `http://` may be missing. So the environment is made unambiguous once
at the start, and child processes inherit it.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from urllib.parse import SplitResult, urlsplit
from urllib.request import getproxies, proxy_bypass

LOOPBACK = ("localhost", "127.0.0.1", "::1", "[::1]")
NAMES = ("https_proxy", "http_proxy")


def unify(environment: MutableMapping[str, str]) -> None:
    """Set the same proxy for every library, and none for loopback addresses."""
    found = {name: _read(environment, name) for name in (*NAMES, "all_proxy")}
    https = found["https_proxy"] or found["all_proxy"] or found["http_proxy"]
    http = found["http_proxy"] or found["all_proxy"] or found["https_proxy"]
    if not https:
        return
    for name, value in zip(NAMES, (https, http), strict=True):
        _write(environment, name, value if "://" in value else f"http://{value}")
    spared = [part.strip() for part in _read(environment, "no_proxy").split(",") if part.strip()]
    if spared != ["*"]:
        spared += [name for name in LOOPBACK if name not in spared]
    _write(environment, "no_proxy", ",".join(spared))


def proxy_for(url: str) -> SplitResult | None:
    """Return the proxy for this address; None if there is none."""
    asked = urlsplit(url)
    proxy = getproxies().get("http" if asked.scheme in {"http", "ws"} else "https", "")
    return urlsplit(proxy) if proxy and asked.hostname and not proxy_bypass(asked.hostname) else None


def fault() -> str:
    """Return what is wrong with a proxy's address, in one line; "" if it can be parsed. Libraries would fail in various
    ways.
    """
    for name in NAMES:
        why = ""
        try:
            (urlsplit(getproxies().get(name.partition("_")[0], "")).hostname or "").encode("idna")
        except UnicodeError:
            why = "a part of its host's name is empty or too long"
        except ValueError as error:
            why = str(error)
        if why:
            return f"{name.upper()} is no proxy's address ({why}): write it like http://name:password@proxy:8080"
    return ""


def _read(environment: MutableMapping[str, str], name: str) -> str:
    # if both are set, libraries prefer the name in lower case
    return (environment.get(name) or environment.get(name.upper()) or "").strip()


def _write(environment: MutableMapping[str, str], name: str, value: str) -> None:
    environment[name] = environment[name.upper()] = value
