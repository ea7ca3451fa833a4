"""What was typed while no bot was connected, which Socket Mode doesn't bring again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from bot.app import clock
from bot.domain.content import Catalogue
from bot.slack.inbound.missed_messages import LEASE
from bot.store import requests, tables, workspaces
from bot.store.database import Database
from localslack import LocalSlack
from localslack.faults import Fault
from localslack.world import BOT_USER
from tests import rows
from tests.helpers import ADMIN, HENRIK, MAYA, TEAM, Running
from tests.patience import eventually
from tests.running import running
from tests.soak import bots


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> list[timedelta]:
    """By how much the machine's clock, and so Slack's, seems ahead: a gap takes no time here."""
    ahead = [timedelta(0)]
    monkeypatch.setattr(clock, "_wall", lambda: datetime.now(UTC) + ahead[0])
    return ahead


@dataclass(frozen=True)
class Away:
    """A bot that was stopped: Henrik and Maya have had their first lesson, and Henrik has seen his Home."""

    slack: LocalSlack
    url: str
    lessons: Catalogue
    wall: list[timedelta]

    def typed(self, user: str, *texts: str) -> None:
        """Type while nobody is connected."""
        for words in texts:
            assert self.slack.say(user, words) == "The app isn't connected."

    @contextmanager
    def back(self, after: timedelta, **settings: Any) -> Iterator[Running]:
        """The bot again, so long after it was stopped."""
        self.wall[0] = after
        with running(self.slack, self.url, self.lessons, **settings) as bot:
            yield bot


@pytest.fixture
def away(slack: LocalSlack, url: str, course: Catalogue, wall: list[timedelta]) -> Away:
    """See `Away`."""
    slack.world.retry_waits = ()
    with running(slack, url, course) as bot:
        bot.assign("@henrik @maya speak-the-language")
        bot.to(MAYA, "2026-03-03 12:00")
        bot.home(HENRIK)
        bot.app.missed.look()
    return Away(slack, url, course, wall)


def said_by_bot(bot: Running, user: str) -> list[str]:
    return [m.text for m in bot.slack.messages(user) if m.user == BOT_USER]


def times(bot: Running, user: str, words: str) -> int:
    return sum(words in text for text in said_by_bot(bot, user))


def paused(bot: Running, user: str) -> bool:
    with bot.app.ctx.db.read() as session:
        return "person" in rows.holds_of(session, TEAM, user)


def test_a_pause_typed_during_an_upgrade_counts_and_a_word_is_explained(away: Away) -> None:
    away.typed(HENRIK, "pause")
    away.typed(MAYA, "fomo")
    with away.back(timedelta(minutes=5)) as bot:
        bot.app.missed.look()
        bot.eventually(lambda: paused(bot, HENRIK), "the pause went unheard")
        bot.eventually(lambda: any("fear of missing out" in t.lower() for t in said_by_bot(bot, MAYA)))
        before = len(away.slack.messages(MAYA))
        bot.app.missed.look()
        bot.tick()
        assert len(away.slack.messages(MAYA)) == before, "it is read once"


def test_what_was_typed_long_ago_isnt_answered_but_for_wanting_out(away: Away) -> None:
    away.typed(HENRIK, "pause please")
    away.typed(MAYA, "fomo", "what is a hashtag?")
    with away.back(timedelta(hours=7)) as bot:
        bot.app.missed.look()
        bot.eventually(lambda: paused(bot, HENRIK))
        bot.eventually(lambda: any("please write it again" in t for t in said_by_bot(bot, MAYA)))
        assert sum("please write it again" in t for t in said_by_bot(bot, MAYA)) == 1
        assert not any("fear of missing out" in t.lower() for t in said_by_bot(bot, MAYA)[2:])


def test_no_pause_is_made_over_a_newer_tap(away: Away) -> None:
    away.typed(HENRIK, "pause")
    with away.back(timedelta(hours=7)) as bot:
        # a tap that came before the DM was read
        with bot.app.ctx.db.write() as session:
            requests.first_time(session, TEAM, f"tap:{HENRIK}:1.2:next", datetime.now(UTC) + timedelta(hours=1))
        bot.app.missed.look()
        assert not paused(bot, HENRIK)


def test_nor_over_a_newer_tap_when_it_is_still_fresh_but_it_is_offered(away: Away) -> None:
    away.typed(HENRIK, "pause")
    with away.back(timedelta(minutes=5)) as bot:
        with bot.app.ctx.db.write() as session:
            requests.first_time(session, TEAM, f"tap:{HENRIK}:1.2:next", datetime.now(UTC) + timedelta(hours=1))
        before = len(said_by_bot(bot, HENRIK))
        bot.app.missed.look()
        bot.eventually(lambda: len(said_by_bot(bot, HENRIK)) > before, "what was typed wasn't answered")
        assert not paused(bot, HENRIK)


def test_no_pause_is_made_over_a_newer_resume_that_came_as_an_event(away: Away) -> None:
    away.typed(HENRIK, "pause")
    away.typed(MAYA, "pause")
    away.slack.faults.active.append(Fault("/conversations.history", "error_500", 2))
    with away.back(timedelta(minutes=5)) as bot:
        assert away.slack.say(HENRIK, "resume") == ""
        assert away.slack.say(MAYA, "thank you") == ""
        eventually(lambda: paused(bot, MAYA), "thanks take nothing back", meanwhile=bot.app.missed.look)
        bot.app.missed.look()
        assert not paused(bot, HENRIK)


def test_no_pause_is_made_over_a_newer_command_or_saved_settings(away: Away) -> None:
    for user in (HENRIK, MAYA):
        away.typed(user, "pause")
    away.slack.faults.active.append(Fault("/conversations.history", "error_500", 2))
    with away.back(timedelta(hours=7)) as bot:
        assert "paused" in bot.command(HENRIK, "/learn resume").text
        bot.asks_for_dialog(MAYA, "/learn settings", "Your settings")
        bot.slack.submit(MAYA, {"f_pause": "running"})
        bot.app.missed.look()
        eventually(partial(all_read, bot), "the DMs aren't read", meanwhile=bot.app.missed.look)
        assert not paused(bot, HENRIK)
        assert not paused(bot, MAYA)


def all_read(bot: Running) -> bool:
    with bot.app.ctx.db.read() as session:
        return not session.execute(text("SELECT count(*) FROM unread")).scalar_one()


@pytest.mark.parametrize("fault", ["rate_limit", "error_500", "reset"])
def test_a_history_that_cant_be_read_just_now_is_asked_for_again(away: Away, fault: str) -> None:
    away.typed(HENRIK, "pause")
    away.typed(MAYA, "pause")
    away.slack.faults.active.append(Fault("/conversations.history", fault))
    with away.back(timedelta(minutes=5)) as bot:
        for user in (HENRIK, MAYA):
            eventually(partial(paused, bot, user), "a pause is lost", meanwhile=bot.app.missed.look)


def test_a_long_history_is_read_to_its_end_and_in_the_order_of_typing(away: Away) -> None:
    away.typed(HENRIK, "pause", "thank you", "fomo", "thanks", "thank you again")
    away.typed(MAYA, "pause", "resume", "thanks")
    with away.back(timedelta(minutes=5), MISSINGLINK_HISTORY_PAGE=2) as bot:
        eventually(lambda: paused(bot, HENRIK), "the oldest page wasn't read", meanwhile=bot.app.missed.look)
        resumed = partial(times, bot, MAYA, "Messages come again")
        eventually(resumed, "what was typed last came first", meanwhile=bot.app.missed.look)
        assert not paused(bot, MAYA)


def test_who_typed_something_long_ago_and_something_now_is_asked_for_the_old_once(away: Away) -> None:
    away.typed(HENRIK, "fomo", "what is a hashtag?")
    with away.back(timedelta(hours=7)) as bot:
        assert away.slack.say(HENRIK, "thank you") == ""
        bot.app.missed.look()
        bot.eventually(partial(times, bot, HENRIK, "please write it again"), "nothing is said of the old words")
        assert times(bot, HENRIK, "please write it again") == 1


def test_a_home_shows_a_pause_that_was_typed_while_nobody_listened(away: Away) -> None:
    away.typed(HENRIK, "pause")
    with away.back(timedelta(minutes=5)) as bot:
        before = bot.published(HENRIK)
        eventually(lambda: paused(bot, HENRIK), meanwhile=bot.app.missed.look)
        bot.eventually(lambda: bot.published(HENRIK) > before, "Home still says that lessons come")


def test_without_a_gap_no_history_is_read(bot: Running) -> None:
    bot.assign("@henrik speak-the-language")
    for _ in range(3):
        bot.app.missed.look()
    assert "conversations.history" not in [method for method, *_ in bot.slack.world.calls]


@pytest.mark.parametrize("backend", ["postgres"])
def test_of_two_processes_one_reads_and_while_one_hears_there_is_no_gap(away: Away) -> None:
    away.typed(HENRIK, "fomo")
    with away.back(timedelta(minutes=5)) as one, away.back(timedelta(minutes=5)) as other:
        one.app.missed.look()
        other.app.missed.look()
        one.eventually(lambda: any("fear of missing out" in t.lower() for t in said_by_bot(one, HENRIK)))
        read = [given["channel"] for method, given, _ in away.slack.world.calls if method == "conversations.history"]
        assert len(read) == len(set(read)), "a DM was read by both"
        with one.app.ctx.db.read() as session:
            heard = session.execute(text("SELECT heard_wall FROM workspace")).scalar()
        assert heard is not None


def test_an_event_and_the_history_of_its_dm_are_one_request(bot: Running, wall: list[timedelta]) -> None:
    bot.assign("@henrik speak-the-language")
    bot.tick()
    bot.app.missed.look()
    assert bot.slack.say(HENRIK, "fomo") == ""
    bot.eventually(lambda: any("fear of missing out" in t.lower() for t in said_by_bot(bot, HENRIK)))
    before = len(bot.slack.messages(HENRIK))
    wall[0] = timedelta(minutes=5)
    bot.app.missed.look()
    bot.tick()
    assert "conversations.history" in [method for method, *_ in bot.slack.world.calls]
    assert len(bot.slack.messages(HENRIK)) == before
    assert bot.slack.messages(ADMIN)


def test_a_status_set_while_nobody_listened_is_read_before_the_next_message(
    slack: LocalSlack, url: str, course: Catalogue, wall: list[timedelta]
) -> None:
    slack.world.retry_waits = ()
    with running(slack, url, course) as bot:
        bot.assign("@henrik @maya speak-the-language")
        bot.to(MAYA, "2026-03-03 12:00")
        bot.app.missed.look()
        # no event comes of it
        maya = slack.world.users[MAYA]
        maya.status, maya.status_until = (":palm_tree:", ""), datetime(2026, 3, 11, 22, tzinfo=UTC)
        wall[0] = timedelta(minutes=5)
        bot.app.missed.look()
        before = len(slack.messages(MAYA))
        bot.to(MAYA, "2026-03-05 19:00")
        assert len(slack.messages(MAYA)) == before
        assert "reminder" in bot.last(HENRIK).text


def test_what_is_still_unread_when_the_bot_is_stopped_again_is_read_by_the_next_one(away: Away) -> None:
    for user in (HENRIK, MAYA):
        away.typed(user, "pause")
    with away.back(timedelta(minutes=5), MISSINGLINK_HISTORY_PER_MINUTE=1, MISSINGLINK_TIER_SHARE=1) as bot:
        eventually(lambda: any(paused(bot, user) for user in (HENRIK, MAYA)), meanwhile=bot.app.missed.look)
        # there was a turn for one only
    # not long enough for another gap, nor for the pace to hold the next reading up
    with away.back(timedelta(minutes=5, seconds=45)) as bot:
        for user in (HENRIK, MAYA):
            eventually(partial(paused, bot, user), "a pause is lost", meanwhile=bot.app.missed.look)
        bot.app.missed.look()
        bot.tick()
        assert [times(bot, user, "Paused") for user in (HENRIK, MAYA)] == [1, 1]


def test_a_dm_in_hand_is_free_for_others_as_soon_as_the_connection_is_lost(
    away: Away, monkeypatch: pytest.MonkeyPatch
) -> None:
    for user in (HENRIK, MAYA):
        away.typed(user, "pause")
    with away.back(timedelta(minutes=5), MISSINGLINK_HISTORY_PER_MINUTE=1, MISSINGLINK_TIER_SHARE=1) as bot:
        missed, ctx = bot.app.missed, bot.app.ctx
        eventually(lambda: any(paused(bot, user) for user in (HENRIK, MAYA)), meanwhile=missed.look)
        missed.look()
        # the other one is in hand, and waits until a call is free
        (in_hand,) = missed._in_hand.values()

        def leased() -> bool:
            with ctx.db.read() as session:
                ends = session.execute(
                    select(tables.unread.c.open_real).where(tables.unread.c.learner_id == in_hand.claim.learner_id)
                ).scalar_one()
            return bool(ends > ctx.clock.real())

        assert leased()
        monkeypatch.setattr(missed, "_connected", lambda: False)
        missed.look()
        assert not leased()


def heard(url: str, ago: timedelta) -> None:
    """Slack was heard last so long ago."""
    database = Database(url)
    with database.write() as session:
        for workspace in workspaces.known(session):
            last = workspaces.heard(session, workspace.workspace_id)
            assert workspaces.hear(session, workspace.workspace_id, last, datetime.now(UTC) - ago)
    database.close()


def test_a_bot_killed_while_it_reads_loses_no_pause_and_makes_none_twice(away: Away, tmp_path: Path) -> None:
    for user in (HENRIK, MAYA):
        away.typed(user, "pause")
    heard(away.url, timedelta(minutes=5))
    killed = bots.bot(
        away.slack,
        away.url,
        tmp_path / "log",
        MISSINGLINK_HISTORY_PER_MINUTE="1",
        MISSINGLINK_TIER_SHARE="1",
        MISSINGLINK_ADMINS=ADMIN,
    )
    try:
        eventually(lambda: any("Paused" in m.text for user in (HENRIK, MAYA) for m in away.slack.messages(user)))
    finally:
        bots.kill(killed)
    # its lease is over, and another one heard Slack all the while: there is no other gap
    heard(away.url, -2 * LEASE)
    with away.back(2 * LEASE) as bot:
        for user in (HENRIK, MAYA):
            eventually(partial(paused, bot, user), "a pause is lost", meanwhile=bot.app.missed.look)
        bot.app.missed.look()
        bot.tick()
        assert [times(bot, user, "Paused") for user in (HENRIK, MAYA)] == [1, 1]
