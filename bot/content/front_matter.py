"""The entries at the top of a file: each read from its text as what its key wants."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import Any

from bot.content.problem import Say, did_you_mean
from bot.content.visible_markup import in_plain_text
from bot.content.yaml_reader import Entries

YES, NO = {"yes", "true", "on", "y"}, {"no", "false", "off", "n"}
_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


class Keys:
    """Takes keys out of a mapping one by one, says what is wrong with each, and at the end what is left over."""

    def __init__(self, entries: Entries, first_line: int, say: Say) -> None:
        self._entries, self._first, self._say = entries, first_line, say
        self._known: set[str] = set()
        self.sound = True

    def line(self, key: str) -> int:
        """The line of a key, or of the mapping when the key isn't there."""
        return self._entries.lines.get(key, self._first)

    def fail(self, key: str, problem: str, remedy: str) -> None:
        """Say that something is wrong with a key."""
        self.sound = False
        self._say(self.line(key), problem, remedy)

    def text(self, key: str, example: str, *, required: bool = True, most: int = 3_000, shown: bool = True) -> str:
        """A text; "" when it is missing. `shown`: as it stands, so that Markdown would be read as signs."""
        value = self._take(key, example, required)
        if value is None:
            return ""
        if not isinstance(value, str):
            self.fail(key, f'"{key}" should be a text', f"For example: {key}: {example}")
            return ""
        text = " ".join(value.split())
        if len(text) > most:
            self.fail(key, f'"{key}" has {len(text)} characters, {most} is the most', "Shorten it")
        if shown:
            for what in in_plain_text(text):
                self._say.warn(self.line(key), f'"{key}" is shown as it is written, with {what}', "Take the signs out")
        return text

    def slug(self, key: str, example: str) -> str:
        """An id: lower-case letters, digits and hyphens."""
        value = self.text(key, example, most=80, shown=False)
        if value and not is_slug(value):
            self.fail(
                key, f'the id "{value}" has other signs than a-z, 0-9 and hyphens', f"For example: {key}: {example}"
            )
            return ""
        return value

    def texts(self, key: str, example: str, *, required: bool = False) -> tuple[str, ...]:
        """A list of texts."""
        value = self._take(key, example, required)
        if not value:
            return ()
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            self.fail(key, f'"{key}" should be a list of words', f"For example: {key}: {example}")
            return ()
        if not all(v.strip() for v in value):
            self.fail(key, f'one of "{key}" is empty', f"For example: {key}: {example}")
        return tuple(" ".join(v.split()) for v in value if v.strip())

    def yes(self, key: str) -> bool:
        """A yes or no; no when it is missing."""
        value = self._take(key, "yes", required=False)
        if value is None or value == "":
            return False
        if not isinstance(value, str) or value.lower() not in YES | NO:
            self.fail(key, f'"{key}" should be yes or no', f"For example: {key}: yes")
            return False
        return value.lower() in YES

    def day(self, key: str) -> date | None:
        """A date; None when it is missing."""
        value = self._take(key, "2027-06-30", required=False)
        if value is None or value == "":
            return None
        written = _DATE.fullmatch(value) if isinstance(value, str) else None
        if written:
            with suppress(ValueError):
                return date(*(int(part) for part in written.groups()))
        self.fail(key, f'"{key}" should be a date: year, month, day', f"For example: {key}: 2027-06-30")
        return None

    def leave_none(self) -> None:
        """Say of every key that nobody took that it is unknown."""
        for key in self._entries.values:
            if key not in self._known:
                known = ", ".join(sorted(self._known))
                self.fail(key, f'unknown key "{key}"', did_you_mean(key, self._known, f"Known keys are: {known}"))

    def entries(self) -> Iterator[tuple[str, Keys | None]]:
        """Each key whose value should have entries of its own; None where it hasn't."""
        for key in self._entries.values:
            below = self._entries.below.get(key)
            yield key, Keys(below, self.line(key), self._say) if below else None

    def _take(self, key: str, example: str, required: bool) -> Any:
        self._known.add(key)
        value = self._entries.values.get(key)
        if required and (value is None or value in ("", [])):
            self.fail(key, f'"{key}" is missing', f"Add a line such as: {key}: {example}")
            return None
        return value


def is_slug(text: str) -> bool:
    """True for an id that can also be a file's name."""
    return bool(text) and text.isascii() and text.replace("-", "").isalnum() and text == text.lower() and text[0] != "-"
