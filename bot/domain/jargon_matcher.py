"""The names of terms found in a text: whole words, longest first, in one pass over the text. Pure.

A text has few words and a glossary many names, so that the words are looked up among the names and not the names in the
text: the time grows with the text alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

_WORD = re.compile(r"[^\W_]+")
_JOINED = re.compile(r"\s?[-\u2010-\u2015/_.;&+'\u2019@#]?\s?")
"""The signs that may stand between two words of one name; a point or semicolon with a space behind it ends a clause."""
_CLAUSE = re.compile(r"[.;]\s|\s[-\u2010-\u2015/&+@#]\s")
NEAR = 30
SUBJECT = frozenset({
    "instagram", "insta", "linkedin", "tiktok", "facebook", "youtube", "twitter", "bluesky", "snapchat", "pinterest",
    "reddit", "influencer", "influencers", "creator", "creators", "followers", "hashtag", "hashtags", "ad", "ads",
    "campaign", "campaigns", "seo", "likes",
})  # fmt: skip
"""Words that show that a text speaks of social media or advertising."""
JOINED_FROM = 8
"""Letters from which a name of several words is also known written as one, as in a hashtag."""


@dataclass(frozen=True, kw_only=True)
class Name:
    """A name of a term, and what keeps it from meaning it. `in_capitals`: it does only when it is written so."""

    text: str
    term_id: str
    in_capitals: bool = False
    unless_beside: frozenset[str] = frozenset()
    """Words without capitals: right before or after it, one of them makes it an everyday word."""
    everyday: bool = False
    """It is an everyday word too: it counts only in a text that speaks of the subject anyway."""
    unless_near: frozenset[str] = frozenset()
    """The same for words up to `NEAR` words away, which show that another trade is speaking."""


@dataclass(frozen=True)
class Found:
    """A term that a text names, and the name as the glossary has it, without capitals and signs."""

    term_id: str
    name: str


class JargonMatcher:
    """A matcher of the names of all terms of a catalogue."""

    def __init__(self, names: Iterable[Name]) -> None:
        self._names: dict[tuple[str, ...], Name] = {}
        self._longest: dict[str, int] = {}
        """The most words of a name that begins with a word."""
        listed = list(names)
        # a name itself comes before the plural of another
        for forms in (_forms, _plurals):
            for name in listed:
                for form in forms(_words(name.text)):
                    self._names.setdefault(form, name)
                    self._longest[form[0]] = max(self._longest.get(form[0], 0), len(form))

    def find(self, text: str) -> list[Found]:
        """Return the terms that a text names, each once, in the order in which they come.

        Singular and plural, with # before it, and a name of several words written as one are found. A shorter name
        inside a longer one (*reach* in *organic reach*) doesn't count by itself.
        """
        text = unicodedata.normalize("NFKC", text)
        shouts = not any(map(str.islower, text))
        shown = list(_WORD.finditer(text))
        words = [word[0].casefold() for word in shown]
        found, unsure, after = dict[str, Found](), set[str](), 0
        speaks = not SUBJECT.isdisjoint(words)
        for at, word in enumerate(words):
            most = self._longest.get(word, 0)
            if at < after or not most:
                continue
            name, length = self._at(words[at : at + most], shown[at : at + most], text, shouts=shouts)
            if name is not None and not _means_something_else(name, words, at, at + length):
                found.setdefault(name.term_id, Found(name.term_id, " ".join(_words(name.text))))
                after = at + length
                if name.everyday:
                    unsure.add(name.term_id)
                else:
                    speaks = True
        # two of them explain each other: CAC and LTV stand in one message for one reason
        speaks = speaks or len(unsure) > 1
        return [each for each in found.values() if speaks or each.term_id not in unsure]

    def _at(
        self, words: Sequence[str], shown: Sequence[re.Match[str]], text: str, *, shouts: bool
    ) -> tuple[Name | None, int]:
        """Return the longest name that these words begin with, and its number of words."""
        for length in range(len(words), 0, -1):
            name = self._names.get(tuple(words[:length]))
            if name is None or not all(_may_join(text[a.end() : b.start()]) for a, b in pairwise(shown[:length])):
                continue
            as_shown = "".join(word[0] for word in shown[:length]).removesuffix("s")
            if not name.in_capitals or (as_shown.isupper() and not shouts):
                return name, length
        return None, 0


def _means_something_else(name: Name, words: Sequence[str], start: int, end: int) -> bool:
    """Return True where the words around a name show that it isn't meant."""
    beside = {*words[max(0, start - 1) : start], *words[end : end + 1]}
    near = [*words[max(0, start - NEAR) : start], *words[end : end + NEAR]] if name.unless_near else ()
    return not name.unless_beside.isdisjoint(beside) or not name.unless_near.isdisjoint(near)


def _words(name: str) -> tuple[str, ...]:
    return tuple(word.casefold() for word in _WORD.findall(unicodedata.normalize("NFKC", name)))


def _forms(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield a name as its words, and written as one."""
    joined = "".join(words)
    # a single letter is no name
    if len(joined) > 1:
        yield words
    if len(words) > 1 and len(joined) >= JOINED_FROM:
        yield (joined,)


def _plurals(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for *before, last in _forms(words):
        yield (*before, f"{last}s")
        yield (*before, f"{last}es")
        if last.endswith("y"):
            yield (*before, f"{last[:-1]}ies")


def _may_join(between: str) -> bool:
    """Return True for what may stand between two words of one name: a space, a sign, or nothing."""
    return between == " " or (_JOINED.fullmatch(between) is not None and not _CLAUSE.fullmatch(between))
