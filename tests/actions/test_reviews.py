"""Remembering: what was missed comes back in other words, below the day's item, at most two a day, for its learner alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from bot.actions import answer as answers
from bot.actions.answer import leave
from bot.actions.quit_track import come_back, quit_track
from bot.actions.review import (
    Brought,
    bring_reviews,
    drop,
    remember,
    take_back,
    tell_confidence,
    void,
)
from bot.delivery.prepare import prepare
from bot.domain.cards import CHECK_DAYS, MOST_DUE, Card, Wish, fold
from bot.domain.content import Catalogue, Item, Track
from bot.domain.delivery import Delivery, Outcome, Reason, Slot
from bot.domain.delivery_subject import Reviews
from bot.domain.questions import OneRight
from bot.domain.spacing import STEPS
from bot.errors import UnknownButtonError
from bot.messages import render
from bot.planning.holds import pause, wake
from bot.planning.learner_state import LearnerState, load
from bot.planning.next_due import update_next_due
from bot.planning.plan_day import catch_up
from bot.queries.home import home
from bot.slack.handlers.typed_messages import handle_typed
from bot.store import cards, deliveries
from bot.view_models import ItemView, ReviewsView, ReviewView, TitleLine
from tests.helpers import TEAM, Story, answer, lesson, question, state_of, view_shown

MISS, RIGHT = 0, 1
DAY = timedelta(days=1)
ITEMS = 40


@pytest.fixture
def story(story: Story) -> Story:
    """A track of many lessons, each with two wordings."""
    other = OneRight("other", "And which of these?", question().choices)
    items: dict[str, Item] = {f"l{n:02}": replace(lesson(f"l{n:02}"), further=(other,)) for n in range(ITEMS)}
    tracks = {
        "long": Track(id="long", title="Long", summary="Many.", items=tuple(items)),
        "short": Track(id="short", title="Short", summary="Few.", items=("l00", "l01", "l02")),
    }
    story.ctx = replace(story.ctx, catalogue_of=lambda _: Catalogue(items, tracks))
    return story


def begun(story: Story, track: str = "long") -> Delivery:
    """The first item has come on Tuesday, 3 March 2026."""
    story.assign(track)
    story.day("2026-03-02 08:00")
    came = story.day("2026-03-03 09:00")
    assert came is not None
    return came


def on(story: Story, day: date) -> Delivery | None:
    """What comes on a day, at its hour."""
    return story.day(f"{day} 09:00")


def through(story: Story, first: date, last: date, picked: int = RIGHT) -> list[Delivery]:
    """Every day's item is answered, and nothing else."""
    came: list[Delivery] = []
    day = first
    while day <= last:
        message = on(story, day)
        if message is not None and message.asking_id is not None:
            story.do(answer, message.delivery_id, picked, f"answer {day}")
            came.append(message)
        day += DAY
    return came


def reviews(story: Story, message: Delivery) -> tuple[ReviewView, ...]:
    """The reviews in a message, as it is now."""
    with story.ctx.db.read() as session:
        current = deliveries.get(session, TEAM, message.delivery_id)
        assert current is not None
        view = view_shown(session, story.ctx, current)
    assert isinstance(view, ItemView | ReviewsView)
    return view.reviews


def text(story: Story, message: Delivery) -> str:
    """What a message says now."""
    with story.ctx.db.read() as session:
        current = deliveries.get(session, TEAM, message.delivery_id)
        assert current is not None
        return render(view_shown(session, story.ctx, current)).text


def card(story: Story, item_id: str) -> Card:
    """A card as it is stored; it is what follows from the log."""
    with story.ctx.db.read() as session:
        found = cards.get(session, TEAM, story.who, item_id)
        assert found is not None
        assert fold(found, cards.events(session, TEAM, story.who, item_id).get(item_id, [])) == found
    return found


