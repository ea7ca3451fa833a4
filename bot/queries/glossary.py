"""Look-ups of terms: by name, by another name, in the plural, or with a typing error."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

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
    return looked_up(catalogue, asked) or ExplainView(asked=asked[:60], term=None, nearest=_nearest(catalogue, asked))


def looked_up(catalogue: Catalogue, asked: str) -> ExplainView | None:
    """Return the term that this names; None if it names none."""
    index = catalogue.derived(_index)
    if normal(asked) in index.exact:
        return ExplainView(asked=asked, term=index.exact[normal(asked)])
    word = _key(asked)
    for candidate in _singulars(word):
        if candidate in index.keys:
            return ExplainView(asked=asked, term=index.keys[candidate])
    near = _misspelt(word, index.keys)
    return ExplainView(asked=asked, term=near[0], guessed=True) if len(near) == 1 else None


def _misspelt(word: str, names: Mapping[str, Term]) -> list[Term]:
    """Return the terms that this names with as many typing errors as a word of its length may have."""
    slips = 0 if len(word) < SLIP_FROM else 1 if len(word) < TWO_SLIPS_FROM else 2
    # a typing error in a plural is also one in its singular
    forms = [form for form in _singulars(word) if len(form) >= SLIP_FROM]
    near = {
        term.id: term
        for name, term in names.items()
        if any(OSA.distance(form, name, score_cutoff=slips) <= slips for form in forms)
    }
    return list(near.values())


def _nearest(catalogue: Catalogue, asked: str) -> tuple[TermLine, ...]:
    word, words = _key(asked), {w for w in words_in(asked) if len(w) >= SLIP_FROM}
    scored = [
        (max(_likeness(word, words, name) for name in names), term) for term, names in catalogue.derived(_index).names
    ]
    best = sorted((each for each in scored if each[0] >= NEAR_ENOUGH), key=lambda each: -each[0])[:NEAREST]
    return tuple(TermLine(term.id, term.term) for _, term in best)


def _likeness(word: str, words: set[str], name: _Name) -> float:
    """Return the similarity of two names, 0 to 100: similar spelling, or a shared word of some length."""
    return 100.0 if words & name.words else fuzz.ratio(word, name.key)


@dataclass(frozen=True)
class _Name:
    """A term's name in the forms in which it is compared."""

    normal: str
    key: str
    words: frozenset[str]


@dataclass(frozen=True)
class _Index:
    """The terms of a catalogue by their names, made once since names are compared with every message."""

    exact: Mapping[str, Term]
    keys: Mapping[str, Term]
    names: Sequence[tuple[Term, Sequence[_Name]]]


def _index(catalogue: Catalogue) -> _Index:
    names = [(term, [_shapes(name) for name in term.every_name]) for term in catalogue.terms]
    every = [(name, term) for term, its_names in names for name in its_names]
    return _Index(
        {name.normal: term for name, term in every}, {name.key: term for name, term in every if name.key}, names
    )


def _shapes(name: str) -> _Name:
    return _Name(normal(name), _key(name), frozenset(words_in(name)))


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
