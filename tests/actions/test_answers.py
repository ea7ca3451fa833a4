"""One first answer per asking, graded as it was delivered, for as long as the message exists."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest
from sqlalchemy import select

from bot.actions.answer import leave
from bot.actions.postpone import later
from bot.actions.talk import talk
from bot.context import AppContext
from bot.domain.content import Catalogue, Lesson
from bot.domain.delivery import Delivery, Outcome, Slot
from bot.domain.delivery_subject import TalkWish
from bot.domain.questions import Choice, OneRight
from bot.errors import UnknownButtonError
from bot.planning.holds import pause
from bot.queries.reports import progress
from bot.slack.handlers.typed_messages import handle_typed
from bot.store import deliveries, learners, responses, tables
from bot.view_models import ClosingView, DmReplyView, ItemView, TitleLine
from tests import rows
from tests.helpers import ADMIN, TEAM, FakeClock, Story, answer, chosen, one_right, state_of, view_shown


def first_item(story: Story) -> Delivery:
    story.assign()
    story.day("2026-03-02 08:00")
    came = story.day("2026-03-03 09:00")
    assert came is not None
    return came


def view_of(story: Story, delivery: Delivery) -> ItemView:
    with story.ctx.db.read() as session:
        current = deliveries.get(session, TEAM, delivery.delivery_id)
        assert current is not None
        view = view_shown(session, story.ctx, current)
    assert isinstance(view, ItemView)
    return view


def said_to(story: Story, text: str) -> DmReplyView:
    """What is answered to typed words."""
    with story.ctx.db.write() as session:
        learner = learners.get(session, TEAM, story.who)
        assert learner is not None
        handle_typed(state_of(session, story.ctx, story.who), text, text)
        answered = deliveries.by_request(session, TEAM, story.who, text)
        assert answered is not None
        view = view_shown(session, story.ctx, answered)
    assert isinstance(view, DmReplyView)
    return view


def test_what_was_answered_otherwise_at_first_can_be_read_again_as_long_as_it_is_there(story: Story) -> None:
    item = first_item(story)
    story.do(answer, item.delivery_id, 0, "r1")
    story.assign(restart=True)
    again = story.day("2026-03-04 09:00")
    assert again is not None
    story.do(answer, again.delivery_id, 0, "r2")
    title = story.ctx.catalogue_of(TEAM).items["a"].title
    view = said_to(story, "What did I get wrong?")
    assert (view.missed, view.again) == ((title,), (TitleLine("a", title),))
    catalogue = story.ctx.catalogue_of(TEAM)
    items = {item_id: item for item_id, item in catalogue.items.items() if item_id != "a"}
    story.ctx = replace(story.ctx, catalogue_of=lambda _: Catalogue(items, catalogue.tracks))
    view = said_to(story, "What did I get wrong? Tell me")
    assert (view.missed, view.again) == ((title,), ())


def test_the_first_answer_counts_and_a_second_tap_shows_it(story: Story) -> None:
    item = first_item(story)
    assert story.do(answer, item.delivery_id, 0, "r1") is True
    assert story.do(answer, item.delivery_id, 1, "r2") is False
    assert chosen(view_of(story, item)) == 0


def test_when_an_item_was_put_behind_one_is_kept_on_the_business_clock(story: Story) -> None:
    item = first_item(story)
    story.do(answer, item.delivery_id, 0, "r1")
    with story.ctx.db.read() as session:
        assert session.execute(select(tables.done.c.at)).scalars().all() == [story.clock.at]


def test_an_answer_shows_in_every_message_of_its_asking(story: Story) -> None:
    item = first_item(story)
    story.do(later, item.delivery_id, story.request())
    again = story.day("2026-03-03 12:00")
    assert again is not None
    story.do(answer, again.delivery_id, 1, "r1")
    assert chosen(view_of(story, item)) == chosen(view_of(story, again)) == 1
    assert story.do(answer, item.delivery_id, 2, "r2") is False


def test_an_answer_before_later_comes_cancels_it(story: Story) -> None:
    item = first_item(story)
    story.do(later, item.delivery_id, story.request())
    story.do(answer, item.delivery_id, 1, "r1")
    assert story.day("2026-03-03 12:00") is None


def test_a_question_is_graded_as_it_was_delivered_though_the_lesson_was_edited(story: Story, ctx: AppContext) -> None:
    item = first_item(story)
    catalogue = ctx.catalogue_of(TEAM)
    edited = Lesson(
        id="a",
        title="A",
        body="New.",
        question=OneRight("which", "Which?", (Choice("x", "r", right=True), Choice("y", "r"))),
    )
    changed = Catalogue({**catalogue.items, "a": edited}, catalogue.tracks)
    story.ctx = replace(ctx, catalogue_of=lambda _: changed)
    story.do(answer, item.delivery_id, 1, "r1")
    with ctx.db.read() as session:
        recorded = responses.first_answer(session, TEAM, str(item.asking_id))
    assert recorded is not None
    assert recorded.right
    assert view_of(story, item).item.title == "A"
    assert len(one_right(view_of(story, item).item).choices) == 3


def test_a_removed_lesson_is_skipped_holds_nothing_back_and_stays_answerable(story: Story, ctx: AppContext) -> None:
    item = first_item(story)
    catalogue = ctx.catalogue_of(TEAM)
    tracks = {**catalogue.tracks, "abc": replace(catalogue.tracks["abc"], items=("b", "c"))}
    items = {k: v for k, v in catalogue.items.items() if k != "a"}
    story.ctx = replace(ctx, catalogue_of=lambda _: Catalogue(items, tracks))
    following = story.day("2026-03-04 09:00")
    assert following is not None
    assert view_of(story, following).item.id == "b"
    assert story.do(answer, item.delivery_id, 1, "r1") is True


def test_a_message_stays_answerable_after_its_track_was_removed_and_while_paused(story: Story) -> None:
    item = first_item(story)
    story.assign(verb="remove")
    story.do(pause)
    assert story.do(answer, item.delivery_id, 1, "r1") is True


def test_nobody_can_answer_anothers_question_nor_a_choice_that_isnt_there(
    story: Story, ctx: AppContext, clock: FakeClock
) -> None:
    item = first_item(story)
    other = Story(ctx, clock, "U2")
    other.assign()
    with pytest.raises(UnknownButtonError):
        other.do(answer, item.delivery_id, 1, "r1")
    with pytest.raises(UnknownButtonError):
        story.do(answer, item.delivery_id, 7, "r2")
    with pytest.raises(UnknownButtonError):
        story.do(answer, "nothing", 1, "r3")


def test_i_know_this_counts_as_done_and_brings_the_next(story: Story, ctx: AppContext) -> None:
    item = first_item(story)
    story.do(leave, item.delivery_id, Outcome.KNOWN, "r1")
    assert view_of(story, item).outcome is Outcome.KNOWN
    with ctx.db.read() as session:
        assert progress(state_of(session, ctx, story.who))[0].done == 1


def finish(story: Story) -> Delivery:
    first_item(story)
    for day in ("03", "04", "05"):
        item = [d for d in story.all() if d.asking_id][-1]
        story.do(answer, item.delivery_id, 1 if day != "04" else 0, f"r{day}")
        story.day(f"2026-03-{int(day) + 1:02} 09:00")
    return next(d for d in story.all() if d.slot is Slot.CLOSING)


def test_the_last_answer_brings_the_closing_message_with_ones_own_figures(story: Story, ctx: AppContext) -> None:
    closing = finish(story)
    assert closing.claimed_date is None
    with ctx.db.read() as session:
        view = view_shown(session, ctx, closing)
    assert isinstance(view, ClosingView)
    assert ([t.title for t in view.learned], view.answered, view.right) == (["A", "B", "C"], 3, 2)
    assert view.next_tracks == (("cd", "C and D"),)
    assert story.day("2026-03-09 09:00") is None


def test_a_track_whose_last_lesson_was_removed_is_closed_at_the_learners_hour(story: Story, ctx: AppContext) -> None:
    item = first_item(story)
    story.do(answer, item.delivery_id, 1, "r1")
    catalogue = ctx.catalogue_of(TEAM)
    tracks = {**catalogue.tracks, "abc": replace(catalogue.tracks["abc"], items=("a",))}
    story.ctx = replace(ctx, catalogue_of=lambda _: Catalogue(catalogue.items, tracks))
    closing = story.day("2026-03-04 09:00")
    assert closing is not None
    assert (closing.slot, closing.claimed_date is not None) == (Slot.CLOSING, True)


def test_talking_passes_on_the_name_once_to_the_admin_who_assigned(story: Story, ctx: AppContext) -> None:
    closing = finish(story)
    for _ in range(2):
        with ctx.db.write() as session:
            current = deliveries.get(session, TEAM, closing.delivery_id)
            assert current is not None
            talk(state_of(session, ctx, story.who), closing.delivery_id, current)
    with ctx.db.read() as session:
        told = [d.about for d in rows.deliveries_of(session, TEAM, ADMIN) if isinstance(d.about, TalkWish)]
    assert told == [TalkWish("U1")]


def test_a_closing_names_the_new_hour_when_the_tracks_hour_went_with_it(story: Story, ctx: AppContext) -> None:
    story.assign(at=story.clock.at.time().replace(hour=11))
    story.assign("cd", at=story.clock.at.time().replace(hour=15))
    story.day("2026-03-02 08:30")
    for day in ("03", "04", "05", "06"):
        item = story.day(f"2026-03-{day} 16:00")
        assert item is not None
        story.do(answer, item.delivery_id, 1, f"r{day}")
        story.deliver()
    with ctx.db.read() as session:
        views = [view_shown(session, ctx, d) for d in story.all() if d.slot is Slot.CLOSING]
    hours = {v.track: (v.new_hour, v.running) for v in views if isinstance(v, ClosingView)}
    assert hours == {"A to C": (time(15), ()), "C and D": (None, ())}