def pick(state: LearnerState, delivery_id: str, review: ReviewView, picked: int) -> bool:
    """Answer a review."""
    return answers.answer(state, delivery_id, [str(picked)], f"pick {review.asking_id}", review.asking_id)


def told(story: Story, message: Delivery, review: ReviewView, picked: int, *, sure: bool) -> None:
    """Answer a review, and say how sure one is."""
    story.do(pick, message.delivery_id, review, picked)
    story.do(tell_confidence, message.delivery_id, f"sure {review.asking_id}", review.asking_id, sure=sure)


FIRST_DUE = date(2026, 3, 3) + STEPS[0] * DAY


def due_first(story: Story) -> Delivery:
    """The first item was missed; everything since is right, until the day on which it comes back."""
    item = begun(story)
    story.do(answer, item.delivery_id, MISS, "miss")
    return through(story, date(2026, 3, 4), _weekday(FIRST_DUE))[-1]


def _weekday(day: date) -> date:
    return day + max(0, 7 - day.weekday()) * DAY if day.weekday() >= 5 else day


# when they come


def test_a_miss_comes_back_in_other_words_below_the_days_item_once_that_is_answered(story: Story) -> None:
    item = begun(story)
    story.do(answer, item.delivery_id, MISS, "miss")
    assert card(story, "l00").due_on == FIRST_DUE
    before = through(story, date(2026, 3, 4), _weekday(FIRST_DUE) - DAY)
    assert not any(reviews(story, message) for message in before)
    message = on(story, _weekday(FIRST_DUE))
    assert message is not None
    assert reviews(story, message) == ()
    story.do(answer, message.delivery_id, RIGHT, "today")
    (review,) = reviews(story, message)
    assert (review.question.id, review.response, review.outcome) == ("other", None, None)
    assert "And which of these?" in text(story, message)


@pytest.mark.parametrize("how", [Outcome.READ, Outcome.KNOWN])
def test_it_opens_also_once_the_item_is_read_or_known(story: Story, how: Outcome) -> None:
    item = begun(story)
    story.do(answer, item.delivery_id, MISS, "miss")
    through(story, date(2026, 3, 4), _weekday(FIRST_DUE) - DAY)
    message = on(story, _weekday(FIRST_DUE))
    assert message is not None
    story.do(leave, message.delivery_id, how, "left")
    assert len(reviews(story, message)) == 1


def test_the_reasons_come_after_a_word_on_confidence(story: Story) -> None:
    message = due_first(story)
    (review,) = reviews(story, message)
    story.do(pick, message.delivery_id, review, MISS)
    said = text(story, message)
    assert "You picked choice 0" in said
    assert "Better:" not in said
    story.do(tell_confidence, message.delivery_id, "sure", review.asking_id, sure=False)
    assert "Better: choice 1" in text(story, message)


def test_two_a_day_at_most_the_second_after_the_first(story: Story) -> None:
    item = begun(story)
    story.do(answer, item.delivery_id, MISS, "miss")
    through(story, date(2026, 3, 4), date(2026, 3, 6), MISS)
    # by then all four are due
    message = through(story, date(2026, 3, 9), _weekday(date(2026, 3, 6) + STEPS[0] * DAY))[-1]
    (first,) = reviews(story, message)
    told(story, message, first, RIGHT, sure=True)
    assert len(reviews(story, message)) == 2
    told(story, message, reviews(story, message)[1], RIGHT, sure=True)
    assert len(reviews(story, message)) == 2
    assert story.do(bring_reviews, "more") is Brought.ENOUGH


def test_an_item_isnt_asked_below_its_own_text(story: Story) -> None:
    item = begun(story)
    story.do(remember, "l09")
    story.do(answer, item.delivery_id, MISS, "miss")
    through(story, date(2026, 3, 4), date(2026, 3, 13))
    # both are due, and the day brings one of them as its item
    message = on(story, date(2026, 3, 16))
    assert message is not None
    assert story.do(lambda state: state.asking(str(message.asking_id))).item_id == "l09"
    story.do(leave, message.delivery_id, Outcome.READ, "read")
    (review,) = reviews(story, message)
    told(story, message, review, RIGHT, sure=True)
    assert len(reviews(story, message)) == 1


