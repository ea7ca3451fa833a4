"""A date that two readers read differently: the answer asks which is meant, and one tap does the thing with it."""

from __future__ import annotations

from datetime import date

from bot.domain.people import HoldKind
from localslack.world import PostedMessage, User
from tests import rows
from tests.helpers import ADMIN, HENRIK, MAYA, TEAM, Running


def labels(message: PostedMessage) -> list[str]:
    return [e["text"]["text"] for b in message.blocks if b["type"] == "actions" for e in b["elements"]]


def first_day(bot: Running, user: str) -> date | None:
    with bot.app.ctx.db.read() as session:
        found = rows.enrolment_in(session, TEAM, user, "speak-the-language")
    return found.first_day if found else None


def paused_until(bot: Running, user: str) -> date | None:
    with bot.app.ctx.db.read() as session:
        hold = rows.holds_of(session, TEAM, user).get(HoldKind.PERSON)
    return hold.until if hold else None


def test_an_admin_taps_the_first_day_that_was_meant(bot: Running) -> None:
    asked = bot.command(ADMIN, "/track assign @henrik speak-the-language from 04/05/2026 at 08:30")
    assert "“04/05/2026” could be 4 May 2026 or 5 April 2026. Which do you mean?" in asked.text
    assert labels(asked) == ["From 4 May 2026", "From 5 April 2026", "Cancel"]
    assert bot.slack.messages(ADMIN) == []
    bot.tap(ADMIN, asked, "from_day:2026-05-04")
    assert "On its way, from Monday 4 May. I'll message you a summary." in asked.text
    bot.eventually(lambda: bot.slack.messages(ADMIN))
    assert "is assigned to <@U0HENRIK>, from Monday 4 May at 08:30 their time" in bot.last(ADMIN).text
    assert labels(bot.last(ADMIN)) == ["Undo"]
    assert first_day(bot, HENRIK) == date(2026, 5, 4)


def test_the_other_day_tapped_afterwards_changes_nothing_and_the_answer_names_the_one_that_holds(bot: Running) -> None:
    asked = bot.command(ADMIN, "/track assign @henrik speak-the-language from 04/05/2026")
    as_it_was = asked.blocks
    bot.tap(ADMIN, asked, "from_day:2026-04-05")
    bot.eventually(lambda: bot.slack.messages(ADMIN))
    asked.blocks = as_it_was
    bot.tap(ADMIN, asked, "from_day:2026-05-04")
    assert "That was dealt with before, from Sunday 5 April. Nothing was done twice." in asked.text
    bot.tick()
    assert len(bot.slack.messages(ADMIN)) == 1
    assert first_day(bot, HENRIK) == date(2026, 4, 5)


def test_a_day_that_has_passed_before_the_tap_is_today(bot: Running) -> None:
    asked = bot.command(ADMIN, "/track assign @henrik speak-the-language from 04/03/2026")
    assert labels(asked) == ["From 4 March 2026", "From 3 April 2026", "Cancel"]
    bot.to(ADMIN, "2026-03-10 10:00")
    bot.tap(ADMIN, asked, "from_day:2026-03-04")
    assert "On its way. I'll message you a summary." in asked.text
    bot.eventually(lambda: first_day(bot, HENRIK) == date(2026, 3, 10))


def test_of_two_days_one_of_which_is_over_the_other_is_meant(bot: Running) -> None:
    bot.assign("@henrik speak-the-language from 01/04/2026")
    assert first_day(bot, HENRIK) == date(2026, 4, 1)
    assert "Paused until Wednesday 1 April" in bot.command(HENRIK, "/learn pause until 01/04/2026").text


def test_many_people_and_a_day_that_could_be_either_are_one_question(bot: Running) -> None:
    people = [
        User(id=f"U0Q{n:02}", handle=f"q{n:02}", name=f"Person {n}", title="", tz="UTC", shown=False) for n in range(21)
    ]
    bot.slack.world.users.update({p.id: p for p in people})
    asked = bot.command(
        ADMIN, f"/track assign {' '.join('@' + p.handle for p in people)} speak-the-language from 04/05/2026"
    )
    assert "21 people get Speak the language" in asked.text
    assert labels(asked) == ["From 4 May 2026", "From 5 April 2026", "Cancel"]
    bot.tap(ADMIN, asked, "from_day:2026-05-04")
    bot.eventually(lambda: bot.slack.messages(ADMIN))
    assert first_day(bot, people[20].id) == date(2026, 5, 4)


def test_a_question_that_was_cancelled_assigns_nobody_whatever_day_is_tapped(bot: Running) -> None:
    people = [
        User(id=f"U0Q{n:02}", handle=f"q{n:02}", name=f"Person {n}", title="", tz="UTC", shown=False) for n in range(21)
    ]
    bot.slack.world.users.update({p.id: p for p in people})
    asked = bot.command(
        ADMIN, f"/track assign {' '.join('@' + p.handle for p in people)} speak-the-language from 04/05/2026"
    )
    as_it_was = asked.blocks
    bot.tap(ADMIN, asked, "order_no")
    asked.blocks = as_it_was
    assert bot.slack.tap(ADMIN, asked, "from_day:2026-05-04") == ""
    bot.eventually(lambda: labels(asked) == [])
    assert "Cancelled. Nobody was assigned." in asked.text
    bot.tick()
    assert bot.slack.messages(ADMIN) == []


def test_a_learner_taps_the_day_a_pause_should_end(taught: Running) -> None:
    asked = taught.command(MAYA, "/learn pause until 04/05")
    assert "“04/05” could be 4 May 2026 or 5 April 2026. Which do you mean?" in asked.text
    assert labels(asked) == ["Until 4 May 2026", "Until 5 April 2026"]
    assert paused_until(taught, MAYA) is None
    taught.tap(MAYA, asked, "pause:2026-04-05")
    assert "Paused until Sunday 5 April" in asked.text
    assert paused_until(taught, MAYA) == date(2026, 4, 5)
