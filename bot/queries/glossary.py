"""Look-ups of terms: by name, by another name, in the plural, or with a typing error."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from bot.domain.content import Catalogue, Term
from bot.domain.typed_dates import normal
from bot.view_models import ExplainView, TermLine

SLIP_FROM = 4
"""The length from which words may have a typing error. In shorter ones, one other letter makes another word."""
TWO_SLIPS_FROM = 9
NEAREST = 3
NEAR_ENOUGH = 70
"""The least similarity by rapidfuzz's ratio, 0 to 100. Below it, the nearest words are unrelated."""


def explain(catalogue: Catalogue, asked: str) -> ExplainView:
    """Return the term, or the three nearest. Nothing of what was asked is stored."""
    exact = {name.normal: term for term in catalogue.terms for name in _names(term)}
    if normal(asked) in exact:
        return ExplainView(asked=asked, term=exact[normal(asked)])
    word = _key(asked)
    names = {name.key: term for term in catalogue.terms for name in _names(term) if name.key}
    for candidate in _singulars(word):
        if candidate in names:
            return ExplainView(asked=asked, term=names[candidate])
    slips = 0 if len(word) < SLIP_FROM else 1 if len(word) < TWO_SLIPS_FROM else 2
    near = {
        names[name].id: names[name]
        for name in names
        # a typing error in a plural is also one in its singular
        if any(OSA.distance(form, name) <= slips for form in _singulars(word) if len(form) >= SLIP_FROM)
    }
    if slips and len(near) == 1:
        return ExplainView(asked=asked, term=next(iter(near.values())), guessed=True)
    return ExplainView(asked=asked[:60], term=None, nearest=_nearest(catalogue, asked))


def _nearest(catalogue: Catalogue, asked: str) -> tuple[TermLine, ...]:
    scored: dict[Term, float] = {}
    word, words = _key(asked), {w for w in words_in(asked) if len(w) >= SLIP_FROM}
    for term in catalogue.terms:
        likeness = max(_likeness(word, words, name) for name in _names(term))
        if likeness >= NEAR_ENOUGH:
            scored[term] = likeness
    best = sorted(scored, key=lambda term: -scored[term])[:NEAREST]
    return tuple(TermLine(term.id, term.term) for term in best)


def _likeness(word: str, words: set[str], name: _Name) -> float:
    """Return the similarity of two names, 0 to 100: similar spelling, or a shared word of some length."""
    return 100.0 if words & name.words else fuzz.ratio(word, name.key)


@dataclass(frozen=True)
class _Name:
    """A term's name in the forms in which it is compared."""

    normal: str
    key: str
    words: frozenset[str]


@lru_cache(4096)
def _shapes(name: str) -> _Name:
    """Return the forms of a name, cached since names are compared with every message. Typed text is never cached."""
    return _Name(normal(name), _key(name), frozenset(words_in(name)))


def _names(term: Term) -> tuple[_Name, ...]:
    return tuple(_shapes(name) for name in term.every_name)


def _key(text: str) -> str:
    return "".join(sign for sign in normal(text) if sign.isalnum())


def _singulars(word: str) -> Iterator[str]:
    yield word
    if word.endswith("ies"):
        yield word[:-3] + "y"
    if word.endswith("es"):
        yield word[:-2]
    if word.endswith("s"):
        yield word[:-1]


def terms_in(catalogue: Catalogue, text: str) -> list[tuple[Term, str]]:
    """Return the known terms in a text, in order, each once, with the name found. Nothing is guessed: see
    `JargonMatcher`.
    """
    terms = {term.id: term for term in catalogue.terms}
    return [(terms[found.term_id], found.name) for found in catalogue.matcher.find(text)]


def words_in(text: str) -> list[str]:
    """Return the words of a text, without punctuation and capitals."""
    return "".join(sign if sign.isalnum() else " " for sign in normal(text)).split()


def examples(catalogue: Catalogue) -> tuple[str, ...]:
    """Return example terms: the first that tracks explain."""
    taught = [catalogue.items.get(item_id) for track in catalogue.tracks.values() for item_id in track.items]
    terms = [item for item in taught if isinstance(item, Term)] or list(catalogue.terms)
    return tuple(term.term for term in terms[:NEAREST])
