"""The terms in real messages: two hundred that were labelled by hand before the matcher was written, by sense and not by
string, and two hundred more that nothing was tuned on.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.domain.content import Catalogue
from bot.queries.glossary import terms_in
from bot.slack.typed.slack_text import seen

HERE = Path(__file__).parent
PRECISION, RECALL = 0.98, 0.95


def labelled(name: str) -> list[dict[str, Any]]:
    """The messages with the ids of the terms that they use."""
    made: list[dict[str, Any]] = json.loads((HERE / name).read_text("utf-8"))
    return made


@pytest.mark.parametrize(
    ("name", "precision"), [("jargon_messages.json", PRECISION), ("jargon_messages_unseen.json", PRECISION)]
)
def test_what_is_found_is_meant_and_what_is_meant_is_found(our_lessons: Catalogue, name: str, precision: float) -> None:
    right, wrong, missed = 0, list[str](), list[str]()
    messages = labelled(name)
    for message in messages:
        found = {term.id for term, _ in terms_in(our_lessons, seen({"text": message["text"]}))}
        meant = set(message["terms"])
        right += len(found & meant)
        wrong += [f"{term} in {message['text'][:200]!r}" for term in sorted(found - meant)]
        missed += [f"{term} in {message['text'][:200]!r}" for term in sorted(meant - found)]
    assert len(messages) == 200
    assert right / (right + len(wrong)) >= precision, "\n".join(wrong)
    assert right / (right + len(missed)) >= RECALL, "\n".join(missed)


def test_the_messages_name_most_of_the_terms(our_lessons: Catalogue) -> None:
    named = {term for message in labelled("jargon_messages.json") for term in message["terms"]}
    assert named <= {term.id for term in our_lessons.terms}
    assert len(named) > 150
