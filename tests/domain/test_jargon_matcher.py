"""The names of terms are found in a text as whole words, the longest first, however they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.jargon_matcher import JargonMatcher, Name

NAMES = {
    "reach": ["reach"],
    "organic-reach": ["organic reach"],
    "share-of-voice": ["share of voice", "SOV"],
    "first-party-data": ["first-party data"],
    "fomo": ["FOMO", "fear of missing out"],
    "a-b-test": ["A/B test"],
    "tldr": ["tl;dr"],
    "utility": ["public utility"],
    "news": ["news"],
}
MATCHER = JargonMatcher(
    [Name(text=name, term_id=term_id) for term_id, names in NAMES.items() for name in names]
    + [
        Name(text="AVE", term_id="ave", in_capitals=True),
        Name(text="carousel", term_id="carousel", unless_near=frozenset({"luggage"})),
        Name(text="boost", term_id="boost", unless_beside=frozenset({"morale", "a"})),
    ]
)


def found(text: str) -> list[str]:
    """The terms that a text names."""
    return [each.term_id for each in MATCHER.find(text)]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Our reach fell.", ["reach"]),
        ("REACH, reach and Reaches", ["reach"]),
        ("organic reach isn't all reach", ["organic-reach", "reach"]),
        ("#ShareOfVoice and #fomo", ["share-of-voice", "fomo"]),
        ("share-of-voice; first party data", ["share-of-voice", "first-party-data"]),
        ("FOMO's back, and SOVs too", ["fomo", "share-of-voice"]),
        ("two A/B tests, an a-b test and A/B  testing", ["a-b-test"]),
        ("tl;dr: no", ["tldr"]),
        ("public utilities", ["utility"]),
        ("ＦＯＭＯ", ["fomo"]),
        ("fear\nof missing out", ["fomo"]),
        ("the AVE, AVEs", ["ave"]),
        ("the news", ["news"]),
    ],
)
def test_a_name_is_found_however_it_is_written(text: str, terms: list[str]) -> None:
    assert found(text) == terms


@pytest.mark.parametrize(
    "text",
    [
        "unreachable, preach, reached and reaching",
        "We buy organic. Reach comes later".replace("Reach", "Reaction"),
        "a share. Of voice nothing was said",
        "Ave Maria, Fifth ave",
        "5TH AVE CLOSED",
        "fear of missing",
        "",
        "🙂 … —",
    ],
)
def test_what_only_looks_like_a_name_isnt_one(text: str) -> None:
    assert found(text) == []


def test_a_clause_ends_between_the_words_of_a_name() -> None:
    assert found("organic. Reach") == ["reach"]
    assert found("organic - reach") == ["reach"]
    assert found("organic-reach") == ["organic-reach"]


def test_words_around_a_name_may_show_that_it_isnt_meant() -> None:
    assert found("the carousel had ten slides") == ["carousel"]
    assert found("my luggage was on the carousel") == []
    assert found(f"luggage {'and more ' * 30} the carousel") == ["carousel"]
    assert found("boost the post, and boost it well") == ["boost"]
    assert found("it would boost morale") == []
    assert found("a boost") == []


def test_an_everyday_word_counts_where_the_text_speaks_of_the_subject() -> None:
    matcher = JargonMatcher(
        [Name(text="frequency", term_id="frequency", everyday=True), Name(text="CPM", term_id="cpm")]
    )
    for text, terms in (
        ("The frequency of meetings", []),
        ("Frequency 6.4, CPM 8.90", ["frequency", "cpm"]),
        ("On Instagram the frequency was 11", ["frequency"]),
    ):
        assert [each.term_id for each in matcher.find(text)] == terms


def test_a_name_comes_before_the_plural_of_another() -> None:
    matcher = JargonMatcher([Name(text="new", term_id="new"), Name(text="news", term_id="news")])
    assert [each.term_id for each in matcher.find("the news is new")] == ["news", "new"]


def test_a_term_is_told_once_with_the_name_that_came_first() -> None:
    (only,) = MATCHER.find("Fear of missing out, or FOMO")
    assert (only.term_id, only.name) == ("fomo", "fear of missing out")


@given(st.text(max_size=300))
def test_no_text_makes_it_fall_and_each_term_comes_once(text: str) -> None:
    terms = found(text)
    assert len(terms) == len(set(terms))


def test_a_single_letter_is_no_name_and_neither_are_signs() -> None:
    matcher = JargonMatcher([Name(text=name, term_id=name) for name in ("X", "&", "Q2", "A B")])
    assert [each.term_id for each in matcher.find("X, Xs, & and Q2, or A/B")] == ["Q2", "A B"]


def test_a_shorter_name_is_found_where_a_longer_one_begins_with_the_same_word() -> None:
    names = ("share of voice", "share price", "organic", "organic reach")
    matcher = JargonMatcher(Name(text=name, term_id=name) for name in names)
    for text, named in (
        ("the share price fell", ["share price"]),
        ("organic. Reach", ["organic"]),
        ("a share of the organic", ["organic"]),
    ):
        assert [each.term_id for each in matcher.find(text)] == named


def test_a_name_in_capitals_may_be_in_the_plural_and_not_in_a_text_that_shouts() -> None:
    assert found("two AVEs") == ["ave"]
    assert found("two AVES, said she") == ["ave"]
    assert found("two aves") == []


def test_everyday_words_that_stand_together_explain_each_other() -> None:
    matcher = JargonMatcher(Name(text=name, term_id=name, everyday=True) for name in ("frequency", "story"))
    assert [each.term_id for each in matcher.find("the frequency of the story")] == ["frequency", "story"]
    assert matcher.find("a story after a story") == []


def test_only_the_words_right_beside_a_name_count_as_beside_and_thirty_on_either_side_as_near() -> None:
    assert found("a big boost of our morale") == found("the boost of morale") == ["boost"]
    for apart, named in ((29, []), (30, ["carousel"])):
        between = " and" * apart
        assert found(f"luggage{between} carousel") == named
        assert found(f"carousel{between} luggage") == named


def test_names_that_begin_alike_are_found_in_any_order_in_which_they_are_listed() -> None:
    for names in (("share of voice", "share"), ("share", "share of voice")):
        matcher = JargonMatcher(Name(text=name, term_id=name) for name in names)
        assert [each.term_id for each in matcher.find("share of voice, share")] == ["share of voice", "share"]


def test_a_name_of_several_words_is_known_written_as_one_from_eight_letters_on() -> None:
    matcher = JargonMatcher(Name(text=name, term_id=name) for name in ("paid post", "ad group", "hashtags", "B"))
    for text, named in (("#paidpost", ["paid post"]), ("#paidposts", ["paid post"]), ("#adgroup", []), ("a B", [])):
        assert [each.term_id for each in matcher.find(text)] == named


@pytest.mark.parametrize(
    ("name", "text", "is_named"),
    [
        ("share price", "share prices", True), ("mass", "masses", True), ("story", "stories", True), ("story", "storys", True),
        ("reach", "reachies", False), ("day", "daies", True), ("boxy", "boxie", False), ("a b", "a bs", True),
    ],
)  # fmt: skip
def test_a_name_is_found_in_the_plural_as_people_write_it(name: str, text: str, is_named: bool) -> None:
    assert bool(JargonMatcher([Name(text=name, term_id="t")]).find(text)) is is_named
