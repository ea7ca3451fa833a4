"""What somebody who types to the bot means. Pure: a text, a moment and the catalogue in, one intent out.

A pause and the deletion of data are never guessed: the one is made only when nothing else is said, the other only
answered with who can do it. Everything that may be meant otherwise is offered, with a button.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.domain.content import Catalogue
from bot.domain.intents import Intent, Meaning, Moment
from bot.services.explain import explain, terms_in
from bot.services.nearest import nearest_lesson
from bot.slack.examples import Examples, examples
from bot.slack.phrases import CLAUSE, emoji_in, mended, spoken, trimmed, ungreeted
from bot.slack.said_times import (
    begins_later,
    goes_on_from,
    hour_in,
    is_somewhere,
    pause_until,
    rest_until,
    whole_hour,
    wished_hour,
    wishes_rest,
)
from bot.slack.typed_answers import answer_in
from bot.slack.word_lists import Words, words

QUOTED = re.compile(r"[\"“”„«]([^\"“”„«»]{2,30})[\"“”»]|(?<!\w)['‘]([^'‘’]{2,30})['’](?!\w)")
MOST_WORDS = 3
"""Of a term that is asked for."""
A_CASE = 2
"""A question that names so many of the lessons' subjects is about a case of theirs, not about an answer."""
OUTRIGHT = 12
"""A message of more words isn't only a wish for the next one."""
SHORT = 6
"""A message of so many words at most may be a name that was looked up."""
BEFORE_REST = frozenset(
    {Meaning.CORRECTION, Meaning.GO_ON, Meaning.HOLIDAYS, Meaning.DATA, Meaning.GREETING, Meaning.NEXT}
)
"""What is meant all the same where some days are named."""

ABOUT_OTHERS = frozenset({Meaning.TALK, Meaning.COMPLAINT, Meaning.TOPIC, Meaning.NO_TERM, Meaning.WHO})
"""What may be meant where somebody speaks of customers, posts or staff."""
CERTAIN = frozenset({Meaning.THANKS, Meaning.GREETING, Meaning.HINT, Meaning.TERM})
"""What needs no second guess beside it."""


def read(text: str, moment: Moment, catalogue: Catalogue, known: Examples | None = None) -> Intent:
    """What was meant. `text` as it was typed, Slack's spelling undone. `known`: others than the bot's own examples."""
    lists = words()
    said = spoken(text, lists)
    whole = lists.whole_of(said)
    if not said:
        return _of_emoji(text, lists)
    for found in _sure(text, said, whole, moment, lists):
        return found
    if not _corrects(said, lists) and (answered := answer_in(text, moment, catalogue, lists)) is not None:
        return answered
    term = explain(catalogue, text).term if len(said) <= SHORT else None
    if term is not None and whole not in {"talk", "help", "settings"}:
        return Intent(Meaning.TERM, terms=(term.id,))
    if whole:
        return Intent(Meaning(whole))
    said = ungreeted(said, lists)
    asked = _meaning_of(text, catalogue, lists)
    if asked is None and _is_a_case(said, lists) and not _says(Meaning.TALK, said, lists):
        return _of_subjects(text, said, catalogue, lists) or Intent(Meaning.TOPIC)
    return (
        asked or _of_phrases(text, said, moment, lists) or _guessed(text, said, catalogue, lists, known or examples())
    )


def _sure(text: str, said: Sequence[str], whole: str, moment: Moment, lists: Words) -> Iterator[Intent]:
    """What changes something, or names a day or an hour and nothing else."""
    until = pause_until(text, said, lists, moment.today)
    if until is not None:
        yield Intent(Meaning.PAUSE, until=until)
    elif whole in {Meaning.PAUSE, Meaning.NEXT, Meaning.RESUME}:
        yield Intent(Meaning(whole))
    elif (back := goes_on_from(text, said, lists, moment.today)) is not None:
        yield Intent(Meaning.REST, until=back)
    elif (hour := whole_hour(text, said, lists)) is not None:
        yield Intent(Meaning.HOUR, hour=hour)


def _of_emoji(text: str, lists: Words) -> Intent:
    for name in emoji_in(text, lists):
        if name in lists.emoji:
            return Intent(Meaning(lists.emoji[name]))
    return Intent(Meaning.HELP if "?" in text else Meaning.HINT)


