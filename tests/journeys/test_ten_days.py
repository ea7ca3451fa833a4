"""The main job over the wire: the real bot, the local Slack, three people in three time zones, ten working days."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Table, select

from bot.domain.typed_dates import parse_days
from bot.limits import violations
from bot.store import tables
from bot.store.database import Database
from localslack import LocalSlack
from localslack.world import PostedMessage
from tests.helpers import ADMIN, AIKO, HENRIK, MAYA, ZONES, Running, local_day, local_time

EXECUTIVES = (MAYA, HENRIK, AIKO)
# Copenhagen goes back to winter time on 25 October 2026, New York on 1 November, Tokyo never
FIRST = date(2026, 10, 21)
WORKDAYS = [day for n in range(14) if (day := FIRST + timedelta(days=n)).weekday() in parse_days("mon-fri")]


@pytest.fixture
def slack(slack: LocalSlack, monkeypatch: pytest.MonkeyPatch) -> LocalSlack:
    """The clock begins on Tuesday 20 October 2026 at 15:00 UTC, late for Tokyo, morning in New York."""
    start = datetime(2026, 10, 20, 15, 0, tzinfo=UTC)
    begin = slack.begin_at
    monkeypatch.setattr(slack, "begin_at", lambda _: begin(start))
    return slack


def rows(url: str, of: Table) -> list[dict[str, object]]:
    database = Database(url)
    with database.read() as session:
        found = [dict(row) for row in session.execute(select(of)).mappings()]
    database.close()
    return found


def lessons_of(bot: Running, user: str) -> list[PostedMessage]:
    return [m for m in bot.slack.messages(user) if " of 12" in m.text]


def unanswered(message: PostedMessage) -> bool:
    return any(str(e.get("action_id")).startswith("answer:1") for b in message.blocks for e in b.get("elements", []))


def right(message: PostedMessage) -> bool:
    return "is right:" in message.text or "Right:" in message.text


def wrong(message: PostedMessage) -> bool:
    return "You chose" in message.text or "You guessed" in message.text


def test_ten_working_days_over_a_change_of_time_in_three_zones(bot: Running, url: str) -> None:
    summary = bot.assign()
    assert "@U0MAYA" in summary.text.replace("<", "")
    bot.tick()

    end = datetime.combine(WORKDAYS[-1], time(20), ZoneInfo("America/New_York")).astimezone(UTC)
    at = datetime(2026, 10, 20, 16, 0, tzinfo=UTC)
    answers = dict.fromkeys(EXECUTIVES, 0)
    paused = False
    while at < end:
        bot.advance(at)
        for user in EXECUTIVES:
            here = at.astimezone(ZoneInfo(ZONES[user]))
            if user == HENRIK and here.date() == WORKDAYS[4] and not paused:
                assert "Paused" in bot.command(HENRIK, "/learn pause").text
                paused = True
            if user == HENRIK and here.date() >= WORKDAYS[7] and paused:
                assert "Welcome back" in bot.command(HENRIK, "/learn resume").text
                paused = False
            waiting = [m for m in lessons_of(bot, user) if unanswered(m)]
            if waiting and user != AIKO:
                message, choice = waiting[-1], answers[user] % 3
                bot.tap(user, message, f"answer:1:{choice}")
                assert right(message) != wrong(message)
                answers[user] += 1
        at += timedelta(hours=4)

    # Maya: one lesson each working day at nine, New York time, before and after the change
    assert [local_day(m, ZONES[MAYA]) for m in lessons_of(bot, MAYA)] == WORKDAYS
    assert {local_time(m, ZONES[MAYA]) for m in lessons_of(bot, MAYA)} == {time(9)}
    # Henrik: nothing while paused, and on from there
    his = [local_day(m, ZONES[HENRIK]) for m in lessons_of(bot, HENRIK)]
    assert not set(his) & set(WORKDAYS[5:7])
    assert {local_time(m, ZONES[HENRIK]) for m in lessons_of(bot, HENRIK)} == {time(9)}
    assert len(his) == len(set(his))
    # Aiko never answers: a lesson, two reminders, and then silence
    assert len(lessons_of(bot, AIKO)) == 1
    assert len([m for m in bot.slack.messages(AIKO) if "still open" in m.text]) == 2

    # a tap on any old message, twice, leaves the first answer
    first = lessons_of(bot, MAYA)[0]
    before = first.text
    block = {"type": "button", "action_id": "answer:3", "block_id": rows_of(url, MAYA)[0], "action_ts": "1.1",
             "text": {"type": "plain_text", "text": "A choice"}}  # fmt: skip
    general = bot.slack.world.users[MAYA], bot.slack.world.dm(MAYA)
    for _ in range(2):
        assert bot.slack.do(bot.slack.people.send_tap(*general, first, dict(block))) == ""
    bot.eventually(lambda: first.text == before)

    # the end of the track: Maya asks for the last two, and is told what she learned
    for _ in range(2):
        bot.command(MAYA, "/learn next")
        message = bot.eventually(lambda: next((m for m in lessons_of(bot, MAYA) if any(e.get("action_id") == "answer:1:0"
                                 for b in m.blocks for e in b.get("elements", []))), None))  # fmt: skip
        bot.tap(MAYA, message, "answer:1:1")
    closing = bot.eventually(
        lambda: next((m for m in bot.slack.messages(MAYA) if "Speak the language: done" in m.text), None)
    )
    # two lessons ask first: a guess counts in neither number
    hers = [r for r in rows(url, tables.response) if r["learner_id"] == MAYA and not r["guessed"]]
    assert len(hers) == 10
    assert f"You got {sum(bool(r['right']) for r in hers)} of 10 right first time" in closing.text
    bot.tap(MAYA, closing, "talk")
    bot.eventually(lambda: any("<@U0MAYA> would like to talk" in m.text for m in bot.slack.messages(ADMIN)))

    # the admin sees assigned, started, finished, and nothing else
    status = bot.command(ADMIN, "/track status speak-the-language").text
    assert "3 assigned, 2 started, 1 finished" in status
    assert "paused" not in status.lower().replace("paused, silent and waiting look alike", "")

    agree(bot, url)


def rows_of(url: str, user: str) -> list[str]:
    """The ids of a person's item messages, oldest first."""
    found = [r for r in rows(url, tables.delivery) if r["learner_id"] == user and r["asking_id"] and r["ts"]]
    return [str(r["delivery_id"]) for r in sorted(found, key=lambda r: str(r["ts"]))]


