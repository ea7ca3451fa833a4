"""The limits of the parts of blocks: texts, ids, numbers, options, confirmations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.limits import numbers

Thing = Mapping[str, Any]


@dataclass(frozen=True)
class Violation:
    """A reason why Slack would refuse a message. `path` is a JSON pointer into the payload."""

    path: str
    rule: str

    def __str__(self) -> str:
        return f"{self.rule} [json-pointer:{self.path}]"


def kind_of(thing: object) -> str:
    """Return the type of a block or element; "" if it has none."""
    kind = thing.get("type") if isinstance(thing, Mapping) else None
    return kind if isinstance(kind, str) else ""


def text(thing: object, path: str, most: int, only: str | None = None) -> Iterator[Violation]:
    """Check a text object, which must have the type `only` if that is given."""
    if not isinstance(thing, Mapping) or kind_of(thing) not in {"mrkdwn", "plain_text"}:
        yield Violation(path, "must be a text object")
        return
    if only and thing["type"] != only:
        yield Violation(f"{path}/type", f"must be {only}")
    content = thing.get("text")
    if not isinstance(content, str) or not content:
        yield Violation(f"{path}/text", "must be more than 0 characters")
    elif len(content) > most:
        yield Violation(f"{path}/text", f"must be less than {most + 1} characters")


def plain(thing: Thing, name: str, path: str, most: int, *, required: bool = False) -> Iterator[Violation]:
    """Check a field that is a plain text object."""
    if required or thing.get(name) is not None:
        yield from text(thing.get(name), f"{path}/{name}", most, only="plain_text")


def string(thing: Thing, name: str, path: str, most: int, *, required: bool = False) -> Iterator[Violation]:
    """Check a field that is a string."""
    if required or name in thing:
        yield from longest(thing.get(name), f"{path}/{name}", most)


def longest(value: object, path: str, most: int) -> Iterator[Violation]:
    """Check that a value is a string of at most `most` characters."""
    if not isinstance(value, str):
        yield Violation(path, "must be a string")
    elif len(value) > most:
        yield Violation(path, f"must be less than {most + 1} characters")


def identifier(thing: Thing, name: str, path: str) -> Iterator[Violation]:
    """Check an optional id."""
    yield from string(thing, name, path, numbers.IDENTIFIER)


def whole(thing: Thing, name: str, path: str, least: int, most: int) -> Iterator[Violation]:
    """Check an optional number."""
    value = thing.get(name, least)
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        yield Violation(f"{path}/{name}", f"must be a number from {least} to {most}")


def flag(thing: Thing, name: str, path: str) -> Iterator[Violation]:
    """Check an optional boolean."""
    if not isinstance(thing.get(name, False), bool):
        yield Violation(f"{path}/{name}", "must be a boolean")


def array(thing: Thing, name: str, path: str, most: int) -> tuple[list[Any], list[Violation]]:
    """Check that a list isn't empty or too long; return it with the violations."""
    found = thing.get(name)
    if not isinstance(found, list) or not found:
        return [], [Violation(f"{path}/{name}", "must be an array of at least one item")]
    if len(found) > most:
        return found, [Violation(f"{path}/{name}", f"no more than {most} items allowed")]
    return found, []


def confirm(thing: object, path: str) -> Iterator[Violation]:
    """Check a confirmation dialog, which Slack shows before a tap counts."""
    if not isinstance(thing, Mapping):
        yield Violation(path, "must be an object")
        return
    yield from plain(thing, "title", path, numbers.CONFIRM_TITLE, required=True)
    yield from text(thing.get("text"), f"{path}/text", numbers.CONFIRM_TEXT)
    yield from plain(thing, "confirm", path, numbers.CONFIRM_BUTTON, required=True)
    yield from plain(thing, "deny", path, numbers.CONFIRM_BUTTON, required=True)
    yield from style(thing, path)


def style(thing: Thing, path: str) -> Iterator[Violation]:
    """Check the style of a button, of which Slack has two."""
    if thing.get("style", "primary") not in ("primary", "danger"):
        yield Violation(f"{path}/style", "style must be primary or danger")


def option(thing: object, path: str, *, marked: bool) -> Iterator[Violation]:
    """Check one option. `marked`: its text may be mrkdwn."""
    if not isinstance(thing, Mapping):
        yield Violation(path, "must be an object")
        return
    only = None if marked else "plain_text"
    yield from text(thing.get("text"), f"{path}/text", numbers.OPTION_TEXT, only=only)
    yield from longest(thing.get("value"), f"{path}/value", numbers.OPTION_VALUE)
    if "description" in thing:
        yield from text(thing["description"], f"{path}/description", numbers.OPTION_DESCRIPTION, only=only)
    yield from string(thing, "url", path, numbers.URL)
