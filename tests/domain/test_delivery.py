"""What a delivery, its subject and the people around it say of themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.domain.delivery import Asking, Delivery, Outcome, Slot, State
from bot.domain.delivery_subject import AnswerAsked, Closing, ItemMessage, Reminder, Reviews
from bot.domain.intents import Intent, Meaning
from bot.domain.orders import REFUSED, TOUCHED, EffectOutcome
from bot.domain.people import AWAY_EMOJI, Learner, Profile
from bot.domain.rider import FIGURES_NOTICE, PrivacyNotice, Rider, Worth
from bot.domain.talks import Talk
from tests.helpers import TEAM, enrolment

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)


def delivery(slot: Slot = Slot.DAILY, **more: Any) -> Delivery:
    return Delivery(workspace_id=TEAM, delivery_id="D", learner_id="U1", slot=slot, state=State.DUE, due_at=NOW, **more)


def asking(**more: Any) -> Asking:
    return Asking(
        workspace_id=TEAM, asking_id="k", learner_id="U1", number=1, item_id="a", track_id="abc", content_hash="h",
        opened_at=NOW, **more,
    )  # fmt: skip


def profile(**more: Any) -> Profile:
    return Profile(workspace_id=TEAM, person_id="U1", name="Ada", tz="Europe/London", **more)


def test_a_pause_holds_back_what_nobody_asked_for_and_a_closing_only_as_a_days_message() -> None:
    assert {slot for slot in Slot if delivery(slot).unasked} == {Slot.WELCOME, Slot.DAILY, Slot.REMINDER}
    of_the_day = {slot for slot in Slot if delivery(slot, claimed_date=NOW.date()).unasked}
    assert of_the_day == {Slot.WELCOME, Slot.DAILY, Slot.REMINDER, Slot.CLOSING}


def test_only_an_item_that_later_today_brings_was_put_off() -> None:
    assert delivery(about=ItemMessage(later=True)).put_off
    for about in (ItemMessage(), Reminder(last=True), Reviews()):
        assert not delivery(about=about).put_off


def test_only_a_last_reminder_is_one() -> None:
    assert delivery(Slot.REMINDER, about=Reminder(last=True)).last_reminder
    for about in (Reminder(last=False), ItemMessage(later=True)):
        assert not delivery(Slot.REMINDER, about=about).last_reminder


def test_a_reminder_shows_the_item_once_it_was_opened_and_any_other_message_at_once() -> None:
    assert delivery(Slot.REMINDER, about=Reminder(last=False, opened=True)).brings_item
    for about in (Reminder(last=True), ItemMessage()):
        assert not delivery(Slot.REMINDER, about=about).brings_item
    assert all(delivery(slot).brings_item for slot in Slot if slot is not Slot.REMINDER)


def test_an_item_or_its_reminder_may_lead_to_another_message_and_nothing_else_does() -> None:
    assert delivery(about=ItemMessage(folded=True)).folded
    assert delivery(about=Reminder(last=False, folded=True)).folded
    for about in (ItemMessage(), Reminder(last=False), Closing("abc")):
        assert not delivery(about=about).folded


def test_the_text_is_held_back_until_it_is_shown_or_the_question_answered() -> None:
    held = asking(asks_first=True, text_shown=False)
    assert held.holds_back
    for other in (
        asking(),
        replace(held, text_shown=True),
        replace(held, asks_first=False),
        replace(held, outcome=Outcome.ANSWERED),
    ):
        assert not other.holds_back


def test_the_order_of_the_choices_is_stored_a_digit_each() -> None:
    assert asking(choice_order="201").order == (2, 0, 1)
    assert asking().order == ()


def test_a_typed_answer_is_a_choice_or_what_was_written_into_the_field() -> None:
    assert AnswerAsked("k", "D", 2).picked == "2"
    assert AnswerAsked("k", "D", 0, written="share of voice").picked == "share of voice"


def test_a_pause_has_an_end_where_a_day_or_two_are_known() -> None:
    assert not Intent(meaning=Meaning.PAUSE).has_end
    assert Intent(meaning=Meaning.PAUSE, until=date(2026, 3, 9)).has_end
    assert Intent(meaning=Meaning.PAUSE, either=(date(2026, 5, 4), date(2026, 4, 5))).has_end


@pytest.mark.parametrize(
    "made", [profile, lambda **more: Learner(workspace_id=TEAM, learner_id="U1", name="", tz="UTC", **more)]
)
def test_who_left_is_a_bot_or_belongs_to_another_workspace_isnt_taught(made: Any) -> None:
    assert made().teachable
    for fact in ("deleted", "bot", "foreign"):
        assert not made(**{fact: True}).teachable


def test_a_holiday_status_that_ends_later_says_until_when_they_are_away() -> None:
    end = NOW + timedelta(days=3)
    away = profile(status_emoji="palm_tree", status_until=end)
    assert away.away_until(AWAY_EMOJI, NOW) == end
    assert away.away_until(AWAY_EMOJI, end - timedelta(seconds=1)) == end
    assert away.away_until(AWAY_EMOJI, end) is None
    for emoji in ("beach_with_umbrella", "desert_island", "umbrella_on_ground"):
        assert replace(away, status_emoji=emoji).away_until(AWAY_EMOJI, NOW) == end
    assert replace(away, status_until=None).away_until(AWAY_EMOJI, NOW) is None
    assert replace(away, status_emoji="airplane").away_until(AWAY_EMOJI, NOW) is None


def test_there_is_something_to_teach_in_a_track_until_it_is_finished_removed_or_left() -> None:
    assert enrolment("abc").active
    for ended in (
        replace(enrolment("abc"), finished_at=NOW),
        replace(enrolment("abc"), removed_at=NOW),
        replace(enrolment("abc"), left_at=NOW),
    ):
        assert not ended.active


def test_every_outcome_of_an_order_is_a_change_a_refusal_or_says_that_it_wasnt_needed() -> None:
    assert set(EffectOutcome) - TOUCHED - REFUSED == {EffectOutcome.HAD_IT, EffectOutcome.LEFT}
    assert not TOUCHED & REFUSED


def test_a_wish_to_talk_names_the_admins_who_were_told() -> None:
    assert Talk(workspace_id=TEAM, learner_id="U1", asked_at=NOW, told={"ids": ["A", "B"]}).admins == ("A", "B")


def test_whoever_said_that_they_know_it_sees_the_text_once_it_is_shown() -> None:
    ticked = asking(ticked=True, text_shown=False)
    assert ticked.vouched
    for other in (asking(), replace(ticked, text_shown=True), replace(ticked, ticked=False)):
        assert not other.vouched


def test_an_answer_of_somebody_who_knows_it_doesnt_show_the_text_and_any_other_end_does() -> None:
    ticked = asking(ticked=True, asks_first=True, text_shown=False)
    assert not ticked.shows_text
    shows = {outcome for outcome in Outcome if replace(ticked, outcome=outcome).shows_text}
    assert shows == set(Outcome) - {Outcome.ANSWERED, Outcome.KNOWN}
    assert replace(ticked, outcome=Outcome.ANSWERED, text_shown=True).shows_text


def test_the_text_is_on_the_screen_unless_it_is_held_back() -> None:
    held = asking(asks_first=True, text_shown=False)
    assert not held.shows_text
    assert asking().shows_text
    assert replace(held, outcome=Outcome.ANSWERED).shows_text


@pytest.mark.parametrize(
    ("slot", "rider", "tells"),
    [
        (Slot.WELCOME, None, True),
        (Slot.DAILY, None, False),
        (Slot.DAILY, PrivacyNotice(FIGURES_NOTICE), True),
        (Slot.DAILY, PrivacyNotice(FIGURES_NOTICE - 1), False),
        (Slot.DAILY, Worth(), False),
    ],
)
def test_the_welcome_and_one_notice_tell_of_figures(slot: Slot, rider: Rider | None, tells: bool) -> None:
    at = datetime(2026, 3, 2, tzinfo=UTC)
    made = Delivery(
        workspace_id="T", delivery_id="d", learner_id="U", slot=slot, state=State.SENT, due_at=at, rider=rider
    )
    assert made.tells_of_figures is tells
