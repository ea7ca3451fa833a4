"""The lesson that comes nearest to a question. Pure: words in, an id out; nothing is stored of what was asked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable
from math import log

from bot.domain.content import Catalogue, Lesson

WORD = re.compile(r"[^\W\d_]{3,}")
ENOUGH = 2.0
"""How much a lesson must have of the question: about one word that few lessons have, or two that some have."""
TITLE = 2
"""How much more often than in its text a word counts that stands in a lesson's title."""


def nearest_lesson(
    catalogue: Catalogue, said: Iterable[str], vocabulary: Collection[str], common: Collection[str]
) -> str:
    """The id of the lesson that has most of these words, the rare ones counting most; "" when none has enough.

    Only words of the `vocabulary` count, and those of a lesson's title that aren't `common`: a lesson that shares
    "employee" and "writing" with a question needn't have anything to do with it.
    """
    lessons = {item.id: _words(catalogue, item) for item in catalogue.items.values() if isinstance(item, Lesson)}
    spread = Counter(word for words in lessons.values() for word in words)
    asked = {_stem(word) for word in said} - {_stem(word) for word in common}
    wanted = asked & {_stem(word) for word in vocabulary}
    titles = {lesson_id: {_stem(w) for w in _title(catalogue, lesson_id)} for lesson_id in lessons}
    scores = {
        lesson_id: sum(
            log((len(lessons) + 1) / spread[w]) * (1 + log(words[w]))
            for w in wanted | (asked & titles[lesson_id])
            if w in words
        )
        for lesson_id, words in lessons.items()
    }
    best = max(sorted(scores), key=lambda lesson_id: scores[lesson_id], default="")
    return best if best and scores[best] >= ENOUGH else ""


def _title(catalogue: Catalogue, lesson_id: str) -> list[str]:
    return WORD.findall(catalogue.items[lesson_id].title.casefold())


def _words(catalogue: Catalogue, lesson: Lesson) -> Counter[str]:
    taught = [catalogue.items[t].title for t in lesson.terms if t in catalogue.items]
    text = f"{f'{lesson.title} ' * TITLE} {lesson.body} {lesson.question.stem} {' '.join(taught) * TITLE}"
    return Counter(_stem(word) for word in WORD.findall(text.casefold()))


def _stem(word: str) -> str:
    """Roughly: customers and customer are one word."""
    for ending in ("ing", "ies", "es", "s", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word
