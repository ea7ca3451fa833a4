"""Claim, post, record; and what each way of failing does to a delivery."""

from __future__ import annotations

import logging
from datetime import time, timedelta

import pytest

from bot.domain.delivery import Delivery, State
from bot.domain.pacing import Pace, Paces
from bot.domain.people import HoldKind
from bot.domain.timing import local
from bot.domain.views import WelcomeView
from bot.errors import (
    SlackBusyError,
    SlackError,
    SlackRefusedError,
    SlackUncertainError,
    SlackUnreachableError,
)
from bot.schedule import Courier, Patience, Ticker
from bot.schedule.outcomes import CODES, Fate, rule
from bot.services.house import House
from bot.services.standing import look
from bot.slack.gateway import UNCERTAIN_CODES
from bot.store import deliveries, learners, records
from tests.helpers import TEAM, FakeClock, Story


@pytest.fixture
def story(house: House, clock: FakeClock) -> Story:
    """Ada was assigned a track; her welcome is due."""
    told = Story(house, clock)
    told.assign()
    told.go("2026-03-02 08:00")
    return told


@pytest.fixture
def courier(house: House, story: Story) -> Courier:
    """A courier to a Slack that does as it is told."""
    return Courier(house, story.slack, Patience(settle=timedelta(seconds=30)), threads=2)


def welcome(story: Story) -> Delivery:
    found = [d for d in story.all() if d.slot == "welcome"]
    assert len(found) == 1
    return found[0]


def test_what_is_due_is_posted_once_with_its_key(story: Story, courier: Courier) -> None:
    assert courier.deliver() == 2  # the welcome, and the admin's summary
    assert courier.deliver() == 0
    sent = welcome(story)
    assert (sent.state, sent.channel_id) == (State.SENT, "DU1")
    assert [key for _, view, key in story.slack.posted if isinstance(view, WelcomeView)] == [sent.delivery_id]


def failed(story: Story, courier: Courier, error: SlackError) -> Delivery:
    with story.house.db.write() as session:  # leave the welcome alone in the queue
        for notice in deliveries.find(session, TEAM, "U0INES"):
            deliveries.retire(session, notice, State.WITHDRAWN)
    story.slack.fail_with = [error]
    courier.deliver()
    return welcome(story)


def test_a_429_waits_as_long_as_slack_says(story: Story, courier: Courier, clock: FakeClock) -> None:
    waits = failed(story, courier, SlackBusyError(7))
    assert waits.state is State.DUE
    assert courier.deliver() == 0
    clock.real_at += timedelta(seconds=7)
    assert courier.deliver() == 1
    assert welcome(story).state is State.SENT


def test_a_refused_connection_is_tried_again_soon(story: Story, courier: Courier, clock: FakeClock) -> None:
    assert failed(story, courier, SlackUnreachableError("refused")).state is State.DUE
    clock.real_at += timedelta(seconds=6)
    assert courier.deliver() == 1


def test_a_lost_reply_is_settled_by_history_and_not_sent_twice(
    story: Story, courier: Courier, clock: FakeClock
) -> None:
    lost = failed(story, courier, SlackUncertainError("timeout"))
    assert lost.state is State.UNCERTAIN
    story.slack.posted.append(("DU1", WelcomeView("x", (), (), clock.at.time(), frozenset(), None), lost.delivery_id))
    courier.recover()
    assert welcome(story).state is State.UNCERTAIN
    clock.real_at += timedelta(seconds=31)
    courier.recover()
    assert welcome(story).state is State.SENT
    assert courier.deliver() == 0


def test_what_history_doesnt_have_is_sent_again(story: Story, courier: Courier, clock: FakeClock) -> None:
    failed(story, courier, SlackUncertainError("reset"))
    clock.real_at += timedelta(seconds=31)
    courier.recover()
    assert courier.deliver() == 1
    assert welcome(story).state is State.SENT
    assert welcome(story).attempt == 2


