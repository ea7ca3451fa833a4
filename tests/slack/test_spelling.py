"""Slack's own spelling undone, and the words that a reader sees in a message."""

from __future__ import annotations

from typing import Any

import pytest

from bot.services.explain import explain, terms_in
from bot.slack.spelling import as_typed, seen
from tests.helpers import small_catalogue, term

CATALOGUE = type(small_catalogue())({n: term(n) for n in ("reach", "fomo", "viral", "résumé")}, {})


@pytest.mark.parametrize(
    ("handed_on", "typed"),
    [
        ("Q&amp;A", "Q&A"), ("a &lt; b", "a < b"), ("&amp;lt;", "&lt;"), ("<http://example.com|example.com>", "example.com"),
        ("<https://example.com/a>", "https://example.com/a"), ("<mailto:ada@example.org|ada@example.org>", "ada@example.org"),
        ("<#C12AB|fomo>", "#fomo"), ("<!here>", "@here"), ("<!subteam^S1|@board>", "@board"), ("hi <@U1|ada>", "hi <@U1|ada>"),
        ("<!date^1^{date}|Monday>", "Monday"), (":palm_tree: away", ":palm_tree: away"), ("plain", "plain"),
    ],
)  # fmt: skip
def test_what_was_typed_is_read_from_what_slack_hands_on(handed_on: str, typed: str) -> None:
    assert as_typed(handed_on) == typed


def rich(*elements: dict[str, Any], kind: str = "rich_text_section") -> dict[str, Any]:
    return {"blocks": [{"type": "rich_text", "elements": [{"type": kind, "elements": list(elements)}]}]}


def said(text: str, **style: bool) -> dict[str, Any]:
    return {"type": "text", "text": text, **({"style": style} if style else {})}


def names(message: dict[str, Any]) -> list[str]:
    return [name for _, name in terms_in(CATALOGUE, seen(message))]


@pytest.mark.parametrize(
    "message",
    [
        {"text": "our reach"},
        {"text": "a fallback", **rich(said("our "), said("reach", bold=True))},
        rich(said("reach"), kind="rich_text_quote"),
        {"blocks": [{"type": "rich_text", "elements": [
            {"type": "rich_text_list", "elements": [{"type": "rich_text_section", "elements": [said("our reach")]}]}]}]},
        rich({"type": "link", "url": "https://example.org/x", "text": "our reach"}),
        {"blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "our *reach*"}}]},
        {"blocks": [{"type": "section", "fields": [{"type": "mrkdwn", "text": "_reach_"}]}]},
        {"blocks": [{"type": "context", "elements": [{"type": "plain_text", "text": "reach"}]}]},
        {"blocks": [{"type": "header", "text": {"type": "plain_text", "text": "Reach"}}]},
        {"blocks": [{"type": "markdown", "text": "**reach**"}]},
        {"text": "", "attachments": [{"message_blocks": [{"message": rich(said("reach"))}], "fallback": "viral"}]},
        {"text": "", "attachments": [{"text": "our reach", "fallback": "viral"}]},
        {"text": "", "attachments": [{"fallback": "[March] reach"}]},
        {"text": "<https://example.org|our reach>"},
        {"text": "our &lt;reach&gt;"},
        {"text": "our ｒｅａｃｈ"},
    ],
)  # fmt: skip
def test_the_words_that_a_reader_sees_are_read(message: dict[str, Any]) -> None:
    assert names(message) == ["reach"]


@pytest.mark.parametrize(
    "message",
    [
        {"text": "<https://example.org/viral|here>"}, {"text": "https://example.org/viral"}, {"text": "see viral.example.com/viral"},
        {"text": "`viral`"}, {"text": "```\nviral\n```"}, {"text": ":viral: :viral:"}, {"text": "<@U1|viral>"}, {"text": "<#C1|viral>"},
        {"text": "viral@example.org"}, {"text": "<mailto:viral@example.org|viral@example.org>"}, {"text": "<!subteam^S1|@viral>"},
        rich(said("viral", code=True)), rich(said("viral"), kind="rich_text_preformatted"), rich({"type": "emoji", "name": "viral"}),
        rich({"type": "link", "url": "https://example.org/viral"}), rich({"type": "user", "user_id": "U1"}),
        {"text": "viral", **rich(said("something else"))},
        {"blocks": [{"type": "actions", "elements": [{"type": "button", "text": {"type": "plain_text", "text": "viral"}}]}]},
        {}, {"text": None}, {"blocks": "viral", "attachments": "viral"}, {"blocks": [None, {"type": "section"}]},
    ],
)  # fmt: skip
def test_nothing_else_is_read(message: dict[str, Any]) -> None:
    assert names(message) == []


@pytest.mark.parametrize(
    "asked", ["résumé", "re\u0301sume\u0301", "ＲÉＳＵＭÉ", "résumés", " Re\u0301sume\u0301\u00a0"]
)
def test_composed_decomposed_and_full_width_letters_are_one_word(asked: str) -> None:
    found = explain(CATALOGUE, asked).term
    assert found is not None
    assert found.id == "résumé"
    assert [name for _, name in terms_in(CATALOGUE, f"the {asked} of")] == ["resume".replace("e", "é")]


@pytest.mark.parametrize(("asked", "finds"), [("reahces", "reach"), ("fomso", "fomo"), ("virlas", "viral")])
def test_a_misspelt_plural_finds_its_word(asked: str, finds: str) -> None:
    view = explain(CATALOGUE, asked)
    assert view.term is not None
    assert (view.term.id, view.guessed) == (finds, True)


@pytest.mark.parametrize("asked", ["wolof", "synergy", "blockchain", "xyz", "of"])
def test_what_is_nothing_like_a_word_isnt_answered_with_it(asked: str) -> None:
    view = explain(CATALOGUE, asked)
    assert (view.term, view.nearest) == (None, ())
