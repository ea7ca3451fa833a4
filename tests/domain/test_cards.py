"""Cards are what follows from the log: the same for the same, never over the dose, nobody's blind spot left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import cards
from bot.domain.agenda import lone_days
from bot.domain.cards import CHECK_DAYS, MOST_DUE, Answered, Card, Event, Wish, Wished, due, fold, to_retire
from bot.domain.content import words
from bot.domain.delivery import Reason
from bot.domain.reading_time import MOST_SECONDS, item_seconds, review_seconds
from bot.domain.spacing import CAP, STEPS, FixedSteps, PastAnswer
from tests.helpers import lesson, question

FIRST = date(2026, 3, 2)
BLANK = Card(workspace_id="T", learner_id="U", item_id="a")


def on(day: int) -> date:
    """A day, counted from the first one."""
    return FIRST + timedelta(days=day)


@st.composite
def logs(draw: st.DrawFn) -> list[Event]:
    """A log of one item, in order."""
    days = sorted(draw(st.lists(st.integers(0, 700), min_size=1, max_size=12)))
    events: list[Event] = []
    for day in days:
        if draw(st.booleans()) or not events:
            guessed = draw(st.booleans())
            reason = draw(st.sampled_from(Reason)) if events else Reason.ITEM
            events.append(
                Answered(
                    day=on(day),
                    reason=reason,
                    right=draw(st.booleans()),
                    sure=draw(st.sampled_from((True, False, None))) if reason is not Reason.ITEM else None,
                    guessed=guessed and reason is Reason.ITEM,
                    review_on=on(day + 2) if guessed else None,
                )
            )
        else:
            events.append(Wished(on(day), draw(st.sampled_from(Wish))))
    return events


def answered(day: int, *, right: bool, sure: bool | None = None, reason: Reason = Reason.REVIEW) -> Answered:
    """An answer on a day."""
    return Answered(day=on(day), reason=reason, right=right, sure=sure)


@given(logs())
def test_the_same_log_makes_the_same_card_whatever_it_was_before(log: list[Event]) -> None:
    made = fold(BLANK, log)
    assert fold(made, log) == made
    assert fold(fold(BLANK, log[:1]), log) == made


@given(logs())
def test_a_card_is_never_due_before_its_last_event_nor_further_off_than_the_cap(log: list[Event]) -> None:
    made = fold(BLANK, log)
    planning = [event for event in log if isinstance(event, Answered) or event.what in {Wish.REMEMBER, Wish.RESTORE}]
    if made.due_on is not None:
        assert min(event.day for event in planning) <= made.due_on
        assert made.due_on <= max(event.day for event in planning) + timedelta(days=CAP)


@given(logs())
def test_a_blind_spot_is_one_until_it_was_right_and_sure_on_a_later_day(log: list[Event]) -> None:
    blind_since: date | None = None
    for event in log:
        if not isinstance(event, Answered) or event.guessed or event.sure is None:
            continue
        if event.sure and not event.right:
            blind_since = event.day
        elif event.sure and event.right and blind_since is not None and event.day > blind_since:
            blind_since = None
    made = fold(BLANK, log)
    assert made.blind is (blind_since is not None)


def test_steps_grow_with_each_right_answer_and_begin_anew_with_a_miss() -> None:
    log: list[Event] = [answered(0, right=False, reason=Reason.ITEM)]
    days = 0
    for step in STEPS[1:]:
        days = (fold(BLANK, log).due_on or FIRST).toordinal() - FIRST.toordinal()
        log.append(answered(days, right=True, sure=True))
        assert fold(BLANK, log).due_on == on(days + step)
    log.append(answered(days + 1, right=True, sure=False))
    assert fold(BLANK, log).due_on == on(days + 1 + STEPS[0])
    assert fold(BLANK, log).streak == 0


@given(st.lists(st.tuples(st.integers(0, 400), st.booleans()), max_size=20))
def test_the_rule_is_whole_days_within_its_cap(past: list[tuple[int, bool]]) -> None:
    answers = [PastAnswer(after, recalled) for after, recalled in past]
    interval = FixedSteps().next_interval(answers)
    assert interval in STEPS
    assert interval <= CAP
    assert all(short <= long for short, long in pairwise(STEPS))


def test_a_right_answer_is_checked_once_and_a_wrong_check_begins_a_card() -> None:
    right = answered(0, right=True, reason=Reason.ITEM)
    assert fold(BLANK, [right]).due_on == on(CHECK_DAYS)
    assert fold(BLANK, [right]).check_only
    check = Reason.CHECK
    assert fold(BLANK, [right, answered(30, right=True, sure=True, reason=check)]).due_on is None
    for right_guess in (True, False):
        wrong = fold(BLANK, [right, answered(30, right=right_guess, sure=False, reason=check)])
        assert (wrong.due_on, wrong.check_only) == (on(30 + STEPS[0]), False)


def test_what_was_retired_for_others_comes_back_with_a_miss_and_what_wasnt_wanted_doesnt() -> None:
    miss = answered(0, right=False, reason=Reason.ITEM)
    again = answered(9, right=False, reason=Reason.ITEM)
    assert not fold(BLANK, [miss, Wished(on(3), Wish.RETIRE)]).active
    assert fold(BLANK, [miss, Wished(on(3), Wish.RETIRE), again]).active
    assert not fold(BLANK, [miss, Wished(on(3), Wish.DROP), again]).active
    assert fold(BLANK, [miss, Wished(on(3), Wish.DROP), Wished(on(4), Wish.RESTORE)]).active
    assert fold(BLANK, [miss, Wished(on(3), Wish.DROP), Wished(on(4), Wish.REMEMBER)]).kept


def test_a_guess_starts_a_card_and_rates_nothing() -> None:
    guess = Answered(day=FIRST, reason=Reason.ITEM, right=False, guessed=True, review_on=on(2))
    made = fold(BLANK, [guess])
    assert (made.due_on, made.streak, made.blind) == (on(2), 0, False)
    assert fold(BLANK, [guess, answered(2, right=True, sure=True)]).due_on == on(2 + STEPS[1])
    miss = answered(0, right=False, reason=Reason.ITEM)
    assert fold(BLANK, [miss, guess]).due_on == fold(BLANK, [miss]).due_on


@st.composite
def waiting(draw: st.DrawFn) -> list[Card]:
    """Cards of one learner."""
    count = draw(st.integers(0, 25))
    return [
        Card(
            workspace_id="T",
            learner_id="U",
            item_id=f"i{n:02}",
            due_on=on(-draw(st.integers(-3, 30))),
            streak=draw(st.integers(0, 5)),
            blind=draw(st.booleans()),
            kept=draw(st.booleans()),
            check_only=draw(st.booleans()),
            retired=draw(st.sampled_from((None, None, Wish.DROP, Wish.RETIRE))),
        )
        for n in range(count)
    ]


@given(waiting())
def test_blind_spots_come_first_then_the_most_overdue_then_checks(there: list[Card]) -> None:
    asked = due(there, FIRST)
    assert {c.item_id for c in asked} == {
        c.item_id for c in there if c.retired is None and c.due_on and c.due_on <= FIRST
    }
    for one, other in pairwise(asked):
        assert (not one.blind, one.check_only, one.due_on) <= (not other.blind, other.check_only, other.due_on)


@given(waiting())
def test_who_is_retired_was_known_best_and_is_neither_a_blind_spot_nor_wanted(there: list[Card]) -> None:
    asked = due(there, FIRST)
    gone = to_retire(asked)
    assert not any(card.blind or card.kept for card in gone)
    kept = [card for card in asked if card not in gone]
    may_go = [card for card in kept if not card.blind and not card.kept and (card.check_only or card.streak)]
    assert len(kept) <= MOST_DUE or not may_go
    for card in gone:
        assert all((card.check_only, card.streak) >= (other.check_only, other.streak) for other in may_go)


def test_a_review_is_counted_in_seconds_and_two_of_ours_fit_below_a_short_lesson() -> None:
    assert item_seconds(lesson("a")) + 2 * review_seconds(question()) <= MOST_SECONDS


@given(st.frozensets(st.integers(0, 6), min_size=1))
def test_reviews_come_alone_on_three_of_the_learners_days_at_most(days: frozenset[int]) -> None:
    assert lone_days(days) <= days
    assert 1 <= len(lone_days(days)) <= 3


def test_on_working_days_these_are_monday_wednesday_and_friday() -> None:
    assert lone_days(frozenset(range(5))) == {0, 2, 4}


def test_a_blind_spot_isnt_over_on_its_own_day() -> None:
    blind = answered(0, right=False, sure=True)
    assert fold(BLANK, [blind]).blind
    assert fold(BLANK, [blind, answered(0, right=True, sure=True)]).blind
    assert fold(BLANK, [blind, answered(1, right=True)]).blind
    assert not fold(BLANK, [blind, answered(1, right=True, sure=True)]).blind
    assert not fold(BLANK, [answered(0, right=False)]).blind


def test_what_is_to_be_remembered_comes_back_as_after_a_miss_unless_it_was_due_already() -> None:
    remember = Wished(on(3), Wish.REMEMBER)
    assert fold(BLANK, [remember]).due_on == on(3 + STEPS[0])
    checked = fold(BLANK, [answered(0, right=True, reason=Reason.ITEM), remember])
    assert (checked.due_on, checked.check_only, checked.kept) == (on(3 + STEPS[0]), False, True)
    missed = fold(BLANK, [answered(0, right=False, reason=Reason.ITEM), remember])
    assert (missed.due_on, missed.kept) == (on(STEPS[0]), True)


def test_what_is_restored_is_due_on_that_day_at_the_earliest() -> None:
    miss, drop = answered(0, right=False, reason=Reason.ITEM), Wished(on(1), Wish.DROP)
    assert fold(BLANK, [miss, drop]).retired is Wish.DROP
    assert fold(BLANK, [miss, drop, Wished(on(2), Wish.RESTORE)]).due_on == on(STEPS[0])
    assert fold(BLANK, [miss, drop, Wished(on(40), Wish.RESTORE)]).due_on == on(40)
    assert fold(BLANK, [Wished(on(40), Wish.RESTORE)]).due_on == on(40)


def test_a_wanted_item_that_was_right_is_rated_and_not_merely_checked() -> None:
    made = fold(BLANK, [Wished(FIRST, Wish.REMEMBER), answered(1, right=True, reason=Reason.ITEM)])
    assert (made.due_on, made.check_only, made.streak) == (on(1 + STEPS[1]), False, 1)


def test_a_guess_is_no_check_and_comes_back_the_same_day_where_no_other_is_known() -> None:
    guess = Answered(day=FIRST, reason=Reason.ITEM, right=True, guessed=True)
    made = fold(BLANK, [guess])
    assert (made.due_on, made.check_only, made.last_on) == (FIRST, False, FIRST)


def test_a_card_keeps_whose_it_is_and_its_latest_review() -> None:
    card = replace(BLANK, asking_id="k", asked_on=on(5), streak=4, blind=True)
    assert fold(card, []) == replace(BLANK, asking_id="k", asked_on=on(5))


def test_a_rule_of_spacing_is_told_the_days_between_the_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    told = []

    class Told(FixedSteps):
        def next_interval(self, answers: Sequence[PastAnswer]) -> int:
            told.append(tuple(answers))
            return super().next_interval(answers)

    monkeypatch.setattr(cards, "SPACING", Told())
    fold(BLANK, [answered(1, right=False), answered(13, right=True, sure=True), answered(37, right=True, sure=False)])
    assert told[-1] == (PastAnswer(0, recalled=False), PastAnswer(12, recalled=True), PastAnswer(24, recalled=False))


def test_a_rule_of_spacing_may_end_a_card(monkeypatch: pytest.MonkeyPatch) -> None:
    class Never(FixedSteps):
        def next_interval(self, answers: Sequence[PastAnswer]) -> None:  # type: ignore[override]
            return None

    monkeypatch.setattr(cards, "SPACING", Never())
    assert fold(BLANK, [answered(0, right=False)]).due_on is None
    assert fold(BLANK, [Wished(FIRST, Wish.REMEMBER)]).due_on == on(CHECK_DAYS)


def known(name: str, **more: Any) -> Card:
    """A card that is due, and known unless something else is said."""
    return replace(BLANK, **{"item_id": name, "due_on": FIRST, "streak": 1, **more})


def test_nobody_loses_a_card_while_no_more_wait_than_the_dose_allows() -> None:
    full = [known(f"i{n:02}") for n in range(MOST_DUE)]
    assert to_retire(full) == to_retire(full[:3]) == []
    assert [card.item_id for card in to_retire([*full, known("z")])] == ["i00"]


def test_of_too_many_cards_checks_go_first_then_those_known_best() -> None:
    rest = [known(f"x{n:02}", streak=0) for n in range(MOST_DUE - 1)]
    few, many, check = known("few", streak=2), known("many", streak=3), known("check", streak=0, check_only=True)
    assert to_retire([few, many, *rest]) == [many]
    assert to_retire([few, many, check, *rest]) == [check, many]
    assert to_retire([few, many, check, *rest, *rest]) == [check, many, few]


def test_what_isnt_known_is_blind_or_wanted_stays_however_many_wait() -> None:
    for more in ({"streak": 0}, {"blind": True}, {"kept": True}, {"check_only": True, "kept": True}):
        assert to_retire([known(f"i{n}", **more) for n in range(2 * MOST_DUE)]) == []


def test_a_minute_is_238_words_and_a_tap_three_seconds_of_which_a_review_has_two() -> None:
    short = lesson("a")
    longer = replace(short, body=short.body + " word" * 238)
    assert item_seconds(longer) - item_seconds(short) == pytest.approx(60)
    assert item_seconds(short) == pytest.approx(words(short) / 238 * 60 + 3)
    # stem, three choices, then the right and the longest wrong choice with their reasons
    assert review_seconds(question()) == pytest.approx((2 + 6 + 4 + 4) / 238 * 60 + 2 * 3)


def test_a_right_answer_is_checked_once_24_days_later_and_twenty_cards_may_wait() -> None:
    learnt = fold(BLANK, [answered(0, right=True, reason=Reason.ITEM)])
    assert (learnt.due_on, learnt.check_only) == (on(24), True)
    waiting = [known(f"i{n:02}") for n in range(21)]
    assert [len(to_retire(waiting[:count])) for count in (20, 21)] == [0, 1]
