"""What somebody who types to the bot means. Pure: a text, a moment and the catalogue in, one intent out.

A pause and the deletion of data are never guessed: the one is made only when nothing else is said, the other only
answered with who can do it. Everything that may be meant otherwise is offered, with a button.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.domain.ambiguous_day import AmbiguousDay, written_until
from bot.domain.content import Catalogue
from bot.domain.intents import DmContext, Intent, Meaning
from bot.domain.typed_dates import composed
from bot.queries.glossary import explain
from bot.slack.typed.answers import answer_in
from bot.slack.typed.asked_terms import meaning_of
from bot.slack.typed.examples import Examples, examples
from bot.slack.typed.guesses import guessed, of_subjects
from bot.slack.typed.phrases import CLAUSE, emoji_in, has_emoji, mended, spoken, trimmed, ungreeted
from bot.slack.typed.relevance import SHORT, allowed, is_a_case, says
from bot.slack.typed.times import (
    before_going_on,
    begins_later,
    goes_on_from,
    hour_in,
    is_somewhere,
    only_an_end,
    pause_until,
    rest_until,
    whole_days,
    whole_hour,
    wished_hour,
    wishes_rest,
)
from bot.slack.typed.word_lists import Words, words

LONGEST = 1000
"""Signs of a message that are read: nobody says a wish later than that."""
OUTRIGHT = 12
"""A message of more words isn't only a wish for the next one."""
BEFORE_REST = frozenset(
    {Meaning.CORRECTION, Meaning.GO_ON, Meaning.HOLIDAYS, Meaning.DATA, Meaning.GREETING, Meaning.NEXT}
)
"""What is meant all the same where some days are named."""
PUT_OFF = frozenset({Meaning.LATER, Meaning.NOT_TODAY})
"""What counts where it is said shortly, whatever else is."""
ASKED = frozenset(
    {
        Meaning.WHO, Meaning.PROGRESS, Meaning.WHY, Meaning.TALK, Meaning.DATA, Meaning.WRONG, Meaning.SOURCES,
        Meaning.SORRY, Meaning.HELP, Meaning.REMINDERS, Meaning.COMPLAINT, Meaning.LANGUAGE,
    }
)  # fmt: skip
"""What a question among several sentences is answered for."""
SENTENCE = re.compile(r"(?<=[.!?\n])\s+")
NEEDS_MORE = frozenset({Meaning.TERM, Meaning.TERMS, Meaning.NO_TERM, Meaning.TOPIC, Meaning.HOUR, Meaning.REST})
"""Of which an example doesn't say all."""


def read(text: str, dm_context: DmContext, catalogue: Catalogue, known: Examples | None = None) -> Intent:
    """What was meant. `text` as it was typed, Slack's spelling undone. `known`: others than the bot's own examples."""
    lists = words()
    text = composed(text[:LONGEST])
    said = spoken(text, lists)
    whole = lists.whole_of(said)
    if whole == Meaning.PAUSE and not lists.is_plain(text, said):
        # it may be one: it is offered
        return Intent(Meaning.OUT)
    if not said:
        return _of_emoji(text, lists)
    if _asks_of_an_emoji(text, said, lists):
        said, text = ["what", "does", "emoji", "mean"], "emoji?"
    if dm_context.asked and (replied := _reply(said, lists)) is not None:
        return Intent(replied)
    for found in _sure(text, said, whole, dm_context, lists):
        return found
    if not _corrects(said, lists) and (answered := answer_in(text, dm_context, catalogue, lists)) is not None:
        return answered
    looked_up = explain(catalogue, text) if len(said) <= SHORT and not lists.everyday.issuperset(said) else None
    term = looked_up.term if looked_up else None
    if term is not None and whole not in {"talk", "help", "settings"}:
        return Intent(Meaning.TERM, terms=(term.id,))
    if whole:
        return Intent(Meaning(whole))
    if whole_days(text, said, lists):
        return Intent(Meaning.DAYS)
    if only_an_end(said, lists) and (rest := _dated(Intent(Meaning.REST), text, dm_context)).has_end:
        return rest
    said = ungreeted(said, lists)
    asked = meaning_of(text, catalogue, lists)
    if asked is None and is_a_case(said, lists) and not says(Meaning.TALK, said, lists):
        return of_subjects(text, said, catalogue, lists) or Intent(Meaning.TOPIC)
    return (
        asked
        or _known(text, known or examples())
        or _of_phrases(text, said, dm_context, lists)
        or _dated(guessed(text, said, catalogue, lists, known or examples()), text, dm_context)
    )


