"""The word lists of a language, read from `words/en.yaml`. Another language is another file.

Each list's use stands above it in that file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.slack.typed.phrase_patterns import any_of
from bot.slack.typed.time_patterns import TimePatterns, time_patterns

WORD = re.compile(r"[^\W_]+")
SLIP_FROM = 6
"""Letters of the shortest word whose misspelling is corrected: in a shorter one a changed letter makes another word."""
BEFORE_LETTER = (
    r"\b(?:{0})(?:'s|:| (?:{1}))* \(?([a-j])\)?"
    r"(?=$|[,.!)]| (?:obviously|i think|surely|please|thank|thanks|because|but|though|with)\b)"
)
SOCIAL = {
    "greeting": frozenset({"hi", "hello", "hey", "great"}),
    "thanks": frozenset({"thanks", "thank", "ok", "okay", "great"}),
}
"""Fillers that are a whole message all the same."""


@dataclass(frozen=True, kw_only=True)
class Words:
    """The lists of one language, by their names in its file."""

    # any message
    same: Mapping[str, str]
    fillers: frozenset[str]
    polite: frozenset[str]
    signs: Mapping[str, str]
    emoji: Mapping[str, str]
    """The meaning of each emoji, by its name."""
    known: frozenset[str]
    """Long words that phrases are made of, to which misspellings are corrected."""
    # meanings
    whole: Mapping[str, frozenset[str]]
    weak: frozenset[str]
    phrases: Mapping[str, re.Pattern[str]]
    cues: Mapping[str, frozenset[str]]
    earlier: frozenset[str]
    other_verbs: Mapping[str, str]
    """The verb of a slash command, by the word typed in its place."""
    # the subject: the lessons and the speaker, or somebody else
    others: frozenset[str]
    somebody: frozenset[str]
    together: frozenset[str]
    me: frozenset[str]
    not_me: frozenset[str]
    ours: frozenset[str]
    ours_to_leave: frozenset[str]
    subjects: frozenset[str]
    taught: frozenset[str]
    taught_by_name: frozenset[str]
    posting: frozenset[str]
    # terms
    definitions: tuple[re.Pattern[str], ...]
    meanings: tuple[re.Pattern[str], ...]
    disputes: re.Pattern[str]
    articles: frozenset[str]
    ends_a_term: frozenset[str]
    of_meanings: frozenset[str]
    apart: frozenset[str]
    asks: frozenset[str]
    asks_meaning: frozenset[str]
    beside_meaning: frozenset[str]
    common: frozenset[str]
    everyday: frozenset[str]
    # pauses
    around_pause: frozenset[str]
    beside_a_pause: frozenset[str]
    leads_to_end: frozenset[str]
    before_end: frozenset[str]
    away: frozenset[str]
    absent: frozenset[str]
    quiet: frozenset[str]
    spans: frozenset[str]
    leaves: frozenset[str]
    for_good: frozenset[str]
    from_a_day: tuple[re.Pattern[str], ...]
    # hours and zones
    times: TimePatterns
    wants_hour: frozenset[str]
    asks_for_an_hour: frozenset[str]
    other_hour: frozenset[str]
    not_an_hour: frozenset[str]
    of_hours: frozenset[str]
    before_city: frozenset[str]
    no_cities: frozenset[str]
    # answers
    before_letter: re.Pattern[str]
    """Words that announce an answer's letter; the group is the letter."""
    around_letter: frozenset[str]
    after_letter: frozenset[str]
    before_no_letter: frozenset[str]
    after_no_letter: frozenset[str]
    no_answer: frozenset[str]
    not_this: re.Pattern[str]
    not_answered: re.Pattern[str]
    turns: re.Pattern[str]
    guessing: frozenset[str]
    ordinals: tuple[str, ...]
    last: str
    verdicts: frozenset[str]
    agrees: frozenset[str]
    beside_yes: frozenset[str]
    declines: frozenset[str]
    beside_no: frozenset[str]

    def is_plain(self, text: str, said: Sequence[str]) -> bool:
        """Return False where a pause is only spoken of: *could I stop?*, *I like quiet*."""
        if "i" in said and not ("to" in said and {"want", "like"}.intersection(said)):
            return False
        return "?" not in text or ("you" in said and "like" not in said)

    def whole_of(self, said: Iterable[str]) -> str:
        """Return the request that words are with nothing but fillers among them; "" when more is said."""
        words = list(said)
        for name, meant in self.whole.items():
            fillers = self.around_pause if name == "pause" else self.fillers
            left = [w for w in words if w not in fillers]
            core = meant.intersection(words) - self.weak - (self.fillers - SOCIAL.get(name, frozenset()))
            if core and meant.issuperset(left):
                return name
        return ""

    def found(self, *said: str) -> Iterable[str]:
        """Return the meanings with a phrase in either of these lines, in the order of the file."""
        return (name for name, pattern in self.phrases.items() if any(pattern.search(s) for s in dict.fromkeys(said)))


@cache
def words(language: str = "en") -> Words:
    """Return the lists of a language, by its code."""
    file = Path(__file__).with_name("words") / f"{language}.yaml"
    # BaseLoader makes strings of all values, since `off` and `no` are words
    data: dict[str, Any] = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - no objects
    lists = data["lists"]
    vocabulary = {w for each in data["phrases"].values() for phrase in each for w in WORD.findall(phrase)}
    vocabulary |= {w for each in data["whole"].values() for w in each}
    made: dict[str, Any] = {
        "before_letter": re.compile(BEFORE_LETTER.format("|".join(data["before_letter"]), "|".join(data["between"]))),
        "not_this": re.compile(rf"\b(?:{'|'.join(data['not_this'])})\b"),
        "not_answered": re.compile(rf"\b(?:{'|'.join(data['not_answered'])})\b"),
        "turns": re.compile(rf"[,.;:!?…\n]+|\b(?:{'|'.join(data['turns'])})\b", re.IGNORECASE),
        "emoji": {emoji: name for name, each in data["emoji"].items() for emoji in each},
        "other_verbs": {word: verb for verb, each in data["other_verbs"].items() for word in each.split()},
        "known": frozenset(w for w in vocabulary if len(w) >= SLIP_FROM),
        "times": time_patterns(data["times"]),
    }
    read = {f.name: _read(data[f.name], str(f.type), lists) for f in fields(Words) if f.name not in made}
    return Words(**read, **made)


def _read(value: Any, kind: str, lists: Mapping[str, str]) -> Any:
    """Convert a value of the file to the type of its field."""
    match kind:
        case "frozenset[str]":
            return frozenset(value.split())
        case "tuple[str, ...]":
            return tuple(value.split())
        case "re.Pattern[str]":
            return any_of([value], lists)
        case "tuple[re.Pattern[str], ...]":
            return tuple(any_of([phrase], lists) for phrase in value)
        case "Mapping[str, frozenset[str]]":
            return {name: frozenset(each.split() if isinstance(each, str) else each) for name, each in value.items()}
        case "Mapping[str, re.Pattern[str]]":
            return {name: any_of(each, lists) for name, each in value.items()}
    return value
