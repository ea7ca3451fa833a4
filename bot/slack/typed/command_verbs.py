"""The verb of a slash command, also misspelt, behind politeness or a person, or replaced by a synonym."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz, process

from bot.domain import vocabulary as w
from bot.domain.typed_dates import bare
from bot.slack.typed.command_text import names_somebody
from bot.slack.typed.slack_text import PERSON
from bot.slack.typed.word_lists import words

ABOUT = frozenset({"add", "report"})
"""Verbs that change nothing without a person, and that a whole sentence may be about."""
_HEAD = re.compile(r"\W*(\w+)(?:[^\w\s<@#\"“„«]+|(?=[<@#\"“„«]))(.*)", re.DOTALL)


def verb_of(text: str, verbs: Sequence[str]) -> tuple[str, str, str]:
    """Return (the verb, the rest, the nearest verb): the verb is "" when the first word isn't one. "Help?" is help.

    "pause—until monday" is a verb and the rest, too.
    """
    first, *rest = text.split(maxsplit=1)[:2] if text.strip() else [""]
    left = rest[0].strip() if rest else ""
    word = bare(first)
    if not word:
        return "", left, ""
    if verb := _verb(word, verbs):
        return verb, left, ""
    if (head := _HEAD.fullmatch(first)) and (verb := _verb(bare(head[1]), verbs)):
        return verb, f"{head[2]} {left}".strip(), ""
    return "", left, nearest(word, verbs) if word[0].isalnum() else ""


def _verb(word: str, verbs: Sequence[str]) -> str:
    if word in verbs:
        return word
    meant = words().other_verbs.get(word, word)
    return meant if meant in verbs else ""


def without_command(command: str, text: str) -> str:
    """Strip the command where it was typed twice: "/learn pause" after `/learn`."""
    first, _, rest = text.partition(" ")
    return rest.strip() if rest and first.lower().lstrip("/") == command.lstrip("/") else text


def later_verb(text: str, verbs: Sequence[str], people: bool) -> tuple[str, str]:
    """Return (the verb, the rest) behind politeness, or behind `people`; the verb is "" behind anything else."""
    words = text.split()
    first = next((n for n, word in enumerate(words) if not _before_a_verb(word, people)), len(words))
    verb, rest, _ = verb_of(" ".join(words[first:]), verbs)
    named = [word for word in words[:first] if PERSON.search(word)]
    return verb, " ".join([*named, rest])


def _before_a_verb(word: str, people: bool) -> bool:
    if PERSON.search(word):
        return people
    said = bare(word)
    return said in w.BEFORE_A_VERB or not any(map(str.isalnum, said))


def about(text: str, verbs: Sequence[str]) -> str:
    """Return the verb that a question is about, such as "how do I add our own lesson?"; "" if there is none."""
    if names_somebody(text):
        return ""
    meant = (words().other_verbs.get(word, word) for word in map(bare, text.split()))
    return next((verb for verb in meant if verb in ABOUT and verb in verbs), "")


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word most like this one; "" if none is like it."""
    found = process.extractOne(word.lower(), list(known), scorer=fuzz.ratio, score_cutoff=55)
    return str(found[0]) if found else ""
