"""The names of terms found in a text: whole words, longest first, in one pass over the text. Pure.

A text has few words and a glossary many names, so that the words are looked up among the names and not the names in the
text: the time grows with the text alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

_WORD = re.compile(r"[^\W_]+")
_JOINED = re.compile(r"\s?[-\u2010-\u2015/_.;&+'\u2019@#]?\s?")
"""The signs that may stand between two words of one name; a point or semicolon with a space behind it ends a clause."""
_CLAUSE = re.compile(r"[.;]\s|\s[-\u2010-\u2015/&+@#]\s")
JOINED_FROM = 8
"""Letters from which a name of several words is also known written as one, as in a hashtag."""


@dataclass(frozen=True)
class Name:
    """A name of a term. `in_capitals`: it means the term only when it is written so."""

    text: str
    term_id: str
    in_capitals: bool = False


@dataclass(frozen=True)
class Found:
    """A term that a text names, and the name as the glossary has it, without capitals and signs."""

    term_id: str
    name: str


@dataclass(frozen=True)
class _Word:
    plain: str
    """Without capitals and accents that only look different."""
    shown: str
    start: int
    end: int


class JargonMatcher:
    """A matcher of the names of all terms of a catalogue."""

    def __init__(self, names: Iterable[Name]) -> None:
        self._names: dict[tuple[str, ...], Name] = {}
        self._longest: dict[str, int] = {}
        """The most words of a name that begins with a word."""
        for name in names:
            words = tuple(word.plain for word in _words(name.text))
            for form in _forms(words):
                self._names.setdefault(form, name)
                self._longest[form[0]] = max(self._longest.get(form[0], 0), len(form))

    def find(self, text: str) -> list[Found]:
        """Return the terms that a text names, each once, in the order in which they come.

        A shorter name inside a longer one (*reach* in *organic reach*) doesn't count by itself.
        """
        words, found, at = list(_words(text)), dict[str, Found](), 0
        shouts = not any(sign.islower() for sign in text)
        while at < len(words):
            taken = self._at(words, at, text, shouts=shouts)
            if taken is None:
                at += 1
                continue
            name, length = taken
            said = " ".join(word.plain for word in _words(name.text))
            found.setdefault(name.term_id, Found(name.term_id, said))
            at += length
        return list(found.values())

    def _at(self, words: Sequence[_Word], at: int, text: str, *, shouts: bool) -> tuple[Name, int] | None:
        """Return the longest name that begins at a word, and its number of words."""
        first = words[at].plain
        most = max(self._longest.get(form, 0) for form in (first, *_singulars(first)))
        for length in range(min(most, len(words) - at), 0, -1):
            part = words[at : at + length]
            if length > 1 and not all(_may_join(text[a.end : b.start]) for a, b in zip(part, part[1:], strict=False)):
                continue
            name = self._named([word.plain for word in part])
            if name is None:
                continue
            as_shown = "".join(word.shown for word in part).removesuffix("s")
            if name.in_capitals and (shouts or not as_shown.isupper()):
                continue
            return name, length
        return None

    def _named(self, words: Sequence[str]) -> Name | None:
        *before, last = words
        for form in (last, *_singulars(last)):
            if name := self._names.get((*before, form)):
                return name
        return None


def _words(text: str) -> Iterator[_Word]:
    for found in _WORD.finditer(unicodedata.normalize("NFKC", text)):
        yield _Word(found[0].casefold(), found[0], found.start(), found.end())


def _forms(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield a name as its words, and written as one."""
    joined = "".join(words)
    # a single letter is no name
    if len(joined) > 1:
        yield words
    if len(words) > 1 and len(joined) >= JOINED_FROM:
        yield (joined,)


def _singulars(word: str) -> Iterator[str]:
    if word.endswith("ies"):
        yield word[:-3] + "y"
    if word.endswith("es"):
        yield word[:-2]
    if word.endswith("s"):
        yield word[:-1]


def _may_join(between: str) -> bool:
    """Return True for what may stand between two words of one name: a space, a sign, or nothing."""
    return _JOINED.fullmatch(between) is not None and not _CLAUSE.fullmatch(between)
