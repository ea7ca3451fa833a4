"""The log shows work: what was done, how often, and never who it was or what they said."""

from __future__ import annotations

import io
import json
import logging
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from bot import logs
from bot.domain.content import Catalogue
from localslack import LocalSlack
from localslack.faults import Fault
from tests.helpers import ADMIN, AIKO, HENRIK, MAYA, MONDAY, Running
from tests.patience import IMPATIENT, eventually
from tests.running import running


@pytest.fixture
def backend() -> str:
    """Nothing of this is the database's."""
    return "sqlite"


class Log:
    """What is written, as JSON."""

    def __init__(self) -> None:
        self.stream = io.StringIO()

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.stream.getvalue().splitlines()]

    def told(self, event: str) -> list[dict[str, Any]]:
        return [line for line in self.lines if event in line["event"]]

    def total(self, kind: str) -> int:
        """Of all ticks that did something."""
        return sum(line[kind] for line in self.told("a tick did its work"))


@pytest.fixture
def log() -> Iterator[Log]:
    before = logging.getLogger().handlers[:], logging.getLogger().level
    found = Log()
    logs.set_up("INFO", as_json=True, stream=found.stream)
    yield found
    logging.getLogger().handlers[:] = before[0]
    logging.getLogger().setLevel(before[1])


@pytest.fixture
def bot(log: Log, slack: LocalSlack, url: str, course: Catalogue) -> Iterator[Running]:
    with running(slack, url, course, **IMPATIENT) as made:
        yield made


def posted(bot: Running) -> int:
    return sum(method == "chat.postMessage" and bool(answer["ok"]) for method, _, answer in bot.slack.world.calls)


def test_each_tick_that_did_something_and_each_order_is_a_line_without_anybodys_name(bot: Running, log: Log) -> None:
    bot.assign()
    bot.advance(MONDAY + timedelta(days=1, hours=6, minutes=30))
    eventually(lambda: log.total("sent") == posted(bot), "not all that was sent is told", meanwhile=bot.app.ticker.tick)
    assert log.total("planned") >= 3
    (order,) = log.told("an order was worked off")
    assert (order["verb"], order["people"], order["changed"], order["logger"]) == ("assign", 3, 3, "bot.work")
    quiet = len(log.lines)
    bot.tick()
    assert len(log.lines) == quiet, "nothing was done, and something is said"
    said = log.stream.getvalue().lower()
    for person in (MAYA, HENRIK, AIKO, ADMIN, "Maya", "Henrik", "Aiko"):
        assert person.lower() not in said


@pytest.mark.parametrize(("fault", "settled"), [("drop_reply", "Slack has it"), ("reset", "Slack doesn't have it")])
def test_a_message_that_became_uncertain_is_told_and_how_it_was_settled(
    bot: Running, log: Log, fault: str, settled: str
) -> None:
    bot.slack.faults.active.append(Fault("/chat.postMessage", fault))
    bot.slack.command(ADMIN, "/track assign @henrik speak-the-language")
    tick = bot.app.ticker.tick
    eventually(lambda: log.told("an uncertain message is settled"), "nobody settled it", meanwhile=tick)
    (uncertain,), (found,) = log.told("a message is uncertain"), log.told("an uncertain message is settled")
    assert settled in found["event"]
    assert found["delivery"] == uncertain["delivery"]
    eventually(lambda: log.total("uncertain") == log.total("settled") == 1, meanwhile=tick)


def test_a_flood_of_taps_that_mean_nothing_is_ten_lines(bot: Running, log: Log) -> None:
    bot.assign()
    bot.advance(MONDAY + timedelta(days=1, hours=6, minutes=30))
    message = bot.slack.messages(HENRIK)[0]
    label = {"type": "plain_text", "text": "A choice"}
    forged = {"type": "button", "action_id": "answer:9", "block_id": "nothing", "text": label}
    where = bot.slack.world.users[HENRIK], bot.slack.world.dm(HENRIK), message
    for number in range(40):
        bot.slack.do(bot.slack.people.send_tap(*where, {**forged, "action_ts": f"{number}.1"}))
    kinds = Counter(line["event"].partition(":")[0] for line in log.lines)
    assert kinds["a tap that means nothing"] == 10


def test_an_idle_bot_says_nothing(log: Log, slack: LocalSlack, url: str, course: Catalogue) -> None:
    with running(slack, url, course, MISSINGLINK_TICK_SECONDS=0.1) as bot:
        eventually(lambda: bot.app.timer.rounds > 3)
        before, rounds = len(log.lines), bot.app.timer.rounds
        eventually(lambda: bot.app.timer.rounds > rounds + 10)
        assert log.lines[before:] == []
