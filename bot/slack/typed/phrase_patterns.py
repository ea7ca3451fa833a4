"""Regular expressions made of a word list's phrases, which are written as the head of `words/en.yaml` says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_GAP = r"(?:\S+ ){0,4}?"
_TOPIC, _LAST_TOPIC = r"((?:\S+ ){1,4}?)", r"((?:\S+ ){1,6})"
"""The words at `??`: up to those that follow it in the phrase, or all that are left."""


def any_of(phrases: Iterable[str], lists: Mapping[str, str]) -> re.Pattern[str]:
    """Return the pattern that finds any of some phrases. `lists`: the alternatives that stand for `<name>`."""
    return re.compile("|".join(_source(phrase, lists) for phrase in phrases))


def _source(phrase: str, lists: Mapping[str, str]) -> str:
    for name, members in lists.items():
        phrase = phrase.replace(f"<{name}>", members)
    made = "(?:^| )"
    for part in phrase.split():
        if part == "^":
            made = "^"
        elif part == "$":
            made += "$"
        elif part == "..":
            made += _GAP
        elif part == "??":
            made += _LAST_TOPIC if phrase.endswith("??") else _TOPIC
        elif part.startswith("!"):
            made += f"(?!(?:{part[1:]}) )"
        else:
            either = "|".join("$" if w == "$" else f"{re.escape(w)} " for w in part.rstrip("?").split("|"))
            made += f"(?:{either})" + ("?" if part.endswith("?") else "")
    return made
