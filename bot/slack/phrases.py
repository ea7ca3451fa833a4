"""Word lists as data: what is said is brought into one shape, and phrases are looked for in it.

How a phrase is written stands at the head of `words/en.yaml`; another language is another file.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from rapidfuzz import process
from rapidfuzz.distance import OSA

GAP = r"(?:\S+ ){0,4}?"
SLIP_FROM = 6
"""Words shorter than this are taken as they are: one letter off is another word."""
EMOJI = re.compile(r":([a-z0-9_'+-]+):(?::skin-tone-\d:)?")
BEFORE_LETTER = r"\b(?:{0})(?:'s|:| (?:{1}))* \(?([a-j])\)?(?=$|[,.!)]| (?:obviously|i think|surely|please))"
APOSTROPHES = re.compile("['’‘ʼ´`]")
WORD = re.compile(r"[^\W_]+")
SOCIAL = {
    "greeting": frozenset({"hi", "hello", "hey", "great"}),
    "thanks": frozenset({"thanks", "thank", "ok", "okay", "great"}),
}
"""Fillers that are a whole message all the same."""


@dataclass(frozen=True)
class Words:
    """One language's lists."""

    same: Mapping[str, str]
    fillers: frozenset[str]
    around_pause: frozenset[str]
    whole: Mapping[str, frozenset[str]]
    phrases: Mapping[str, tuple[re.Pattern[str], ...]]
    cues: Mapping[str, frozenset[str]]
    """Single words by what they are roughly about."""
    others: frozenset[str]
    subjects: frozenset[str]
    ours: frozenset[str]
    """Whose case a question is about."""
    from_a_day: tuple[re.Pattern[str], ...]
    """With a day: that messages should come again from then on."""
    definitions: tuple[re.Pattern[str], ...]
    asks: frozenset[str]
    common: frozenset[str]
    """Everyday words: what is asked for isn't a term where one of these is in it."""
    away: frozenset[str]
    """With a day after "until" these ask for a pause as well."""
    somebody: frozenset[str]
    """With one of these it is somebody else's pause or holiday."""
    not_me: frozenset[str]
    """With one of these it may be."""
    me: frozenset[str]
    of_hours: frozenset[str]
    """What may stand beside an hour that messages should come at."""
    polite: frozenset[str]
    """What may stand at either end of anything."""
    before_letter: re.Pattern[str]
    """Words that say that an answer's letter follows, with the letter."""
    around_letter: frozenset[str]
    guessing: frozenset[str]
    """With one of these a choice named first is a guess, whatever follows."""
    ordinals: tuple[str, ...]
    last: str
    verdicts: frozenset[str]
    no_cities: frozenset[str]
    """Zones that aren't named after a city, and whose names are other words as well."""
    signs: Mapping[str, str]
    """Names of emoji, by the signs that phones send."""
    emoji: Mapping[str, str]
    """What each emoji means, by its name."""
    weak: frozenset[str]
    """Words of `whole` that make no wish by themselves."""
    known: frozenset[str]
    """Long words that phrases are made of: a slip of the keyboard is put right to one of them."""

    def whole_of(self, said: Iterable[str]) -> str:
        """The wish that these words are, with nothing else among them but fillers; "" when more is said."""
        words = list(said)
        for name, meant in self.whole.items():
            fillers = self.around_pause if name == "pause" else self.fillers
            left = [w for w in words if w not in fillers]
            core = meant.intersection(words) - self.weak - (self.fillers - SOCIAL.get(name, frozenset()))
            if core and meant.issuperset(left):
                return name
        return ""

    def found(self, *said: str) -> Iterable[str]:
        """The names of all phrases in either of these, in the order of the file."""
        return (name for name, patterns in self.phrases.items() if any(p.search(s) for p in patterns for s in said))


