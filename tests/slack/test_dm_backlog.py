"""What is still to be read after a gap outlasts whoever reads it, and no restart turns a pause the wrong way round."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from bot.context import AppContext
from bot.delivery import Sender, Ticker, Timeouts
from bot.domain.delivery_subject import AnswerAsked, AnswerGiven, DmReply
from bot.domain.intents import TypedWords, WordsPage
from bot.errors import SlackRefusedError, SlackUncertainError
from bot.slack.handlers import typed_messages as handlers
from bot.slack.handlers.commands import read
from bot.slack.handlers.deps import Caller, Deps
from bot.slack.handlers.request import dispatch, open_request
from bot.slack.handlers.typed_messages import handle_typed
from bot.slack.inbound.missed_messages import LEASE, LOOK_SECONDS, TRIES, MissedMessages
from bot.slack.inbound.payloads import typed_message_id
from bot.store import learners, requests
from tests import rows
from tests.helpers import TEAM, FakeClock, FakeSlack

ADA, BEA, CLEO = "U0ADA", "U0BEA", "U0CLEO"
"""In the order in which they were talked with, the last one first."""
LOOK = timedelta(seconds=LOOK_SECONDS)


class KilledError(BaseException):
    """As `kill -9`: nothing in the bot catches it, and nothing is tidied up."""


@dataclass
class Histories(FakeSlack):
    """Knows what was typed in DMs. `fails`: what the next readings of a DM end with, None where they don't.
    `meanwhile`: what happens before the next readings, of whichever DM.
    """

    typed: dict[str, list[TypedWords]] = field(default_factory=dict)
    asked: list[tuple[str, datetime, str]] = field(default_factory=list)
    fails: dict[str, list[BaseException | None]] = field(default_factory=dict)
    meanwhile: list[Callable[[], object]] = field(default_factory=list)
    token_works: bool = True

    def words_since(self, workspace_id: str, channel_id: str, since: datetime, cursor: str) -> WordsPage:
        """As in the Protocol; `page` messages at a time."""
        self.asked.append((channel_id[1:], since, cursor))
        if self.meanwhile:
            self.meanwhile.pop(0)()
        fails = self.fails.get(channel_id[1:])
        if fails and (error := fails.pop(0)) is not None:
            raise error
        there = [w for w in self.typed.get(channel_id, [])[::-1] if float(w.ts) > since.timestamp()]
        first = int(cursor or 0)
        last = first + self.page
        return WordsPage(tuple(there[first:last]), str(last) if last < len(there) else "")

    def works(self, workspace_id: str) -> bool:
        """As in the Protocol."""
        return self.token_works

    @property
    def read_from(self) -> list[str]:
        """Whose DMs were asked for, one after the other."""
        return [who for who, *_ in self.asked]


class Away:
    """A bot that is started anew as often as one likes, and people who type meanwhile."""

    def __init__(self, ctx: AppContext, clock: FakeClock) -> None:
        self.ctx, self.clock, self.slack = ctx, clock, Histories()
        self.sender = Sender(ctx, self.slack, Timeouts(), threads=1)
        self.deps = Deps(ctx=ctx, slack=self.slack, screens=self.slack, sender=self.sender)
        for number, person in enumerate((ADA, BEA, CLEO), 1):
            self.slack.add(person)
            with ctx.db.write() as session:
                learner = learners.remember(session, self.slack.profiles[person])
                learners.update(session, learner, channel_id=f"D{person}")
                tapped = clock.real() - timedelta(hours=number)
                requests.first_time(session, TEAM, f"tap:{person}:1.2:next", tapped)
        self.start().look()

    def start(self) -> MissedMessages:
        """A process."""
        return MissedMessages(self.deps, lambda: True)

    def type(self, person: str, words: str, *, heard: bool = False) -> None:
        """Somebody types, a second after whoever typed last. `heard`: an event comes of it."""
        self.clock.real_at += timedelta(seconds=1)
        # by Slack's clock, which nobody sets
        ts = f"{self.clock.real().timestamp():.6f}"
        self.slack.typed.setdefault(f"D{person}", []).append(TypedWords(person, ts, words))
        if heard:
            with self.ctx.db.write() as session:
                caller = Caller(TEAM, person, typed_message_id(f"D{person}", ts))
                request = open_request(self.deps, session, caller)
                handle_typed(request.state, words, caller.request_id)

    def command(self, person: str, words: str) -> None:
        """A slash command of theirs, as its listener deals with it."""
        name, _, rest = words.partition(" ")
        reading = read(name, rest)
        with self.ctx.db.write() as session:
            caller = Caller(TEAM, person, "command:1")
            dispatch(reading.handler, self.deps, session, caller, reading.rest, f"{name} {reading.verb}".strip())

    def paused_until(self, person: str) -> object:
        """Their pause, None without any."""
        with self.ctx.db.read() as session:
            held = rows.holds_of(session, TEAM, person)
        return {str(kind): hold for kind, hold in held.items()}.get("person")

    def pass_by(self, passes: timedelta = timedelta(minutes=5)) -> None:
        """Time passes."""
        self.clock.real_at += passes

    def paused(self, *people: str) -> list[str]:
        """Who of these is paused."""
        with self.ctx.db.read() as session:
            return [person for person in people if "person" in rows.holds_of(session, TEAM, person)]

    def answers(self, person: str) -> list[str]:
        """What they were answered, by what it was found to mean, in the order of the alphabet."""
        with self.ctx.db.read() as session:
            about = [d.about for d in rows.deliveries_of(session, TEAM, person)]
            return sorted(a.said for a in about if isinstance(a, AnswerAsked | AnswerGiven | DmReply))

    def waiting(self) -> list[str]:
        """Whose DMs are still to be read."""
        with self.ctx.db.read() as session:
            return list(session.execute(text("SELECT learner_id FROM unread ORDER BY rank")).scalars())


@pytest.fixture
def away(ctx: AppContext, clock: FakeClock) -> Iterator[Away]:
    made = Away(ctx, clock)
    yield made
    made.sender.stop()


def test_who_was_talked_with_last_is_read_first(away: Away) -> None:
    away.pass_by()
    away.start().look()
    assert away.slack.read_from == [ADA, BEA, CLEO]
    assert away.waiting() == []


def test_who_tapped_ten_days_ago_and_was_sent_nothing_since_is_read(away: Away, clock: FakeClock) -> None:
    clock.at += timedelta(days=10)
    away.pass_by(timedelta(days=10))
    Ticker(away.ctx, clock, away.sender, timedelta(days=400)).tick()
    away.start().look()
    assert away.slack.read_from == [ADA, BEA, CLEO]


def test_of_a_killed_reader_the_others_are_read_at_once_and_its_own_when_its_lease_is_over(away: Away) -> None:
    for person in (ADA, BEA, CLEO):
        away.type(person, "pause")
    away.pass_by()
    away.slack.fails[BEA] = [KilledError()]
    with pytest.raises(KilledError):
        away.start().look()
    assert away.waiting() == [BEA, CLEO]
    away.start().look()
    assert away.paused(ADA, BEA, CLEO) == [ADA, CLEO]
    away.pass_by(LEASE)
    away.start().look()
    assert away.paused(ADA, BEA, CLEO) == [ADA, BEA, CLEO]
    assert [away.answers(person) for person in (ADA, BEA, CLEO)] == [["paused"]] * 3


def test_a_reader_that_is_stopped_leaves_its_dm_to_the_next_at_once(away: Away) -> None:
    away.type(ADA, "pause")
    away.pass_by()
    away.slack.fails[ADA] = [SlackUncertainError("a timeout")]
    first = away.start()
    first.look()
    first.stop()
    first.look()
    assert away.slack.read_from == [ADA]
    away.start().look()
    assert away.paused(ADA) == [ADA]


def test_a_crash_between_two_words_leaves_the_second_to_be_done_and_does_the_first_once(
    away: Away, monkeypatch: pytest.MonkeyPatch
) -> None:
    away.type(ADA, "pause")
    away.type(ADA, "resume")
    away.pass_by()
    with monkeypatch.context() as soon:
        soon.setattr("bot.slack.inbound.dm_backlog.handle_missed", killed_at(2))
        with pytest.raises(KilledError):
            away.start().look()
    assert away.paused(ADA) == [ADA]
    away.pass_by(LEASE)
    away.start().look()
    assert away.paused(ADA) == []
    assert away.answers(ADA) == ["paused", "resumed"]


def killed_at(call: int) -> Callable[..., None]:
    really, calls = handlers.handle_missed, list[object]()

    def hear_missed(*given: Any) -> None:
        calls.append(given)
        if len(calls) == call:
            raise KilledError
        really(*given)

    return hear_missed


def test_what_is_old_is_asked_for_once_although_the_reader_was_killed_in_between(
    away: Away, monkeypatch: pytest.MonkeyPatch
) -> None:
    for words in ("fomo", "what is a hashtag?", "thanks"):
        away.type(ADA, words)
    away.pass_by(timedelta(hours=7))
    with monkeypatch.context() as soon:
        soon.setattr("bot.slack.inbound.dm_backlog.handle_missed", killed_at(2))
        with pytest.raises(KilledError):
            away.start().look()
    away.pass_by(LEASE)
    away.start().look()
    assert away.answers(ADA) == ["say_again"]


def test_that_slack_is_heard_again_and_what_is_to_be_read_are_stored_together_or_not_at_all(
    away: Away, monkeypatch: pytest.MonkeyPatch
) -> None:
    away.type(ADA, "pause")
    away.pass_by()
    with monkeypatch.context() as gone:
        gone.setattr("bot.slack.inbound.missed_messages.unread_dms.plan", killed)
        with pytest.raises(KilledError):
            away.start().look()
    assert away.slack.asked == []
    away.start().look()
    assert away.paused(ADA) == [ADA]


def killed(*_: object) -> None:
    raise KilledError


def test_another_gap_meanwhile_reads_back_to_the_earlier_one_and_what_was_typed_since(away: Away) -> None:
    away.slack.page = 1
    away.type(ADA, "pause")
    away.type(ADA, "thanks")
    away.pass_by()
    away.slack.fails[ADA] = [None, SlackUncertainError("a timeout")]
    reader = away.start()
    reader.look()
    since = away.slack.asked[0][1]
    # the first page is in hand, and nobody hears the next words either
    away.type(ADA, "resume")
    away.pass_by()
    reader.look()
    assert {asked[1] for asked in away.slack.asked} == {since}
    assert away.paused(ADA) == []
    assert away.answers(ADA) == ["paused", "resumed", "thanks"]
    assert away.waiting() == []


def test_a_resume_that_comes_as_an_event_while_a_long_dm_is_read_isnt_overtaken_by_an_older_pause(away: Away) -> None:
    away.slack.page = 1
    away.type(ADA, "pause")
    away.type(ADA, "thanks")
    away.pass_by()
    away.slack.meanwhile = [lambda: None, lambda: away.type(ADA, "resume", heard=True)]
    away.start().look()
    assert away.paused(ADA) == []
    assert "paused" not in away.answers(ADA)
    assert "rest" in away.answers(ADA), "while it is fresh, it is offered"


def test_a_pause_that_came_as_an_event_isnt_taken_back_by_an_older_resume(away: Away) -> None:
    away.type(ADA, "resume")
    away.pass_by()
    away.type(ADA, "pause", heard=True)
    away.start().look()
    assert away.paused(ADA) == [ADA]
    assert away.answers(ADA) == ["paused", "say_again"]


def test_a_pause_until_a_day_that_came_as_an_event_stays_as_it_is(away: Away) -> None:
    away.type(ADA, "pause")
    away.pass_by()
    away.type(ADA, "pause until friday", heard=True)
    away.start().look()
    with away.ctx.db.read() as session:
        assert rows.holds_of(session, TEAM, ADA)["person"].until is not None  # type: ignore[index]


def test_one_dm_that_never_gets_an_answer_doesnt_keep_the_others_waiting(away: Away) -> None:
    for person in (ADA, BEA, CLEO):
        away.type(person, "pause")
    away.pass_by()
    away.slack.fails[ADA] = [SlackUncertainError("a timeout") for _ in range(TRIES)]
    reader = away.start()
    for _ in range(TRIES):
        reader.look()
        away.pass_by(LOOK)
    assert away.waiting() == [BEA, CLEO, ADA]
    reader.look()
    assert away.paused(ADA, BEA, CLEO) == [ADA, BEA, CLEO]


def test_a_dm_that_slack_refuses_is_given_up_but_not_for_a_token_that_was_revoked(away: Away) -> None:
    for person in (ADA, BEA):
        away.type(person, "pause")
    away.pass_by()
    away.slack.fails[ADA] = [SlackRefusedError("account_inactive")]
    away.slack.fails[BEA] = [SlackRefusedError("channel_not_found")]
    away.slack.token_works = False
    reader = away.start()
    reader.look()
    assert away.waiting() == [ADA, BEA, CLEO]
    away.slack.token_works = True
    reader.look()
    assert away.paused(ADA, BEA) == [ADA]
    assert away.waiting() == []


def test_of_two_processes_each_reads_its_own(away: Away) -> None:
    for person in (ADA, BEA, CLEO):
        away.type(person, "pause")
    away.pass_by()
    away.slack.fails[ADA] = [SlackUncertainError("a timeout")]
    one, other = away.start(), away.start()
    one.look()
    other.look()
    assert away.slack.read_from == [ADA, BEA, CLEO]
    one.look()
    assert away.paused(ADA, BEA, CLEO) == [ADA, BEA, CLEO]
    assert away.slack.read_from == [ADA, BEA, CLEO, ADA]


def test_a_database_that_is_away_while_one_stops_is_no_failure(away: Away, monkeypatch: pytest.MonkeyPatch) -> None:
    away.pass_by()
    away.slack.fails[ADA] = [SlackUncertainError("a timeout")]
    reader = away.start()
    reader.look()
    monkeypatch.setattr("bot.slack.inbound.missed_messages.unread_dms.renew", gone)
    reader.stop()
    assert away.waiting() == [ADA, BEA, CLEO]


def gone(*_: object) -> None:
    raise OperationalError("SELECT 1", {}, psycopg.OperationalError("the connection is closed"))


def test_an_old_pause_that_was_taken_back_before_anybody_listened_is_not_made(away: Away) -> None:
    away.type(ADA, "pause")
    away.type(ADA, "resume")
    away.pass_by(timedelta(hours=3))
    away.start().look()
    assert away.paused(ADA) == []
    assert away.answers(ADA) == ["say_again"]


@pytest.mark.parametrize("newer", ["next", "please keep sending"])
def test_what_ends_no_pause_when_it_is_heard_at_once_ends_no_old_one_either(away: Away, newer: str) -> None:
    away.type(BEA, "pause", heard=True)
    away.type(BEA, newer, heard=True)
    away.type(ADA, "pause")
    away.type(ADA, newer)
    away.pass_by(timedelta(hours=3))
    away.start().look()
    assert away.paused(ADA, BEA) == [ADA, BEA]
    assert away.answers(ADA) == ["paused", "say_again"]


@pytest.mark.parametrize("command", ["/learn resume", "/learn next", "/learn start", "/learn pause until friday"])
@pytest.mark.parametrize("ago", [timedelta(minutes=5), timedelta(hours=2)])
def test_no_pause_is_made_over_a_newer_command(away: Away, command: str, ago: timedelta) -> None:
    away.type(ADA, "pause")
    away.pass_by(ago)
    assert away.paused(ADA) == []
    away.command(ADA, command)
    until = away.paused_until(ADA)
    away.start().look()
    assert away.paused_until(ADA) == until
    assert "paused" not in away.answers(ADA)


@pytest.mark.parametrize("command", ["/learn progress", "/learn help", "/jargon fomo"])
def test_a_look_up_takes_no_older_pause_away(away: Away, command: str) -> None:
    away.type(ADA, "pause")
    away.pass_by(timedelta(hours=2))
    away.command(ADA, command)
    away.start().look()
    assert away.paused(ADA) == [ADA]


def test_a_pause_typed_after_a_command_is_made(away: Away) -> None:
    away.command(ADA, "/learn resume")
    away.type(ADA, "pause")
    away.pass_by()
    away.start().look()
    assert away.paused(ADA) == [ADA]


def test_a_command_that_is_repeated_is_known_by_an_id_without_a_person(away: Away) -> None:
    away.command(ADA, "/learn resume")
    away.command(ADA, "/learn resume")
    with away.ctx.db.read() as session:
        made = session.execute(text("SELECT request_id FROM request WHERE request_id NOT LIKE 'tap%.2%'")).scalars()
        assert sorted(made) == ["command:1", f"tap:{ADA}:decided"]


@pytest.mark.parametrize("ahead", [timedelta(0), timedelta(minutes=3)])
def test_a_clock_ahead_of_slacks_loses_no_word_and_none_is_answered_twice(away: Away, ahead: timedelta) -> None:
    away.clock.set_by = ahead
    away.start().look()
    away.type(ADA, "thanks", heard=True)
    away.type(BEA, "pause", heard=True)
    away.command(BEA, "/learn resume")
    away.type(ADA, "pause")
    away.pass_by(timedelta(minutes=2))
    away.start().look()
    assert away.paused(ADA, BEA) == [ADA]
    assert away.answers(ADA) == ["paused", "thanks"]
    assert away.answers(BEA) == ["paused"]


def test_a_reading_that_is_begun_anew_goes_as_far_back(away: Away) -> None:
    away.type(ADA, "pause")
    away.pass_by()
    away.slack.fails[ADA] = [SlackRefusedError("invalid_cursor")]
    away.start().look()
    assert len({since for who, since, _ in away.slack.asked if who == ADA}) == 1
    assert away.paused(ADA) == [ADA]


def test_tomorrow_is_counted_from_when_it_was_typed(away: Away) -> None:
    away.type(ADA, "pause until tomorrow")
    away.pass_by(timedelta(hours=30))
    away.clock.at += timedelta(hours=30)
    away.start().look()
    assert away.paused(ADA) == [], "the day has come by now"
    assert away.answers(ADA) == ["say_again"]


def test_what_was_read_is_kept_in_no_memory_while_slack_is_away(away: Away) -> None:
    connected = [True]
    away.slack.page = 1
    away.type(ADA, "fomo")
    away.type(ADA, "pause")
    away.pass_by()
    reader = MissedMessages(away.deps, lambda: connected[0])
    away.slack.fails[ADA] = [None, SlackUncertainError("timeout", "words_since")]
    reader.look()
    assert "U0ADA" in str(reader.__dict__)
    connected[0] = False
    reader.look()
    assert "U0ADA" not in str(reader.__dict__["_in_hand"])
    connected[0] = True
    away.pass_by()
    reader.look()
    assert away.paused(ADA) == [ADA]


def test_somebody_without_a_dm_keeps_nobody_waiting(away: Away, ctx: AppContext) -> None:
    away.type(ADA, "pause")
    away.type(BEA, "pause")
    away.pass_by()
    away.slack.fails[ADA] = [SlackUncertainError("timeout", "words_since")]
    reader = away.start()
    reader.look()
    with ctx.db.write() as session:
        learner = learners.get(session, TEAM, ADA)
        assert learner is not None
        learners.update(session, learner, channel_id=None)
    reader.stop()
    away.pass_by(LEASE)
    away.start().look()
    assert away.paused(BEA) == [BEA]
    assert away.waiting() == []
