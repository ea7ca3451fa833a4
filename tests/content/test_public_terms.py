"""The words that public glossaries explain and our lessons don't: met in a text, and nothing else of it."""

from __future__ import annotations

import pytest

from bot.content.public_terms import lacking, public_terms
from bot.domain.content import Catalogue


def found(our_lessons: Catalogue, text: str) -> list[str]:
    return [each.term_id for each in lacking(our_lessons).find(text)]


def test_no_word_stands_there_twice() -> None:
    spellings = [spelling.casefold() for line in public_terms() for spelling in line]
    assert len(spellings) == len(set(spellings))
    assert len(public_terms()) > 150


def test_what_our_terms_explain_is_left_out(our_lessons: Catalogue) -> None:
    assert found(our_lessons, "a promoted post, and zero-click search") == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Our agency sells us *retail media* and a lookback window.", ["retail media", "lookback window"]),
        ("more backlinks, please", ["backlink"]),
        ("SEO and search engine optimisation are one", ["SEO"]),
        ("#RetailMedia", ["retail media"]),
        ("Shall we meet at nine? The landing is at five, the page is on my desk.", []),
        ("He lost his job; seo is his name", []),
    ],
)
def test_they_are_found_as_terms_are(our_lessons: Catalogue, text: str, words: list[str]) -> None:
    assert found(our_lessons, text) == words
