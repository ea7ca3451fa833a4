"""Claim, post, record; and what each way of failing does to a delivery."""

from __future__ import annotations

import logging
from datetime import time, timedelta

import pytest

from bot.context import AppContext
from bot.delivery import Sender, Ticker, Timeouts
from bot.delivery.error_policy import CODES, FailureAction, decide
from bot.domain.delivery import Delivery, State
from bot.domain.local_time import local
from bot.domain.people import HoldKind
from bot.domain.rate_limit import RateLimit, RateLimits
from bot.errors import SlackBusyError, SlackError, SlackRefusedError, SlackUncertainError, SlackUnreachableError
from bot.planning.learner_state import load
from bot.slack.outbound.call_errors import UNCERTAIN_CODES
from bot.store import deliveries, delivery_queue, lagging, workspaces
from bot.view_models import WelcomeView
from tests import rows
from tests.helpers import TEAM, FakeClock, Story


@pytest.fixture
def story(ctx: AppContext, clock: FakeClock) -> Story:
    """Ada was assigned a track; her welcome is due."""
    told = Story(ctx, clock)
    told.assign()
    told.go("2026-03-02 08:00")
    return told


@pytest.fixture
def sender(ctx: AppContext, story: Story) -> Sender:
    """A sender to a Slack that does as it is told."""
    return Sender(ctx, story.slack, Timeouts(reconcile_after=timedelta(seconds=30)), threads=2)


def welcome(story: Story) -> Delivery:
    found = [d for d in story.all() if d.slot == "welcome"]
    assert len(found) == 1
    return found[0]


def test_what_is_due_is_posted_once_with_its_key(story: Story, sender: Sender) -> None:
    assert sender.deliver() == 2  # the welcome, and the admin's summary
    assert sender.deliver() == 0
    sent = welcome(story)
    assert (sent.state, sent.channel_id) == (State.SENT, "DU1")
    assert [key for _, view, key in story.slack.posted if isinstance(view, WelcomeView)] == [sent.delivery_id]


def failed(story: Story, sender: Sender, error: SlackError) -> Delivery:
    with story.ctx.db.write() as session:  # leave the welcome alone in the queue
        for notice in rows.deliveries_of(session, TEAM, "U0INES"):
            deliveries.retire(session, notice, State.WITHDRAWN)
    story.slack.fail_with = [error]
    sender.deliver()
    return welcome(story)


def test_a_429_waits_as_long_as_slack_says(story: Story, sender: Sender, clock: FakeClock) -> None:
    waits = failed(story, sender, SlackBusyError(7))
    assert waits.state is State.DUE
    assert sender.deliver() == 0
    clock.real_at += timedelta(seconds=7)
    assert sender.deliver() == 1
    assert welcome(story).state is State.SENT


def test_a_refused_connection_is_tried_again_soon(story: Story, sender: Sender, clock: FakeClock) -> None:
    assert failed(story, sender, SlackUnreachableError("refused")).state is State.DUE
    clock.real_at += timedelta(seconds=6)
    assert sender.deliver() == 1


def test_a_lost_reply_is_settled_by_history_and_not_sent_twice(story: Story, sender: Sender, clock: FakeClock) -> None:
    lost = failed(story, sender, SlackUncertainError("timeout"))
    assert lost.state is State.UNCERTAIN
    story.slack.posted.append(
        (
            "DU1",
            WelcomeView(
                delivery_id="x", tracks=(), assigned_by=(), at=clock.at.time(), days=frozenset(), first_day=None
            ),
            lost.delivery_id,
        )
    )
    sender.recover()
    assert welcome(story).state is State.UNCERTAIN
    clock.real_at += timedelta(seconds=31)
    sender.recover()
    assert welcome(story).state is State.SENT
    assert sender.deliver() == 0


def test_what_history_doesnt_have_is_sent_again(story: Story, sender: Sender, clock: FakeClock) -> None:
    failed(story, sender, SlackUncertainError("reset"))
    clock.real_at += timedelta(seconds=31)
    sender.recover()
    assert sender.deliver() == 1
    assert welcome(story).state is State.SENT
    assert welcome(story).attempt == 2


