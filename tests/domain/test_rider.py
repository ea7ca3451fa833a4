"""One extra line at most: news on privacy, then what has changed, then whether it was worth the minute."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.rider import (
    ChangedFact,
    Comfort,
    GroupPage,
    Moment,
    PrivacyNotice,
    Rider,
    UnknownRider,
    Worth,
    asks_worth,
    comfort_after,
    next_rider,
)

CHANGE, OTHER = ChangedFact("a", date(2026, 3, 2)), ChangedFact("b", date(2026, 3, 3))


def rider(**more: Any) -> Rider | None:
    """What a message carries, where nothing is said otherwise: nothing."""
    return next_rider(**{"notices": 1, "told": 1, "brought": (), "changed": (), "asks_worth": False, **more})


def test_where_nothing_is_new_nothing_is_carried() -> None:
    assert rider() is None


def test_what_is_new_about_privacy_comes_before_a_change_and_that_before_the_question_on_worth() -> None:
    everything = {"notices": 2, "changed": [CHANGE], "asks_worth": True}
    assert rider(**everything) == PrivacyNotice(2)
    assert rider(**everything, brought={PrivacyNotice(2)}) == CHANGE
    assert rider(**everything, brought={PrivacyNotice(2), CHANGE}) == Worth()


def test_who_was_welcomed_with_a_notice_is_told_only_the_later_ones_one_at_a_time_in_their_order() -> None:
    assert rider(notices=4, told=2) == PrivacyNotice(3)
    assert rider(notices=4, told=2, brought={PrivacyNotice(3)}) == PrivacyNotice(4)
    assert rider(notices=4, told=2, brought={PrivacyNotice(3), PrivacyNotice(4)}) is None


def test_a_change_is_told_once_and_a_later_one_of_the_same_item_again() -> None:
    assert rider(changed=[CHANGE, OTHER]) == CHANGE
    assert rider(changed=[CHANGE, OTHER], brought=[CHANGE]) == OTHER
    later = ChangedFact("a", date(2026, 4, 2))
    assert rider(changed=[later], brought=[CHANGE]) == later


def test_how_comfortable_somebody_is_comes_before_worth_and_is_asked_once_a_moment() -> None:
    start, end = Comfort("a", Moment.START), Comfort("a", Moment.END)
    assert rider(comforts=[start, end], asks_worth=True) == start
    assert rider(comforts=[start, end], changed=[CHANGE]) == CHANGE
    assert rider(comforts=[start, end], brought=[Comfort("a", Moment.START, 3)]) == end
    assert rider(comforts=[start], brought=[Comfort("b", Moment.START), Worth()]) == start
    assert rider(comforts=[start], brought=[start]) is None


def test_it_is_asked_once_more_from_sixty_days_after_the_end_on_for_a_month() -> None:
    ended = date(2026, 3, 2)
    days = [n for n in range(200) if comfort_after(ended, ended + timedelta(days=n))]
    assert days == list(range(60, 91))


def test_what_another_release_brought_stops_nothing() -> None:
    assert rider(changed=[CHANGE], brought=[UnknownRider("{}")]) == CHANGE


@given(st.text(), st.integers(0, 10_000))
def test_of_four_askings_in_a_row_exactly_one_is_asked_about(learner_id: str, number: int) -> None:
    assert sum(asks_worth(learner_id, number + n) for n in range(4)) == 1


def test_learners_are_asked_about_different_askings_and_each_always_about_the_same() -> None:
    firsts = [next(n for n in range(4) if asks_worth(f"U{person}", n)) for person in range(400)]
    assert firsts == [next(n for n in range(4) if asks_worth(f"U{person}", n)) for person in range(400)]
    # a hundred each are expected; four standard deviations are 35
    assert all(65 <= firsts.count(n) <= 135 for n in range(4))


@given(
    st.integers(0, 4),
    st.integers(0, 4),
    st.lists(st.sampled_from([CHANGE, OTHER, *(PrivacyNotice(n) for n in range(1, 5)), Worth(said=True)])),
    st.lists(st.sampled_from([CHANGE, OTHER]), unique=True),
    st.booleans(),
)
def test_nothing_is_brought_twice(
    notices: int, told: int, brought: list[Rider], changed: list[ChangedFact], worth: bool
) -> None:
    made = rider(notices=notices, told=told, brought=brought, changed=changed, asks_worth=worth)
    assert made is None or made == Worth() or made not in brought
    if isinstance(made, PrivacyNotice):
        assert told < made.number <= notices
    if made == Worth():
        assert worth
        assert set(changed) <= set(brought)


def test_a_groups_page_is_asked_about_once_for_each_track() -> None:
    asked = GroupPage("a", said=False)
    found = next_rider(
        notices=0, told=0, brought=[asked], changed=[], asks_worth=True, pages=[GroupPage("a"), GroupPage("b")]
    )
    assert found == GroupPage("b")
    assert not asked.same(Worth())
