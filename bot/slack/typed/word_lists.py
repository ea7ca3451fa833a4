"""Word lists as data, read from `words/en.yaml`: how a phrase is written stands at its head.

Another language is another file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

import yaml

GAP = r"(?:\S+ ){0,4}?"
THING, LAST_THING = r"((?:\S+ ){1,4}?)", r"((?:\S+ ){1,6})"
"""What is asked about: up to the words that follow it in the pattern, or all that is left."""
WORD = re.compile(r"[^\W_]+")
SLIP_FROM = 6
"""Words shorter than this are taken as they are: one letter off is another word."""
BEFORE_LETTER = (
    r"\b(?:{0})(?:'s|:| (?:{1}))* \(?([a-j])\)?"
    r"(?=$|[,.!)]| (?:obviously|i think|surely|please|thank|thanks|because|but|though|with)\b)"
)
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
    phrases: Mapping[str, re.Pattern[str]]
    cues: Mapping[str, frozenset[str]]
    """Single words by what they are roughly about."""
    others: frozenset[str]
    subjects: frozenset[str]
    ours_to_leave: frozenset[str]
    """What is taught: with one of these it is about the lessons themselves."""
    ours: frozenset[str]
    """Whose case a question is about."""
    from_a_day: tuple[re.Pattern[str], ...]
    """With a day: that messages should come again from then on."""
    definitions: tuple[re.Pattern[str], ...]
    """They may ask what a word means: the first group."""
    meanings: tuple[re.Pattern[str], ...]
    """They ask for nothing else."""
    disputes: re.Pattern[str]
    """A part of what was said that only seems to ask: "that's not what reach means"."""
    ends_a_term: frozenset[str]
    """What follows a word whose meaning is asked for, and isn't part of it."""
    of_meanings: frozenset[str]
    """With one of these, what stands in quotation marks is asked for."""
    asks: frozenset[str]
    common: frozenset[str]
    """Everyday words: what is asked for isn't a term where one of these is in it."""
    taught: frozenset[str]
    """What a lesson that speaks of it has something on."""
    posting: frozenset[str]
    """What every lesson speaks of: no lesson is offered because of these alone."""
    earlier: frozenset[str]
    """With one of these something is asked for that they have had before."""
    leaves: frozenset[str]
    """Before *leave* these make it a holiday."""
    beside_a_pause: frozenset[str]
    """What may stand beside a pause until a day that is made at once."""
    away: frozenset[str]
    """With a day after "until" these ask for a pause as well."""
    absent: frozenset[str]
    """With some days these wish for a rest."""
    quiet: frozenset[str]
    """So do these, which say that nothing should come."""
    spans: frozenset[str]
    """What names some days without a date."""
    wants_hour: frozenset[str]
    """With an hour these wish for messages at that hour."""
    asks_for_an_hour: frozenset[str]
    """With one of these *send it at 8* is a wish, and not what happens."""
    other_hour: frozenset[str]
    """What makes an hour one that doesn't suit."""
    not_an_hour: frozenset[str]
    """With one of these an hour is for once, or somebody's call."""
    articles: frozenset[str]
    apart: frozenset[str]
    """With one of these and two terms, what tells them apart is asked for."""
    for_good: frozenset[str]
    """With one of these no rest is wished for, but an end."""
    together: frozenset[str]
    """*We* may be the speaker, as in "could we take a break"."""
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
    after_letter: frozenset[str]
    """What may follow an A that is an answer, and no article."""
    before_no_letter: frozenset[str]
    after_no_letter: frozenset[str]
    """Beside these a letter is a name: plan B, C level."""
    no_answer: frozenset[str]
    """With one of these a letter is only spoken of."""
    not_this: re.Pattern[str]
    """A part of what was said whose letters are the ones that aren't meant."""
    not_answered: re.Pattern[str]
    """With one of these a letter, a place or a choice is the one that isn't meant."""
    turns: re.Pattern[str]
    """Where somebody begins anew, or changes their mind."""
    guessing: frozenset[str]
    """With one of these a choice named first is a guess, whatever follows."""
    ordinals: tuple[str, ...]
    last: str
    asks_meaning: frozenset[str]
    """One of these and nothing beside it but the next ask what an emoji means."""
    beside_meaning: frozenset[str]
    taught_by_name: frozenset[str]
    """A question with one of these in it is about that."""
    everyday: frozenset[str]
    """Said by themselves they are no term that was looked up."""
    verdicts: frozenset[str]
    agrees: frozenset[str]
    beside_yes: frozenset[str]
    declines: frozenset[str]
    beside_no: frozenset[str]
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

    def is_plain(self, text: str, said: Sequence[str]) -> bool:
        """Whether words that are a pause wish for one: *could I stop?* and *I like quiet* don't."""
        if "i" in said and not ("to" in said and {"want", "like"}.intersection(said)):
            return False
        return "?" not in text or ("you" in said and "like" not in said)

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
        return (name for name, pattern in self.phrases.items() if any(pattern.search(s) for s in dict.fromkeys(said)))