def test_one_left_unanswered_holds_nothing_back_and_lapses_when_it_is_asked_again(story: Story) -> None:
    message = due_first(story)
    (review,) = reviews(story, message)
    day = _weekday(FIRST_DUE) + DAY
    following = through(story, day, day)[-1]
    (again,) = reviews(story, following)
    assert again.asking_id != review.asking_id
    assert again.question.id != review.question.id
    (lapsed,) = reviews(story, message)
    assert lapsed.outcome is Outcome.LAPSED
    before = card(story, "l00")
    story.do(pick, message.delivery_id, lapsed, MISS)
    assert card(story, "l00") == before
    assert "This came after its time" in text(story, message)


def test_an_answer_without_a_word_on_confidence_counts_with_the_next_message(story: Story) -> None:
    message = due_first(story)
    (review,) = reviews(story, message)
    story.do(pick, message.delivery_id, review, RIGHT)
    known = card(story, "l00")
    assert (known.streak, known.due_on) == (1, _weekday(FIRST_DUE) + STEPS[1] * DAY)
    assert on(story, _weekday(FIRST_DUE) + DAY) is not None
    (settled,) = reviews(story, message)
    assert (settled.outcome, settled.sure) == (Outcome.ANSWERED, None)
    assert story.do(tell_confidence, message.delivery_id, "late", review.asking_id, sure=False) is False
    assert card(story, "l00") == known


@pytest.mark.parametrize(
    ("picked", "sure", "streak", "days", "blind"),
    [(RIGHT, True, 1, STEPS[1], False), (RIGHT, False, 0, STEPS[0], False), (MISS, False, 0, STEPS[0], False),
     (MISS, True, 0, STEPS[0], True)],
)  # fmt: skip
def test_what_an_answer_and_its_confidence_mean(
    story: Story, picked: int, sure: bool, streak: int, days: int, blind: bool
) -> None:
    message = due_first(story)
    told(story, message, reviews(story, message)[0], picked, sure=sure)
    known = card(story, "l00")
    assert (known.streak, known.blind) == (streak, blind)
    assert known.due_on == _weekday(FIRST_DUE) + days * DAY


def test_a_blind_spot_stays_one_until_it_is_right_and_sure_on_a_later_day(story: Story) -> None:
    message = due_first(story)
    told(story, message, reviews(story, message)[0], MISS, sure=True)
    assert "You were sure of this one, so it comes back first. Only you are told." in text(story, message)
    day = _weekday(FIRST_DUE)
    for picked, sure, blind in ((RIGHT, False, True), (RIGHT, True, False)):
        due_on = card(story, "l00").due_on
        assert due_on is not None
        message = through(story, day + DAY, _weekday(due_on))[-1]
        day = _weekday(due_on)
        told(story, message, reviews(story, message)[0], picked, sure=sure)
        assert card(story, "l00").blind is blind


def test_a_right_answer_is_checked_once(story: Story) -> None:
    item = begun(story)
    story.do(answer, item.delivery_id, RIGHT, "right")
    due_on = date(2026, 3, 3) + CHECK_DAYS * DAY
    assert (card(story, "l00").due_on, card(story, "l00").check_only) == (due_on, True)
    message = through(story, date(2026, 3, 4), _weekday(due_on))[-1]
    told(story, message, reviews(story, message)[0], RIGHT, sure=True)
    assert card(story, "l00").due_on is None


