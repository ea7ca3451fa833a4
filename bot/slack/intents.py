"""What somebody who types to the bot means. Pure: a text, a moment and the catalogue in, one intent out.

A pause and the deletion of data are never guessed: the one is made only when nothing else is said, the other only
answered with who can do it. Everything that may be meant otherwise is offered, with a button.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from bot.domain.content import Catalogue, Question
from bot.domain.intents import Intent, Meaning, Moment
from bot.messages.item import LETTERS
from bot.messages.mrkdwn import label
from bot.services.explain import explain, terms_in
from bot.services.nearest import nearest_lesson
from bot.slack.phrases import APOSTROPHES, WORD, Words, emoji_in, mended, spoken, trimmed, ungreeted, words
from bot.slack.said_times import goes_on_from, hour_in, is_somewhere, pause_until, whole_hour

A_LETTER = re.compile(r"\W*([a-j])\W*")
CLAUSE = re.compile(r"[,.;:!?\n]+")
TAIL = re.compile(
    r"( mean| means| meant| stand for| stands for| actually| for| exactly| again| please| anyway| then)+$"
)
"""What follows a word whose meaning is asked for."""
MOST_WORDS = 3
"""Of a term that is asked for."""
A_NUMBER = re.compile(r"\W*([1-9])\W*")
ALIKE = 88
"""Of rapidfuzz's ratio, 0 to 100: from here on what was typed is taken for a choice."""
SHORT = 6
"""A message of so many words at most may be a name that was looked up."""
OUT_OF = 12
"""A message that wants out is short, or says so outright."""


def read(text: str, moment: Moment, catalogue: Catalogue) -> Intent:
    """What was meant. `text` as it was typed, Slack's spelling undone."""
    lists = words()
    said = spoken(text, lists)
    whole = lists.whole_of(said)
    if not said:
        return _of_emoji(text, lists)
    for found in _sure(text, said, whole, moment, lists):
        return found
    for found in _of_answers(text, moment, catalogue, lists):
        return found
    term = explain(catalogue, text).term if len(said) <= SHORT else None
    if term is not None and whole not in {"talk", "help", "settings"}:
        return Intent(Meaning.TERM, terms=(term.id,))
    if whole:
        return Intent(Meaning(whole))
    said = ungreeted(said, lists)
    polite = mended(trimmed(said, lists), lists)
    defined = next(_defined(text, catalogue, lists), None)
    if defined is not None and defined.meaning is Meaning.TERM:
        return defined
    for name in lists.found(" ".join(polite) + " ", " ".join(said) + " "):
        if _allowed(name, said, lists):
            return Intent(Meaning(name), hour=hour_in(text) if name == Meaning.HOUR else None)
    if is_somewhere(said, lists):
        return Intent(Meaning.ZONE)
    guessed = defined or _of_subjects(text, said, catalogue, lists) or _of_cues(said, lists)
    return guessed or _not_understood(text, said, catalogue, lists)


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


def _of_answers(text: str, moment: Moment, catalogue: Catalogue, lists: Words) -> Iterator[Intent]:
    """A letter, a number or a choice, as an answer to the open question."""
    question = moment.question
    said = " ".join(text.casefold().split())
    if _corrects(spoken(text, lists), lists):
        return
    alone = A_LETTER.fullmatch(_bare(said))
    named = alone or lists.before_letter.search(said)
    if question is None:
        placed = named or _by_place(said, lists)
        if placed and explain(catalogue, text).term is None:
            yield Intent(Meaning.NO_SUCH_CHOICE)
        return
    place = LETTERS.index(named[1].upper()) if named else _placed(said, len(question.choices), lists)
    first, *more = [part for part in CLAUSE.split(said) if part.strip()] or [""]
    if place is None and more and lists.guessing.intersection(WORD.findall(first)):
        place = _placed(first, len(question.choices), lists)
    if place is not None and place >= len(question.choices):
        yield Intent(Meaning.NO_SUCH_CHOICE)
    elif place is not None:
        yield Intent(Meaning.ANSWER if alone and moment.lettered else Meaning.IS_IT, choice=place)
    elif (typed := _typed(said, question)) is not None:
        yield Intent(Meaning.IS_IT, choice=typed)
    elif said.strip(" .!") in lists.verdicts:
        yield Intent(Meaning.NO_SUCH_CHOICE)


def _placed(said: str, choices: int, lists: Words) -> int | None:
    """The place of a choice that is named by a letter, a number or an ordinal, with hardly anything else said."""
    left = [w for w in WORD.findall(APOSTROPHES.sub("", said)) if w not in lists.around_letter]
    if len(left) != 1:
        return None
    word = left[0]
    if word in lists.ordinals:
        return lists.ordinals.index(word)
    if word == lists.last:
        return choices - 1
    if A_NUMBER.fullmatch(word):
        return int(word) - 1
    return LETTERS.index(word.upper()) if A_LETTER.fullmatch(word) else None


