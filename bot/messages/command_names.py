"""The names of the slash commands in Slack. Where another app has `/learn` already, ours have a prefix.

Texts are written with the plain names. What goes out gets the prefix, what comes in loses it: see
docs/adr/0041-command-prefix-at-the-edges.md.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

NAMES = ("learn", "track", "jargon")
PREFIX = re.compile(r"[a-z0-9_-]{0,12}")
"""Slack allows lower-case letters, digits, hyphens and underscores in a name."""
_AT_A_WORD = r"(?<![\w/.:@-])/"
_ENDS = r"(?![\w/-])"
_NAMED = re.compile(rf"{_AT_A_WORD}({'|'.join(NAMES)}){_ENDS}")


def pattern(command: str) -> re.Pattern[str]:
    """Return the pattern of a command's name in Slack, whatever its prefix: Bolt looks for it in what comes in."""
    return re.compile(rf"\A/{PREFIX.pattern}{re.escape(command.removeprefix('/'))}\Z")


class CommandNames:
    """The slash commands' names with this prefix, such as `/acme-learn`; with "", `/learn`."""

    def __init__(self, prefix: str = "") -> None:
        self.prefix = prefix
        self._prefixed = re.compile(rf"{_AT_A_WORD}{re.escape(prefix)}({'|'.join(NAMES)}){_ENDS}", re.IGNORECASE)

    def named(self, command: str) -> str:
        """Return a plain command's name in Slack."""
        return f"/{self.prefix}{command.removeprefix('/')}"

    def said(self, text: str) -> str:
        """Return a text as people should read it: with the commands that Slack knows."""
        return _NAMED.sub(lambda found: self.named(found[1]), text) if self.prefix else text

    def shown(self, payload: Any) -> Any:
        """Return a message, dialog or Home for Slack with the commands that Slack knows, in its texts alone."""
        if not self.prefix:
            return payload
        if isinstance(payload, Mapping):
            return {
                key: self.said(value) if key == "text" and isinstance(value, str) else self.shown(value)
                for key, value in payload.items()
            }
        return [self.shown(each) for each in payload] if isinstance(payload, list | tuple) else payload

    def heard(self, text: str) -> str:
        """Return a typed text with the plain names."""
        return self._prefixed.sub(lambda found: f"/{found[1].lower()}", text) if self.prefix else text
