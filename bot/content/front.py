"""YAML as editors write it, read safely: no aliases, no tags, not deep, and every key with its line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import yaml

from bot.content.problem import Problem, did_you_mean

DEPTH = 20
FAST = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Eight times as fast, where PyYAML was built with it."""
Say = Callable[[int, str, str], None]


def read_mapping(text: str, first_line: int, say: Say) -> tuple[dict[str, Any], dict[str, int]] | None:
    """A YAML mapping's values and the line of each key; None (and a problem) when it is none.

    Args:
        text: the YAML.
        first_line: the file's line on which it begins.
        say: takes line, problem and remedy.
    """
    try:
        node, values = _read(text, FAST, first_line, _Quietly())
    except (yaml.YAMLError, ValueError, _HarmfulError):
        # once more with the loader whose words are the same everywhere
        node = values = None
    try:
        if node is None:
            node, values = _read(text, yaml.SafeLoader, first_line, say)
    except _HarmfulError:
        return None
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        line = first_line + (mark.line if mark else 0)
        say(
            line,
            f"this isn't valid YAML ({getattr(error, 'problem', None) or error})",
            'Write each entry as "key: value"; put a value that contains a colon or begins with a sign in quotes',
        )
        return None
    if values is None:
        return {}, {}
    if not isinstance(values, dict) or not isinstance(node, yaml.MappingNode):
        say(first_line, "this should be a list of entries", 'Write each entry as "key: value"')
        return None
    lines: dict[str, int] = {}
    for key, _ in node.value:
        name, line = str(key.value), first_line + key.start_mark.line
        if name in lines:
            say(line, f'the key "{name}" stands here twice', "Keep one of them")
        lines.setdefault(name, line)
    return {str(key): value for key, value in values.items()}, lines


class _HarmfulError(Exception):
    """Something that is never read; it was said what."""


class _Quietly:
    def __call__(self, line: int, problem: str, remedy: str) -> None:
        """Say nothing."""


def _read(text: str, kind: Any, first_line: int, say: Say) -> tuple[Any, Any]:
    """The document's node, with the lines of its keys, and its values."""
    if not _harmless(text, kind, first_line, say):
        raise _HarmfulError
    loader = kind(text)
    try:
        node = loader.get_single_node()
        return node, loader.construct_document(node) if node is not None else None
    finally:
        loader.dispose()


def _harmless(text: str, kind: Any, first_line: int, say: Say) -> bool:
    depth = 0
    for event in yaml.parse(text, kind):
        line = first_line + (event.start_mark.line if event.start_mark else 0)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            say(line, "YAML aliases (& and *) aren't used here", "Write the value out, or put it in quotes")
            return False
        if getattr(event, "tag", None):
            say(line, "YAML tags (!) aren't used here", "Remove the tag, or put the value in quotes")
            return False
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEPTH:
            say(line, f"brackets are nested more than {DEPTH} deep", "Keep to simple values and lists")
            return False
    return True


class Keys:
    """Takes keys out of a mapping one by one, says what is wrong with each, and at the end what is left over."""

    def __init__(self, values: dict[str, Any], lines: dict[str, int], first_line: int, say: Say) -> None:
        self._values, self._lines, self._first, self._say = values, lines, first_line, say
        self._known: set[str] = set()
        self.sound = True

    def line(self, key: str) -> int:
        """The line of a key, or of the mapping when the key isn't there."""
        return self._lines.get(key, self._first)

    def fail(self, key: str, problem: str, remedy: str) -> None:
        """Say that something is wrong with a key."""
        self.sound = False
        self._say(self.line(key), problem, remedy)

    def text(self, key: str, example: str, *, required: bool = True, most: int = 3_000) -> str:
        """A text; "" when it is missing."""
        value = self._take(key, example, required)
        if value is None:
            return ""
        if isinstance(value, bool | list | dict):
            self.fail(key, f'"{key}" should be a text', f"For example: {key}: {example}")
            return ""
        text = " ".join(str(value).split())
        if len(text) > most:
            self.fail(key, f'"{key}" has {len(text)} characters, {most} is the most', "Shorten it")
        return text

    def slug(self, key: str, example: str) -> str:
        """An id: lower-case letters, digits and hyphens."""
        value = self.text(key, example, most=80)
        if value and not is_slug(value):
            self.fail(
                key, f'the id "{value}" has other signs than a-z, 0-9 and hyphens', f"For example: {key}: {example}"
            )
            return ""
        return value

    def texts(self, key: str, example: str, *, required: bool = False) -> tuple[str, ...]:
        """A list of texts."""
        value = self._take(key, example, required)
        if value is None:
            return ()
        if not isinstance(value, list) or any(isinstance(v, bool | list | dict | type(None)) for v in value):
            self.fail(key, f'"{key}" should be a list of words', f"For example: {key}: {example}")
            return ()
        return tuple(str(v).strip() for v in value)

    def yes(self, key: str) -> bool:
        """A yes or no; no when it is missing."""
        value = self._take(key, "yes", required=False)
        if value is not None and not isinstance(value, bool):
            self.fail(key, f'"{key}" should be yes or no', f"For example: {key}: yes")
        return value is True

    def day(self, key: str) -> date | None:
        """A date; None when it is missing."""
        value = self._take(key, "2027-06-30", required=False)
        if value is not None and type(value) is not date:
            self.fail(key, f'"{key}" should be a date', f"For example: {key}: 2027-06-30")
            return None
        return value

    def leave_none(self) -> None:
        """Say of every key that nobody took that it is unknown."""
        for key in self._values:
            if key not in self._known:
                known = ", ".join(sorted(self._known))
                self.fail(key, f'unknown key "{key}"', did_you_mean(key, self._known, f"Known keys are: {known}"))

    def _take(self, key: str, example: str, required: bool) -> Any:
        self._known.add(key)
        value = self._values.get(key)
        if required and (value is None or value in ("", [])):
            self.fail(key, f'"{key}" is missing', f"Add a line such as: {key}: {example}")
            return None
        return value


def is_slug(text: str) -> bool:
    """True for an id that can also be a file's name."""
    return bool(text) and text.isascii() and text.replace("-", "").isalnum() and text == text.lower() and text[0] != "-"


def problems_into(file: str, found: list[Problem]) -> Say:
    """A `say` that collects one file's problems."""

    def say(line: int, problem: str, remedy: str) -> None:
        found.append(Problem(file, line, problem, remedy))

    return say
