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
from bot.slack.phrases import Words, emoji_in, mended, spoken, trimmed, words
from bot.slack.said_times import hour_in, is_somewhere, pause_until, whole_hour

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
    polite = mended(trimmed(said, lists), lists)
    defined = next(_defined(text, catalogue, lists), None)
    for name in lists.found(" ".join(polite) + " ", " ".join(said) + " "):
        if _allowed(name, said, lists):
            return _with_details(name, text, defined)
    if is_somewhere(said, lists):
        return Intent(Meaning.ZONE)
    return defined or _of_subjects(text, said, catalogue, lists)


def _sure(text: str, said: Sequence[str], whole: str, moment: Moment, lists: Words) -> Iterator[Intent]:
    """What changes something, or names a day or an hour and nothing else."""
    until = pause_until(text, said, lists, moment.today)
    if until is not None:
        yield Intent(Meaning.PAUSE, until=until)
    elif whole in {Meaning.PAUSE, Meaning.NEXT, Meaning.RESUME}:
        yield Intent(Meaning(whole))
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
    alone = A_LETTER.fullmatch(_bare(said))
    if question is None:
        if explain(catalogue, text).term is None and (alone or lists.before_letter.search(said)):
            yield Intent(Meaning.NO_SUCH_CHOICE)
        return
    letter = alone or lists.before_letter.search(said)
    number = A_NUMBER.fullmatch(_bare(said))
    if letter or number:
        index = LETTERS.index(letter[1].upper()) if letter else int(number[1]) - 1 if number else 0
        if index >= len(question.choices):
            yield Intent(Meaning.NO_SUCH_CHOICE)
        else:
            sure = alone and moment.lettered
            yield Intent(Meaning.ANSWER if sure else Meaning.IS_IT, choice=index)
    elif (typed := _typed(said, question)) is not None:
        yield Intent(Meaning.IS_IT, choice=typed)


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
        return not others and not lists.subjects.intersection(said)
    if name == Meaning.REST and lists.not_me.intersection(said) and not lists.me.intersection(said):
        return False
    if name in {Meaning.OUT, Meaning.REST, Meaning.LATER}:
        return not others and (len(said) <= OUT_OF or "?" not in said)
    if name == Meaning.HELP:
        return not (lists.subjects - {"ai", "chatgpt"}).intersection(said)
    return True


def _with_details(name: str, text: str, defined: Intent | None) -> Intent:
    meaning = Meaning(name)
    if meaning is Meaning.HELP and defined is not None and defined.meaning is Meaning.TERM:
        return defined
    return Intent(meaning, hour=hour_in(text) if meaning is Meaning.HOUR else None)


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


def _of_subjects(text: str, said: Sequence[str], catalogue: Catalogue, lists: Words) -> Intent:
    """What the catalogue has on it: one of its terms, or what comes nearest to a question."""
    terms = tuple(term.id for term, _ in sorted(terms_in(catalogue, text), key=lambda found: -len(found[1])))
    about = lists.subjects.intersection(said)
    asks = "?" in text or bool(lists.asks.intersection(said))
    if terms and (len(said) <= SHORT or not asks):
        return Intent(Meaning.TERM, terms=terms[:1])
    if (terms or about) and (asks or len(said) > 2):
        return Intent(Meaning.TOPIC, terms=terms[:2], lesson=nearest_lesson(catalogue, said))
    if "thanks" in said or "thank" in said:
        return Intent(Meaning.THANKS)
    return Intent(Meaning.HINT)
