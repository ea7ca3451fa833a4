"""Words that ten people look up over the wire are told to whoever writes words, and nobody is told whose they were."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import select

from bot.domain.people import Profile
from bot.messages import writing
from bot.store import learners, tables
from localslack.world import GENERAL
from tests.helpers import ADMIN, HENRIK, MAYA, TEAM, Running, words_of

PEOPLE = [f"U0P{n:04}" for n in range(10)]


def listed(bot: Running) -> str:
    return words_of(bot.asks_for_dialog(ADMIN, "/track write", writing.TITLE))


def test_ten_people_ask_for_a_word_and_it_is_told_after_the_month(bot: Running) -> None:
    world = bot.slack.world
    world.users |= {p: replace(world.users[HENRIK], id=p, handle=p.lower(), shown=False) for p in PEOPLE}
    with bot.app.ctx.db.write() as session:
        for person in [*PEOPLE, *(f"U0Q{n:04}" for n in range(20))]:
            # as after their welcome, which says who sees what
            learners.remember(session, Profile(workspace_id=TEAM, person_id=person, name=person, tz="Europe/London"))
            known = learners.get(session, TEAM, person)
            assert known is not None
            learners.update(session, known, welcome_done=True)
    message = world.write(world.channels[GENERAL], MAYA, "The agency offers retail media, on our walled floors.")
    for person in PEOPLE:
        assert "fear of missing out" in bot.command(person, "/jargon FOMO").text
        assert bot.slack.shortcut(person, message, "explain_jargon") == ""
        bot.dialog(person, "The jargon, explained")
    # nine for this one, and an admin
    for person in [*PEOPLE[1:], ADMIN]:
        assert "you only live once" in bot.command(person, "/jargon YOLO").text.lower()
    for person in PEOPLE:
        assert "I have nothing on “Ms Ito” yet." in bot.command(person, "/jargon Ms Ito").text
    bot.quiet()
    bot.tick()
    assert "FOMO" not in listed(bot)
    bot.slack.close_modal(ADMIN)
    with bot.app.ctx.db.read() as session:
        kept = str(session.execute(select(tables.look_up)).all())
    assert "fomo" in kept
    assert not any(person in kept for person in PEOPLE)
    assert "Ito" not in kept
    bot.advance(datetime(2026, 4, 1, 9, tzinfo=UTC))
    bot.tick()
    said = listed(bot)
    assert "Looked up in March 2026: FOMO (10 people or more)." in said
    assert "Met in March 2026, and not explained here: retail media (10 people or more)." in said
    assert "Nobody is told who." in said
    assert "YOLO" not in said
    with bot.app.ctx.db.read() as session:
        assert session.execute(select(tables.look_up)).all() == []
        assert session.execute(select(tables.look_up_key)).all() == []