def _corrects(said: Sequence[str], lists: Words) -> bool:
    """*I meant A, not C*, which is no answer to what is open now."""
    line = " ".join(said) + " "
    return _allowed(Meaning.CORRECTION, said, lists) and any(p.search(line) for p in lists.phrases[Meaning.CORRECTION])


def _by_place(said: str, lists: Words) -> bool:
    """*The second one*, while no question is open."""
    left = [w for w in WORD.findall(APOSTROPHES.sub("", said)) if w not in lists.around_letter]
    return len(left) == 1 and left[0] in lists.ordinals


def _bare(said: str) -> str:
    """Without what is only polite around a letter."""
    return re.sub(r"\b(?:please|thanks|thank you|thx|pls|i think|obviously|definitely|answer|option)\b", "", said)


def _typed(said: str, question: Question) -> int | None:
    """The choice that was typed out, if it is one and no other."""
    shown = [" ".join(re.findall(r"\w+", label(choice.text).casefold())) for choice in question.choices]
    plain = " ".join(re.findall(r"\w+", said))
    close = [n for n, choice in enumerate(shown) if fuzz.ratio(plain, choice) >= ALIKE]
    inside = [
        n for n, choice in enumerate(shown) if len(choice) > 3 and choice in plain and len(plain) < 2 * len(choice)
    ]
    begun = [n for n, choice in enumerate(shown) if len(plain.split()) > 2 and choice.startswith(plain)]
    found = close or inside or begun
    return found[0] if len(found) == 1 else None


def _allowed(name: str, said: Sequence[str], lists: Words) -> bool:
    """False where the words are about somebody or something else."""
    others = lists.others.intersection(said)
    if name == Meaning.DATA:
        return not others and not (lists.subjects - {"account"}).intersection(said)
    unclear = lists.not_me.intersection(said) and not lists.me.intersection(said)
    if name == Meaning.REST and (lists.somebody.intersection(said) or unclear):
        return False
    if name == Meaning.CORRECTION:
        return not others
    if name in {Meaning.OUT, Meaning.REST, Meaning.LATER}:
        return not others and (len(said) <= OUT_OF or "?" not in said)
    if name == Meaning.HELP:
        return not (lists.subjects - {"ai", "chatgpt"}).intersection(said)
    return True


def _defined(text: str, catalogue: Catalogue, lists: Words) -> Iterator[Intent]:
    """*What is a hashtag?*: the term, or those most like it."""
    for part in CLAUSE.split(text):
        line = " ".join(trimmed(spoken(part, lists), lists)) + " "
        asked = next((line[m.end() :].strip() for p in lists.definitions if (m := p.search(line))), "")
        asked = TAIL.sub("", asked)
        if not asked or len(asked.split()) > MOST_WORDS or lists.fillers.issuperset(asked.split()):
            continue
        found = explain(catalogue, asked)
        inside = [found.term] if found.term else [term for term, _ in terms_in(catalogue, asked)]
        if inside:
            yield Intent(Meaning.TERM, terms=(inside[0].id,))
        elif not lists.common.intersection(asked.split()):
            yield Intent(Meaning.NO_TERM, terms=tuple(line.term_id for line in found.nearest))


def _of_subjects(text: str, said: Sequence[str], catalogue: Catalogue, lists: Words) -> Intent | None:
    """What the catalogue has on it: one of its terms, or what comes nearest to a question."""
    terms = tuple(term.id for term, _ in sorted(terms_in(catalogue, text), key=lambda found: -len(found[1])))
    about = lists.subjects.intersection(said)
    asks = "?" in text or bool(lists.asks.intersection(said))
    if terms and (len(said) <= 2 or not asks):
        return Intent(Meaning.TERM, terms=terms[:1])
    ours = asks and lists.ours.intersection(said)
    if (terms or about or ours) and len(said) > 2:
        return Intent(Meaning.TOPIC, terms=terms[:2], lesson=_lesson(catalogue, said, lists))
    return None


def _lesson(catalogue: Catalogue, said: Sequence[str], lists: Words) -> str:
    names = {word for term in catalogue.terms for name in term.names for word in spoken(name, lists)}
    return nearest_lesson(catalogue, said, lists.subjects | names, lists.common | lists.fillers | lists.asks)


def _not_understood(text: str, said: Sequence[str], catalogue: Catalogue, lists: Words) -> Intent:
    """One word that means nothing here was most likely looked up."""
    if len(said) == 1 and not lists.fillers.issuperset(said):
        return Intent(Meaning.NO_TERM, terms=tuple(line.term_id for line in explain(catalogue, text).nearest))
    return Intent(Meaning.HINT)


def _of_cues(said: Sequence[str], lists: Words) -> Intent | None:
    """Roughly what it is about, by a single word; thanks only where little else is said."""
    for name, cues in lists.cues.items():
        if cues.intersection(said) and _allowed(name, said, lists) and (name != Meaning.THANKS or len(said) <= SHORT):
            return Intent(Meaning(name))
    return Intent(Meaning.THANKS) if {"thanks", "thank"}.intersection(said) else None
