"""Guesses at typed text in which no phrase was found: by the nearest examples, the catalogue's subjects and single
words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.content import Catalogue
from bot.domain.intents import Intent, Meaning
from bot.queries.glossary import explain, terms_in
from bot.queries.nearest_lesson import nearest_lesson
from bot.slack.typed.asked_terms import weakly_asked
from bot.slack.typed.examples import OFFERED, Examples
from bot.slack.typed.relevance import SHORT, allowed
from bot.slack.typed.times import wanted_hour_in
from bot.slack.typed.word_lists import Words

ABOUT_OTHERS = frozenset({Meaning.TALK, Meaning.COMPLAINT, Meaning.TOPIC, Meaning.NO_TERM, Meaning.WHO})
"""Meanings that are possible where somebody speaks of customers, posts or staff."""
ONLY_OFFERED = {meaning: offered for meaning, offered in OFFERED.items() if offered in {Meaning.REST, Meaning.WHEN}}
"""Meanings that are replaced by a milder one, since a guess changes nothing."""
CERTAIN = frozenset({Meaning.THANKS, Meaning.GREETING, Meaning.HINT, Meaning.TERM})
"""Meanings that need no menu of other guesses below them."""


def guessed(text: str, said: Sequence[str], catalogue: Catalogue, lists: Words, known: Examples) -> Intent:
    """Return the likeliest intent: of the nearest examples, the catalogue's subjects, then single words."""
    asks = "?" in text or lists.asks.intersection(said)
    guess = (
        (of_subjects(text, said, catalogue, lists) if asks and lists.taught_by_name.intersection(said) else None)
        or _of_examples(known.like(text), text, said, catalogue, lists)
        or (weakly_asked(text, catalogue, lists) if len(said) <= SHORT else None)
        or of_subjects(text, said, catalogue, lists)
        or weakly_asked(text, catalogue, lists)
        or _of_cues(said, lists)
        or _of_our_case(text, said, catalogue, lists)
        or _not_understood(text, said, catalogue, lists)
    )
    guess = replace(guess, meaning=ONLY_OFFERED.get(guess.meaning, guess.meaning))
    return guess if guess.meaning in CERTAIN else replace(guess, guessed=True)


def _of_examples(
    meaning: Meaning | None, text: str, said: Sequence[str], catalogue: Catalogue, lists: Words
) -> Intent | None:
    """Return the intent of the nearest examples, with the terms that the catalogue has on it."""
    if meaning is None or not allowed(meaning, said, lists):
        return None
    if lists.others.intersection(said) and meaning not in ABOUT_OTHERS:
        return None
    if meaning in {Meaning.TOPIC, Meaning.NO_TERM}:
        return weakly_asked(text, catalogue, lists) if meaning is Meaning.NO_TERM else None
    return Intent(meaning=meaning, hour=wanted_hour_in(text, lists) if meaning is Meaning.HOUR else None)


def of_subjects(text: str, said: Sequence[str], catalogue: Catalogue, lists: Words) -> Intent | None:
    """Return the catalogue's answer: one of its terms, or the lesson nearest to a question."""
    terms = tuple(term.id for term, _ in sorted(terms_in(catalogue, text), key=lambda found: -len(found[1])))
    asks = "?" in text or bool(lists.asks.intersection(said))
    if terms and (len(said) <= 2 or not asks):
        return Intent(meaning=Meaning.TERM, terms=terms[:1])
    if (terms or lists.subjects.intersection(said)) and len(said) > 2:
        return Intent(meaning=Meaning.TOPIC, terms=terms[:2], lesson=_lesson(catalogue, said, lists))
    return None


def _of_our_case(text: str, said: Sequence[str], catalogue: Catalogue, lists: Words) -> Intent | None:
    """Return the lesson nearest to a case of their own, as in *Can we sue him?*."""
    asks = "?" in text or bool(lists.asks.intersection(said))
    if asks and len(said) > 2 and lists.ours.intersection(said):
        return Intent(meaning=Meaning.TOPIC, lesson=_lesson(catalogue, said, lists))
    return None


def _lesson(catalogue: Catalogue, said: Sequence[str], lists: Words) -> str:
    return nearest_lesson(catalogue, said, lists.subjects - lists.posting - lists.common, lists.taught)


def _not_understood(text: str, said: Sequence[str], catalogue: Catalogue, lists: Words) -> Intent:
    """Return the terms most like a single unknown word, which was most likely looked up; else a hint."""
    if len(said) == 1 and not (lists.fillers | lists.everyday).issuperset(said):
        return Intent(meaning=Meaning.NO_TERM, terms=tuple(line.term_id for line in explain(catalogue, text).nearest))
    return Intent(meaning=Meaning.HINT)


def _of_cues(said: Sequence[str], lists: Words) -> Intent | None:
    """Return the meaning of a single word; thanks only where little else is said."""
    for name, cues in lists.cues.items():
        if cues.intersection(said) and allowed(name, said, lists) and (name != Meaning.THANKS or len(said) <= SHORT):
            return Intent(meaning=Meaning(name))
    return Intent(meaning=Meaning.THANKS) if {"thanks", "thank"}.intersection(said) else None
