"""Slack's own spelling undone, and the words that a reader sees in a message."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.queries.glossary import explain, terms_in
from bot.slack.typed.slack_text import as_handed_on, as_typed, seen
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
        {"text": "<https://reach.example.org/q3|our reach report>"}, {"text": "<https://example.org/q3|reach>"}, {"text": "<http://reach/q3|reach>"},
        {"text": "at 10:Reach: it"}, {"text": "with <https://example.org|reach, and the rest of example.org>"},
        rich({"type": "link", "url": "https://reach.example.org/q3", "text": "our reach report"}),
        {"blocks": [{"type": "table", "rows": [[{"type": "raw_text", "text": "Measure"}, {"type": "raw_number", "value": 1, "text": "1"}],
                                               [{"type": "raw_text", "text": "reach"}]]}]},
        {"blocks": [{"type": "table", "rows": [[rich(said("our reach"))["blocks"][0]]]}]},
        {"blocks": [{"type": "data_table", "caption": "Our reach", "rows": []}]},
        {"blocks": [{"type": "input", "label": {"type": "plain_text", "text": "Your reach"}, "element": {"type": "plain_text_input"}}]},
        {"blocks": [{"type": "video", "title": {"type": "plain_text", "text": "Our reach"}, "alt_text": "viral"}]},
        {"blocks": [{"type": "image", "title": {"type": "plain_text", "text": "Our reach"}, "alt_text": "viral"}]},
        {"blocks": [{"type": "container", "child_blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "reach"}}]}]},
        {"blocks": [{"type": "carousel", "elements": [{"type": "card", "body": {"type": "mrkdwn", "text": "reach"}}]}]},
        {"blocks": [{"type": "plan", "title": "Plan", "tasks": [{"type": "task_card", "title": "reach"}]}]},
        {"attachments": [{"message_blocks": [{"message": {"text": "our reach"}}], "fallback": "viral"}]},
        {"attachments": [{"message_blocks": [{"message": {"blocks": [], "text": "our reach"}}], "fallback": "viral"}]},
        {"attachments": [{"message_blocks": [{"message": {"text": "", "attachments": [{"text": "our reach"}]}}], "fallback": "viral"}]},
        {"attachments": [{"attachments": [{"text": "our reach"}], "fallback": "viral"}]},
        {"attachments": [{"message_blocks": [{"message": {"text": "", "attachments": [
            {"message_blocks": [{"message": {"blocks": [{"type": "table", "rows": [[rich(said("our reach"))["blocks"][0]]]}]}}]}]}}]}]},
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
        {"text": "<http://viral.fr|viral.fr>"}, {"text": "<http://viral.app|viral.app>"}, {"text": "<http://x.tv/viral|x.tv/viral>"},
        {"text": "<http://go.viral.tv/reach|go.viral.tv/reach>"}, {"text": "<https://www.viral.museum/|viral.museum>"},
        {"text": "<https://viral.museum/reach?x=1&amp;y=2|viral.museum/rea…>"}, {"text": "<http://go/viral|go/viral>"}, {"text": "<http://viral|viral>"},
        {"text": "viral.app"}, {"text": "x.tv/viral"}, {"text": "see go.viral.museum/reach, or viral.fr"}, {"text": "@ada@viral.museum"},
        rich({"type": "link", "url": "http://viral.museum", "text": "viral.museum"}), rich({"type": "link", "url": "http://x.tv/viral", "text": "x.tv/viral"}),
        {"text": ":über_viral:"}, {"text": ":u\u0308ber_viral:"}, {"text": ":viral-日本::skin-tone-3:"}, {"text": ":+1-viral:"},
        {"attachments": [{"message_blocks": [{"message": rich(said("viral"), kind="rich_text_preformatted")}], "fallback": "viral"}]},
        {"blocks": [{"type": "input", "label": {"type": "plain_text", "text": "x"}, "element": {"type": "radio_buttons", "options": [{"text": {"type": "plain_text", "text": "viral"}}]}}]},
        {"blocks": [{"type": "card", "actions": [{"type": "button", "text": {"type": "plain_text", "text": "viral"}}]}], "text": "viral"},
        {"blocks": [{"type": "table", "rows": "viral"}, {"type": "table", "rows": [None, 7, [None, 3, {"type": ["raw_text"], "text": "viral"}]]}]},
        rich({"type": ["text"], "text": "viral"}), {"blocks": [{"type": ["header"], "text": {"type": {}, "text": "viral"}}]},
        {}, {"text": None}, {"blocks": "viral", "attachments": "viral"}, {"blocks": [None, {"type": "section"}]},
    ],
)  # fmt: skip
def test_nothing_else_is_read(message: dict[str, Any]) -> None:
    assert names(message) == []


def inside(deep: int, what: Any, wrap: Callable[[Any], Any]) -> Any:
    for _ in range(deep):
        what = wrap(what)
    return what


@pytest.mark.parametrize("message", [
    {"attachments": [inside(5000, {"text": "viral"}, lambda a: {"attachments": [a]})]},
    inside(5000, {"text": "viral"}, lambda m: {"attachments": [{"message_blocks": [{"message": m}]}]}),
    {"blocks": [inside(5000, {"type": "rich_text", "elements": []}, lambda r: {"type": "rich_text", "elements": [r]})]},
    {"blocks": [inside(5000, {"type": "header", "text": "viral"}, lambda b: {"type": "container", "child_blocks": [b]})]},
    {"blocks": [{"type": "table", "rows": inside(5000, "viral", lambda row: [row])}]},
])  # fmt: skip
def test_what_is_nested_without_end_is_left(message: dict[str, Any]) -> None:
    assert names(message) == []


# each would take minutes where the time grew with the square of the length
@pytest.mark.parametrize("piece", ["a", "a@", "a.", "a-", "`a", "<a|", ":a", "www.", "@.", "a.b/", "<http://a|a"])
def test_no_message_takes_long_to_read(piece: str) -> None:
    assert isinstance(seen({"text": piece * (400_000 // len(piece))}), str)


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


def test_what_stands_in_a_field_for_formatted_text_reads_as_the_words_of_a_command() -> None:
    section = [
        {"type": "usergroup", "usergroup_id": "S0LEAD"},
        {"type": "text", "text": ", A & B "},
        {"type": "channel", "channel_id": "C0BOARD"},
        {"type": "link", "url": "https://example.org"},
        {"type": "emoji", "name": "wave"},
        {"type": "broadcast", "range": "channel"},
        {"type": "user", "user_id": 5},
    ]
    items = [{"type": "rich_text_section", "elements": [{"type": "user", "user_id": f"U{n}"}]} for n in (1, 2)]
    listed = {"type": "rich_text_list", "elements": items}
    block = {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": section}, listed]}
    assert as_handed_on(block) == "<!subteam^S0LEAD>, A &amp; B <#C0BOARD>https://example.org<!channel>\n<@U1>\n<@U2>"
    assert as_handed_on({"type": "rich_text"}) == ""
