"""Asking: before the text or after it, in more than one wording, with one more try where a slip of the finger is likely."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.actions import answer as answers
from bot.actions.answer import leave, show_text
from bot.domain.content import Catalogue, Item, question_of
from bot.domain.delivery import Delivery, Outcome, Slot
from bot.domain.delivery_subject import Said
from bot.domain.intents import Meaning
from bot.domain.questions import AnyQuestion, Fault, NoResponseError, OneRight, Written
from bot.errors import UnknownButtonError
from bot.messages import render
from bot.messages.samples import parts
from bot.planning.learner_state import LearnerState
from bot.store import responses
from bot.store.askings import get
from bot.view_models import ClosingView, ItemView
from tests.actions.test_answers import first_item, said_to, view_of
from tests.helpers import TEAM, Story, answer, question, view_shown


def teaching(story: Story, **changes: Any) -> None:
    """Let the first item of the track be another one."""
    catalogue = story.ctx.catalogue_of(TEAM)
    items: dict[str, Item] = {**catalogue.items, "a": replace(catalogue.items["a"], **changes)}
    story.ctx = replace(story.ctx, catalogue_of=lambda _: Catalogue(items, catalogue.tracks))


def give(state: LearnerState, delivery_id: str, *picked: str) -> bool:
    """Answer with these values."""
    return answers.answer(state, delivery_id, picked, f"request {picked}")


def shown(story: Story, item: Delivery) -> str:
    """The text of a message as it is now."""
    return render(view_of(story, item)).text


def asked_of(view: ItemView) -> AnyQuestion:
    """The question that a message asks."""
    return question_of(view.item)


# before the text


def test_a_question_before_the_text_keeps_it_back_until_it_is_wanted(story: Story) -> None:
    teaching(story, ask_first=True)
    item = first_item(story)
    assert "Some text." not in shown(story, item)
    assert "Which one?" in shown(story, item)
    story.do(show_text, item.delivery_id)
    said = shown(story, item)
    assert said.index("Which one?") < said.index("Some text.")


def test_an_answer_before_the_text_is_a_guess_and_never_a_miss(story: Story) -> None:
    teaching(story, ask_first=True)
    item = first_item(story)
    story.do(answer, item.delivery_id, 0, "r1")
    view = view_of(story, item)
    assert (view.guessed, view.text_shown, view.outcome) == (True, True, Outcome.ANSWERED)
    assert "You guessed: choice 0" in shown(story, item)
    assert "Some text." in shown(story, item)
    with story.ctx.db.read() as session:
        assert responses.missed(session, TEAM, story.who, 5) == []
        assert responses.tally(session, TEAM, story.who, ("a",)) == (0, 0)


def test_an_answer_after_the_text_was_shown_counts_as_any_other(story: Story) -> None:
    teaching(story, ask_first=True)
    item = first_item(story)
    story.do(show_text, item.delivery_id)
    story.do(answer, item.delivery_id, 0, "r1")
    assert not view_of(story, item).guessed
    assert "You chose: choice 0" in shown(story, item)
    with story.ctx.db.read() as session:
        assert len(responses.missed(session, TEAM, story.who, 5)) == 1


def test_why_it_asks_first_is_said_once_ever(story: Story) -> None:
    catalogue = story.ctx.catalogue_of(TEAM)
    first = {item_id: replace(item, ask_first=True) for item_id, item in catalogue.items.items()}
    story.ctx = replace(story.ctx, catalogue_of=lambda _: Catalogue(first, catalogue.tracks))
    item = first_item(story)
    why = "Guessing first helps it stick, also when the guess is wrong."
    assert why in shown(story, item)
    story.do(answer, item.delivery_id, 1, "r1")
    assert why in shown(story, item)
    second = story.day("2026-03-04 09:00")
    assert second is not None
    assert view_of(story, second).asks_first
    assert why not in shown(story, second)


def test_a_text_that_was_shown_stays_shown_wherever_the_item_comes_again(story: Story) -> None:
    teaching(story, ask_first=True)
    item = first_item(story)
    story.do(show_text, item.delivery_id)
    story.do(answers_later, item.delivery_id)
    again = story.day("2026-03-03 12:00")
    assert again is not None
    assert again.delivery_id != item.delivery_id
    assert "Some text." in shown(story, again)
    story.do(show_text, again.delivery_id)
    assert "Some text." in shown(story, again)


def answers_later(state: LearnerState, delivery_id: str) -> None:
    """*Later today*."""
    from bot.actions.postpone import later

    later(state, delivery_id, "later")


def test_what_is_known_shows_its_text_all_the_same(story: Story) -> None:
    teaching(story, ask_first=True)
    item = first_item(story)
    story.do(leave, item.delivery_id, Outcome.KNOWN, "r1")
    assert "Some text." in shown(story, item)
    story.do(answer, item.delivery_id, 0, "r2")
    assert not view_of(story, item).guessed


# wordings and orders


def test_the_choices_stay_in_the_order_that_was_drawn(story: Story) -> None:
    teaching(story, question=question(choices=5))
    item = first_item(story)
    drawn = asked_of(view_of(story, item))
    assert isinstance(drawn, OneRight)
    order = drawn.shown
    assert sorted(order) == [0, 1, 2, 3, 4]
    story.do(answer, item.delivery_id, 3, "r1")
    assert asked_of(view_of(story, item)) == drawn
    with story.ctx.db.read() as session:
        asking = get(session, TEAM, str(item.asking_id))
    assert asking is not None
    assert asking.order == order


def test_an_item_that_comes_again_asks_in_the_words_that_were_asked_least_recently(story: Story) -> None:
    others = tuple(OneRight(name, f"And {name}?", question().choices) for name in ("other", "third"))
    teaching(story, further=others)
    item = first_item(story)
    seen = [asked_of(view_of(story, item)).id]
    for nth, day in enumerate(("2026-03-04", "2026-03-05", "2026-03-06"), start=1):
        story.do(answer, item.delivery_id, 0, f"r{nth}")
        story.assign(restart=True)
        came = story.day(f"{day} 09:00")
        assert came is not None
        item = came
        seen.append(asked_of(view_of(story, item)).id)
    assert seen == ["which", "other", "third", "which"]


def test_a_letter_means_the_choice_that_shows_it(story: Story) -> None:
    long = tuple(replace(c, text=f"{c.text}, which no phone shows on a button") for c in question(choices=4).choices)
    teaching(story, question=OneRight("which", "Which one?", long))
    item = first_item(story)
    drawn = asked_of(view_of(story, item))
    assert isinstance(drawn, OneRight)
    view = said_to(story, "C")
    assert view.said is Said.ANSWERED
    response = view_of(story, item).response
    assert response == drawn.respond([str(drawn.shown[2])])
    assert f"C, choice {drawn.shown[2]}" in render(view).text


# fields


def test_a_wrong_number_may_be_tried_once_more_before_the_reasons(story: Story) -> None:
    teaching(story, question=parts.number())
    item = first_item(story)
    assert story.do(give, item.delivery_id, "15") is True
    said = shown(story, item)
    assert "Not that number. One more try, then you see the reasons." in said
    assert "Those are the ones who answered" not in said
    assert view_of(story, item).outcome is None
    assert story.do(give, item.delivery_id, "1,500") is True
    view = view_of(story, item)
    assert (view.response, view.outcome) == (Written("1,500"), Outcome.ANSWERED)
    assert "Right:" in shown(story, item)


def test_a_second_wrong_answer_shows_the_reasons_and_counts_once(story: Story) -> None:
    teaching(story, question=parts.typed())
    item = first_item(story)
    story.do(give, item.delivery_id, "shere off voyce")
    assert "Almost: look at the spelling." in shown(story, item)
    story.do(give, item.delivery_id, "reach")
    said = shown(story, item)
    assert "You wrote: “reach”" in said
    assert "Better: share of voice" in said
    assert story.do(give, item.delivery_id, "SOV") is False
    with story.ctx.db.read() as session:
        assert responses.tally(session, TEAM, story.who, ("a",)) == (1, 0)


def test_the_same_once_more_is_no_second_try(story: Story) -> None:
    teaching(story, question=parts.typed())
    item = first_item(story)
    assert story.do(give, item.delivery_id, "reach") is True
    assert story.do(give, item.delivery_id, " reach ") is False
    assert view_of(story, item).outcome is None


@pytest.mark.parametrize(
    ("asked", "picked", "fault"),
    [
        (parts.several(), (), Fault.NOTHING_TICKED),
        (parts.typed(), ("",), Fault.EMPTY),
        (parts.typed(), ("🙂",), Fault.EMPTY),
        (parts.typed(), ("x" * 10_000,), Fault.TOO_LONG),
        (parts.number(), ("lots",), Fault.NO_NUMBER),
        (parts.number(), ("10 to 20",), Fault.SEVERAL_NUMBERS),
    ],
)
def test_what_cant_be_graded_counts_as_nothing(
    story: Story, asked: AnyQuestion, picked: tuple[str, ...], fault: Fault
) -> None:
    teaching(story, question=asked)
    item = first_item(story)
    with pytest.raises(NoResponseError) as failed:
        story.do(give, item.delivery_id, *picked)
    assert failed.value.fault is fault
    assert view_of(story, item).tried is None
    # once it is answered, whatever comes from another device shows what was recorded
    right = next(r for r in asked.every_response() if asked.grade(r))
    values = right.pack().get("choices") or [right.pack()["text"]]
    story.do(give, item.delivery_id, *map(str, values))
    assert story.do(give, item.delivery_id, *picked) is False


def test_what_was_never_offered_is_refused(story: Story) -> None:
    teaching(story, question=parts.several())
    item = first_item(story)
    with pytest.raises(UnknownButtonError):
        story.do(give, item.delivery_id, "7")


def test_a_right_word_typed_into_the_dm_is_asked_about_before_it_counts(story: Story) -> None:
    teaching(story, question=parts.typed())
    item = first_item(story)
    story.day("2026-03-03 09:05")
    view = said_to(story, "Share of voice")
    assert view.said is Meaning.IS_IT
    assert "Is that your answer: “Share of voice”" in render(view).text
    assert view_of(story, item).outcome is None
    assert said_to(story, "yes").said is Said.ANSWERED
    assert view_of(story, item).response == Written("Share of voice")


def test_any_other_word_typed_into_the_dm_stays_a_word(story: Story) -> None:
    teaching(story, question=parts.typed())
    item = first_item(story)
    for text in ("reach me later", "A"):
        said_to(story, text)
        view = view_of(story, item)
        assert (view.response, view.tried) == (None, None)


def test_guesses_are_no_part_of_what_the_closing_message_counts(story: Story) -> None:
    teaching(story, ask_first=True)
    item = first_item(story)
    story.do(answer, item.delivery_id, 1, "r1")
    for day in ("2026-03-04", "2026-03-05"):
        came = story.day(f"{day} 09:00")
        assert came is not None
        story.do(answer, came.delivery_id, 1, f"r {day}")
    with story.ctx.db.read() as session:
        views = [view_shown(session, story.ctx, d) for d in story.all() if d.slot is Slot.CLOSING]
    (closing,) = views
    assert isinstance(closing, ClosingView)
    assert (closing.answered, closing.right) == (2, 2)
