"""Terms whose meaning is asked for: quoted, between the words that ask, or two to be told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.content import Catalogue, Term
from bot.domain.intents import Intent, Meaning
from bot.queries.glossary import explain, terms_in
from bot.slack.typed.phrases import CLAUSE, spoken, trimmed
from bot.slack.typed.word_lists import Words, words

QUOTED = re.compile(r"[\"“”„«]([^\"“”„«»]{2,30})[\"“”»]|(?<!\w)['‘]([^'‘’]{2,30})['’](?!\w)")
ACRONYM = 6
"""Letters of the longest acronym."""
MOST_WORDS = 3
"""Words of the longest term that is asked for."""
TWO = 2


def meaning_of(text: str, catalogue: Catalogue, lists: Words) -> Intent | None:
    """Return the term of *What does CTR mean?*, or those most like it. Words that may ask for something else too
    count only where a term is found.
    """
    both = [term.id for term, _ in terms_in(catalogue, text)]
    if len(both) == TWO and lists.apart.intersection(spoken(text, lists)):
        return Intent(meaning=Meaning.TERMS, terms=tuple(both))
    for sure, asked in _asked_for(text, lists):
        found = explain(catalogue, asked)
        inside = [found.term] if found.term else [term for term, _ in terms_in(catalogue, asked)]
        if inside:
            return Intent(meaning=Meaning.TERM, terms=(inside[0].id,))
        if sure and not lists.common.intersection(asked.split()):
            return Intent(meaning=Meaning.NO_TERM, terms=tuple(line.term_id for line in found.nearest))
    return None


def weakly_asked(text: str, catalogue: Catalogue, lists: Words) -> Intent | None:
    """Return the terms most like the one in *What is doomscrolling?*, a question in which nothing else was found."""
    for _, asked in _asked_for(text, lists):
        if not lists.common.intersection(asked.split()):
            nearest = explain(catalogue, asked).nearest
            return Intent(meaning=Meaning.NO_TERM, terms=tuple(line.term_id for line in nearest))
    return None


def term_asked_for(text: str, catalogue: Catalogue) -> Term | None:
    """Return the term of *what is fomo?* after a command that takes nothing but terms; None unless there is exactly
    one.
    """
    inside = [term for term, _ in terms_in(catalogue, text)]
    if not inside:
        asked = meaning_of(text, catalogue, words())
        inside = [t for t in catalogue.terms if asked and asked.meaning == Meaning.TERM and t.id in asked.terms]
    return inside[0] if len(inside) == 1 else None


def _asked_for(text: str, lists: Words) -> Iterator[tuple[bool, str]]:
    """Yield (whether nothing else can be meant, the words whose meaning may be asked for)."""
    quoted = {(first or second).casefold() for first, second in QUOTED.findall(text)}
    if lists.of_meanings.intersection(spoken(text, lists)):
        yield from ((True, asked) for asked in sorted(quoted))
    for clause in CLAUSE.split(text):
        line = " ".join(trimmed(spoken(clause, lists), lists)) + " "
        if lists.disputes.search(line):
            continue
        for sure, patterns in ((True, lists.meanings), (False, lists.definitions)):
            for found in filter(None, (p.search(line) for p in patterns)):
                asked = _cut(found[1].split(), lists)
                if asked and len(asked) <= MOST_WORDS and not lists.fillers.issuperset(asked):
                    acronym = len(asked) == 1 and asked[0].upper() in text and len(asked[0]) <= ACRONYM
                    yield sure or acronym or " ".join(asked) in quoted, " ".join(asked)


def _cut(asked: list[str], lists: Words) -> list[str]:
    """Strip articles before a term, and the words behind it."""
    while asked and asked[0] in lists.articles:
        asked = asked[1:]
    end = next((n for n, word in enumerate(asked) if word in lists.ends_a_term), len(asked))
    return asked[:end]