def test_a_sender_that_fell_silent_is_recovered_when_its_lease_ran_out(
    story: Story, courier: Courier, clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    with story.house.db.write() as session:
        deliveries.claim(session, TEAM, clock.at, clock.real_at, timedelta(minutes=2), 50)
    courier.recover()
    assert courier.deliver() == 0
    clock.real_at += timedelta(minutes=2)
    with caplog.at_level(logging.INFO):
        courier.recover()
    assert courier.deliver() == 2
    told = [record.getMessage() for record in caplog.records]
    assert [t.partition(":")[0] for t in told] == ["a message is uncertain", "an uncertain message is settled"] * 2


def test_without_history_the_message_stays_uncertain_and_is_counted(
    story: Story, courier: Courier, clock: FakeClock
) -> None:
    failed(story, courier, SlackUncertainError("timeout"))

    def refuse(*_: object) -> str | None:
        raise SlackRefusedError("missing_scope")

    story.slack.history = refuse  # type: ignore[method-assign, assignment]
    clock.real_at += timedelta(seconds=31)
    courier.recover()
    assert welcome(story).state is State.UNCERTAIN
    clock.real_at += timedelta(days=1)
    courier.recover()
    assert courier.deliver() == 0


@pytest.mark.parametrize("code", ["user_disabled", "user_not_found", "cannot_dm_bot"])
def test_who_cant_be_reached_is_held_until_their_profile_is_active(
    story: Story, courier: Courier, code: str, house: House
) -> None:
    failed(story, courier, SlackRefusedError(code))
    with house.db.read() as session:
        assert set(learners.holds(session, TEAM, "U1")) == {HoldKind.UNREACHABLE}
    courier.probe()
    with house.db.read() as session:
        assert learners.holds(session, TEAM, "U1") == {}
        standing = look(session, house, TEAM, "U1")
    assert standing is not None
    assert standing.learner.next_due_at is not None


def test_a_revoked_token_holds_the_workspace_until_it_works_again(story: Story, courier: Courier, house: House) -> None:
    failed(story, courier, SlackRefusedError("token_revoked"))
    with house.db.read() as session:
        assert [w.held for w in records.workspaces(session)] == ["token_revoked"]
    courier.try_held_workspaces()
    with house.db.read() as session:
        assert [w.held for w in records.workspaces(session)] == [None]


def test_a_wording_that_slack_refuses_is_set_aside_and_the_next_item_comes(
    story: Story, courier: Courier, house: House
) -> None:
    courier.deliver()
    story.go("2026-03-03 09:00")
    story.slack.fail_with = [SlackRefusedError("invalid_blocks")]
    courier.deliver()
    assert [d.state for d in story.all() if d.asking_id] == [State.FAILED]
    story.go("2026-03-04 09:00")
    courier.deliver()
    assert [d.state for d in story.all() if d.asking_id] == [State.FAILED, State.SENT]


def test_a_configuration_error_waits_and_is_remembered(story: Story, courier: Courier, clock: FakeClock) -> None:
    waits = failed(story, courier, SlackRefusedError("messages_tab_disabled"))
    assert (waits.state, waits.problem) == (State.DUE, "messages_tab_disabled")
    clock.real_at += timedelta(seconds=301)
    assert courier.deliver() == 1


def test_every_code_has_one_fate_and_an_unknown_one_is_tried_again_slowly() -> None:
    assert {rule(SlackRefusedError(code)).fate for code in CODES} == {
        Fate.HOLD_WORKSPACE, Fate.HOLD_LEARNER, Fate.QUARANTINE, Fate.CONFIGURE, Fate.RETRY,
    }  # fmt: skip
    assert rule(SlackRefusedError("never_heard_of")).fate is Fate.CONFIGURE


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
    story: Story, courier: Courier, clock: FakeClock, house: House
) -> None:
    courier.deliver()
    with house.db.write() as session:
        deliveries.touch(session, welcome(story), clock.real_at)
    story.slack.fail_with = [SlackUncertainError("timeout")]
    courier.refresh(TEAM, "U1")
    assert story.slack.updated == []
    courier.catch_up()
    assert story.slack.updated == []
    clock.real_at += timedelta(seconds=11)
    courier.catch_up()
    assert len(story.slack.updated) == 1
    courier.catch_up()
    assert len(story.slack.updated) == 1


def test_a_message_that_is_gone_is_not_updated_for_ever(
    story: Story, courier: Courier, clock: FakeClock, house: House
) -> None:
    courier.deliver()
    with house.db.write() as session:
        deliveries.touch(session, welcome(story), clock.real_at)
    story.slack.fail_with = [SlackRefusedError("message_not_found")]
    courier.refresh(TEAM, "U1")
    with house.db.read() as session:
        assert deliveries.lagging(session, clock.real_at, 5) == []


def test_the_tapped_message_is_updated_by_its_response_url_and_by_chat_update_where_that_fails(
    story: Story, courier: Courier, clock: FakeClock, house: House
) -> None:
    courier.deliver()
    by_url: list[object] = []
    for works in (True, False):
        with house.db.write() as session:
            deliveries.touch(session, welcome(story), clock.real_at)

        def via(view: object, works: bool = works) -> bool:
            by_url.append(view)
            return works

        courier.refresh(TEAM, "U1", welcome(story).delivery_id, via)
    assert (len(by_url), len(story.slack.updated)) == (2, 1)


def test_stopping_claims_nothing_more(courier: Courier) -> None:
    courier.stop()
    assert courier.deliver() == 0


def test_a_clock_that_was_moved_stops_at_each_due_instant_on_its_way(house: House, clock: FakeClock) -> None:
    people = {"U1": "Asia/Tokyo", "U2": "Europe/London", "U3": "America/New_York"}
    stories = {who: Story(house, clock, who, tz) for who, tz in people.items()}
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
    courier = Courier(house, slack, Patience(), threads=2, paces=Paces(Pace(1_000_000), 1000))
    Ticker(house, clock, courier, timedelta(days=400)).tick()
    assert clock.at == moved
    assert len(stands) == len(set(stands))
    for who, told in stories.items():
        assert [d.slot for d in told.all()][:2] == ["welcome", "daily"], who
        daily = next(d for d in told.all() if d.slot == "daily")
        assert local(daily.due_at, people[who]).time() == time(9)
    courier.stop()


def test_two_ticks_at_once_are_one(house: House, clock: FakeClock, story: Story, courier: Courier) -> None:
    ticker = Ticker(house, clock, courier, timedelta(days=400))
    ticker._one.acquire()
    ticker.tick()
    assert welcome(story).state is State.DUE
