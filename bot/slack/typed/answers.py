"""Answers to the open question in typed text: a letter, a number, a place, or a choice typed out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from bot.domain.content import Catalogue
from bot.domain.intents import DmContext, Intent, Meaning
from bot.domain.questions import LETTERS, OneRight, WrittenQuestion
from bot.messages.mrkdwn import label
from bot.queries.glossary import looked_up
from bot.slack.typed.phrases import CLAUSE, spoken
from bot.slack.typed.word_lists import WORD, Words

A_LETTER = re.compile(r"[\s(\"'“*]*([a-j])\1*[\s)\"'”*.,!;👍🙏]*")
"""A letter and nothing else; neither a smiley nor a question."""
A_NUMBER = re.compile(r"\W*([1-9])\W*")
CAPITAL = re.compile(r"(?<![\w'’&/:-])([A-HJ])(?![\w'’&/-])(?!:\s*$)")
"""A capital that stands alone. *I* is a person."""
SMILEY = re.compile(r"\W*(?:[:;=]-?[a-j]|[a-j]:)\W*")
FIRST_LETTER = re.compile(r"\W*([a-j])\s*[,.!:;)]")
SMALL = re.compile(r"(?<![\w'’&/:-])([b-h])(?![\w'’&/-])(?!:\s*$)", re.IGNORECASE)
"""A small letter, which counts in a few words only. *a* is an article."""
A_FEW = 5
ALIKE = 88
"""The least ratio of rapidfuzz, 0 to 100, at which typed words are taken for a choice."""
OWN_WORDS = 3
"""The least number of significant words, all of one choice and of no other, that are taken for it."""
FEW = 4
"""The number of choices in most questions."""
AT_MOST = 12
"""The longest message, in words, in which a letter is an answer though no question is open."""


def answer_in(text: str, dm_context: DmContext, catalogue: Catalogue, lists: Words) -> Intent | None:
    """Return the typed answer; None if there is none. Only a letter alone is certain, other answers are confirmed
    first.
    """
    question = dm_context.question
    if isinstance(question, WrittenQuestion):
        return _to_write(text, question)
    said = " ".join(text.casefold().split())
    if SMILEY.fullmatch(said):
        return None
    alone = A_LETTER.fullmatch(_bare(said))
    spoken_of = not alone and lists.no_answer.intersection(spoken(text, lists))
    # "B, but honestly C is also not wrong"
    named = FIRST_LETTER.match(said) if spoken_of else alone or lists.before_letter.search(said)
    letters = [LETTERS.index(named[1].upper())] if named else _capitals(text, lists, question)
    if question is None:
        few = len(WORD.findall(said)) <= AT_MOST
        placed = (letters and few) or named or _by_place(said, lists)
        return Intent(meaning=Meaning.NO_SUCH_CHOICE) if placed and looked_up(catalogue, text) is None else None
    choices = len(question.choices)
    if not alone and lists.not_answered.search(said):
        return None
    if not named and lists.phrases[Meaning.BROKEN].search(f"{said} "):
        return None
    if not letters and (place := _by_order(said, choices, lists)) is not None:
        letters = [place]
    if len(letters) > 1:
        return Intent(meaning=Meaning.UNSURE)
    if any(place >= choices for place in letters):
        return Intent(meaning=Meaning.NO_SUCH_CHOICE)
    if letters:
        return Intent(
            meaning=Meaning.ANSWER if alone and dm_context.lettered else Meaning.IS_IT,
            choice=question.shown[letters[0]],
        )
    if (typed := _typed(said, question, lists)) is not None:
        return Intent(meaning=Meaning.IS_IT, choice=typed)
    return Intent(meaning=Meaning.NO_SUCH_CHOICE) if said.strip(" .!") in lists.verdicts else None


def _to_write(text: str, question: WrittenQuestion) -> Intent | None:
    """Return a right answer that belongs into the question's field; a wrong one stays a word, so that none is lost."""
    if A_LETTER.fullmatch(_bare(" ".join(text.casefold().split()))):
        return Intent(meaning=Meaning.NO_SUCH_CHOICE)
    return Intent(meaning=Meaning.IS_IT, written=text.strip()) if question.accepts(text) else None


