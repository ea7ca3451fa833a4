"""A message's one extra line: what is new about privacy, what has changed, whether an item was worth the minute."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.actions.error_reports import report_error, settle_reports
from bot.domain.content import Catalogue, Change, Item, Track, pack, version
from bot.domain.delivery import Delivery, Slot, State
from bot.domain.error_report import ErrorReport
from bot.domain.questions import OneRight
from bot.domain.rider import LATEST_NOTICE, ChangedFact, Comfort, Moment, PrivacyNotice, Rider, Worth
from bot.errors import UnknownButtonError
from bot.messages import ids, render
from bot.planning.holds import wake
from bot.store import askings, deliveries, error_reports, learners, tables
from bot.view_models import ChangedView, ComfortView, ItemView, View
from tests.helpers import TEAM, Story, answer, lesson, question, tapped, view_shown

RIGHT = 1
OTHER = OneRight("other", "And which of these?", question().choices)
ITEMS = {f"l{n:02}": replace(lesson(f"l{n:02}"), further=(OTHER,)) for n in range(20)}
LONG = Track(id="long", title="Long", summary="Many.", items=tuple(ITEMS))
CHANGE = Change(date(2026, 3, 4), "It has another name now.")


@pytest.fixture
def story(story: Story) -> Story:
    """Somebody with a long track, whose first item has come on Tuesday, 3 March 2026."""
    serve(story, ITEMS)
    story.assign("long")
    story.day("2026-03-02 08:00")
    return story


def serve(story: Story, items: Mapping[str, Item]) -> None:
    """From now on the lessons are these."""
    catalogue = Catalogue(items, {"long": LONG})
    story.ctx = replace(story.ctx, catalogue_of=lambda _: catalogue)


def came(story: Story, day: int) -> Delivery:
    """The message of a day of March."""
    message = story.day(f"2026-03-{day:02} 09:00")
    assert message is not None
    return message


def answered(story: Story, day: int) -> Delivery:
    """The message of a day, answered."""
    message = came(story, day)
    story.do(answer, message.delivery_id, RIGHT, f"answer {day}")
    return message


def now(story: Story, message: Delivery) -> ItemView:
    """What a message shows now."""
    with story.ctx.db.read() as session:
        current = deliveries.get(session, TEAM, message.delivery_id)
        assert current is not None
        view = view_shown(session, story.ctx, current)
    assert isinstance(view, ItemView)
    return view


def told(story: Story) -> list[Rider]:
    """The riders of all messages that came, but for questions."""
    with story.ctx.db.read() as session:
        return [
            rider for rider in deliveries.riders(session, TEAM, story.who) if not isinstance(rider, Worth | Comfort)
        ]


def not_counted(story: Story) -> bool:
    """Whether their look-ups count for nothing, in a question about them and in one about everybody."""
    with story.ctx.db.read() as session:
        alone = learners.told_of_look_ups(session, TEAM, [story.who])
        assert alone == learners.told_of_look_ups(session, TEAM)
    return story.who not in alone


def before_the_notice(story: Story) -> None:
    """They came before there was any notice."""
    with story.ctx.db.write() as session:
        learners.update(session, story.learner, privacy_told=0)


def test_whoever_is_welcomed_now_is_told_of_no_notice(story: Story) -> None:
    assert story.learner.privacy_told == LATEST_NOTICE
    for day in (3, 4, 5, 6):
        answered(story, day)
    assert told(story) == []


def test_whoever_came_before_a_notice_is_told_of_it_once(story: Story) -> None:
    before_the_notice(story)
    message = came(story, 3)
    assert message.rider == PrivacyNotice(1)
    assert "New about who sees what" in render(now(story, message)).text
    story.do(answer, message.delivery_id, RIGHT, "answer 3")
    assert not_counted(story), "nobody's look-ups count before they know"
    for day in (4, 5, 6):
        answered(story, day)
    assert told(story) == [PrivacyNotice(1), PrivacyNotice(2), PrivacyNotice(3)], "one a message"
    assert not not_counted(story)


@pytest.mark.parametrize("state", [State.FAILED, State.WITHDRAWN])
def test_a_notice_whose_message_never_came_is_told_with_the_next_one(story: Story, state: State) -> None:
    before_the_notice(story)
    message = answered(story, 3)
    with story.ctx.db.write() as session:
        deliveries.DELIVERIES.change(session, message, state=state)
    assert came(story, 4).rider == PrivacyNotice(1)


def test_a_change_is_told_once_to_those_who_had_it_otherwise(story: Story) -> None:
    answered(story, 3)
    serve(story, {**ITEMS, "l00": replace(ITEMS["l00"], change=CHANGE), "l01": replace(ITEMS["l01"], change=CHANGE)})
    second = came(story, 4)
    assert second.rider == ChangedFact("l00", CHANGE.day)
    view = now(story, second)
    assert view.rider == ChangedView("l00", "L00", CHANGE.line)
    assert "Changed since you had L00: It has another name now." in render(view).text
    story.do(answer, second.delivery_id, RIGHT, "second")
    # l01 came with its change already
    for day in (5, 6, 9, 10):
        answered(story, day)
    assert told(story) == [ChangedFact("l00", CHANGE.day)]


def test_whoever_was_only_asked_a_review_since_the_change_is_still_told(story: Story) -> None:
    first = came(story, 3)
    story.do(answer, first.delivery_id, 0, "missed")
    for day in (4, 5, 6, 9, 10, 11, 12, 13):
        answered(story, day)
    serve(story, {**ITEMS, "l00": replace(ITEMS["l00"], change=CHANGE)})
    message = answered(story, 16)
    # what was missed comes back in the words of now, and without the text
    assert message.rider == ChangedFact("l00", CHANGE.day)
    (review,) = now(story, message).reviews
    assert review.question.id in {"which", "other"}
    with story.ctx.db.read() as session:
        had = askings.latest_items(session, TEAM, story.who, ["l00"])
    assert had["l00"].change is None


def test_a_change_that_is_taken_back_is_shown_no_more(story: Story) -> None:
    answered(story, 3)
    serve(story, {**ITEMS, "l00": replace(ITEMS["l00"], change=CHANGE)})
    second = came(story, 4)
    serve(story, ITEMS)
    assert now(story, second).rider is None


def test_a_marked_change_is_stored_with_the_wording_and_no_mark_leaves_the_wording_as_it_was(story: Story) -> None:
    serve(story, {**ITEMS, "l00": replace(ITEMS["l00"], change=CHANGE)})
    message = came(story, 3)
    assert now(story, message).item.change == CHANGE
    assert version(replace(ITEMS["l00"], change=None)) == version(ITEMS["l00"])
    assert '"change"' not in pack(ITEMS["l00"])


def test_one_item_in_four_is_asked_about_once_it_is_behind_them(story: Story) -> None:
    asked = []
    # the first of a track asks something else
    answered(story, 3)
    for day in (4, 5, 6, 9, 10, 11, 12, 13):
        message = came(story, day)
        assert "worth your minute" not in render(now(story, message)).text
        story.do(answer, message.delivery_id, RIGHT, f"answer {day}")
        if "Was this one worth your minute?" in render(now(story, message)).text:
            asked.append(day)
    assert len(asked) == 2


def test_a_report_that_comes_twice_is_kept_once_and_settled_once(story: Story) -> None:
    report = ErrorReport(workspace_id=TEAM, report_id="0" * 12, item_id="l00", sentence="", day=date(2026, 3, 3))
    with story.ctx.db.write() as session:
        report_error(session, report)
        report_error(session, replace(report, sentence="again"))
        assert error_reports.open_in(session, TEAM) == [report]
        assert settle_reports(session, TEAM, [report.report_id, "unknown"], date(2026, 3, 4)) == 1
        assert settle_reports(session, TEAM, [report.report_id], date(2026, 3, 5)) == 0
        assert error_reports.open_in(session, TEAM) == []


def test_a_report_has_nothing_that_leads_to_whoever_wrote_it() -> None:
    columns = set(tables.error_report.c.keys())
    assert columns == {"workspace_id", "report_id", "item_id", "sentence", "day", "settled_on"}


# how comfortable


def say(story: Story, message: Delivery, said: int) -> None:
    """Say how comfortable one would be."""
    comfort(story, message, str(said))


def comfort(story: Story, message: Delivery, said: str) -> None:
    """Tap a number."""
    tap = ids.TapMeaning(verb="comfort", subject=message.delivery_id, argument=said)
    tapped(story.ctx, story.slack, story.who, story.request(), tap)


def test_how_comfortable_they_would_be_is_asked_at_the_start_the_end_and_later(story: Story) -> None:
    short = Track(id="long", title="Long", summary="Two.", items=("l00", "l01"))
    story.ctx = replace(story.ctx, catalogue_of=lambda _: Catalogue(ITEMS, {"long": short}))
    first = came(story, 3)
    assert now(story, first).rider == ComfortView("Long", None)
    assert "How comfortable would you be discussing *Long* topics with your board?" in str(
        render(now(story, first)).blocks
    )
    say(story, first, 2)
    assert now(story, first).rider == ComfortView("Long", 2)
    # what was said first stays
    say(story, first, 5)
    assert now(story, first).rider == ComfortView("Long", 2)
    story.do(answer, first.delivery_id, RIGHT, "first")
    second = came(story, 4)
    assert not isinstance(second.rider, Comfort)
    story.do(answer, second.delivery_id, 0, "second")
    story.deliver()
    closing = next(d for d in story.all() if d.slot is Slot.CLOSING)
    assert closing.rider == Comfort("long", Moment.END)
    say(story, closing, 4)
    assert "Noted: 4 of 5. When you began you said 2." in render(view_of(story, closing)).text


def test_sixty_days_later_it_is_asked_once_more_with_whatever_comes(story: Story) -> None:
    short = Track(id="long", title="Long", summary="One.", items=("l00",))
    story.ctx = replace(story.ctx, catalogue_of=lambda _: Catalogue(ITEMS, {"long": short}))
    first = came(story, 3)
    story.do(answer, first.delivery_id, 0, "first")
    story.deliver()
    asked = []
    for n in range(1, 100):
        message = story.day(f"{date(2026, 3, 3) + timedelta(days=n)} 09:00")
        if message is not None and message.rider is not None:
            asked.append((n, message.rider))
        story.do(wake)
    assert [rider for _, rider in asked] == [Comfort("long", Moment.LATER)]
    assert 60 <= asked[0][0] <= 64


def test_a_number_that_is_none_of_the_five_means_nothing(story: Story) -> None:
    first = came(story, 3)
    for said in ("0", "6", "x"):
        with pytest.raises(UnknownButtonError):
            comfort(story, first, said)


def view_of(story: Story, message: Delivery) -> View:
    """The view of a message as it is now."""
    with story.ctx.db.read() as session:
        current = deliveries.get(session, TEAM, message.delivery_id)
        assert current is not None
        return view_shown(session, story.ctx, current)
