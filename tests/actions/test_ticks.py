"""What somebody ticks as known comes with the question first; right and sure, and its text may be skipped."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.actions.answer import leave, show_text
from bot.actions.begin import Begun, NothingLeft
from bot.actions.review import tell_confidence, void
from bot.actions.tick import skip_text, tick
from bot.domain.cards import CHECK_DAYS, Card
from bot.domain.content import Catalogue, Item
from bot.domain.delivery import Delivery, Outcome
from bot.errors import UnknownButtonError
from bot.messages import render
from bot.planning.ticks import MOST_TICKS, terms_ahead, terms_to_tick
from bot.store import cards
from tests.actions.test_answers import first_item, said_to, view_of
from tests.helpers import TEAM, Story, answer, term

RIGHT, WRONG = 1, 0


def knows(story: Story, *names: str) -> None:
    """The learner has ticked these."""
    story.do(tick, "abc", names)


def ticked_item(story: Story) -> Delivery:
    """The second day's term, which was ticked on the first."""
    first = first_item(story)
    knows(story, "b")
    story.do(answer, first.delivery_id, RIGHT, "first")
    came = story.day("2026-03-04 09:00")
    assert came is not None
    return came


def shown(story: Story, item: Delivery) -> str:
    """The text of a message as it is now."""
    return render(view_of(story, item)).text


def card_of(story: Story, item_id: str) -> Card | None:
    """The card of an item."""
    with story.ctx.db.read() as session:
        return next((card for card in cards.all_of(session, TEAM, story.who) if card.item_id == item_id), None)


def only_terms(story: Story, count: int) -> None:
    """Let the track be a lesson and this many terms."""
    catalogue = story.ctx.catalogue_of(TEAM)
    terms: dict[str, Item] = {f"t{n:02}": term(f"t{n:02}") for n in range(count)}
    track = replace(catalogue.tracks["abc"], items=("a", *terms))
    story.ctx = replace(
        story.ctx, catalogue_of=lambda _: Catalogue({**catalogue.items, **terms}, {**catalogue.tracks, "abc": track})
    )


def test_the_terms_still_to_come_are_offered_and_no_lesson(story: Story) -> None:
    first_item(story)
    assert [each.id for each in story.do(terms_ahead, "abc")] == ["b"]
    # a dialog about a single one would cost more than it saves
    assert story.do(terms_to_tick, "abc") == []
    assert story.do(terms_to_tick, "cd") == []
    assert story.do(terms_to_tick, "no such track") == []


def test_ten_are_offered_at_most_and_never_the_one_on_the_screen(story: Story) -> None:
    only_terms(story, 14)
    first = first_item(story)
    offered = [each.id for each in story.do(terms_to_tick, "abc")]
    assert offered == [f"t{n:02}" for n in range(MOST_TICKS)]
    story.do(leave, first.delivery_id, Outcome.READ, "r1")
    story.day("2026-03-04 09:00")
    assert [each.id for each in story.do(terms_to_tick, "abc")] == [f"t{n:02}" for n in range(1, MOST_TICKS + 1)]


def test_what_was_ticked_comes_with_the_question_first_and_says_why(story: Story) -> None:
    item = ticked_item(story)
    assert "You ticked this one, so the question comes first." in shown(story, item)
    assert "It means this." not in shown(story, item)
    assert "Guessing first" not in shown(story, item)


def test_an_item_that_wasnt_ticked_comes_as_ever(story: Story) -> None:
    first = first_item(story)
    knows(story)
    story.do(answer, first.delivery_id, RIGHT, "first")
    item = story.day("2026-03-04 09:00")
    assert item is not None
    assert "It means this." in shown(story, item)


def test_an_answer_shows_its_reasons_once_it_is_said_how_sure_it_was(story: Story) -> None:
    item = ticked_item(story)
    story.do(answer, item.delivery_id, RIGHT, "r1")
    said = shown(story, item)
    assert "You picked choice 1" in said
    assert "reason 1" not in said
    assert "It means this." not in said
    # it is behind them all the same: nothing waits for that word
    assert view_of(story, item).outcome is Outcome.ANSWERED
    assert story.day("2026-03-05 09:00") is not None


def test_right_and_sure_may_skip_the_text_and_brings_the_next_one(story: Story) -> None:
    item = ticked_item(story)
    story.do(answer, item.delivery_id, RIGHT, "r1")
    story.do(tell_confidence, item.delivery_id, "r2", "", sure=True)
    view = view_of(story, item)
    assert (view.outcome, view.text_shown, view.guessed) == (Outcome.ANSWERED, False, False)
    assert "Skip the text" in str(render(view).blocks)
    assert "reason 1" in shown(story, item)
    assert isinstance(story.do(skip_text, item.delivery_id, "r3"), Begun)
    view = view_of(story, item)
    assert view.outcome is Outcome.KNOWN
    assert "Noted: you know this one. The text stays here." in shown(story, item)
    assert "It means this." not in shown(story, item)
    assert "Skip the text" not in str(render(view).blocks)
    came = story.day("2026-03-04 09:01")
    assert came is not None
    assert view_of(story, came).item.id == "c"


def test_what_was_skipped_is_checked_once_like_any_right_answer(story: Story) -> None:
    item = ticked_item(story)
    story.do(answer, item.delivery_id, RIGHT, "r1")
    story.do(tell_confidence, item.delivery_id, "r2", "", sure=True)
    story.do(skip_text, item.delivery_id, "r3")
    card = card_of(story, "b")
    assert card is not None
    assert (card.due_on, card.check_only) == (date(2026, 3, 4) + timedelta(days=CHECK_DAYS), True)