def test_a_guess_before_the_text_comes_back_two_learning_days_later_and_is_no_rating(story: Story) -> None:
    catalogue = story.ctx.catalogue_of(TEAM)
    first = {item_id: replace(item, ask_first=True) for item_id, item in catalogue.items.items()}
    story.ctx = replace(story.ctx, catalogue_of=lambda _: Catalogue(first, catalogue.tracks))
    item = begun(story)
    story.do(answer, item.delivery_id, MISS, "guess")
    known = card(story, "l00")
    assert (known.due_on, known.streak, known.check_only) == (date(2026, 3, 5), 0, False)
    message = through(story, date(2026, 3, 4), date(2026, 3, 5))[-1]
    told(story, message, reviews(story, message)[0], RIGHT, sure=True)
    assert card(story, "l00").due_on == date(2026, 3, 5) + STEPS[1] * DAY


def test_what_has_only_one_wording_isnt_asked_again(story: Story) -> None:
    catalogue = story.ctx.catalogue_of(TEAM)
    alone = {item_id: replace(item, further=()) for item_id, item in catalogue.items.items()}
    story.ctx = replace(story.ctx, catalogue_of=lambda _: Catalogue(alone, catalogue.tracks))
    message = due_first(story)
    assert reviews(story, message) == ()
    assert story.do(bring_reviews, "some") is Brought.NOTHING


# what learners say of them


def test_a_slip_counts_as_read_and_feeds_nothing(story: Story) -> None:
    item = begun(story)
    asking = str(item.asking_id)
    story.do(answer, item.delivery_id, MISS, "miss")
    assert story.do(void, item.delivery_id, "slip", asking) is True
    assert card(story, "l00").due_on is None
    assert "You said that was a slip, so it counts as read." in text(story, item)
    assert story.do(void, item.delivery_id, "slip again", asking) is False
    following = on(story, date(2026, 3, 4))
    assert following is not None
    story.do(answer, following.delivery_id, MISS, "another")
    assert story.do(void, item.delivery_id, "too late", asking) is False


def test_only_the_newest_answer_can_be_a_slip(story: Story) -> None:
    item = begun(story)
    story.do(answer, item.delivery_id, MISS, "miss")
    following = on(story, date(2026, 3, 4))
    assert following is not None
    story.do(answer, following.delivery_id, RIGHT, "right")
    before = card(story, "l00")
    assert story.do(void, item.delivery_id, "slip", str(item.asking_id)) is False
    assert card(story, "l00") == before
    third = on(story, date(2026, 3, 5))
    assert third is not None
    with pytest.raises(UnknownButtonError):
        story.do(void, third.delivery_id, "unanswered", str(third.asking_id))


def test_what_one_wants_to_remember_comes_back_whatever_was_answered(story: Story) -> None:
    begun(story)
    story.do(remember, "l05")
    known = card(story, "l05")
    assert (known.kept, known.due_on) == (True, date(2026, 3, 3) + STEPS[0] * DAY)
    with pytest.raises(UnknownButtonError):
        story.do(remember, "nothing")


def test_what_one_doesnt_want_isnt_asked_again_until_it_is_taken_back(story: Story) -> None:
    message = due_first(story)
    (review,) = reviews(story, message)
    story.do(drop, message.delivery_id, review.asking_id)
    assert reviews(story, message)[0].outcome is Outcome.DROPPED
    assert card(story, "l00").retired is Wish.DROP
    assert story.do(bring_reviews, "some") is not Brought.COMING
    story.do(take_back, "l00")
    assert card(story, "l00").active
    assert story.do(take_back, "l39") is None
    with pytest.raises(UnknownButtonError):
        story.do(drop, message.delivery_id, str(message.asking_id))


def test_what_was_answered_counts_also_for_whoever_doesnt_want_it_any_more(story: Story) -> None:
    message = due_first(story)
    (review,) = reviews(story, message)
    story.do(pick, message.delivery_id, review, RIGHT)
    story.do(drop, message.delivery_id, review.asking_id)
    assert (card(story, "l00").retired, card(story, "l00").streak) == (Wish.DROP, 1)
    assert "Right: " in text(story, message)
    story.do(take_back, "l00")
    assert card(story, "l00").due_on == _weekday(FIRST_DUE) + STEPS[1] * DAY


