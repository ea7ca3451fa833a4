"""*As a file*: for admins alone, once for each tap, and nothing in it that the status doesn't show."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

from bot.domain.delivery import Outcome
from bot.messages import Message, ids
from bot.services.answer import answer, leave
from bot.services.holds import pause
from bot.services.house import House
from bot.slack.visit import Refusal, Reply, Sent
from bot.store import records
from tests.helpers import ADMIN, FakeClock, Story, started, tapped

TAP = ids.Tap("as_file", "abc")


def rows(reply: Reply) -> list[list[str]]:
    assert isinstance(reply, Sent)
    return list(csv.reader(io.StringIO(reply.file.content.decode("utf-8-sig"), newline="")))[1:]


def test_a_file_names_who_the_status_names_in_its_order(house: House, clock: FakeClock) -> None:
    one, two = Story(house, clock, "U1"), Story(house, clock, "U2")
    two.assign()
    item = started(one)
    one.do(answer, item.delivery_id, 0, clock.at, "r1")
    assert rows(tapped(house, one.slack, ADMIN, "t1", TAP)) == [
        ["U2", "U2", "A to C", "not begun", ""],
        ["U1", "U1", "A to C", "started", ""],
    ]
    everything = rows(tapped(house, one.slack, ADMIN, "t2", ids.Tap("as_file", "all")))
    assert len(everything) == 2


def test_the_file_of_a_track_of_one_tells_nothing_of_a_pause_or_an_answer(story: Story) -> None:
    item = started(story)
    story.do(leave, item.delivery_id, Outcome.READ, story.clock.at, "r1")
    before = rows(tapped(story.house, story.slack, ADMIN, "t1", TAP))
    story.do(pause, story.clock.at)
    story.do(answer, item.delivery_id, 1, story.clock.at, "r2")
    assert rows(tapped(story.house, story.slack, ADMIN, "t2", TAP)) == before


def test_nobody_else_gets_it_and_a_repeated_request_brings_no_second_one(story: Story) -> None:
    story.assign()
    assert isinstance(tapped(story.house, story.slack, story.who, "t1", TAP), Refusal)
    assert isinstance(tapped(story.house, story.slack, ADMIN, "t2", TAP), Sent)
    assert tapped(story.house, story.slack, ADMIN, "t2", TAP) is None
    with story.house.db.read() as session:
        rows = records.audit_since(session, datetime(2026, 3, 1, tzinfo=UTC))
    assert [(r.actor, r.action, r.detail) for r in rows[1:]] == [
        ("U1", "refused", "as_file"),
        (ADMIN, "file", "status abc"),
    ]


def test_of_nobody_there_is_no_file(story: Story) -> None:
    reply = tapped(story.house, story.slack, ADMIN, "t1", ids.Tap("as_file", "nothing"))
    assert isinstance(reply, Message)
    assert "Nobody has been assigned" in reply.text
