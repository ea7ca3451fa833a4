"""Typed text normalised to words: without punctuation and capitals, short forms spelled out, misspellings corrected."""

from __future__ import annotations

import re

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.domain.typed_dates import composed
from bot.slack.typed.slack_text import EMOJI, is_emoji
from bot.slack.typed.word_lists import SLIP_FROM, WORD, Words

CLAUSE = re.compile(r"[,.;:!?\n]+")


def emoji_in(text: str, lists: Words) -> list[str]:
    """Return the names of the emoji in a text, which are written as names or as characters."""
    return EMOJI.findall(text) + [lists.signs[sign] for sign in text if sign in lists.signs]


def has_emoji(text: str) -> bool:
    """Return True for a text with an emoji, as a name or as a character."""
    return bool(EMOJI.search(text)) or any(map(is_emoji, text))


def spoken(text: str, lists: Words) -> list[str]:
    """Return the words of a text without punctuation, capitals and emoji, short forms spelled out."""
    plain = composed(EMOJI.sub(" ", text)).casefold()
    said = WORD.findall(plain.replace("'", ""))
    return [word for each in said for word in lists.same.get(each, each).split()]


def trimmed(said: list[str], lists: Words) -> list[str]:
    """Strip the politeness at either end."""
    first, last = 0, len(said)
    while first < last and said[first] in lists.polite:
        first += 1
    while last > first and (said[last - 1] in lists.polite or said[last - 2 : last] == ["thank", "you"]):
        last -= 1
    return said[first:last]


def ungreeted(said: list[str], lists: Words) -> list[str]:
    """Strip *good morning* in front of something else: it names no time of day."""
    greeted = said[:1] == ["good"] and said[1:2] and said[1] in lists.whole["greeting"]
    return said[2:] if greeted and len(said) > 2 else said


def corrected(said: list[str], lists: Words) -> list[str]:
    """Correct misspellings of longer words to words that phrases are made of."""
    return [_corrected(word, lists) for word in said]


def _corrected(word: str, lists: Words) -> str:
    if len(word) < SLIP_FROM or word in lists.known or word in lists.subjects or word in lists.others:
        return word
    most = 1 if len(word) < 9 else 2
    near = process.extractOne(word, sorted(lists.known), scorer=OSA.distance, score_cutoff=most)
    # a misspelt word seldom begins with another letter, and another ending is another word
    return str(near[0]) if near and near[0][0] == word[0] and near[0][-1] == word[-1] else word
