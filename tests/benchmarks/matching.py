"""The terms in a message of 4,000 characters, with a glossary of a thousand, against a loop of regular expressions; and
against five milliseconds.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bot.domain.jargon_matcher import JargonMatcher, Name
from tests.benchmarks.measure import Bench, Figure, Pair, Wish

TERMS, CHARACTERS, MESSAGES = 1_000, 4_000, 20
MOST_MS = 5.0
SEED = 20
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@contextmanager
def matching(_wish: Wish) -> Iterator[Pair]:
    """A thousand terms of one to three words with two names each, and messages in which every tenth word is one."""
    chance = random.Random(SEED)
    names = [" ".join(_word(chance) for _ in range(chance.randint(1, 3))) for _ in range(2 * TERMS)]
    messages = [_message(chance, names) for _ in range(MESSAGES)]
    matcher = JargonMatcher(Name(text=name, term_id=str(number // 2)) for number, name in enumerate(names))
    patterns = [re.compile(rf"\b{re.escape(name)}(?:s|es)?\b", re.IGNORECASE) for name in names]
    found: list[int] = []

    def ours() -> float:
        found[:] = [len(matcher.find(message)) for message in messages]
        return _ms(lambda: [matcher.find(message) for message in messages])

    def loop() -> float:
        return _ms(lambda: [[p.search(message) for p in patterns] for message in messages])

    yield Pair(lambda: (taken := ours(), taken), lambda: (loop(), MOST_MS))
    assert min(found) > 0


def _message(chance: random.Random, names: list[str]) -> str:
    words: list[str] = []
    while sum(len(word) + 1 for word in words) < CHARACTERS:
        words.append(chance.choice(names) if chance.random() < 1 / 10 else _word(chance))
    return " ".join(words)[:CHARACTERS]


def _word(chance: random.Random) -> str:
    return "".join(chance.choice(LETTERS) for _ in range(chance.randint(3, 9)))


def _ms(run: Callable[[], object]) -> float:
    """Return the milliseconds a message takes."""
    begun = time.perf_counter()
    run()
    return 1000 * (time.perf_counter() - begun) / MESSAGES


BENCHES = (
    Bench(
        "matcher",
        matching,
        (
            Figure(
                "the terms in a message of 4,000 characters, against a loop of regular expressions", "ms", at_most=0.1
            ),
            Figure("the same against 5 ms", "ms", at_most=1.0),
        ),
    ),
)