def test_more_than_the_dose_can_bring_is_retired_the_best_known_first(story: Story) -> None:
    begun(story)
    for n in range(MOST_DUE + 4):
        story.do(remember, f"l{n + 10:02}")
    with story.ctx.db.write() as session:
        for n, known in enumerate(cards.all_of(session, TEAM, story.who)):
            changed = replace(known, due_on=date(2026, 3, 3), kept=n < 2, streak=n)
            cards.later_put(session, changed)
    on(story, date(2026, 3, 4))
    assert story.do(bring_reviews, "some") is Brought.COMING
    with story.ctx.db.read() as session:
        retired = [c.item_id for c in cards.all_of(session, TEAM, story.who) if c.retired is Wish.RETIRE]
    # the last four are known best
    assert retired == [f"l{MOST_DUE + 10 + n}" for n in range(4)]


def statements(story: Story, due: int) -> int:
    """The statements with which the next card is chosen of so many that are due, four of them too many."""
    with story.ctx.db.write() as session:
        for known in cards.all_of(session, TEAM, story.who)[:due]:
            cards.later_put(session, replace(known, due_on=date(2026, 3, 3), streak=1, kept=False, retired=None))
    seen: list[str] = []

    def note(*given: Any) -> None:
        seen.append(given[2])

    event.listen(story.ctx.db.writer, "before_cursor_execute", note)
    assert story.do(bring_reviews, f"{due} due") is Brought.COMING
    event.remove(story.ctx.db.writer, "before_cursor_execute", note)
    return sum(statement.startswith("SELECT") for statement in seen)


def test_the_next_card_is_chosen_with_as_many_reads_however_many_are_due(story: Story) -> None:
    begun(story)
    for n in range(MOST_DUE + 4):
        story.do(remember, f"l{n + 10:02}")
    on(story, date(2026, 3, 4))
    few = statements(story, 3)
    # what is too much is retired, with one read of each log for all of it
    assert statements(story, MOST_DUE + 4) <= few + 2


# on demand, and after the last lesson


def test_reviews_are_brought_on_demand_once_for_a_request(story: Story) -> None:
    message = due_first(story)
    (review,) = reviews(story, message)
    told(story, message, review, RIGHT, sure=True)
    assert story.do(bring_reviews, "nothing is due") is Brought.NOTHING
    item = story.do(remember, "l30")
    assert item.due_on is not None
    through(story, _weekday(FIRST_DUE) + DAY, _weekday(item.due_on) - DAY)
    came = on(story, _weekday(item.due_on))
    assert came is not None
    assert story.do(bring_reviews, "now") is Brought.COMING
    assert story.do(bring_reviews, "now") is Brought.COMING
    story.deliver()
    alone = [d for d in story.all() if d.slot is Slot.ASKED and d.asking_id is None]
    assert len(alone) == 1
    (asked,) = reviews(story, alone[0])
    told(story, alone[0], asked, RIGHT, sure=True)
    assert "Right:" in text(story, alone[0])


def ended(story: Story) -> date:
    """The short track is over on Thursday, every item missed; the next day."""
    item = begun(story, "short")
    story.do(answer, item.delivery_id, MISS, "miss")
    through(story, date(2026, 3, 4), date(2026, 3, 5), MISS)
    return date(2026, 3, 6)


def alone(story: Story, first: date, days: int, most: int = 99) -> list[tuple[date, Delivery]]:
    """The reviews that come alone, with their day; no further than the `most`th."""
    found: list[tuple[date, Delivery]] = []
    for n in range(days):
        if len(found) == most:
            break
        day = first + n * DAY
        message = on(story, day)
        if message is not None and message.slot is Slot.DAILY:
            found.append((day, message))
    return found