@cache
def words(language: str = "en") -> Words:
    """A language's lists."""
    file = Path(__file__).with_name("words") / f"{language}.yaml"
    # every value as it is written: `off` and `no` are words
    data: dict[str, Any] = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - makes strings
    lists = data["lists"]
    vocabulary = {w for each in data["phrases"].values() for phrase in each for w in WORD.findall(phrase)}
    vocabulary |= {w for each in data["whole"].values() for w in each}
    made: dict[str, Any] = {
        "before_letter": re.compile(BEFORE_LETTER.format("|".join(data["before_letter"]), "|".join(data["between"]))),
        "not_this": re.compile(rf"\b(?:{'|'.join(data['not_this'])})\b"),
        "not_answered": re.compile(rf"\b(?:{'|'.join(data['not_answered'])})\b"),
        "turns": re.compile(rf"[,.;:!?…\n]+|\b(?:{'|'.join(data['turns'])})\b", re.IGNORECASE),
        "emoji": {emoji: name for name, each in data["emoji"].items() for emoji in each},
        "known": frozenset(w for w in vocabulary if len(w) >= SLIP_FROM),
    }
    read = {f.name: _read(data[f.name], str(f.type), lists) for f in fields(Words) if f.name not in made}
    return Words(**read, **made)


def _read(value: Any, kind: str, lists: Mapping[str, str]) -> Any:
    """What stands in the file, as the field's type says."""
    match kind:
        case "frozenset[str]":
            return frozenset(value.split())
        case "tuple[str, ...]":
            return tuple(value.split())
        case "re.Pattern[str]":
            return _pattern(value, lists)
        case "tuple[re.Pattern[str], ...]":
            return tuple(_pattern(phrase, lists) for phrase in value)
        case "Mapping[str, frozenset[str]]":
            return {name: frozenset(each.split() if isinstance(each, str) else each) for name, each in value.items()}
        case "Mapping[str, re.Pattern[str]]":
            return {
                name: re.compile("|".join(_source(phrase, lists) for phrase in each)) for name, each in value.items()
            }
    return value


def _pattern(phrase: str, lists: Mapping[str, str]) -> re.Pattern[str]:
    return re.compile(_source(phrase, lists))


def _source(phrase: str, lists: Mapping[str, str]) -> str:
    """A phrase as a regular expression."""
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
        elif part == "??":
            made += LAST_THING if phrase.endswith("??") else THING
        elif part.startswith("!"):
            made += f"(?!(?:{part[1:]}) )"
        else:
            either = "|".join("$" if w == "$" else f"{re.escape(w)} " for w in part.rstrip("?").split("|"))
            made += f"(?:{either})" + ("?" if part.endswith("?") else "")
    return made