def agree(bot: Running, url: str) -> None:
    """The database and the messages tell the same story."""
    bot.app.sender.catch_up()

    def agreed() -> bool:
        recorded = {str(r["ts"]) for r in rows(url, tables.delivery) if r["state"] == "sent"}
        return recorded == {m.ts for m in bot.slack.world.posts}

    # a post is recorded just after it is there
    bot.eventually(agreed, "each post is recorded, each record was posted")
    # what Slack shows is noted a moment later
    bot.eventually(lambda: all(r["lags_real"] is None for r in rows(url, tables.delivery)), "a message lags")
    delivered = rows(url, tables.delivery)
    sent = {str(r["ts"]): r for r in delivered if r["state"] == "sent"}
    for message in bot.slack.world.posts:
        assert message.metadata is not None
        assert message.metadata["event_payload"] == {"key": sent[message.ts]["delivery_id"]}
        assert violations({"text": message.text, "blocks": message.blocks}) == []
    claimed = [(r["learner_id"], r["place"]) for r in delivered if r["place"]]
    assert len(claimed) == len(set(claimed))
    chosen = {r["asking_id"]: r for r in rows(url, tables.response) if r["attempt"]}
    for asking in rows(url, tables.asking):
        shown = [m for m in bot.slack.world.posts if sent[m.ts]["asking_id"] == asking["asking_id"]]
        answered = asking["asking_id"] in chosen
        assert answered == (asking["outcome"] == "answered")
        for message in shown:
            if answered:
                assert right(message) == bool(chosen[asking["asking_id"]]["right"])
    done = {(r["learner_id"], r["item_id"]) for r in rows(url, tables.done)}
    assert done == {(r["learner_id"], r["item_id"]) for r in rows(url, tables.asking) if r["outcome"] == "answered"}
    finished = {r["learner_id"] for r in rows(url, tables.enrolment) if r["finished_at"]}
    assert finished == {MAYA}
    assert bot.slack.world.refusals == []