def test_a_text_that_was_skipped_can_be_had_after_all(story: Story) -> None:
    item = ticked_item(story)
    story.do(answer, item.delivery_id, RIGHT, "r1")
    story.do(tell_confidence, item.delivery_id, "r2", "", sure=True)
    story.do(skip_text, item.delivery_id, "r3")
    story.do(show_text, item.delivery_id)
    assert "It means this." in shown(story, item)
    assert view_of(story, item).outcome is Outcome.KNOWN


def test_right_and_guessing_has_the_text_and_is_asked_again_soon(story: Story) -> None:
    item = ticked_item(story)
    story.do(answer, item.delivery_id, RIGHT, "r1")
    story.do(tell_confidence, item.delivery_id, "r2", "", sure=False)
    said = shown(story, item)
    assert "It means this." in said
    assert "Right, and you were guessing, so it comes back soon." in said
    assert "Skip the text" not in str(render(view_of(story, item)).blocks)
    card = card_of(story, "b")
    assert card is not None
    assert card.due_on is not None
    assert card.due_on < date(2026, 3, 4) + timedelta(days=CHECK_DAYS)
    assert not card.check_only
    with pytest.raises(UnknownButtonError):
        story.do(skip_text, item.delivery_id, "r3")


def test_sure_and_wrong_is_a_blind_spot_for_the_learner_alone(story: Story) -> None:
    item = ticked_item(story)
    story.do(answer, item.delivery_id, WRONG, "r1")
    story.do(tell_confidence, item.delivery_id, "r2", "", sure=True)
    said = shown(story, item)
    assert "It means this." in said
    assert "You were sure of this one, so it comes back first. Only you are told." in said
    card = card_of(story, "b")
    assert card is not None
    assert card.blind
    with pytest.raises(UnknownButtonError):
        story.do(skip_text, item.delivery_id, "r3")


def test_the_first_word_on_confidence_counts(story: Story) -> None:
    item = ticked_item(story)
    story.do(answer, item.delivery_id, RIGHT, "r1")
    assert story.do(tell_confidence, item.delivery_id, "r2", "", sure=False) is True
    assert story.do(tell_confidence, item.delivery_id, "r3", "", sure=True) is False
    assert view_of(story, item).sure is False


def test_nobody_is_asked_how_sure_they_are_of_an_item_they_didnt_tick(story: Story) -> None:
    item = first_item(story)
    story.do(answer, item.delivery_id, RIGHT, "r1")
    with pytest.raises(UnknownButtonError):
        story.do(tell_confidence, item.delivery_id, "r2", "", sure=True)
    with pytest.raises(UnknownButtonError):
        story.do(skip_text, item.delivery_id, "r3")


def test_the_text_can_be_had_before_the_answer_and_then_it_is_asked_as_ever(story: Story) -> None:
    item = ticked_item(story)
    story.do(show_text, item.delivery_id)
    assert "It means this." in shown(story, item)
    story.do(answer, item.delivery_id, RIGHT, "r1")
    assert "reason 1" in shown(story, item)
    assert "I'm sure" not in str(render(view_of(story, item)).blocks)


def test_skipping_twice_brings_one_item(story: Story) -> None:
    item = ticked_item(story)
    story.do(answer, item.delivery_id, RIGHT, "r1")
    story.do(tell_confidence, item.delivery_id, "r2", "", sure=True)
    assert story.do(skip_text, item.delivery_id, "r3") is not None
    assert story.do(skip_text, item.delivery_id, "r4") is None


def test_skipping_the_last_text_of_a_track_brings_nothing_more(story: Story) -> None:
    only_terms(story, 1)
    first = first_item(story)
    story.do(tick, "abc", ("t00",))
    story.do(answer, first.delivery_id, RIGHT, "r0")
    item = story.day("2026-03-04 09:00")
    assert item is not None
    story.do(answer, item.delivery_id, RIGHT, "r1")
    story.do(tell_confidence, item.delivery_id, "r2", "", sure=True)
    assert story.do(skip_text, item.delivery_id, "r3") == NothingLeft(finished=True)
    assert view_of(story, item).outcome is Outcome.KNOWN


def test_a_slip_leaves_a_ticked_item_as_read_with_its_text(story: Story) -> None:
    item = ticked_item(story)
    story.do(answer, item.delivery_id, WRONG, "r1")
    assert story.do(void, item.delivery_id, "r2", "") is True
    assert "It means this." in shown(story, item)
    assert "You said that was a slip, so it counts as read." in shown(story, item)
    assert story.do(tell_confidence, item.delivery_id, "r3", "", sure=True) is False


def test_i_know_this_in_the_menu_closes_it_with_its_text(story: Story) -> None:
    item = ticked_item(story)
    story.do(leave, item.delivery_id, Outcome.KNOWN, "r1")
    assert "It means this." in shown(story, item)


def test_a_typed_answer_is_told_to_say_how_sure_it_is_at_the_question(story: Story) -> None:
    ticked_item(story)
    story.go("2026-03-04 09:10")
    said_to(story, "2")
    story.go("2026-03-04 09:11")
    assert said_to(story, "yes").unrated


def test_a_form_that_is_sent_again_replaces_the_one_before(story: Story) -> None:
    only_terms(story, 3)
    first_item(story)
    story.do(tick, "abc", ("t00", "t02"))
    story.do(tick, "abc", ("t01", "made-up", "a"))
    assert story.do(lambda state: state.enrolment("abc").ticked) == ("t01",)


def test_a_track_that_somebody_doesnt_have_takes_no_ticks(story: Story) -> None:
    first_item(story)
    story.do(tick, "cd", ("c",))
    assert story.do(lambda state: state.enrolment("cd")) is None