@cache
def words(language: str = "en") -> Words:
    """A language's lists."""
    file = Path(__file__).with_name("words") / f"{language}.yaml"
    # every value as it is written: `off` and `no` are words
    data: dict[str, Any] = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - makes strings
    lists = data["lists"]
    phrases = {name: tuple(_pattern(p, lists) for p in each) for name, each in data["phrases"].items()}
    vocabulary = {w for each in data["phrases"].values() for phrase in each for w in WORD.findall(phrase)}
    vocabulary |= {w for each in data["whole"].values() for w in each}
    return Words(
        data["same"],
        frozenset(data["fillers"].split()),
        frozenset(data["around_pause"].split()),
        {name: frozenset(each) for name, each in data["whole"].items()},
        phrases,
        {name: frozenset(each.split()) for name, each in data["cues"].items()},
        frozenset(data["others"].split()),
        frozenset(data["subjects"].split()),
        frozenset(data["ours"].split()),
        tuple(_pattern(p, lists) for p in data["from_a_day"]),
        tuple(_pattern(f"^ {p}", lists) for p in data["definitions"]),
        frozenset(data["asks"].split()),
        frozenset(data["common"].split()),
        frozenset(data["away"].split()),
        frozenset(data["somebody"].split()),
        frozenset(data["not_me"].split()),
        frozenset(data["me"].split()),
        frozenset(data["of_hours"].split()),
        frozenset(data["polite"].split()),
        re.compile(BEFORE_LETTER.format("|".join(data["before_letter"]), "|".join(data["between"]))),
        frozenset(data["around_letter"].split()),
        frozenset(data["guessing"].split()),
        tuple(data["ordinals"].split()),
        data["last"],
        frozenset(data["verdicts"].split()),
        frozenset(data["no_cities"].split()),
        data["signs"],
        {emoji: name for name, each in data["emoji"].items() for emoji in each},
        frozenset(data["weak"].split()),
        frozenset(w for w in vocabulary if len(w) >= SLIP_FROM),
    )


def _pattern(phrase: str, lists: Mapping[str, str]) -> re.Pattern[str]:
    for name, members in lists.items():
        phrase = phrase.replace(f"<{name}>", members)
    made = "(?:^| )"
    for part in phrase.split():
        if part == "^":
            made = "^"
        elif part == "$":
            made += "$"
        elif part == "..":
            made += GAP
        elif part.startswith("!"):
            made += f"(?!(?:{part[1:]}) )"
        else:
            either = "|".join("$" if w == "$" else f"{re.escape(w)} " for w in part.rstrip("?").split("|"))
            made += f"(?:{either})" + ("?" if part.endswith("?") else "")
    return re.compile(made)


def emoji_in(text: str, lists: Words) -> list[str]:
    """The names of the emoji in a text, as Slack writes them or as signs."""
    return EMOJI.findall(text) + [lists.signs[sign] for sign in text if sign in lists.signs]


def spoken(text: str, lists: Words) -> list[str]:
    """The words of a text in one shape: without signs, capitals and emoji, short forms spelled out."""
    plain = unicodedata.normalize("NFKC", EMOJI.sub(" ", text)).casefold()
    said = WORD.findall(APOSTROPHES.sub("", plain))
    return [word for each in said for word in lists.same.get(each, each).split()]


def trimmed(said: list[str], lists: Words) -> list[str]:
    """Without what is only polite at either end."""
    first, last = 0, len(said)
    while first < last and said[first] in lists.polite:
        first += 1
    while last > first and (said[last - 1] in lists.polite or said[last - 2 : last] == ["thank", "you"]):
        last -= 1
    return said[first:last]


def ungreeted(said: list[str], lists: Words) -> list[str]:
    """Without *good morning* in front of something else: it names no time of day."""
    greeted = said[:1] == ["good"] and said[1:2] and said[1] in lists.whole["greeting"]
    return said[2:] if greeted and len(said) > 2 else said


def mended(said: list[str], lists: Words) -> list[str]:
    """Slips of the keyboard put right, in longer words and to words that phrases are made of."""
    return [_mended(word, lists) for word in said]


def _mended(word: str, lists: Words) -> str:
    if len(word) < SLIP_FROM or word in lists.known or word in lists.subjects or word in lists.others:
        return word
    most = 1 if len(word) < 9 else 2
    near = process.extractOne(word, sorted(lists.known), scorer=OSA.distance, score_cutoff=most)
    # the first letter is seldom wrong, and endings make other words
    return str(near[0]) if near and near[0][0] == word[0] and near[0][-1] == word[-1] else word