def test_a_sender_that_fell_silent_is_recovered_when_its_lease_ran_out(
    story: Story, sender: Sender, clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    with story.ctx.db.write() as session:
        delivery_queue.claim(session, TEAM, at=clock.at, real=clock.real_at, lease=timedelta(minutes=2), most=50)
    sender.recover()
    assert sender.deliver() == 0
    clock.real_at += timedelta(minutes=2)
    with caplog.at_level(logging.INFO):
        sender.recover()
    assert sender.deliver() == 2
    told = [record.getMessage() for record in caplog.records]
    assert [t.partition(":")[0] for t in told] == ["a message is uncertain", "an uncertain message is settled"] * 2


def test_without_history_the_message_stays_uncertain_and_is_counted(
    story: Story, sender: Sender, clock: FakeClock
) -> None:
    failed(story, sender, SlackUncertainError("timeout"))

    def refuse(*_: object) -> str | None:
        raise SlackRefusedError("missing_scope")

    story.slack.history = refuse  # type: ignore[method-assign, assignment]
    clock.real_at += timedelta(seconds=31)
    sender.recover()
    assert welcome(story).state is State.UNCERTAIN
    clock.real_at += timedelta(days=1)
    sender.recover()
    assert sender.deliver() == 0


@pytest.mark.parametrize("code", ["user_disabled", "user_not_found", "cannot_dm_bot"])
def test_who_cant_be_reached_is_held_until_their_profile_is_active(
    story: Story, sender: Sender, code: str, ctx: AppContext
) -> None:
    failed(story, sender, SlackRefusedError(code))
    with ctx.db.read() as session:
        assert set(rows.holds_of(session, TEAM, "U1")) == {HoldKind.UNREACHABLE}
    sender.probe()
    with ctx.db.read() as session:
        assert rows.holds_of(session, TEAM, "U1") == {}
        state = load(session, ctx, TEAM, "U1")
    assert state is not None
    assert state.learner.next_due_at is not None


def test_a_revoked_token_holds_the_workspace_until_it_works_again(
    story: Story, sender: Sender, ctx: AppContext
) -> None:
    failed(story, sender, SlackRefusedError("token_revoked"))
    with ctx.db.read() as session:
        assert [w.held for w in workspaces.known(session)] == ["token_revoked"]
    sender.try_held_workspaces()
    with ctx.db.read() as session:
        assert [w.held for w in workspaces.known(session)] == [None]


def test_a_wording_that_slack_refuses_is_set_aside_and_the_next_item_comes(
    story: Story, sender: Sender, ctx: AppContext
) -> None:
    sender.deliver()
    story.go("2026-03-03 09:00")
    story.slack.fail_with = [SlackRefusedError("invalid_blocks")]
    sender.deliver()
    assert [d.state for d in story.all() if d.asking_id] == [State.FAILED]
    story.go("2026-03-04 09:00")
    sender.deliver()
    assert [d.state for d in story.all() if d.asking_id] == [State.FAILED, State.SENT]


def test_a_configuration_error_waits_and_is_remembered(story: Story, sender: Sender, clock: FakeClock) -> None:
    waits = failed(story, sender, SlackRefusedError("messages_tab_disabled"))
    assert (waits.state, waits.problem) == (State.DUE, "messages_tab_disabled")
    clock.real_at += timedelta(seconds=301)
    assert sender.deliver() == 1


def test_every_code_has_one_fate_and_an_unknown_one_is_tried_again_slowly() -> None:
    assert {decide(SlackRefusedError(code)).action for code in CODES} == {
        FailureAction.HOLD_WORKSPACE, FailureAction.HOLD_LEARNER, FailureAction.QUARANTINE, FailureAction.CONFIGURE, FailureAction.RETRY,
    }  # fmt: skip
    assert decide(SlackRefusedError("never_heard_of")).action is FailureAction.CONFIGURE


DOCUMENTED = """
access_denied accesslimited account_inactive as_user_not_supported attachment_payload_limit_exceeded channel_not_found
deprecated_endpoint ekm_access_denied enterprise_is_restricted fatal_error internal_error invalid_arg_name
invalid_arguments invalid_array_arg invalid_auth invalid_blocks invalid_blocks_format invalid_charset invalid_form_data
invalid_metadata_format invalid_metadata_schema invalid_post_type is_archived is_bot message_limit_exceeded
messages_tab_disabled metadata_too_large method_deprecated missing_post_type missing_scope msg_blocks_too_long
msg_too_long no_permission no_text not_allowed_token_type not_authed not_in_channel org_login_required rate_limited
ratelimited request_timeout restricted_action restricted_action_non_threadable_channel
restricted_action_read_only_channel restricted_action_thread_only_channel service_unavailable team_access_not_granted
team_added_to_org team_not_found token_expired token_revoked too_many_attachments two_factor_setup_required
"""
"""What Slack documents for chat.postMessage and for every method (looked up 2026-11-24), and a DM has a use for."""


@pytest.mark.parametrize("code", DOCUMENTED.split())
def test_every_documented_code_is_decided_on_by_name(code: str) -> None:
    assert (code in CODES) != (code in UNCERTAIN_CODES)


def test_an_update_that_failed_is_caught_up_by_the_tick(
    story: Story, sender: Sender, clock: FakeClock, ctx: AppContext
) -> None:
    sender.deliver()
    with ctx.db.write() as session:
        lagging.touch(session, welcome(story), clock.real_at)
    story.slack.fail_with = [SlackUncertainError("timeout")]
    sender.refresh(TEAM, "U1")
    assert story.slack.updated == []
    sender.catch_up()
    assert story.slack.updated == []
    clock.real_at += timedelta(seconds=11)
    sender.catch_up()
    assert len(story.slack.updated) == 1
    sender.catch_up()
    assert len(story.slack.updated) == 1


def test_a_message_that_is_gone_is_not_updated_for_ever(
    story: Story, sender: Sender, clock: FakeClock, ctx: AppContext
) -> None:
    sender.deliver()
    with ctx.db.write() as session:
        lagging.touch(session, welcome(story), clock.real_at)
    story.slack.fail_with = [SlackRefusedError("message_not_found")]
    sender.refresh(TEAM, "U1")
    with ctx.db.read() as session:
        assert lagging.find(session, clock.real_at, 5) == []


def test_the_tapped_message_is_updated_by_its_response_url_and_by_chat_update_where_that_fails(
    story: Story, sender: Sender, clock: FakeClock, ctx: AppContext
) -> None:
    sender.deliver()
    by_url: list[object] = []
    for works in (True, False):
        with ctx.db.write() as session:
            lagging.touch(session, welcome(story), clock.real_at)

        def via(view: object, works: bool = works) -> bool:
            by_url.append(view)
            return works

        sender.refresh(TEAM, "U1", welcome(story).delivery_id, via)
    assert (len(by_url), len(story.slack.updated)) == (2, 1)


def test_stopping_claims_nothing_more(sender: Sender) -> None:
    sender.stop()
    assert sender.deliver() == 0


def test_a_clock_that_was_moved_stops_at_each_due_instant_on_its_way(ctx: AppContext, clock: FakeClock) -> None:
    people = {"U1": "Asia/Tokyo", "U2": "Europe/London", "U3": "America/New_York"}
    stories = {who: Story(ctx, clock, who, tz) for who, tz in people.items()}
    slack = stories["U1"].slack
    for who, tz in people.items():
        slack.add(who, tz)
        stories[who].slack = slack
        stories[who].assign()
    stands: list[object] = []
    stand = clock.stand
    clock.steps = True
    moved = clock.at + timedelta(days=3)
    clock.target = lambda: moved  # type: ignore[method-assign]

    def remember(at: object) -> None:
        stands.append(at)
        stand(at)  # type: ignore[arg-type]

    clock.stand = remember  # type: ignore[method-assign]
    sender = Sender(ctx, slack, Timeouts(), threads=2, limits=RateLimits(RateLimit(1_000_000), 1000))
    Ticker(ctx, clock, sender, timedelta(days=400)).tick()
    assert clock.at == moved
    assert len(stands) == len(set(stands))
    for who, told in stories.items():
        assert [d.slot for d in told.all()][:2] == ["welcome", "daily"], who
        daily = next(d for d in told.all() if d.slot == "daily")
        assert local(daily.due_at, people[who]).time() == time(9)
    sender.stop()


def test_two_ticks_at_once_are_one(ctx: AppContext, clock: FakeClock, story: Story, sender: Sender) -> None:
    ticker = Ticker(ctx, clock, sender, timedelta(days=400))
    ticker._one.acquire()
    ticker.tick()
    assert welcome(story).state is State.DUE
