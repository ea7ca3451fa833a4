"""Leaving a track: one tap, nothing asks why, and only the learner comes back."""

from __future__ import annotations

from dataclasses import replace

from bot.actions.quit_track import come_back, quit_track
from bot.actions.self_start import offer, self_start
from bot.context import AppContext
from bot.domain.content import Catalogue
from bot.domain.delivery import Delivery, Outcome, Slot, State
from bot.domain.people import Enrolment
from bot.messages import ids, render
from bot.messages.home import home_view
from bot.queries.home import home
from bot.queries.reports import progress, status
from bot.slack.handlers.request import Reply
from bot.store import askings, deliveries, learners
from bot.view_models import ComingState, HomeView, ItemView, StatusLine, TrackCount, TrackProgress
from tests import rows
from tests.helpers import (
    ADMIN,
    TEAM,
    FakeClock,
    Story,
    answer,
    small_catalogue,
    started,
    state_of,
    tapped,
    typed,
    view_shown,
    words_of,
)


def leave(story: Story, track: str | None = "abc") -> tuple[str, ...]:
    return tuple(story.do(quit_track, track))


def back(story: Story, track: str = "abc") -> bool:
    return bool(story.do(come_back, track))


def enrolled(story: Story, track: str = "abc") -> Enrolment:
    with story.ctx.db.read() as session:
        found = rows.enrolment_in(session, TEAM, story.who, track)
    assert found is not None
    return found


def seen_by_admins(story: Story) -> tuple[list[TrackCount], list[StatusLine]]:
    with story.ctx.db.read() as session:
        return status(session, story.ctx, TEAM)


def home_of(story: Story, who: str | None = None) -> HomeView:
    with story.ctx.db.read() as session:
        return home(state_of(session, story.ctx, who or story.who))


def mine(story: Story) -> list[TrackProgress]:
    return list(story.do(progress))


def tap(story: Story, action: str, argument: str) -> Reply:
    return tapped(
        story.ctx,
        story.slack,
        story.who,
        story.request(),
        ids.TapMeaning(verb=action, subject=ids.ME, argument=argument),
    )


def start(story: Story) -> None:
    """The learner starts track abc by themselves."""
    with story.ctx.db.write() as session:
        learners.ensure(session, TEAM, story.who)
    story.do(self_start, small_catalogue().tracks["abc"], story.request())


def outcome_of(story: Story, item: Delivery) -> Outcome | None:
    with story.ctx.db.read() as session:
        asking = askings.get(session, TEAM, str(item.asking_id))
    assert asking is not None
    return asking.outcome


def test_the_open_item_of_a_track_that_is_left_is_skipped_and_nothing_comes_any_more(story: Story) -> None:
    item = started(story)
    assert leave(story) == ("abc",)
    assert outcome_of(story, item) is Outcome.SKIPPED
    assert story.learner.next_due_at is None
    for day in ("2026-03-04 09:00", "2026-03-05 09:00", "2026-03-16 09:00"):
        assert story.day(day) is None
    assert home_of(story).coming.state is ComingState.LEFT


def test_a_reminder_that_was_on_its_way_is_taken_back(story: Story) -> None:
    started(story)
    story.go("2026-03-04 09:00")
    assert [d.slot for d in story.all() if d.claimable_at] == [Slot.REMINDER]
    leave(story)
    assert [d.state for d in story.all() if d.slot is Slot.REMINDER] == [State.WITHDRAWN]
    assert story.day("2026-03-04 10:00") is None


def test_an_answer_tapped_later_in_an_old_message_still_counts(story: Story) -> None:
    item = started(story)
    leave(story)
    assert story.do(answer, item.delivery_id, 1, "r1") is True
    assert outcome_of(story, item) is Outcome.ANSWERED
    assert story.learner.next_due_at is None
    assert back(story)
    came = story.day("2026-03-04 09:00")
    assert came is not None
    with story.ctx.db.read() as session:
        view = view_shown(session, story.ctx, came)
    assert isinstance(view, ItemView)
    assert view.position == 2


