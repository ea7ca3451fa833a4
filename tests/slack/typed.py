"""What is read in messages, with and without an open question: `python -m tests.slack.typed FILE` (a list in JSON).

Another program may call `read_all`. Nothing here knows which messages are in the file.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from bot.domain.content import Catalogue
from bot.domain.intents import DmContext, Intent
from bot.domain.questions import Choice, OneRight
from bot.slack.typed.examples import Examples
from bot.slack.typed.intent_parser import read
from tests.teaching import ours

MONDAY = date(2026, 3, 2)
OPEN = OneRight(
    "which-small-film",
    "A plant manager can explain your new process in forty seconds. What do you do with her?",
    (
        Choice("Let the agency make a proper film of it, well lit, with her in it", "It will look better."),
        Choice("A story, to try it without risk", "Only followers see it."),
        Choice("Keep it for the intranet", "Colleagues will like it."),
        Choice("With her consent, film a short for people who don't know us", "Strangers meet her.", right=True),
    ),
)
WITHOUT = DmContext(today=MONDAY)
WITH_LETTERS = DmContext(today=MONDAY, question=OPEN, lettered=True)


def read_all(
    messages: Iterable[str], catalogue: Catalogue | None = None, known: Examples | None = None
) -> list[tuple[str, Intent, Intent]]:
    """Each message, and what is read in it without and with an open question that shows letters."""
    lessons = catalogue or ours()
    return [(m, read(m, WITHOUT, lessons, known), read(m, WITH_LETTERS, lessons, known)) for m in messages]


def told(intent: Intent) -> str:
    """An intent on one line."""
    details = {
        "until": intent.until,
        "hour": intent.hour,
        "choice": intent.choice or "",
        "terms": ",".join(intent.terms),
        "lesson": intent.lesson,
    }
    return " ".join([intent.meaning.value, *(f"{name}={value}" for name, value in details.items() if value)])


if __name__ == "__main__":
    for message, without, with_question in read_all(json.loads(Path(sys.argv[1]).read_text())):
        print(f"{told(without):40} | {told(with_question):40} | {message}")
