"""Front matter: the entries at the top of a file, each parsed as its key requires."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import Any

from bot.content.problem import ProblemReporter, did_you_mean
from bot.content.visible_markup import in_plain_text
from bot.content.yaml_reader import Entries

YES, NO = {"yes", "true", "on", "y"}, {"no", "false", "off", "n"}
_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


class Keys:
    """The keys of a mapping, taken one by one. It reports what is wrong with each, and at the end any unknown key."""

    def __init__(self, entries: Entries, first_line: int, reporter: ProblemReporter) -> None:
        self._entries, self._first, self._reporter = entries, first_line, reporter
        self._known: set[str] = set()
        self.sound = True

    def line(self, key: str) -> int:
        """Return the line of a key, or of the mapping if the key is missing."""
        return self._entries.lines.get(key, self._first)

    def fail(self, key: str, problem: str, remedy: str) -> None:
        """Report a problem with a key."""
        self.sound = False
        self._reporter.problem(self.line(key), problem, remedy)

    def text(self, key: str, example: str, *, required: bool = True, most: int = 3_000, shown: bool = True) -> str:
        """Return a text; "" if it is missing. `shown`: Slack shows it literally, so Markdown in it is reported."""
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
                self._reporter.warn(
                    self.line(key), f'"{key}" is shown as it is written, with {what}', "Take the signs out"
                )
        return text

    def slug(self, key: str, example: str) -> str:
        """Return an id: lower-case letters, digits and hyphens."""
        value = self.text(key, example, most=80, shown=False)
        if value and not is_slug(value):
            self.fail(
                key, f'the id "{value}" has other signs than a-z, 0-9 and hyphens', f"For example: {key}: {example}"
            )
            return ""
        return value

    def texts(self, key: str, example: str, *, required: bool = False) -> tuple[str, ...]:
        """Return a list of texts."""
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
        """Return a yes or no; no if it is missing."""
        value = self._take(key, "yes", required=False)
        if value is None or value == "":
            return False
        if not isinstance(value, str) or value.lower() not in YES | NO:
            self.fail(key, f'"{key}" should be yes or no', f"For example: {key}: yes")
            return False
        return value.lower() in YES

    def day(self, key: str) -> date | None:
        """Return a date; None if it is missing."""
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
        """Report every key that wasn't taken as unknown."""
        for key in self._entries.values:
            if key not in self._known:
                known = ", ".join(sorted(self._known))
                self.fail(key, f'unknown key "{key}"', did_you_mean(key, self._known, f"Known keys are: {known}"))

    def entries(self) -> Iterator[tuple[str, Keys | None]]:
        """Yield each key with the entries below it; None if its value has none."""
        for key in self._entries.values:
            below = self._entries.below.get(key)
            yield key, Keys(below, self.line(key), self._reporter) if below else None

    def _take(self, key: str, example: str, required: bool) -> Any:
        self._known.add(key)
        value = self._entries.values.get(key)
        if required and (value is None or value in ("", [])):
            self.fail(key, f'"{key}" is missing', f"Add a line such as: {key}: {example}")
            return None
        return value


def is_slug(text: str) -> bool:
    """Return True for an id that can also be a file name."""
    return bool(text) and text.isascii() and text.replace("-", "").isalnum() and text == text.lower() and text[0] != "-"
