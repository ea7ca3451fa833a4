"""Typed text as Slack passes it on. The sources are in RULES.md."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

_PART = re.compile(
    r"(?P<mail>(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?<![\w<|@/.])@(?P<name>[a-z0-9._-]+)"
    r"|(?<![\w<|&#])#(?P<channel>[a-z0-9_-]+)"
    r"|(?P<link>https?://[^\s<>|]+)"
    r"|(?<![\w@.<|/-])(?P<domain>[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|example)\b(?:/[^\s<>|]*)?)"
)
_BROADCASTS = frozenset({"here", "channel", "everyone"})


def handed_on(
    typed: str, people: Mapping[str, str], channels: Mapping[str, str], groups: Mapping[str, str] | None = None
) -> str:
    """Return typed text with escaped characters, and with known people, channels, user groups (ids by name),
    broadcasts, addresses and links in angle brackets.
    """
    groups = groups or {}

    def wrapped(found: re.Match[str]) -> str:
        kind, said = str(found.lastgroup), found[0]
        known = people.get(found["name"] or "") or channels.get(found["channel"] or "")
        match kind:
            case "mail":
                return f"<mailto:{said}|{said}>"
            case "name" if found["name"] in _BROADCASTS:
                return f"<!{found['name']}>"
            case "name" if found["name"] in groups:
                return f"<!subteam^{groups[found['name']]}|@{found['name']}>"
            case "name" if known:
                return f"<@{known}|{found['name']}>"
            case "channel" if known:
                return f"<#{known}|{found['channel']}>"
            case "link":
                return f"<{said}>"
            case "domain":
                return f"<http://{said}|{said}>"
        return said

    return _PART.sub(wrapped, html.escape(typed, quote=False))
