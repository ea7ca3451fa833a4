"""Intents by the phrases of the word lists, and by an hour or some days together with a request."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.domain.intents import Intent, Meaning
from bot.slack.typed.message import TypedMessage, dated
from bot.slack.typed.pauses import wishes_rest
from bot.slack.typed.phrases import CLAUSE, corrected, spoken, trimmed
from bot.slack.typed.relevance import SHORT, allowed
from bot.slack.typed.times import hour_in, is_somewhere, wished_hour
from bot.slack.typed.word_lists import Words

OUTRIGHT = 12
"""Words of the longest message that may only ask for the next lesson."""
BEFORE_REST = frozenset(
    {Meaning.CORRECTION, Meaning.GO_ON, Meaning.HOLIDAYS, Meaning.DATA, Meaning.GREETING, Meaning.NEXT}
)
"""Meanings that days in the same message don't turn into a rest."""
PUT_OFF = frozenset({Meaning.LATER, Meaning.NOT_TODAY})
"""Meanings that count in a short clause, whatever else is said."""
ASKED = frozenset(
    {
        Meaning.WHO, Meaning.PROGRESS, Meaning.WHY, Meaning.TALK, Meaning.DATA, Meaning.WRONG, Meaning.SOURCES,
        Meaning.SORRY, Meaning.HELP, Meaning.REMINDERS, Meaning.COMPLAINT, Meaning.LANGUAGE,
    }
)  # fmt: skip
"""Meanings for which one question among several sentences is answered."""
SENTENCE = re.compile(r"(?<=[.!?\n])\s+")


def phrase_intent(message: TypedMessage) -> Intent | None:
    """Return the meaning of a phrase, or an hour or some days together with a request."""
    text, said, lists = message.text, message.ungreeted, message.lists
    first = _first(said, lists)
    if first in BEFORE_REST:
        return Intent(meaning=Meaning(first))
    if first == Meaning.AGAIN and lists.earlier.intersection(said):
        return Intent(meaning=Meaning.REREAD)
    wished, hour = wished_hour(text, said, lists)
    if wished and hour is None and is_somewhere(said, lists):
        return Intent(meaning=Meaning.ZONE)
    if wished and first != Meaning.TALK:
        return Intent(meaning=Meaning.HOUR, hour=hour)
    if (part := _of_a_part(message)) is not None:
        return part
    if first == Meaning.REST or (wishes_rest(text, said, lists) and allowed(Meaning.REST, said, lists)):
        return dated(Intent(meaning=Meaning.REST), message)
    if first is not None:
        return Intent(meaning=Meaning(first), hour=hour_in(text, lists) if first == Meaning.HOUR else None)
    return Intent(meaning=Meaning.ZONE) if is_somewhere(said, lists) else None


def _of_a_part(message: TypedMessage) -> Intent | None:
    """Return the meaning of a short clause that puts off or stops, or of one question among several sentences."""
    lists = message.lists
    for clause in CLAUSE.split(message.text):
        put_off = spoken(clause, lists)
        meant = _first(put_off, lists) if 0 < len(put_off) <= SHORT else None
        if meant in PUT_OFF:
            return Intent(meaning=Meaning(meant))
        if lists.whole_of(put_off) == Meaning.PAUSE:
            return Intent(meaning=Meaning.OUT)
    for sentence in _questions(message.text):
        asked = _first(spoken(sentence, lists), lists)
        if asked in ASKED and allowed(str(asked), message.ungreeted, lists):
            return Intent(meaning=Meaning(asked))
    return None


def _first(said: list[str], lists: Words) -> str | None:
    """Return the first meaning with a phrase in these words that is about the speaker."""
    polite = corrected(trimmed(said, lists), lists)
    found = lists.found(" ".join(polite) + " ", " ".join(said) + " ")
    return next((name for name in found if allowed(name, said, lists) and not _acts(name, said)), None)


def _questions(text: str) -> list[str]:
    """Return the questions among several sentences: they count more than what is said before or after them."""
    sentences = [part for part in SENTENCE.split(text) if part.strip()]
    return [part for part in sentences if part.rstrip().endswith("?")] if len(sentences) > 1 else []


def _acts(name: str, said: Sequence[str]) -> bool:
    """Return True for a meaning that would change something at once, which so long a message hardly asks for."""
    return name == Meaning.NEXT and len(said) > OUTRIGHT
