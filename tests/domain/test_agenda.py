"""What comes next, decided without a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

from bot.domain import agenda, reminders
from bot.domain.agenda import Defaults, Situation
from bot.domain.delivery import Asking
from bot.domain.people import Enrolment, Learner
from bot.domain.typed_dates import parse_days
from tests.helpers import TEAM, enrolment, small_catalogue

DEFAULTS = Defaults(time(9), parse_days("mon-fri"))
MONDAY = date(2026, 3, 2)
CATALOGUE = small_catalogue()


def situation(*enrolments: Enrolment, **more: Any) -> Situation:
    learner = Learner(workspace_id=TEAM, learner_id="U1", name="Ada", tz="Europe/London", welcome_done=True)
    return Situation(
        **{"learner": learner, "enrolments": enrolments, "done": {}, "open": None, "welcomed": True, **more}
    )


def open_asking(**more: Any) -> Asking:
    return Asking(**{"workspace_id": TEAM, "asking_id": "k", "learner_id": "U1", "number": 1, "item_id": "a",
                     "track_id": "abc", "content_hash": "h", "opened_at": datetime(2026, 3, 2, tzinfo=UTC),
                     "again": False, **more})  # fmt: skip


def decide(known: Situation, day: date = MONDAY) -> agenda.Decision:
    return agenda.decide(known, CATALOGUE, agenda.hours(known.learner, known.enrolments, DEFAULTS), day)


def test_the_first_item_of_a_track_comes_first() -> None:
    assert decide(situation(enrolment("abc", announced=True))) == agenda.NewItem("a", "abc", announce=False)


def test_nothing_comes_before_its_first_day() -> None:
    assert decide(situation(enrolment("abc", "2026-03-09"))) is None


def test_two_tracks_alternate() -> None:
    both = (enrolment("abc", last_asking=3), enrolment("cd", last_asking=2))
    assert decide(situation(*both, done={"a": 1})) == agenda.NewItem("c", "cd", announce=True)


def test_an_item_in_two_tracks_comes_once_and_counts_in_both() -> None:
    known = situation(enrolment("cd"), done={"c": 1})
    assert decide(known) == agenda.NewItem("d", "cd", announce=True)


def test_a_restarted_track_brings_what_was_done_before_it_again() -> None:
    known = situation(enrolment("abc", after_step=2), done={"a": 1, "b": 2})
    assert agenda.next_item(known, CATALOGUE, MONDAY) == agenda.NewItem("a", "abc", announce=True)


def test_an_open_item_is_reminded_of_twice_and_then_there_is_silence() -> None:
    first = situation(enrolment("abc"), open=open_asking())
    assert decide(first) == reminders.Remind(open_asking(), last=False)
    second = open_asking(reminders=1)
    assert decide(replace(first, open=second)) == reminders.Remind(second, last=True)
    assert decide(replace(first, open=open_asking(reminders=2))) == reminders.FallSilent()


def test_an_item_put_off_comes_again_instead_of_a_reminder() -> None:
    waiting = open_asking(again=True)
    assert decide(situation(enrolment("abc"), open=waiting)) == reminders.BringAgain(waiting)


def test_the_welcome_comes_on_the_learning_day_before_a_future_first_day() -> None:
    learner = Learner(workspace_id=TEAM, learner_id="U1", name="Ada", tz="Europe/London")
    known = situation(enrolment("abc", "2026-03-09"), learner=learner, welcomed=False)
    assert decide(known, date(2026, 3, 5)) is None
    assert decide(known, date(2026, 3, 6)) == agenda.Welcome()


def test_who_started_by_themselves_gets_no_welcome() -> None:
    learner = Learner(workspace_id=TEAM, learner_id="U1", name="Ada", tz="Europe/London")
    known = situation(enrolment("abc", assigned_by=None), learner=learner, welcomed=False)
    assert isinstance(decide(known), agenda.NewItem)


def test_the_hour_is_the_learners_own_before_the_earliest_tracks_before_the_default() -> None:
    late, early = enrolment("abc", "2026-03-09", at=time(10)), enrolment("cd", "2026-03-02", at=time(8))
    learner = Learner(workspace_id=TEAM, learner_id="U1", name="Ada", tz="Europe/London")
    assert agenda.hours(learner, (), DEFAULTS).at == time(9)
    assert agenda.hours(learner, (late, early), DEFAULTS).at == time(8)
    assert agenda.hours(
        learner, (late, replace(early, finished_at=datetime(2026, 3, 3, tzinfo=UTC))), DEFAULTS
    ).at == time(10)
    assert agenda.hours(replace(learner, own_at=time(6)), (late, early), DEFAULTS).at == time(6)


def test_a_track_that_ended_without_a_tap_is_closed_before_another_goes_on() -> None:
    ended = enrolment("abc", finished_at=datetime(2026, 3, 2, tzinfo=UTC))
    assert decide(situation(ended, enrolment("cd"))) == agenda.Close("abc")
    assert isinstance(decide(situation(replace(ended, closed=True), enrolment("cd"))), agenda.NewItem)


def test_a_track_that_left_the_catalogue_holds_nothing_back() -> None:
    assert decide(situation(enrolment("gone"))) is None
