"""However often a lesson was brought, it stands in full in one of its messages, and every one of them answers."""

from __future__ import annotations

import pytest

from bot.actions.answer import leave
from bot.actions.begin import Waiting, begin, bring_lost
from bot.actions.postpone import later, not_today
from bot.domain.delivery import Delivery, Outcome
from bot.messages import ids, render
from bot.planning.holds import pause, resume
from bot.view_models import ItemView, ReminderView
from tests.helpers import Story, answer, started, tapped, view_shown


def seen(story: Story) -> list[str]:
    """What stands in the chat for each message of the open item: in full, a line, or a reminder."""
    found = []
    with story.ctx.db.read() as session:
        for delivery in story.all():
            if delivery.asking_id is None or delivery.ts is None:
                continue
            view = view_shown(session, story.ctx, delivery)
            assert isinstance(view, ItemView | ReminderView)
            found.append("reminder" if isinstance(view, ReminderView) else "line" if view.folded else "full")
    return found


def brought_lower(story: Story) -> None:
    """The open item is brought down to the end of the chat."""
    story.go("2026-03-03 09:30")
    story.do(bring_lost, "b1")
    story.deliver()
    assert seen(story) == ["line", "full"]


def tap(story: Story, verb: str, delivery: Delivery, argument: str = "", request: str = "t1") -> None:
    tapped(
        story.ctx,
        story.slack,
        story.who,
        request,
        ids.TapMeaning(verb=verb, subject=delivery.delivery_id, argument=argument),
    )


def test_after_next_on_an_open_item_it_stands_in_full_once(story: Story) -> None:
    started(story)
    reminder = story.day("2026-03-04 09:00")
    assert reminder is not None
    assert seen(story) == ["full", "reminder"]
    tap(story, "show", reminder)
    assert seen(story) == ["line", "full"]
    story.go("2026-03-04 09:30")
    waiting = story.do(begin, "n1")
    assert isinstance(waiting, Waiting)
    assert waiting.delivery is not None
    assert waiting.delivery.delivery_id == reminder.delivery_id
    story.do(bring_lost, "b1")
    story.deliver()
    assert seen(story) == ["line", "line", "full"]


@pytest.mark.parametrize("how", ["later", "not today", "a pause"])
def test_whatever_brings_an_item_again_the_earlier_message_becomes_a_line(story: Story, how: str) -> None:
    item = started(story)
    if how == "later":
        story.do(later, item.delivery_id, "l1")
        assert seen(story) == ["full"], "until the newer one has come"
        story.day("2026-03-03 12:30")
    elif how == "not today":
        story.do(not_today, item.delivery_id)
        story.day("2026-03-04 09:00")
    else:
        story.do(pause, on=item)
        story.do(resume)
        story.day("2026-03-04 09:00")
    assert seen(story) == ["line", "full"]


@pytest.mark.parametrize("verb", ["answer", "read", "more"])
def test_a_tap_on_a_device_that_shows_the_earlier_message_in_full_is_answered_there(story: Story, verb: str) -> None:
    item = started(story)
    brought_lower(story)
    tap(story, verb, item, {"answer": "1", "more": "known"}.get(verb, ""))
    assert seen(story) == ["full", "line"]
    with story.ctx.db.read() as session:
        views = [view_shown(session, story.ctx, d) for d in story.all() if d.asking_id]
    outcome = {"answer": Outcome.ANSWERED, "read": Outcome.READ, "more": Outcome.KNOWN}[verb]
    assert [v.outcome for v in views if isinstance(v, ItemView)] == [outcome] * 2
    assert "Done: A" in render(views[-1]).text


def test_a_line_shows_the_item_in_its_place_and_the_other_becomes_a_line(story: Story) -> None:
    item = started(story)
    brought_lower(story)
    for request in ("t1", "t1", "t2"):
        tap(story, "show", item, request=request)
        assert seen(story) == ["full", "line"]
    newer = story.all()[-1]
    tap(story, "answer", newer, "0", "t3")
    assert seen(story) == ["line", "full"]


def test_what_was_dealt_with_stays_dealt_with_in_every_message(story: Story) -> None:
    item = started(story)
    story.do(answer, item.delivery_id, 1, "r1")
    assert story.do(leave, item.delivery_id, Outcome.READ, "r2") is False
    assert seen(story) == ["full"]
