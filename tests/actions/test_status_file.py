"""*As a file*: for admins alone, once for each tap, and nothing in it that the status doesn't show."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

from bot.actions.answer import leave
from bot.context import AppContext
from bot.domain.delivery import Outcome
from bot.messages import Message, ids
from bot.planning.holds import pause
from bot.slack.handlers.request import Refusal, Reply, SentFile
from bot.store import audit
from tests.helpers import ADMIN, FakeClock, Story, answer, started, tapped

TAP = ids.TapMeaning(verb="as_file", subject="abc")


def rows(reply: Reply) -> list[list[str]]:
    assert isinstance(reply, SentFile)
    return list(csv.reader(io.StringIO(reply.make().content.decode("utf-8-sig"), newline="")))[1:]


def test_a_file_names_who_the_status_names_in_its_order(ctx: AppContext, clock: FakeClock) -> None:
    one, two = Story(ctx, clock, "U1"), Story(ctx, clock, "U2")
    two.assign()
    item = started(one)
    one.do(answer, item.delivery_id, 0, "r1")
    assert rows(tapped(ctx, one.slack, ADMIN, "t1", TAP)) == [
        ["U2", "U2", "A to C", "not begun", ""],
        ["U1", "U1", "A to C", "started", ""],
    ]
    everything = rows(tapped(ctx, one.slack, ADMIN, "t2", ids.TapMeaning(verb="as_file", subject="all")))
    assert len(everything) == 2


def test_the_file_of_a_track_of_one_tells_nothing_of_a_pause_or_an_answer(story: Story) -> None:
    item = started(story)
    story.do(leave, item.delivery_id, Outcome.READ, "r1")
    before = rows(tapped(story.ctx, story.slack, ADMIN, "t1", TAP))
    story.do(pause)
    story.do(answer, item.delivery_id, 1, "r2")
    assert rows(tapped(story.ctx, story.slack, ADMIN, "t2", TAP)) == before


def test_nobody_else_gets_it_and_a_repeated_request_brings_no_second_one(story: Story) -> None:
    story.assign()
    assert isinstance(tapped(story.ctx, story.slack, story.who, "t1", TAP), Refusal)
    assert isinstance(tapped(story.ctx, story.slack, ADMIN, "t2", TAP), SentFile)
    assert tapped(story.ctx, story.slack, ADMIN, "t2", TAP) is None
    with story.ctx.db.read() as session:
        rows = audit.since(session, datetime(2026, 3, 1, tzinfo=UTC))
    assert [(r.actor, r.action, r.detail) for r in rows[1:]] == [
        ("U1", "refused", "as_file"),
        (ADMIN, "file", "status abc"),
    ]


def test_of_nobody_there_is_no_file(story: Story) -> None:
    reply = tapped(story.ctx, story.slack, ADMIN, "t1", ids.TapMeaning(verb="as_file", subject="nothing"))
    assert isinstance(reply, Message)
    assert "Nobody has been assigned" in reply.text
