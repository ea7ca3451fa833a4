"""The meaning of the known messages that are most like one: for what no phrase and no single word tells.

Messages are like one another by the words they share, the rare ones counting most (inverse document frequency, Spärck
Jones 1972, as in the cosine of two texts). The messages stand in `words/examples.json`, by what each of them means: one
that was misunderstood is put right by a line there.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import log, sqrt
from pathlib import Path

from bot.domain.intents import Meaning
from bot.queries.nearest_lesson import stem
from bot.slack.typed.phrases import spoken
from bot.slack.typed.word_lists import words

ALIKE = 0.3
"""The least likeness, of 1, at which a message counts as like another."""
VERY_ALIKE = 0.45
"""The least likeness for the meanings in `WEIGHTY`, which nobody should be asked about without a reason."""
WEIGHTY = frozenset({Meaning.PAUSE, Meaning.REST, Meaning.OUT, Meaning.DATA})
SHARED = 2
"""The least number of shared words: one alone makes no message like another."""
NEIGHBOURS = 7
CUBED = 3
"""The power of its likeness by which a message counts: one twice as near outweighs seven others."""
OFFERED = {
    Meaning.PAUSE: Meaning.REST,
    # the answer about data tells of its deletion, which is never offered by guessing
    Meaning.DATA: Meaning.WHO,
    Meaning.RESUME: Meaning.WHEN,
    Meaning.NEXT: Meaning.WHEN,
    Meaning.AGAIN: Meaning.WHEN,
    Meaning.LATER: Meaning.WHEN,
    Meaning.NOT_TODAY: Meaning.WHEN,
    Meaning.ANSWER: Meaning.HINT,
    Meaning.IS_IT: Meaning.HINT,
    Meaning.NO_SUCH_CHOICE: Meaning.HINT,
    Meaning.TERM: Meaning.NO_TERM,
}
"""The meaning that is offered in the place of one that would change something."""


@dataclass(frozen=True, kw_only=True)
class Examples:
    """Messages whose meaning is known, indexed by their words."""

    meanings: Sequence[Meaning]
    """The meaning of each message."""
    norms: Sequence[float]
    """The weight of all words of each message."""
    weights: Mapping[str, float]
    """The weight of each word: how much it tells when it is shared."""
    having: Mapping[str, Sequence[int]]
    """The messages that have a word."""
    whole: Mapping[tuple[str, ...], Meaning]
    """The meaning of each message, by its words."""

    def same(self, text: str) -> Meaning | None:
        """Return the meaning of a message that is one of these, but for punctuation and capitals; None if it is
        none.

        Nor is anything that is done at once: what would do it is read as it stands.
        """
        meaning = self.whole.get(tuple(spoken(text, words())))
        return None if meaning in OFFERED else meaning

    def like(self, text: str) -> Meaning | None:
        """Return the meaning of the messages that are most like this one; None if none is like it."""
        said = _stems(spoken(text, words()))
        norm = sum(self.weights.get(word, 0.0) for word in said)
        together, shared = Counter[int](), Counter[int]()
        for word in said & self.having.keys():
            for number in self.having[word]:
                # Counter is typed for whole numbers, and counts any
                together[number] += self.weights[word]  # type: ignore[assignment]
                shared[number] += 1
        likeness = [(w / sqrt(norm * self.norms[n]), n) for n, w in together.items() if shared[n] >= SHARED and w]
        nearest = sorted(likeness, reverse=True)[:NEIGHBOURS]
        if not nearest or nearest[0][0] < ALIKE:
            return None
        votes = Counter[Meaning]()
        for alike, number in nearest:
            votes[self.meanings[number]] += alike**CUBED  # type: ignore[assignment]
        meaning = votes.most_common(1)[0][0]
        enough = nearest[0][0] >= VERY_ALIKE or meaning not in WEIGHTY
        return OFFERED.get(meaning, meaning) if enough else None


def gathered(meant: Mapping[str, Sequence[str]]) -> Examples:
    """Index messages by meaning. A key is one meaning, or several that serve alike, divided by a bar, the likeliest
    first.
    """
    meanings = [Meaning(name.split("|")[0]) for name, texts in meant.items() for _ in texts]
    said = [tuple(spoken(text, words())) for texts in meant.values() for text in texts]
    stems = [_stems(each) for each in said]
    having: dict[str, list[int]] = {}
    for number, each in enumerate(stems):
        for word in each:
            having.setdefault(word, []).append(number)
    weights = {word: log((len(said) + 1) / (1 + len(numbers))) for word, numbers in having.items()}
    norms = [sum(weights[word] for word in each) for each in stems]
    return Examples(
        meanings=meanings, norms=norms, weights=weights, having=having, whole=dict(zip(said, meanings, strict=True))
    )


def known_messages() -> Mapping[str, Sequence[str]]:
    """Return the messages that come with the bot, by meaning."""
    file = Path(__file__).with_name("words") / "examples.json"
    known: dict[str, list[str]] = json.loads(file.read_text(encoding="utf-8"))
    return known


@cache
def examples() -> Examples:
    """Return the index of the messages that come with the bot."""
    return gathered(known_messages())


def _stems(said: Sequence[str]) -> frozenset[str]:
    return frozenset(stem(word) for word in said)
