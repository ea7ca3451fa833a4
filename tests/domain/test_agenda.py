"""What comes next, decided without a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
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


def test_an_item_that_was_put_off_is_kept_back_until_its_day() -> None:
    waiting = open_asking(not_before=date(2026, 3, 3), again=True)
    known = situation(enrolment("abc"), open=waiting)
    assert decide(known) is None
    assert decide(known, date(2026, 3, 3)) == reminders.BringAgain(waiting)


def test_of_two_tracks_that_were_served_alike_the_one_that_began_first_comes_first() -> None:
    assert decide(situation(enrolment("abc", "2026-03-02"), enrolment("cd", "2026-02-23"))) == agenda.NewItem(
        "c", "cd", announce=True
    )


def test_an_item_whose_wording_slack_refused_is_left_out_and_with_it_a_track_that_has_no_other() -> None:
    assert decide(situation(enrolment("abc"), quarantined=frozenset({"a"}))) == agenda.NewItem(
        "b", "abc", announce=True
    )
    assert decide(situation(enrolment("cd"), done={"c": 1}, quarantined=frozenset({"d"}))) is None


def test_the_next_item_may_be_asked_for_in_one_track_and_on_any_day() -> None:
    known = situation(enrolment("abc"), enrolment("cd", "2026-03-09", last_asking=1))
    assert agenda.next_item(known, CATALOGUE, MONDAY, only="cd") is None
    assert agenda.next_item(known, CATALOGUE, None, only="cd") == agenda.NewItem("c", "cd", announce=True)
    assert agenda.next_item(known, CATALOGUE, date(2026, 3, 9), only="cd") == agenda.NewItem("c", "cd", announce=True)


def test_a_track_that_was_left_is_not_taught_and_its_hour_not_kept() -> None:
    left = enrolment("abc", at=time(8), days=parse_days("fri"), left_at=datetime(2026, 3, 1, tzinfo=UTC))
    assert decide(situation(left)) is None
    found = agenda.hours(situation(left).learner, (left,), DEFAULTS)
    assert (found.at, found.days, found.own) == (time(9), parse_days("mon-fri"), False)


def test_whoever_waits_for_a_welcome_still_gets_what_is_open() -> None:
    known = situation(enrolment("abc"), welcomed=False, open=open_asking())
    assert decide(known) == reminders.Remind(open_asking(), last=False)


def test_a_welcome_to_tracks_without_an_item_is_none() -> None:
    known = situation(enrolment("cd", "2026-03-09"), welcomed=False, quarantined=frozenset({"c", "d"}))
    assert decide(known, date(2026, 3, 6)) is None


def test_the_welcome_comes_before_the_earliest_of_the_tracks_that_an_admin_gave() -> None:
    given = (enrolment("abc", "2026-03-10"), enrolment("cd", "2026-03-12"))
    known = situation(*given, enrolment("abc", "2026-03-04", assigned_by=None), welcomed=False)
    when = agenda.hours(known.learner, known.enrolments, DEFAULTS)
    assert agenda.welcome_day(known, CATALOGUE, when) == date(2026, 3, 9)


def test_reviews_come_alone_from_their_day_on_the_learners_days_until_three_went_unanswered() -> None:
    known = situation(reviews_from=MONDAY)
    assert decide(known) == agenda.LoneReviews()
    assert decide(known, date(2026, 3, 1)) is None
    assert [decide(known, date(2026, 3, n)) is not None for n in range(2, 9)] == [
        True, False, True, False, True, False, False,
    ]  # fmt: skip
    assert decide(replace(known, reviews_from=None)) is None
    for unanswered, comes in ((2, True), (3, False)):
        learner = replace(known.learner, lone_unanswered=unanswered)
        assert (decide(replace(known, learner=learner)) is not None) is comes


def test_an_item_comes_before_reviews_alone() -> None:
    assert isinstance(decide(situation(enrolment("abc"), reviews_from=MONDAY)), agenda.NewItem)


def test_reviews_alone_are_spread_over_the_learners_days() -> None:
    assert agenda.lone_days(parse_days("mon,tue,wed")) == parse_days("mon,tue,wed")
    assert agenda.lone_days(parse_days("mon,tue,wed,thu")) == parse_days("mon,wed,thu")
    assert agenda.lone_days(frozenset(range(7))) == parse_days("mon,thu,sun")
    assert agenda.lone_days(frozenset()) == frozenset()


def test_reviews_alone_are_three_in_any_seven_days_whatever_the_weekdays_are() -> None:
    came = [date(2026, 3, n) for n in (2, 3, 4)]
    assert agenda.lone_from(date(2026, 3, 5), came) == date(2026, 3, 9)
    assert agenda.lone_from(date(2026, 3, 12), came) == date(2026, 3, 12)
    assert agenda.lone_from(date(2026, 3, 5), came[1:]) == date(2026, 3, 5)
    assert agenda.lone_from(date(2026, 3, 6), [*came, date(2026, 3, 5)]) == date(2026, 3, 10)


def test_messages_are_spread_evenly_over_people_and_each_has_always_the_same_second() -> None:
    people = [replace(situation().learner, learner_id=f"U{n}") for n in range(600)]
    spread = timedelta(minutes=1)
    offsets = [agenda.spread_offset(person, spread) for person in people]
    assert offsets == [agenda.hours(person, (), replace(DEFAULTS, spread=spread)).offset for person in people]
    seconds = {offset.total_seconds() for offset in offsets}
    assert seconds == set(map(float, range(60)))
    assert agenda.hours(people[0], (), DEFAULTS).offset == timedelta(0)
    elsewhere = [agenda.spread_offset(replace(person, workspace_id="T2"), spread) for person in people]
    assert elsewhere != offsets


def test_a_track_waits_while_the_one_before_it_has_something_left() -> None:
    both = (enrolment("abc", last_asking=5), enrolment("cd", after_track="abc"))
    assert decide(situation(*both)) == agenda.NewItem("a", "abc", announce=True)
    assert decide(situation(*both, done={"a": 1, "b": 2, "c": 3})) == agenda.NewItem("d", "cd", announce=True)
    # what Slack refuses can't be taught, so nothing waits for it
    refused = frozenset({"a", "b", "c"})
    assert decide(situation(*both, quarantined=refused)) == agenda.NewItem("d", "cd", announce=True)
    assert decide(situation(enrolment("cd", after_track="gone"))) == agenda.NewItem("c", "cd", announce=True)


def test_a_track_that_waits_is_taught_where_it_is_asked_for() -> None:
    both = situation(enrolment("abc"), enrolment("cd", after_track="abc"))
    assert agenda.next_item(both, CATALOGUE, MONDAY, only="cd") == agenda.NewItem("c", "cd", announce=True)


def test_tracks_that_wait_for_each_other_hold_nothing_back() -> None:
    circle = (enrolment("abc", after_track="cd", last_asking=2), enrolment("cd", after_track="abc", last_asking=1))
    assert decide(situation(*circle)) == agenda.NewItem("c", "cd", announce=True)
    itself = enrolment("cd", after_track="cd")
    assert decide(situation(itself)) == agenda.NewItem("c", "cd", announce=True)


def test_a_track_behind_two_others_waits_for_both_and_outside_a_circle_for_none() -> None:
    catalogue = replace(CATALOGUE, tracks={**CATALOGUE.tracks, "e": replace(CATALOGUE.tracks["cd"], id="e")})
    row = situation(enrolment("abc"), enrolment("cd", after_track="abc"), enrolment("e", after_track="cd"))
    left = replace(row, done={"a": 1, "b": 2})
    assert agenda.next_item(row, catalogue, MONDAY) == agenda.NewItem("a", "abc", announce=True)
    assert agenda.next_item(left, catalogue, MONDAY) == agenda.NewItem("c", "abc", announce=True)
    circle = situation(
        enrolment("abc", after_track="cd", last_asking=3),
        enrolment("cd", after_track="abc", last_asking=2),
        enrolment("e", after_track="cd", last_asking=1),
    )
    assert agenda.next_item(circle, catalogue, MONDAY) == agenda.NewItem("c", "e", announce=True)


def test_somebodys_second_stays_the_same_from_release_to_release() -> None:
    assert agenda.spread_offset(situation().learner, timedelta(minutes=10)) == timedelta(minutes=7, seconds=23)
