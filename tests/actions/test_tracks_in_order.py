"""Tracks that an admin gives one after the other: each begins once the one before it is finished."""

from __future__ import annotations

from bot.actions.answer import leave
from bot.actions.orders import execute, follower_id
from bot.actions.quit_track import quit_track
from bot.actions.self_start import self_start
from bot.domain.delivery import Outcome
from bot.domain.orders import Order, OrderVerb
from bot.messages.admin_notices import summary_message
from bot.messages.admin_replies import order_asks
from bot.queries.order_look import look_before
from bot.store import askings, learners, orders
from tests.helpers import ADMIN, TEAM, Story
from tests.rows import enrolment_in


def in_order(story: Story, *tracks: str) -> list[Order]:
    """The admin assigns tracks in this order, and each order is carried out; all of them."""
    given = [story.assign(track=tracks[0], then=tracks[1:])]
    while True:
        with story.ctx.db.read() as session:
            follower = orders.get(session, TEAM, follower_id(given[-1]))
        if follower is None:
            return given
        execute(story.ctx, story.slack, follower)
        given.append(follower)


def brought(story: Story, *days: str) -> list[str | None]:
    """The items that came on these mornings, each read at once; None where none came."""
    found: list[str | None] = []
    for day in days:
        came = story.day(f"2026-03-{day} 09:00")
        asking_id = came.asking_id if came is not None else None
        if came is None or asking_id is None:
            found.append(None)
            continue
        with story.ctx.db.read() as session:
            asking = askings.get(session, TEAM, asking_id)
        assert asking is not None
        found.append(asking.item_id)
        story.do(leave, came.delivery_id, Outcome.READ, story.request())
        # a closing message goes out at once
        story.deliver()
    return found


def test_the_second_track_waits_for_the_first_and_each_has_its_own_summary(story: Story) -> None:
    first, second = in_order(story, "cd", "abc")
    assert (second.track_id, second.after_track, second.then) == ("abc", "cd", ())
    assert story.day("2026-03-02 09:00") is not None, "the welcome"
    assert brought(story, "03", "04", "05", "06") == ["c", "d", "a", "b"]
    assert "comes after it" in summary_message(story.summary(first)).text
    assert "once C and D is finished" in summary_message(story.summary(second)).text


def test_the_second_track_comes_when_the_first_is_left_or_taken_back(story: Story) -> None:
    first, _ = in_order(story, "cd", "abc")
    assert story.day("2026-03-02 09:00") is not None
    assert brought(story, "03") == ["c"]
    story.do(quit_track, "cd")
    story.deliver()
    assert brought(story, "04") == ["a"]
    story.undo(first, sure=True)
    assert brought(story, "05") == ["b"]


def test_tracks_that_wait_for_each_other_in_a_circle_wait_no_more(story: Story) -> None:
    in_order(story, "cd", "abc")
    story.assign("cd", verb="remove")
    in_order(story, "abc", "cd")
    with story.ctx.db.read() as session:
        both = [enrolment_in(session, TEAM, story.who, track) for track in ("abc", "cd")]
    assert [each and each.after_track for each in both] == ["cd", "abc"]
    assert story.day("2026-03-02 09:00") is not None
    assert None not in brought(story, "03", "04", "05", "06")


def test_an_undo_lets_a_track_wait_for_what_it_waited_for_before(story: Story) -> None:
    story.assign(track="abc")
    _, second = in_order(story, "cd", "abc")
    with story.ctx.db.read() as session:
        has = enrolment_in(session, TEAM, story.who, "abc")
    assert has is not None
    assert has.after_track is None, "they had it already, so nothing changed"
    assert story.summary(second).had_it == (story.who,)


def test_a_look_counts_the_messages_of_all_the_tracks(story: Story) -> None:
    order = Order(
        workspace_id=TEAM, order_id="o1", admin_id=ADMIN, verb=OrderVerb.ASSIGN, track_id="cd", then=("abc",),
        people={"ids": [story.who]}, created_at=story.clock.at,
    )  # fmt: skip
    with story.ctx.db.read() as session:
        view = look_before(session, story.ctx, order, story.clock.at.date())
    assert (view.items, view.then) == (5, ("A to C",))


def test_a_look_says_who_has_another_track_that_an_admin_gave_and_goes_on(story: Story) -> None:
    def looked_at() -> tuple[tuple[str, ...], str]:
        order = Order(
            workspace_id=TEAM, order_id="o1", admin_id=ADMIN, verb=OrderVerb.ASSIGN, track_id="cd",
            people={"ids": [story.who]}, created_at=story.clock.at,
        )  # fmt: skip
        with story.ctx.db.read() as session:
            view = look_before(session, story.ctx, order, story.clock.at.date())
        return view.busy, order_asks(view).text

    with story.ctx.db.write() as session:
        learners.ensure(session, TEAM, story.who)
    story.do(self_start, story.ctx.catalogue_of(TEAM).tracks["abc"], "b1")
    assert looked_at()[0] == (), "what they began by themselves is theirs"
    story.assign(track="abc")
    busy, said = looked_at()
    assert busy == (story.who,)
    assert "They are in the middle of another track: the two take turns, still one message a day." in said
    brought(story, "03", "04", "05", "06")
    assert looked_at()[0] == (), "it is finished"