def test_after_the_last_lesson_they_come_alone_on_three_days_a_week_and_end_unanswered(story: Story) -> None:
    first = ended(story)
    came = alone(story, first, 60)
    assert len(came) == 3
    assert all(day.weekday() in {0, 2, 4} for day, _ in came)
    story.do(wake)
    more = alone(story, first + 60 * DAY, 14)
    assert len(more) == 3


@pytest.mark.parametrize("days", [frozenset(range(7)), frozenset({1, 3}), frozenset({6})])
def test_they_come_alone_whatever_the_learners_days_are(story: Story, days: frozenset[int]) -> None:
    first = ended(story)
    story.do(lambda state: state.change_learner(own_days=days))
    story.do(update_next_due)
    (day, _), *_ = alone(story, first, STEPS[0] + 7, 1)
    assert day.weekday() in days


def test_whoever_changes_their_days_gets_no_fourth_in_a_week(story: Story) -> None:
    day, came = ended(story), list[date]()
    for n in range(40):
        story.do(wake)
        message = on(story, day + n * DAY)
        if message is None or message.slot is not Slot.DAILY:
            continue
        came.append(day + n * DAY)
        # every day may be one of the three, from tomorrow on
        story.do(lambda state, at: state.change_learner(own_days=frozenset({at % 7})), (day + n * DAY).weekday() + 1)
        story.do(update_next_due)
    assert len(came) > 6
    assert all((last - first).days >= 7 for first, last in zip(came, came[3:], strict=False))


def test_an_answer_counts_where_the_days_own_message_wasnt_planned_yet(story: Story) -> None:
    first = ended(story)
    (day, message), *_ = alone(story, first, STEPS[0] + 5, 1)
    (review,) = reviews(story, message)
    # the host sleeps over the next of their days, and wakes with this tap
    later = day + (2 if day.weekday() < 4 else 3) * DAY
    story.clock.at = datetime.combine(later, time(10), UTC)
    with story.ctx.db.write() as session:
        state = load(session, story.ctx, TEAM, story.who, about=message.delivery_id)
        assert state is not None
        catch_up(state)
        asked = state.asking(review.asking_id)
        assert asked is not None
        assert pick(state, message.delivery_id, review, RIGHT)
        tell_confidence(state, message.delivery_id, "sure", review.asking_id, sure=True)
    assert card(story, asked.item_id).streak == 1
    assert later in story.claimed_dates()


def test_reviews_alone_that_werent_sent_make_way_for_a_track_that_begins(story: Story) -> None:
    day = ended(story) + STEPS[0] * DAY
    story.deliver()
    while not [d for d in story.all() if isinstance(d.about, Reviews)]:
        story.go(f"{day} 09:00")
        day += DAY
    story.assign("long")
    (waiting,) = [d for d in story.all() if isinstance(d.about, Reviews)]
    assert story.do(prepare, waiting) is None
    came = on(story, day - DAY)
    assert came is not None
    assert came.asking_id is not None


def test_a_review_alone_is_answered_and_its_second_follows(story: Story) -> None:
    first = ended(story)
    (day, message), *_ = alone(story, first, STEPS[0] + 5, 1)
    (review,) = reviews(story, message)
    told(story, message, review, RIGHT, sure=True)
    assert len(reviews(story, message)) == 2
    assert "One from" in text(story, message)
    assert day.weekday() in {0, 2, 4}


def test_while_somebody_is_away_nothing_comes_and_nothing_piles_up(story: Story) -> None:
    message = due_first(story)
    assert len(reviews(story, message)) == 1
    back = _weekday(FIRST_DUE) + 28 * DAY
    story.do(pause, back)
    assert not [d for n in range(1, 28) if (d := on(story, _weekday(FIRST_DUE) + n * DAY)) is not None]
    came = on(story, back)
    assert came is not None
    story.do(answer, came.delivery_id, RIGHT, "back")
    assert len(reviews(story, came)) <= 1


def test_nothing_of_a_review_is_reminded_of(story: Story) -> None:
    first = ended(story)
    alone(story, first, 40)
    assert [d.slot for d in story.all() if d.slot is Slot.REMINDER] == []


