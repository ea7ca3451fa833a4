"""Rules that pick a choice without reading the question, and the words in which a wrong choice confesses."""

from __future__ import annotations

import pytest

from bot.domain.cues import ABSOLUTE, MOST_POINTS, RULES, RuleScore, absolutes, confesses, rule_scores
from bot.domain.questions import AnyQuestion, Choice, OneRight
from bot.messages.samples import parts


def asked(*texts: str, right: int) -> OneRight:
    """A question with these choices."""
    return OneRight("q", "Which?", tuple(Choice(text, "r", right=n == right) for n, text in enumerate(texts)))


def points(*questions: AnyQuestion) -> dict[str, float]:
    """How far each rule gets."""
    return {score.rule: round(score.points, 1) for score in rule_scores(questions)}


def test_a_rule_is_right_as_often_as_its_choice_is() -> None:
    longest = asked("aaa", "aa", "a", right=0)
    assert points(longest) == {"longest": 66.7, "second longest": -33.3, "shortest": -33.3, "plainest": 0.0}
    middle, shortest = asked("aaa", "aa", "a", right=1), asked("aaa", "aa", "a", right=2)
    assert points(shortest) == {"longest": -33.3, "second longest": -33.3, "shortest": 66.7, "plainest": 0.0}
    assert points(longest, middle, shortest) == dict.fromkeys(RULES, 0.0)


def test_where_choices_tie_a_rule_tosses() -> None:
    assert points(asked("aa", "aa", "a", right=0))["longest"] == round(100 * (1 / 2 - 1 / 3), 1)
    assert points(asked("aa", "aa", right=1)) == dict.fromkeys(RULES, 0.0)


def test_the_plainest_is_the_one_that_says_the_least_absolute_things() -> None:
    loud = asked("always, and everybody", "sometimes", "nothing; it will pass", right=1)
    assert points(loud)["plainest"] == 66.7


def test_only_questions_with_one_right_choice_in_a_drawn_order_are_counted() -> None:
    counted = rule_scores([asked("a", "b", right=0), parts.number(), parts.several(), parts.true_or_false()])
    assert {score.questions for score in counted} == {1}


def test_too_few_questions_give_nothing_away() -> None:
    few, many = (
        rule_scores([asked("aaa", "aa", "a", right=0)] * 19),
        rule_scores([asked("aaa", "aa", "a", right=0)] * 20),
    )
    assert not any(score.gives_away for score in few)
    assert [score.rule for score in many if score.gives_away] == ["longest"]


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Ready-made posts, so that nothing can go wrong", "so that nothing"),
        ("A private message, to keep it quiet", "to keep it quiet"),
        ("Nothing; it will pass", "nothing;"),
        ("Wait a week, so that nobody asks", "so that nobody"),
        ("A post on a Sunday, so nobody sees it", "so nobody"),
        ("Blocking them all, so no one answers", "so no one"),
        ("Three approvals, to be safe", "to be safe"),
        ("An old picture, to play it safe", "to play it safe"),
        ("Another account, to hide who paid", "to hide"),
        ("A younger photo, to look modern", "to look"),
        ("Changing it without anybody noticing", "without anybody noticing"),
        ("Silence, hoping it goes away", "hoping"),
        ("A joke, in the hope that they laugh", "hope that"),
        ("The cheapest one; who cares", "who cares"),
        ("Nothing: it will pass", "nothing:"),
        ("A short reply today", ""),
    ],
)
def test_a_wrong_choice_that_confesses_is_known(text: str, phrase: str) -> None:
    assert confesses(text) == phrase


def test_absolute_words_stand_alone() -> None:
    assert absolutes("We never answer, and nobody minds") == {"never", "nobody"}
    assert absolutes("Always all of it: everybody, everyone, every post. Only nothing is none.") == ABSOLUTE - {
        "never", "nobody",
    }  # fmt: skip
    assert len(ABSOLUTE) == 10
    assert absolutes("Not at all, all the same; an overall view, wherever it fell") == frozenset()


def test_an_absolute_word_behind_that_is_no_idiom() -> None:
    assert absolutes("They say that all of it waits") == {"all"}


def test_points_are_of_a_hundred_questions_and_ten_of_them_may_be_chance() -> None:
    assert RuleScore("longest", hits=12, expected=10, questions=20).points == MOST_POINTS
    assert not RuleScore("longest", hits=12, expected=10, questions=20).gives_away
    assert RuleScore("longest", hits=13, expected=10, questions=20).gives_away
    assert RuleScore("longest", hits=0, expected=0, questions=0).points == 0


def test_the_second_longest_of_four_isnt_the_third() -> None:
    assert points(asked("aaaa", "aaa", "aa", "a", right=1))["second longest"] == 75
