"""Values of settings, parsed from what an operator wrote."""

from __future__ import annotations

import os
import re
import unicodedata
from datetime import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bot.domain.allowed_times import admins_may_set
from bot.domain.typed_dates import parse_days, parse_hour
from bot.messages.command_names import PREFIX
from bot.package_files import folder

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
NON_ASCII = re.compile(r"[^\x21-\x7e]")
"""A character that no token or URL of Slack's has: white space, or a dash or quote that an editor made typographic."""
SHIPPED = "shipped"
EMOJI = re.compile(r"[^\W A-Z][\w+'-]{0,99}|\+1|-1")
"""An emoji's name as Slack writes it, in lower case; a workspace's own emoji included."""
PERSON = re.compile(r"^[UW][A-Z0-9]{2,}$")


def hour(value: Any) -> Any:
    """Parse a time of day. A value that is no text stays as it is.

    Raises:
        ValueError: it can't be read.
    """
    try:
        return parse_hour(value) if isinstance(value, str) else value
    except ValueError as unread:
        raise _unclear(unread) from None


def days(value: Any) -> Any:
    """Parse weekdays into numbers, Monday 0. A value that is no text stays as it is.

    Raises:
        ValueError: they can't be read.
    """
    try:
        return parse_days(value) if isinstance(value, str) else value
    except ValueError as unread:
        raise _unclear(unread) from None


def _unclear(unread: ValueError) -> ValueError:
    """Turn the parser's error into the rest of a sentence that begins with a setting's name."""
    return ValueError(f"is unclear: {str(unread).removesuffix('.')}")


def command_prefix(prefix: str) -> str:
    """Check a prefix of the slash commands' names.

    Raises:
        ValueError: Slack wouldn't take such a name.
    """
    if not PREFIX.fullmatch(prefix):
        raise ValueError(
            f"\"{prefix}\" can't begin a command's name: up to 12 lower-case letters, digits, hyphens and underscores; "
            "for example acme-"
        )
    return prefix


def people(value: Any) -> Any:
    """Parse Slack user ids. A value that is no text stays as it is.

    Raises:
        ValueError: an entry is no user id.
    """
    if not isinstance(value, str):
        return value
    ids = [part.strip("<@>\"'“”") for part in re.split(r"[\s,;]+", value) if part]
    wrong = [part for part in ids if not PERSON.match(part)]
    if wrong:
        raise ValueError(f"has an entry that is no Slack user id: {wrong[0]}")
    return frozenset(ids)


def emoji(value: Any) -> Any:
    """Parse emoji names, with or without colons; "none" is the empty set. A value that is no text stays as it is.

    Raises:
        ValueError: an entry is no emoji's name.
    """
    if not isinstance(value, str):
        return value
    if value.strip().lower() == "none":
        return frozenset()
    names = [part.strip(":") for part in re.split(r"[\s,;]+", value) if part.strip(":")]
    wrong = [name for name in names if not EMOJI.fullmatch(name)]
    if wrong:
        raise ValueError(f"has an entry that is no emoji's name: {wrong[0]}")
    return frozenset(names)


def lessons_folders(value: Any) -> Any:
    """Parse the folders of lessons, each layered over those before it; `shipped` is the one that comes with the bot.

    A value that is no text stays as it is.

    Raises:
        ValueError: none is named, or one twice.
    """
    if not isinstance(value, str):
        return value
    names = [part.strip() for part in value.split(os.pathsep) if part.strip()]
    if not names:
        raise ValueError("names no folder")
    if twice := next((name for name in names if names.count(name) > 1), ""):
        raise ValueError(f"names {twice} twice")
    return tuple(folder("lessons") if name == SHIPPED else Path(name) for name in names)


def api_url(value: str) -> str:
    """Check the URL of Slack's Web API, and end it with a slash.

    Raises:
        ValueError: it is no URL, or unencrypted and not on loopback.
    """
    if odd := NON_ASCII.search(value):
        raise ValueError(f"has a sign in it that no address has ({character_name(odd.group())})")
    if urlsplit(value).scheme not in {"http", "https"} or not urlsplit(value).hostname:
        raise ValueError("is no web address")
    if urlsplit(value).scheme == "http" and urlsplit(value).hostname not in LOOPBACK:
        raise ValueError("must begin with https://, except on this machine")
    try:
        urlsplit(value).port  # noqa: B018 - the library checks it when it is read
    except ValueError:
        raise ValueError("has a port that can't be") from None
    try:
        (urlsplit(value).hostname or "").encode("idna")
    except UnicodeError:
        raise ValueError("names a host that can't be: a part of its name is empty or too long") from None
    return value if value.endswith("/") else value + "/"


def delivery_hour(value: time) -> time:
    """Check that an hour is decent for a message.

    Raises:
        ValueError: it is too early or too late.
    """
    if not admins_may_set(value):
        raise ValueError("lies outside 07:00 to 19:00")
    return value


def character_name(odd: str) -> str:
    """Return the Unicode name of a character, in lower case."""
    return unicodedata.name(odd, "a control character").lower()