def test_an_item_that_was_answered_right_is_checked_once(story: Story) -> None:
    item = begun(story)
    story.do(answer, item.delivery_id, RIGHT, "right")
    known = card(story, "l00")
    assert known.check_only
    assert known.due_on == date(2026, 3, 3) + CHECK_DAYS * DAY


def test_the_log_tells_a_review_from_an_item(story: Story) -> None:
    message = due_first(story)
    told(story, message, reviews(story, message)[0], MISS, sure=True)
    with story.ctx.db.read() as session:
        events = cards.events(session, TEAM, story.who, "l00")["l00"]
    reasons = [getattr(event, "reason", None) for event in events]
    assert reasons == [Reason.ITEM, Reason.REVIEW]
    assert [getattr(event, "sure", None) for event in events] == [None, True]


def test_who_has_left_every_track_is_asked_nothing_any_more_until_they_come_back(story: Story) -> None:
    item = begun(story, "short")
    story.do(answer, item.delivery_id, MISS, "miss")
    story.do(remember, "l30")
    story.do(quit_track, "short")
    assert alone(story, date(2026, 3, 4), 40) == []
    assert story.do(bring_reviews, "some") is Brought.NOTHING
    story.do(come_back, "short")
    assert story.do(bring_reviews, "more") is Brought.COMING


def test_what_isnt_asked_any_more_stands_in_home_and_can_be_taken_back(story: Story) -> None:
    message = due_first(story)
    (review,) = reviews(story, message)
    story.do(drop, message.delivery_id, review.asking_id)
    with story.ctx.db.read() as session:
        assert home(state_of(session, story.ctx, story.who)).not_asked == (TitleLine("l00", "L00"),)
    story.do(take_back, "l00")
    with story.ctx.db.read() as session:
        assert home(state_of(session, story.ctx, story.who)).not_asked == ()


def typed(story: Story, words: str) -> str:
    """Type something to the bot; what it answers."""
    request = story.request()
    story.clock.at += timedelta(minutes=1)
    with story.ctx.db.write() as session:
        handle_typed(state_of(session, story.ctx, story.who), words, request)
    story.deliver()
    return text(story, next(d for d in story.all() if d.caused_by == request))


def test_a_letter_answers_the_review_that_is_open_once_the_item_is_answered(story: Story) -> None:
    message = due_first(story)
    (review,) = reviews(story, message)
    place = review.question.shown.index(MISS) if isinstance(review.question, OneRight) else 0
    assert "And which of these?”\nIs that your answer: choice 0" in typed(story, "ABC"[place])
    assert reviews(story, message) == (review,)
    said = typed(story, "yes")
    assert "Your answer to “And which of these?”: choice 0" in said
    assert "Say at the question how sure you are, and you see the reasons there." in said
    assert review.question.choices[MISS].reason not in said
    (picked,) = reviews(story, message)
    assert picked.response == review.question.recall({"choice": MISS})
    assert picked.outcome is None
    # whatever is put off is an item, never a review
    assert "No question is open" in typed(story, "a")
    (same,) = reviews(story, message)
    assert same == picked


def test_of_an_item_and_a_review_a_letter_answers_the_item(story: Story) -> None:
    before = due_first(story)
    message = on(story, _weekday(FIRST_DUE) + DAY)
    assert message is not None
    typed(story, "a")
    typed(story, "yes")
    with story.ctx.db.read() as session:
        asking = state_of(session, story.ctx, story.who).asking(str(message.asking_id))
    assert asking is not None
    assert asking.outcome is Outcome.ANSWERED
    (review,) = reviews(story, before)
    assert review.response is None


def test_a_letter_that_names_no_choice_of_the_review_is_told_so(story: Story) -> None:
    message = due_first(story)
    said = typed(story, "h")
    assert "nothing was counted" in said
    assert reviews(story, message)[0].response is None
