"""Cards are what follows from the log: the same for the same, never over the dose, nobody's blind spot left out."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.agenda import lone_days
from bot.domain.cards import CHECK_DAYS, MOST_DUE, Answered, Card, Event, Wish, Wished, due, fold, to_retire
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
def test_blind_spots_come_first_then_the_most_overdue_then_checks(cards: list[Card]) -> None:
    asked = due(cards, FIRST)
    assert {c.item_id for c in asked} == {
        c.item_id for c in cards if c.retired is None and c.due_on and c.due_on <= FIRST
    }
    for one, other in pairwise(asked):
        assert (not one.blind, one.check_only, one.due_on) <= (not other.blind, other.check_only, other.due_on)


@given(waiting())
def test_who_is_retired_was_known_best_and_is_neither_a_blind_spot_nor_wanted(cards: list[Card]) -> None:
    asked = due(cards, FIRST)
    gone = to_retire(asked)
    assert not any(card.blind or card.kept for card in gone)
    kept = [card for card in asked if card not in gone]
    may_go = [card for card in kept if not card.blind and not card.kept and (card.check_only or card.streak)]
    assert len(kept) <= MOST_DUE or not may_go
    for card in gone:
        assert all((card.check_only, card.streak) >= (other.check_only, other.streak) for other in may_go)


def test_a_review_is_counted_in_seconds_and_two_of_ours_fit_below_a_short_lesson() -> None:
    assert item_seconds(lesson("a")) + 2 * review_seconds(question()) <= MOST_SECONDS
    # 238 words a minute: sixty seconds, and a tap
    long = lesson("a").__class__(id="a", title="", body="word " * 238, question=question())
    assert item_seconds(long) > 60


@given(st.frozensets(st.integers(0, 6), min_size=1))
def test_reviews_come_alone_on_three_of_the_learners_days_at_most(days: frozenset[int]) -> None:
    assert lone_days(days) <= days
    assert 1 <= len(lone_days(days)) <= 3


def test_on_working_days_these_are_monday_wednesday_and_friday() -> None:
    assert lone_days(frozenset(range(5))) == {0, 2, 4}