def _capitals(text: str, lists: Words, question: OneRight | None) -> list[int]:
    """Return the letters in the last clause with any: *A or B... no, B* is B, *A and C* is both."""
    if lists.no_answer.intersection(spoken(text, lists)):
        return []
    known = LETTERS[: len(question.choices) if question else FEW]
    letter = SMALL if len(WORD.findall(text)) <= A_FEW and not CAPITAL.search(text) else CAPITAL
    for clause in reversed(lists.turns.split(text)):
        found = [m for m in letter.finditer(clause) if m[1].upper() in known and _names_a_choice(clause, m, lists)]
        if found and not lists.not_this.search(clause.casefold()):
            return [LETTERS.index(letter) for letter in dict.fromkeys(m[1].upper() for m in found)]
    return []


def _names_a_choice(clause: str, found: re.Match[str], lists: Words) -> bool:
    """Return False for *Plan B* and *C level*, and for an A that is an article."""
    before = WORD.findall(clause[: found.start()].casefold())[-1:]
    after = WORD.findall(clause[found.end() :].casefold())[:1]
    if lists.before_no_letter.intersection(before) or lists.after_no_letter.intersection(after):
        return False
    if found[1] != "A":
        return True
    if not before:
        return not after or after[0] in lists.after_letter
    return before[0] in lists.around_letter and (not after or after[0] in lists.after_letter)


def _by_order(said: str, choices: int, lists: Words) -> int | None:
    """Return the place that is named, whatever follows a guess: "surely the last one. Do people differ?"."""
    place = _placed(said, choices, lists)
    first, *more = [part for part in CLAUSE.split(said) if part.strip()] or [""]
    if place is None and more and lists.guessing.intersection(WORD.findall(first)):
        return _placed(first, choices, lists)
    return place


def _placed(said: str, choices: int, lists: Words) -> int | None:
    """Return the place of a choice named by a letter, a number or an ordinal, with hardly anything else said."""
    left = _telling(said, lists)
    if len(left) != 1:
        return None
    word = left[0]
    if word in lists.ordinals:
        return lists.ordinals.index(word)
    if word == lists.last:
        return choices - 1
    if A_NUMBER.fullmatch(word):
        return int(word) - 1
    return LETTERS.index(word.upper()) if A_LETTER.fullmatch(word) and len(word) == 1 else None


def _telling(said: str, lists: Words) -> list[str]:
    """Return the words without those that may stand around any answer."""
    return [w for w in WORD.findall(said.replace("'", "")) if w not in lists.around_letter]


def _by_place(said: str, lists: Words) -> bool:
    """Return True for *the second one*, while no question is open."""
    left = _telling(said, lists)
    return len(left) == 1 and left[0] in lists.ordinals


def _bare(said: str) -> str:
    """Strip the politeness around a letter."""
    said = re.sub(r"^\W*(?:please|pls|i think|obviously|definitely|answer|option)\b", "", said)
    return re.sub(r"\b(?:please|thanks|thank you|thx|pls|i think|obviously|definitely)\W*$", "", said)


def _typed(said: str, question: OneRight, lists: Words) -> int | None:
    """Return the choice that was typed out, if it is one and no other."""
    shown = [" ".join(re.findall(r"\w+", label(choice.text).casefold())) for choice in question.choices]
    plain = " ".join(re.findall(r"\w+", said))
    close = [n for n, choice in enumerate(shown) if fuzz.ratio(plain, choice) >= ALIKE]
    inside = [
        n for n, choice in enumerate(shown) if len(choice) > 3 and choice in plain and len(plain) < 2 * len(choice)
    ]
    begun = [n for n, choice in enumerate(shown) if len(plain.split()) > 2 and choice.startswith(plain)]
    found = close or inside or begun or _of_its_words(plain.split(), shown, lists)
    return found[0] if len(found) == 1 else None


def _of_its_words(plain: Sequence[str], shown: Sequence[str], lists: Words) -> list[int]:
    """Return the choices that have all the significant words of a text, if there are enough of them."""
    telling = {w for w in plain if len(w) > 2} - lists.common - lists.fillers - lists.asks
    return [n for n, choice in enumerate(shown) if len(telling) >= OWN_WORDS and telling <= set(choice.split())]