def test_whoever_comes_back_goes_on_where_they_stopped(story: Story) -> None:
    item = started(story)
    story.do(answer, item.delivery_id, 1, "r1")
    leave(story)
    assert story.day("2026-03-04 09:00") is None
    assert back(story) is True
    assert back(story) is False
    assert [(p.done, p.total, p.left) for p in mine(story)] == [(1, 3, False)]
    assert story.day("2026-03-05 09:00") is not None


def test_come_back_works_where_the_track_isnt_open_to_everybody(ctx: AppContext, clock: FakeClock) -> None:
    catalogue = small_catalogue()
    closed = {t.id: replace(t, open=False) for t in catalogue.tracks.values()}
    story = Story(replace(ctx, catalogue_of=lambda _: Catalogue(catalogue.items, closed)), clock)
    started(story)
    leave(story)
    assert "Come back" in words_of(home_view(home_of(story)).payload())
    assert back(story)
    assert enrolled(story).active


def test_two_tracks_can_be_left_at_once_or_one_by_one(story: Story) -> None:
    story.assign("abc")
    story.assign("cd")
    assert leave(story, "cd") == ("cd",)
    assert [(p.track_id, p.left) for p in mine(story)] == [("abc", False), ("cd", True)]
    assert story.day("2026-03-02 08:00") is not None
    assert leave(story, None) == ("abc",)
    assert leave(story, None) == ()
    assert story.day("2026-03-03 09:00") is None


def test_an_item_that_another_track_brings_as_well_stays_open(story: Story) -> None:
    story.assign("abc")
    story.assign("cd")
    story.day("2026-03-02 08:00")
    for number, day in enumerate(("2026-03-03 09:00", "2026-03-04 09:00", "2026-03-05 09:00"), 1):
        item = story.day(day)
        assert item is not None
        with story.ctx.db.read() as session:
            asking = askings.get(session, TEAM, str(item.asking_id))
        assert asking is not None
        if asking.item_id == "c":
            leave(story, "cd")
            assert outcome_of(story, item) is None
            return
        story.do(answer, item.delivery_id, 1, f"r{number}")
    raise AssertionError("c never came")


def test_a_welcome_that_hasnt_gone_out_doesnt_go_out_after_leaving(story: Story) -> None:
    story.assign(first_day=story.clock.at.date().replace(day=9))
    leave(story)
    assert story.day("2026-03-06 09:00") is None
    assert story.day("2026-03-09 09:00") is None


def test_a_welcome_that_is_there_says_that_its_track_was_left(story: Story) -> None:
    story.assign()
    welcome = story.day("2026-03-02 08:00")
    assert welcome is not None
    leave(story)
    with story.ctx.db.read() as session:
        again = deliveries.get(session, TEAM, welcome.delivery_id)
        assert again is not None
        said = render(view_shown(session, story.ctx, again)).text
    assert again.revision > again.shown
    assert "You've left this" in said


def test_admins_see_that_somebody_isnt_taking_part_and_no_reason(story: Story) -> None:
    item = started(story)
    story.do(answer, item.delivery_id, 1, "r1")
    leave(story)
    counts, lines = seen_by_admins(story)
    assert counts == [TrackCount(track_id="abc", title="A to C", assigned=1, started=0, finished=0, left=1)]
    assert [line.state for line in lines] == ["left"]
    said = typed(story.ctx, story.slack, ADMIN, "s1", "/track status abc")
    assert said is not None
    assert "not taking part" in words_of({"blocks": said.blocks})  # type: ignore[union-attr]


def test_assigning_again_or_anew_passes_leavers_over_and_names_them(story: Story) -> None:
    started(story)
    leave(story)
    for restart in (False, True):
        order = story.assign(restart=restart)
        view = story.summary(order)
        assert (view.left, view.changed, view.had_it, view.refused) == ((story.who,), (), (), ())
        assert "Not taking part, so nothing changed for them" in render(view).text
        assert enrolled(story).left_at is not None
    assert story.day("2026-03-04 09:00") is None