def _sure(text: str, said: Sequence[str], whole: str, dm_context: DmContext, lists: Words) -> Iterator[Intent]:
    """What changes something, or names a day or an hour and nothing else."""
    until = pause_until(text, said, lists, dm_context.today)
    if until is not None:
        yield Intent(Meaning.PAUSE, until=until)
    elif whole in {Meaning.PAUSE, Meaning.NEXT, Meaning.RESUME}:
        yield Intent(Meaning(whole))
    elif (back := goes_on_from(text, said, lists, dm_context.today)) is not None:
        yield Intent(Meaning.REST, until=back, ahead=begins_later(before_going_on(text)))
    elif (hour := whole_hour(text, said, lists)) is not None:
        yield Intent(Meaning.HOUR, hour=hour)


def _reply(said: Sequence[str], lists: Words) -> Meaning | None:
    """*Yes* or *no* to what the bot asked, where nothing else is said."""
    if said[0] in lists.declines and lists.declines.union(lists.beside_no).issuperset(said):
        return Meaning.NO
    agreed = lists.agrees.intersection(said) and lists.agrees.union(lists.beside_yes).issuperset(said)
    return Meaning.YES if agreed else None


def _asks_of_an_emoji(text: str, said: Sequence[str], lists: Words) -> bool:
    """*What does 🙃 mean?*: there is a lesson on emoji, and no entry for each."""
    rest = (lists.asks_meaning | lists.beside_meaning).issuperset(said)
    return bool(rest and lists.asks_meaning.intersection(said)) and has_emoji(text)


def _of_emoji(text: str, lists: Words) -> Intent:
    for name in emoji_in(text, lists):
        if name in lists.emoji:
            return Intent(Meaning(lists.emoji[name]))
    return Intent(Meaning.HELP if "?" in text else Meaning.HINT)


def _of_phrases(text: str, said: list[str], dm_context: DmContext, lists: Words) -> Intent | None:
    """What a phrase says outright, or an hour or some days together with a wish."""
    first = _first(said, lists)
    if first in BEFORE_REST:
        return Intent(Meaning(first))
    if first == Meaning.AGAIN and lists.earlier.intersection(said):
        return Intent(Meaning.REREAD)
    wished, hour = wished_hour(text, said, lists)
    if wished and hour is None and is_somewhere(said, lists):
        return Intent(Meaning.ZONE)
    if wished and first != Meaning.TALK:
        return Intent(Meaning.HOUR, hour=hour)
    for clause in CLAUSE.split(text):
        put_off = spoken(clause, lists)
        meant = _first(put_off, lists) if 0 < len(put_off) <= SHORT else None
        if meant in PUT_OFF:
            return Intent(Meaning(meant))
        if lists.whole_of(put_off) == Meaning.PAUSE:
            return Intent(Meaning.OUT)
    for sentence in _questions(text):
        asked = _first(spoken(sentence, lists), lists)
        if asked in ASKED and allowed(str(asked), said, lists):
            return Intent(Meaning(asked))
    if first == Meaning.REST or (wishes_rest(text, said, lists) and allowed(Meaning.REST, said, lists)):
        return _dated(Intent(Meaning.REST), text, dm_context)
    if first is not None:
        return Intent(Meaning(first), hour=hour_in(text) if first == Meaning.HOUR else None)
    return Intent(Meaning.ZONE) if is_somewhere(said, lists) else None


def _dated(meant: Intent, text: str, dm_context: DmContext) -> Intent:
    """A rest that is wished for, with the day on which it ends where that is said."""
    if meant.meaning is not Meaning.REST:
        return meant
    written = written_until(text, dm_context.today)
    return replace(
        meant,
        until=rest_until(text, dm_context.today),
        either=written.days if isinstance(written, AmbiguousDay) else (),
        ahead=begins_later(text),
    )


def _first(said: list[str], lists: Words) -> str | None:
    """The name of the first phrase that is in it and about the speaker."""
    polite = mended(trimmed(said, lists), lists)
    found = lists.found(" ".join(polite) + " ", " ".join(said) + " ")
    return next((name for name in found if allowed(name, said, lists) and not _acts(name, said)), None)


def _questions(text: str) -> list[str]:
    """The questions among several sentences: what somebody asks outweighs what they say before or after it."""
    sentences = [part for part in SENTENCE.split(text) if part.strip()]
    return [part for part in sentences if part.rstrip().endswith("?")] if len(sentences) > 1 else []


def _acts(name: str, said: Sequence[str]) -> bool:
    """Whether it would do something at once that so long a message hardly asks for."""
    return name == Meaning.NEXT and len(said) > OUTRIGHT


def _corrects(said: Sequence[str], lists: Words) -> bool:
    """*I meant A, not C*, which is no answer to what is open now."""
    return allowed(Meaning.CORRECTION, said, lists) and says(Meaning.CORRECTION, said, lists)


def _known(text: str, known: Examples) -> Intent | None:
    """What is an example itself; what needs more than a meaning is read as anything else is."""
    meaning = known.same(text)
    return None if meaning is None or meaning in NEEDS_MORE else Intent(meaning)
