"""What learners choose for themselves, and what follows; quiet hours; Homes that two write at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from bot.actions.begin import Begun, begin
from bot.actions.orders import confirm, draft, execute
from bot.actions.preferences import Preferences, preferences, save_preferences, settings_of
from bot.actions.talk import talk, talked
from bot.context import AppContext
from bot.delivery import Sender, Timeouts
from bot.domain.delivery import State
from bot.domain.orders import Order, OrderVerb
from bot.domain.people import HoldKind
from bot.domain.typed_dates import parse_days
from bot.messages import render
from bot.queries.glossary import terms_in
from bot.queries.home import home
from bot.queries.talk_contacts import who_is_told
from bot.slack.outbound import homes
from bot.store import enrolments, learners, orders, talks
from bot.view_models import ReminderView
from tests import rows
from tests.helpers import ADMIN, TEAM, FakeClock, Story, answer, deps_of, small_catalogue, state_of, term, view_shown

NOTHING = Preferences(at=None, days=None, tz=None, country=None, titled=False)


def choose(story: Story, **chosen: Any) -> None:
    story.do(save_preferences, replace(NOTHING, **chosen))


def test_days_of_ones_own_move_the_next_message(story: Story) -> None:
    story.assign()
    story.day("2026-03-02 08:00")
    choose(story, days=parse_days("thu"))
    assert story.day("2026-03-03 09:00") is None
    assert story.day("2026-03-05 09:00") is not None


def test_a_new_hour_that_has_passed_today_is_caught_up_at_once(story: Story) -> None:
    story.assign()
    story.day("2026-03-02 08:00")
    story.go("2026-03-03 08:30")
    choose(story, at=time(8))
    assert story.day("2026-03-03 08:31") is not None


def test_a_zone_of_ones_own_stays_when_the_profile_travels(story: Story) -> None:
    story.assign()
    story.day("2026-03-02 08:00")
    choose(story, tz="Asia/Tokyo")
    assert story.learner.zone == "Asia/Tokyo"
    assert story.day("2026-03-03 00:00") is not None
    with story.ctx.db.read() as session:
        view = settings_of(state_of(session, story.ctx, story.who))
    assert (view.tz, view.profile_tz, view.zone_country) == ("Asia/Tokyo", "Europe/London", "JP")


def test_a_holiday_moves_the_item_to_the_next_learning_day_and_misses_nothing(story: Story) -> None:
    story.assign(first_day=date(2026, 4, 3))
    story.day("2026-04-01 09:00")
    story.day("2026-04-02 09:00")
    for holiday in ("2026-04-03", "2026-04-06"):
        assert story.day(f"{holiday} 19:00") is None
    assert story.day("2026-04-07 09:00") is not None
    assert "missed" not in story.claimed_dates().values()


def test_a_pause_is_begun_moved_and_ended_only_where_it_changed(story: Story) -> None:
    story.assign()
    story.day("2026-03-02 08:00")
    choose(story, paused=True, until=date(2026, 3, 9))
    begun = holds(story)[HoldKind.PERSON]
    story.clock.at += timedelta(hours=1)
    choose(story, paused=True, until=date(2026, 3, 9), titled=True)
    assert holds(story)[HoldKind.PERSON] == begun
    choose(story, paused=True, until=date(2026, 3, 11), titled=True)
    assert holds(story)[HoldKind.PERSON].until == date(2026, 3, 11)
    choose(story, titled=True)
    assert not holds(story)
    with story.ctx.db.read() as session:
        assert preferences(state_of(session, story.ctx, story.who)) == replace(NOTHING, titled=True)


def holds(story: Story) -> Any:
    with story.ctx.db.read() as session:
        return rows.holds_of(session, TEAM, story.who)


def test_what_nobody_asked_for_waits_while_its_reader_isnt_to_be_disturbed(story: Story) -> None:
    sender = Sender(story.ctx, story.slack, Timeouts(), threads=1)
    story.assign()
    story.go("2026-03-02 08:00")
    sender.deliver()
    story.slack.quiet[story.who] = datetime(2026, 3, 3, 11, tzinfo=UTC)
    story.go("2026-03-03 09:00")
    before = len(story.slack.posted)
    sender.deliver()
    assert len(story.slack.posted) == before
    story.go("2026-03-03 11:00")
    sender.deliver()
    assert len(story.slack.posted) == before + 1


def test_a_quiet_time_that_lasts_too_long_misses_the_day_and_the_item_comes_next(story: Story) -> None:
    sender = Sender(story.ctx, story.slack, Timeouts(), threads=1)
    story.assign()
    story.go("2026-03-02 08:00")
    sender.deliver()
    story.slack.quiet[story.who] = datetime(2026, 3, 3, 22, tzinfo=UTC)
    story.go("2026-03-03 09:00")
    sender.deliver()
    story.go("2026-03-03 22:00")
    sender.deliver()
    assert story.claimed_dates()[date(2026, 3, 3)] == "missed"
    story.go("2026-03-04 09:00")
    sender.deliver()
    assert [d.state for d in story.all() if d.claimed_date == date(2026, 3, 4)] == [State.SENT]


def test_days_of_an_assignment_hold_and_are_put_back_by_undo(story: Story) -> None:
    story.assign(days=parse_days("mon"))
    order = story.assign("abc", restart=True, days=parse_days("tue"))
    with story.ctx.db.read() as session:
        assert rows.enrolments_of(session, TEAM, story.who)[0].days == parse_days("tue")
    story.undo(order, sure=True)
    with story.ctx.db.read() as session:
        assert rows.enrolments_of(session, TEAM, story.who)[0].days == parse_days("mon")


def test_a_draft_is_replaced_until_it_goes_and_then_never(story: Story, ctx: AppContext, clock: FakeClock) -> None:
    def drafted(*people: str) -> Order:
        order = Order(
            workspace_id=TEAM,
            order_id="dialog-1",
            admin_id=ADMIN,
            verb=OrderVerb.ASSIGN,
            track_id="abc",
            people={"ids": list(people)},
            created_at=clock.at,
        )
        with ctx.db.write() as session:
            return draft(session, order)

    story.slack.add("U2")
    assert drafted("U1", "U2").state == "asks"
    assert drafted("U2").ids == ("U2",)
    with ctx.db.write() as session:
        assert confirm(session, ctx, TEAM, "dialog-1", "UOTHER", go=True) is None
        assert confirm(session, ctx, TEAM, "dialog-1", ADMIN, go=True) == "stored"
        stored = orders.get(session, TEAM, "dialog-1")
    assert stored is not None
    execute(ctx, story.slack, stored)
    assert drafted("U1").ids == ("U2",)
    with ctx.db.read() as session:
        assert [e.learner_id for e in enrolments.assigned(session, TEAM)] == ["U2"]


def test_a_wish_to_talk_is_open_until_an_admin_who_knows_has_talked(story: Story, ctx: AppContext) -> None:
    story.assign()
    for caused_by in ("r1", "r2"):
        story.do(talk, caused_by, None)
    with ctx.db.write() as session:
        assert [t.admins for t in talks.open_in(session, TEAM)] == [(ADMIN,)]
        assert not talked(session, TEAM, story.who, "UOTHER", story.clock.at)
        assert talked(session, TEAM, story.who, ADMIN, story.clock.at)
        assert talks.open_of(session, TEAM, story.who) is None


def test_a_home_is_drawn_anew_when_somebody_published_meanwhile(story: Story, ctx: AppContext) -> None:
    story.assign()
    deps = deps_of(ctx, story.slack)
    homes.refresh_home(deps, TEAM, story.who)
    assert story.slack.homes == []
    homes.home_opened(deps, TEAM, story.who, None)
    story.slack.hashes[story.who] = "from elsewhere"
    choose(story, paused=True)
    homes.refresh_home(deps, TEAM, story.who)
    assert len(story.slack.homes) == 2
    assert story.learner.home_hash == story.slack.hashes[story.who]


def test_terms_are_found_as_whole_words_once_and_the_longer_name_wins() -> None:
    catalogue = small_catalogue()
    b = term("b", aliases=("organic bees",), looked_up_as=("buzz",))
    catalogue = replace(catalogue, items={**catalogue.items, "b": b})
    assert [name for _, name in terms_in(catalogue, "Organic bees, and organic bees again; a buzz.")] == [
        "organic bees"
    ]
    assert terms_in(catalogue, "bbb buzz") == []


def test_home_says_what_comes_next_in_each_state(story: Story, ctx: AppContext) -> None:
    def state() -> tuple[str, str]:
        with ctx.db.read() as session:
            view = home(state_of(session, ctx, story.who))
        return view.coming.state, view.coming.title

    story.assign()
    story.day("2026-03-02 08:00")
    assert state() == ("next", "A")
    assert story.day("2026-03-03 09:00") is not None
    assert state() == ("waiting", "A")
    choose(story, paused=True)
    assert state() == ("paused", "A")
    choose(story)
    for day in ("04", "05", "06"):
        story.day(f"2026-03-{day} 09:00")
    story.go("2026-03-09 09:00")
    assert state() == ("quiet", "A")


def test_home_promises_the_welcome_at_the_hour_at_which_it_comes(story: Story, ctx: AppContext) -> None:
    story.clock.at = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)
    story.assign()
    with ctx.db.read() as session:
        coming = home(state_of(session, ctx, story.who)).coming
    assert (coming.state, coming.title, coming.day, coming.at) == ("next", "", date(2026, 3, 2), time(7))
    assert story.day("2026-03-02 07:00") is not None


def test_next_brings_one_item_and_leaves_a_pause_alone_while_start_ends_it(story: Story) -> None:
    story.assign()
    story.day("2026-03-02 08:00")
    choose(story, paused=True, until=date(2026, 3, 20))
    assert isinstance(story.do(begin, "next"), Begun)
    assert holds(story)[HoldKind.PERSON].until == date(2026, 3, 20)
    story.deliver()
    assert story.day("2026-03-03 09:00") is None
    story.do(begin, "start", resumes=True)
    assert not holds(story)


def test_a_reminder_of_something_dealt_with_elsewhere_is_one_line(story: Story, ctx: AppContext) -> None:
    story.assign()
    story.day("2026-03-02 08:00")
    item, reminder = story.day("2026-03-03 09:00"), story.day("2026-03-04 09:00")
    assert item is not None
    assert reminder is not None
    story.do(answer, item.delivery_id, 1, "r1")
    with ctx.db.read() as session:
        shown = view_shown(session, ctx, reminder)
    assert isinstance(shown, ReminderView)
    assert render(shown).text.endswith("Done: A.")


def test_a_first_day_that_passed_while_the_question_stood_is_now(
    story: Story, ctx: AppContext, clock: FakeClock
) -> None:
    order = Order(
        workspace_id=TEAM,
        order_id="dialog-1",
        admin_id=ADMIN,
        verb=OrderVerb.ASSIGN,
        track_id="abc",
        people={"ids": ["U1"]},
        created_at=clock.at,
        first_day=date(2026, 3, 2),
    )
    with ctx.db.write() as session:
        draft(session, order)
    clock.at += timedelta(days=1)
    with ctx.db.write() as session:
        confirm(session, ctx, TEAM, "dialog-1", ADMIN, go=True)
        stored = orders.get(session, TEAM, "dialog-1")
    assert stored is not None
    execute(ctx, story.slack, stored)
    assert story.summary(stored).first_day is None


def test_nobody_is_offered_a_talk_with_themselves(story: Story, ctx: AppContext) -> None:
    with ctx.db.write() as session:
        for person in (ADMIN, "U1"):
            learners.ensure(session, TEAM, person)
        assert who_is_told(state_of(session, ctx, ADMIN)) == ()
        assert who_is_told(state_of(session, ctx, "U1")) == (ADMIN,)
