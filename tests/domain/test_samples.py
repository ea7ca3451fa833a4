"""The items drawn of a track: which, when they are checked, and which wordings wait for that."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.samples import DRAWN, FEWEST_WORDINGS, LAPSED, Sample, draw, kept_for_checks

DAY = date(2026, 3, 3)
SAMPLE = Sample(workspace_id="T1", learner_id="U1", track_id="a", item_id="x", drawn_on=DAY)
TRACK = {f"l{n}": FEWEST_WORDINGS for n in range(8)}


def test_an_item_is_checked_thirty_and_sixty_days_after_it_was_done() -> None:
    assert SAMPLE.due_on(DAY) == DAY + timedelta(days=30)
    once = SAMPLE.checked("asking")
    assert once.first_check == "asking"
    assert once.due_on(DAY) == DAY + timedelta(days=60)
    twice = once.checked(LAPSED)
    assert twice.due_on(DAY) is None
    assert [s.open_checks for s in (SAMPLE, once, twice)] == [2, 1, 0]


@given(st.text(), st.text())
def test_two_are_drawn_of_those_with_words_enough_the_same_each_time(learner: str, track: str) -> None:
    found = draw(learner, track, {**TRACK, "few": FEWEST_WORDINGS - 1})
    assert len(set(found)) == DRAWN
    assert "few" not in found
    assert found == draw(learner, track, dict(reversed(TRACK.items())))


def test_each_item_is_as_likely_as_any_other() -> None:
    people = 4000
    found = Counter(item for n in range(people) for item in draw(f"U{n}", "a", TRACK))
    expected = people * DRAWN / len(TRACK)
    # five standard deviations of a binomial: one run in a million strays further
    spread = 5 * (expected * (1 - DRAWN / len(TRACK))) ** 0.5
    assert all(abs(count - expected) < spread for count in found.values())


def test_where_too_few_have_words_enough_fewer_are_drawn() -> None:
    assert draw("U1", "a", {"x": 3, "y": 2}) == ("x",)
    assert draw("U1", "a", {}) == ()


def test_as_many_wordings_wait_as_checks_are_to_come() -> None:
    other = replace(SAMPLE, track_id="b").checked("asking")
    assert kept_for_checks([SAMPLE, other], "x") == 2
    assert kept_for_checks([other], "x") == 1
    assert kept_for_checks([SAMPLE], "y") == 0