def test_remove_and_undo_never_bring_a_leaver_back(story: Story) -> None:
    assigned = story.assign()
    leave(story)
    removed = story.assign(verb="remove")
    assert enrolled(story).left_at is not None
    story.undo(removed)
    assert (enrolled(story).removed_at, enrolled(story).left_at is None) == (None, False)
    story.undo(assigned)
    assert enrolled(story).left_at is not None
    assert not enrolled(story).active


def test_undo_of_a_restart_keeps_out_who_left_after_it(story: Story) -> None:
    item = started(story)
    story.do(answer, item.delivery_id, 1, "r1")
    restarted = story.assign(restart=True)
    leave(story)
    story.undo(restarted, sure=True)
    assert enrolled(story).left_at is not None
    assert back(story)
    assert [(p.done, p.total) for p in mine(story)] == [(1, 3)]


def test_a_track_taken_away_from_a_leaver_and_given_again_offers_the_way_back(story: Story) -> None:
    started(story)
    leave(story)
    story.assign(verb="remove")
    assert mine(story) == []
    assert story.summary(story.assign()).left == (story.who,)
    assert [p.left for p in mine(story)] == [True]
    assert back(story)


def test_a_self_started_track_that_is_left_shows_nowhere(story: Story) -> None:
    start(story)
    story.deliver()
    leave(story)
    assert seen_by_admins(story) == ([], [])
    assert mine(story) == []
    assert home_of(story).coming.state is ComingState.NOTHING
    with story.ctx.db.read() as session:
        assert offer(state_of(session, story.ctx, story.who), small_catalogue().tracks["abc"]).state == "new"


def test_assigning_a_track_that_somebody_started_and_left_tells_nobody_of_it(story: Story) -> None:
    start(story)
    leave(story)
    order = story.assign()
    view = story.summary(order)
    assert (view.changed, view.left) == ((story.who,), ())
    assert enrolled(story).active
    story.undo(order)
    assert (enrolled(story).assigned_by, enrolled(story).left_at is None) == (None, False)
    assert seen_by_admins(story) == ([], [])


def test_a_self_started_track_that_was_left_is_started_again_where_it_stopped(story: Story) -> None:
    start(story)
    story.deliver()
    item = next(d for d in story.all() if d.asking_id)
    story.do(answer, item.delivery_id, 1, "r2")
    leave(story)
    start(story)
    assert [(p.done, p.total, p.left) for p in mine(story)] == [(1, 3, False)]


def test_what_admins_see_stands_above_the_button_and_the_answer_offers_the_way_back(story: Story) -> None:
    started(story)
    blocks = home_view(home_of(story)).blocks
    at = next(n for n, b in enumerate(blocks) if any(e.get("action_id") == "quit_track:abc" for e in b.get("elements", ())))  # fmt: skip
    assert "admins see “not taking part” and no reason" in words_of({"blocks": blocks[at - 1 : at]})
    said = tap(story, "quit_track", "abc")
    assert said is not None
    words = words_of({"blocks": said.blocks})  # type: ignore[union-attr]
    for part in ("You've left *A to C*", "Nothing more comes", "Come back", "Talk to someone"):
        assert part in words
    again = tap(story, "come_back", "abc")
    assert again is not None
    assert "Welcome back to *A to C*" in words_of({"blocks": again.blocks})  # type: ignore[union-attr]


def test_who_started_by_themselves_is_told_that_nobody_sees_them_leave(story: Story) -> None:
    start(story)
    assert "no admin sees it if you leave" in words_of(home_view(home_of(story)).payload())
    said = tap(story, "quit_track", "abc")
    assert said is not None
    assert "No admin sees it" in words_of({"blocks": said.blocks})  # type: ignore[union-attr]