def _of_phrases(text: str, said: list[str], moment: Moment, lists: Words) -> Intent | None:
    """What a phrase says outright, or an hour or some days together with a wish."""
    polite = mended(trimmed(said, lists), lists)
    found = lists.found(" ".join(polite) + " ", " ".join(said) + " ")
    first = next((name for name in found if _allowed(name, said, lists) and not _acts(name, said)), None)
    if first in BEFORE_REST:
        return Intent(Meaning(first))
    wished, hour = wished_hour(text, said, lists)
    if wished and first != Meaning.TALK:
        return Intent(Meaning.HOUR, hour=hour)
    if first == Meaning.REST or (wishes_rest(text, said, lists) and _allowed(Meaning.REST, said, lists)):
        return Intent(Meaning.REST, until=rest_until(text, moment.today), ahead=begins_later(text))
    if first is not None:
        return Intent(Meaning(first), hour=hour_in(text) if first == Meaning.HOUR else None)
    return Intent(Meaning.ZONE) if is_somewhere(said, lists) else None


def _acts(name: str, said: Sequence[str]) -> bool:
    """Whether it would do something at once that so long a message hardly asks for."""
    return name == Meaning.NEXT and len(said) > OUTRIGHT


def _is_a_case(said: Sequence[str], lists: Words) -> bool:
    """*How many posts a week are good for a CEO?*: about the lessons' subjects, whatever phrases there are in it."""
    about = lists.subjects.intersection(" ".join(said).replace("social media", "media").split())
    asks = lists.asks.intersection(said) and not lists.ours_to_leave.intersection(said)
    return bool(asks) and (len(about) >= A_CASE or ("should" in said and bool(about)))


def _corrects(said: Sequence[str], lists: Words) -> bool:
    """*I meant A, not C*, which is no answer to what is open now."""
    return _allowed(Meaning.CORRECTION, said, lists) and _says(Meaning.CORRECTION, said, lists)


def _says(name: Meaning, said: Sequence[str], lists: Words) -> bool:
    """Whether one of the phrases of a meaning is in it."""
    line = " ".join(said) + " "
    return any(p.search(line) for p in lists.phrases[name])


def _allowed(name: str, said: Sequence[str], lists: Words) -> bool:
    """False where the words are about somebody or something else."""
    said = " ".join(said).replace("social media", "").split()
    others, about = lists.others.intersection(said), lists.subjects.intersection(said)
    match name:
        case Meaning.DATA:
            return not others and not about - {"account"}
        case Meaning.REST:
            theirs = lists.somebody.intersection(said) - (set() if about else lists.together)
            unclear = lists.not_me.intersection(said) and not (lists.me | lists.together).intersection(said)
            return not (others or theirs or unclear or "should" in said)
        case Meaning.OUT:
            return not ("should" in said or others) or bool(lists.ours_to_leave.intersection(said))
        case Meaning.LATER | Meaning.CORRECTION | Meaning.REMINDERS:
            return not others
        case Meaning.HELP:
            return not about - {"ai", "chatgpt"}
    return True


def _meaning_of(text: str, catalogue: Catalogue, lists: Words) -> Intent | None:
    """*What does CTR mean?*: its term, or those most like it. What only may ask for a word does where there is one."""
    for sure, asked in _asked_for(text, lists):
        found = explain(catalogue, asked)
        inside = [found.term] if found.term else [term for term, _ in terms_in(catalogue, asked)]
        if inside:
            return Intent(Meaning.TERM, terms=(inside[0].id,))
        if sure and not lists.common.intersection(asked.split()):
            return Intent(Meaning.NO_TERM, terms=tuple(line.term_id for line in found.nearest))
    return None


def _asked_for(text: str, lists: Words) -> Iterator[tuple[bool, str]]:
    """The words whose meaning may be asked for, and whether nothing else can be meant."""
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
                    yield sure or " ".join(asked) in quoted, " ".join(asked)


def _cut(asked: list[str], lists: Words) -> list[str]:
    """Without articles before a word, and without what follows it."""
    while asked and asked[0] in lists.articles:
        asked = asked[1:]
    end = next((n for n, word in enumerate(asked) if word in lists.ends_a_term), len(asked))
    return asked[:end]


