"""The lesson nearest to a question. Pure: words in, an id out; nothing of what was asked is stored."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from math import log

from bot.domain.content import Catalogue, Lesson

WORD = re.compile(r"[^\W\d_]{3,}")
ENDINGS = ("ing", "ies", "es", "s", "ed", "ly")
ENOUGH = 2.0
"""The least weight of a lesson: about one word that few lessons have, or two that some have."""
NAMED = 2
"""The weight of a word in a name, compared with one in the text."""


def nearest_lesson(
    catalogue: Catalogue, said: Iterable[str], vocabulary: Collection[str], taught: Collection[str]
) -> str:
    """Return the id of the lesson with most of these words, weighted by rarity; "" if none has enough.

    Words of the `vocabulary` count in a lesson's title and the terms it teaches; those of `taught` count anywhere. A
    lesson that mentions "customers" has nothing for somebody who asks about theirs.
    """
    anywhere = {stem(word) for word in taught}
    lessons = {lesson_id: _about(*words, anywhere) for lesson_id, words in catalogue.derived(_lesson_words).items()}
    spread = Counter(word for words in lessons.values() for word in words)
    wanted = {stem(word) for word in said} & {stem(word) for word in vocabulary}
    scores = {
        lesson_id: sum(log((len(lessons) + 1) / spread[w]) * (1 + log(words[w])) for w in wanted if w in words)
        for lesson_id, words in lessons.items()
    }
    best = max(sorted(scores), key=lambda lesson_id: scores[lesson_id], default="")
    return best if best and scores[best] >= ENOUGH else ""


def _lesson_words(catalogue: Catalogue) -> Mapping[str, tuple[Counter[str], Counter[str]]]:
    """Return the words of each lesson: those of its names and of the terms it teaches, and those of its text."""
    found = {}
    for lesson in catalogue.items.values():
        if isinstance(lesson, Lesson):
            taught = [catalogue.items[t].title for t in lesson.terms if t in catalogue.items]
            named = _stems(f"{lesson.id} {lesson.title} {' '.join(taught)}")
            found[lesson.id] = named, _stems(f"{lesson.body} {lesson.question.stem}")
    return found


def _about(named: Counter[str], told: Counter[str], anywhere: Collection[str]) -> Counter[str]:
    """Count the words a lesson is about: all of its names, and some of its text."""
    return Counter({w: NAMED * named[w] + told[w] for w in named | told if named[w] or w in anywhere})


def _stems(text: str) -> Counter[str]:
    return Counter(stem(word) for word in WORD.findall(text.casefold()))


def stem(word: str) -> str:
    """Return a rough stem: customers and customer are one word."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word
