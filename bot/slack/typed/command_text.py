"""The text of a slash command: emoji left out, and the people, groups and channels named in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from bot.domain.audience import PeopleSource, SourceKind
from bot.slack.typed.slack_text import PERSON, as_typed, is_emoji, without_emoji

NAME_THEM = "Name the people, each with an @."
_EVERYBODY = re.compile(
    r"<!(here|channel|everyone)(?:\|[^>]*)?>|(?<![\w.@])@(here|channel|everyone|everybody|all|team|group|staff)\b(?![-.]\w)",
    re.IGNORECASE,
)
_GROUP = re.compile(r"<!subteam\^([A-Z0-9]+)(?:\|@?([^>]*))?>")
_CHANNEL = re.compile(r"<#([A-Z0-9]+)(?:\|([^>]*))?>")
_UNKNOWN_CHANNEL = re.compile(r"(?<![\w&#<])#(?!\d+\b)([\w-]+)")
_PASTED = re.compile(r"(?<![\w<@|/.-])[UW](?=[A-Z]*[0-9])[A-Z0-9]{5,}(?![\w|>/.-])")
"""A member's id as a list of them has it, without brackets."""
"""Older private channels have ids that begin with G."""
_MAIL = re.compile(r"<mailto:([^|>]+)(?:\|[^>]*)?>|(?<![\w.+-])([\w.+-]+@[\w-]+\.[\w-]+(?:\.[\w-]+)*)")
_NUMBERED = re.compile(r"(?:(?<=^)|(?<=[\s,;]))\(?\d{1,2}[.)]\s*(?=[^\w\s]*<@)")
_WHOSE = re.compile(rf"({PERSON.pattern})['’]s?\b")
_DIRECTIONS = dict.fromkeys((0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF))
_AN_HOUR = re.compile(r"(\d{1,2}:\d{2}(?!\d))")
_ARROWS = re.compile(":arrow_right:|[➔➜➝➞➡]")
_PART_OF_EMOJI = frozenset("\u200d\u20e3\ufe0e\ufe0f")


def plain(text: str) -> str:
    """Return the text without its emoji, as names or as characters; people, channels and links stay as Slack wraps
    them.

    An arrow stands between two days, and the colons of 8:30 belong to no emoji.
    """
    parts = _AN_HOUR.split(_ARROWS.sub("→", text))
    return "".join(part if n % 2 else _no_signs(without_emoji(part)) for n, part in enumerate(parts)).strip()


def _no_signs(text: str) -> str:
    return "".join(" " if is_emoji(sign) else sign for sign in text if sign not in _PART_OF_EMOJI)


def typed(text: str) -> str:
    """Return the text as it was typed, without emoji; people stay as Slack wraps them."""
    return as_typed(plain(text))


def shown(text: str) -> str:
    """Return the text as it can be quoted in an answer: people with their @."""
    return as_typed(re.sub(r"<@(\w+)(?:\|([^>]*))?>", lambda found: f"@{found[2] or found[1]}", plain(text)))


def people_in(text: str) -> tuple[tuple[str, ...], str]:
    """Return (the ids of the people named, each once; the other words, without the numbers of a list)."""
    beside = PERSON.sub(" ", _WHOSE.sub(" ", _NUMBERED.sub(" ", text)))
    # Slack puts marks of direction around names
    left = typed(beside).translate(_DIRECTIONS)
    named = [*PERSON.findall(text), *_PASTED.findall(left)]
    return tuple(dict.fromkeys(named)), _PASTED.sub(" ", left)


def sources_in(text: str, title: str = "") -> tuple[tuple[PeopleSource, ...], str]:
    """Return (the user groups and channels named, each once; the other words). `title`: a track's, which may have a
    channel's name in it.
    """
    found: list[PeopleSource] = []

    def taken(kind: SourceKind, match: re.Match[str]) -> str:
        if kind is SourceKind.CHANNEL and match[2] and f"#{match[2]}".casefold() in title.casefold():
            return match[0]
        found.append(PeopleSource(kind, match[1], match[2] or ""))
        return " "

    left = _GROUP.sub(partial(taken, SourceKind.GROUP), text)
    left = _CHANNEL.sub(partial(taken, SourceKind.CHANNEL), left)
    return tuple(dict.fromkeys(found)), left


def names_somebody(text: str) -> bool:
    """Return True where people are meant, even if they can't be identified."""
    named = (PERSON, _GROUP, _CHANNEL, _UNKNOWN_CHANNEL)
    return "@" in text or any(pattern.search(text) for pattern in named) or bool(no_person(text))


def no_person(text: str) -> str:
    """Return the problem with an address or @everyone in the place of people; "" if there is none."""
    if found := _EVERYBODY.search(text):
        return not_by_name(f"@{found[1] or found[2]}")
    if found := _MAIL.search(text):
        return f"I can't look people up by e-mail address ({found[1] or found[2]}). {NAME_THEM}"
    return ""


def not_by_name(word: str) -> str:
    """Return the problem with a word such as @here or *everyone*, which names no person."""
    return f"{word} isn't a person, and I only assign to people by name. {NAME_THEM}"


def no_channel(text: str) -> str:
    """Return the problem with a channel that Slack didn't recognise, where one is named; else ""."""
    if not (found := _UNKNOWN_CHANNEL.search(text)):
        return ""
    return f"I don't know the channel #{found[1]}. Pick it from the list that opens as you type it. {NAME_THEM}"


def no_sources(sources: Sequence[PeopleSource]) -> str:
    """Return that a group or channel is nobody to ask about alone."""
    sign = {SourceKind.GROUP: "@", SourceKind.CHANNEL: "#"}
    named = ", ".join(f"{sign[each.kind]}{each.name or each.source_id}" for each in sources)
    return f"{named} can be assigned a track, and a track removed; this needs people. {NAME_THEM}"