def _guessed(text: str, said: Sequence[str], catalogue: Catalogue, lists: Words, known: Examples) -> Intent:
    """Roughly what it is about: what it is most like, the catalogue's subjects, single words that say it."""
    guess = (
        _of_examples(known.like(text), text, said, catalogue, lists)
        or (_weakly_asked(text, catalogue, lists) if len(said) <= SHORT else None)
        or _of_subjects(text, said, catalogue, lists)
        or _weakly_asked(text, catalogue, lists)
        or _of_cues(said, lists)
        or _of_our_case(text, said, catalogue, lists)
        or _not_understood(text, said, catalogue)
    )
    return guess if guess.meaning in CERTAIN else replace(guess, guessed=True)


def _of_examples(
    meaning: Meaning | None, text: str, said: Sequence[str], catalogue: Catalogue, lists: Words
) -> Intent | None:
    """What the messages mean that are most like it, with what the catalogue has on a question."""
    if meaning is None or not _allowed(meaning, said, lists):
        return None
    if lists.others.intersection(said) and meaning not in ABOUT_OTHERS:
        return None
    if meaning in {Meaning.TOPIC, Meaning.NO_TERM}:
        return _weakly_asked(text, catalogue, lists) if meaning is Meaning.NO_TERM else None
    return Intent(meaning, hour=hour_in(text) if meaning is Meaning.HOUR else None)


def _weakly_asked(text: str, catalogue: Catalogue, lists: Words) -> Intent | None:
    """*What is doomscrolling?*, which nothing else has been found in."""
    for _, asked in _asked_for(text, lists):
        if not lists.common.intersection(asked.split()):
            nearest = explain(catalogue, asked).nearest
            return Intent(Meaning.NO_TERM, terms=tuple(line.term_id for line in nearest))
    return None


def _of_subjects(text: str, said: Sequence[str], catalogue: Catalogue, lists: Words) -> Intent | None:
    """What the catalogue has on it: one of its terms, or what comes nearest to a question."""
    terms = tuple(term.id for term, _ in sorted(terms_in(catalogue, text), key=lambda found: -len(found[1])))
    asks = "?" in text or bool(lists.asks.intersection(said))
    if terms and (len(said) <= 2 or not asks):
        return Intent(Meaning.TERM, terms=terms[:1])
    if (terms or lists.subjects.intersection(said)) and len(said) > 2:
        return Intent(Meaning.TOPIC, terms=terms[:2], lesson=_lesson(catalogue, said, lists))
    return None


def _of_our_case(text: str, said: Sequence[str], catalogue: Catalogue, lists: Words) -> Intent | None:
    """*Can we sue him?*: a case of theirs, which somebody may have to be asked about."""
    asks = "?" in text or bool(lists.asks.intersection(said))
    if asks and len(said) > 2 and lists.ours.intersection(said):
        return Intent(Meaning.TOPIC, lesson=_lesson(catalogue, said, lists))
    return None


def _lesson(catalogue: Catalogue, said: Sequence[str], lists: Words) -> str:
    names = {word for term in catalogue.terms for name in term.names for word in spoken(name, lists)}
    return nearest_lesson(
        catalogue, said, lists.subjects | names, lists.common | lists.fillers | lists.asks | lists.posting
    )


def _not_understood(text: str, said: Sequence[str], catalogue: Catalogue) -> Intent:
    """One word that means nothing here was most likely looked up."""
    if len(said) == 1 and not words().fillers.issuperset(said):
        return Intent(Meaning.NO_TERM, terms=tuple(line.term_id for line in explain(catalogue, text).nearest))
    return Intent(Meaning.HINT)


def _of_cues(said: Sequence[str], lists: Words) -> Intent | None:
    """Roughly what it is about, by a single word; thanks only where little else is said."""
    for name, cues in lists.cues.items():
        if cues.intersection(said) and _allowed(name, said, lists) and (name != Meaning.THANKS or len(said) <= SHORT):
            return Intent(Meaning(name))
    return Intent(Meaning.THANKS) if {"thanks", "thank"}.intersection(said) else None
