"""A draft for discussion over the wire: three who share with an admin, and what each of them reads when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.strategy import Part
from bot.messages import drafts
from localslack import LocalSlack
from tests.content.writing import Lessons
from tests.helpers import ADMIN, AIKO, HENRIK, MAYA, MONDAY, Running, words_of
from tests.journeys.test_own_data import cells_that_name, forget, settle
from tests.journeys.test_strategy import close, page, share, with_prompt, written
from tests.running import running

PEOPLE = {HENRIK: "The magazine.", MAYA: "The trade fair.", AIKO: "Nothing yet."}


@pytest.fixture
def bot(tmp_path: Path, slack: LocalSlack, url: str) -> Iterator[Running]:
    """Three have a line on their page, and share it with the admin."""
    made = Lessons(tmp_path / "lessons")
    for part in Part:
        made.write(f"tracks/one/{part.value}.md", with_prompt(part))
    listed = ", ".join([*(part.value for part in Part), "a"])
    made.write("tracks/one/track.md", f"---\nid: one\ntitle: Lead it\nitems: [{listed}]\n---\nFour parts.\n")
    with running(slack, url, MISSINGLINK_LESSONS_DIR=str(made.root)) as started:
        started.assign("@henrik @maya @aiko one")
        started.advance(MONDAY + timedelta(days=1, hours=18))
        for person, said in PEOPLE.items():
            written(started, person, Part.BUSINESS_CASE, said)
        yield started


def shown(bot: Running, typed: str = "/track draft") -> str:
    """What the admin reads."""
    close(bot, ADMIN)
    return words_of(bot.asks_for_dialog(ADMIN, typed, drafts.TITLE))


def make(bot: Running) -> None:
    """The admin makes a draft of all three."""
    for person in PEOPLE:
        share(bot, person)
    assert "Sharing with you" in shown(bot)
    assert bot.slack.submit(ADMIN) == ""
    for person in PEOPLE:
        bot.eventually(lambda who=person: "beside others'" in bot.last(who).text, "nobody was asked")  # type: ignore[misc]


def agree(bot: Running, person: str) -> None:
    """See one's own lines, and agree."""
    close(bot, person)
    assert bot.slack.tap(person, bot.last(person), "draft_mine") == ""
    mine = words_of(bot.dialog(person, drafts.TITLE))
    assert PEOPLE[person] in mine
    assert not any(said in mine for other, said in PEOPLE.items() if other != person)
    assert bot.slack.submit(person) == ""
    assert "Noted." in words_of(bot.slack.modal(person) or {})
    close(bot, person)


def test_a_draft_is_its_admins_alone_until_everybody_agreed(bot: Running) -> None:
    assert "So far nobody shares theirs." in bot.command(ADMIN, "/track draft").text
    make(bot)
    text = words_of(bot.slack.modal(ADMIN) or {})
    assert "0 of 3 have seen their lines" in text
    for person, said in PEOPLE.items():
        assert f"<@{person}>" in text
        assert said in text
    agree(bot, HENRIK)
    agree(bot, MAYA)
    assert f"Still to come: <@{AIKO}>." in shown(bot)
    agree(bot, AIKO)
    for person in (*PEOPLE, ADMIN):
        bot.eventually(lambda who=person: "You can all read" in bot.last(who).text, "nobody was told")  # type: ignore[misc]
    assert bot.slack.tap(MAYA, bot.last(MAYA), "draft_read") == ""
    read = words_of(bot.dialog(MAYA, drafts.TITLE))
    assert all(said in read for said in PEOPLE.values())
    assert "Start a new one" not in read
    assert "Everybody in it has seen their lines and agreed" in shown(bot)


def test_nobody_else_reads_a_draft_and_nobody_before_its_time(bot: Running) -> None:
    make(bot)
    asked = bot.last(HENRIK)
    blocks = [{**block, "elements": [{**e, "action_id": "draft_read"} for e in block["elements"]]} if block["type"] == "actions" else block
              for block in asked.blocks]  # fmt: skip
    early = bot.slack.world.write(bot.slack.world.dm(HENRIK), asked.user, "x", blocks=blocks)
    assert bot.slack.tap(HENRIK, early, "draft_read") == ""
    assert "Not everybody in it has agreed yet" in words_of(bot.dialog(HENRIK))
    other = bot.slack.world.write(bot.slack.world.dm("U0SOFIA"), asked.user, "x", blocks=asked.blocks)
    said = len(bot.slack.whispers("U0SOFIA"))
    assert bot.slack.tap("U0SOFIA", other, "draft_mine") == ""
    bot.eventually(lambda: len(bot.slack.whispers("U0SOFIA")) > said)
    assert "expired" in bot.slack.whispers("U0SOFIA")[-1].text


def test_who_stops_sharing_is_taken_out_and_who_changes_a_line_stays_as_they_agreed(bot: Running) -> None:
    make(bot)
    page(bot, HENRIK)
    assert bot.slack.tap_view(HENRIK, bot.slack.modal(HENRIK) or {}, "unshare") == ""
    bot.eventually(lambda: "Nobody else can read it" in words_of(bot.slack.modal(HENRIK) or {}))
    text = shown(bot)
    assert "The magazine." not in text
    assert "0 of 2" in text


def unshare(bot: Running, person: str) -> None:
    """Stop sharing with the admin."""
    page(bot, person)
    assert bot.slack.tap_view(person, bot.slack.modal(person) or {}, "unshare") == ""
    bot.eventually(lambda: "Nobody else can read it" in words_of(bot.slack.modal(person) or {}))
    close(bot, person)


def test_where_the_last_who_hadnt_agreed_leaves_the_others_are_told(bot: Running) -> None:
    make(bot)
    agree(bot, HENRIK)
    agree(bot, MAYA)
    unshare(bot, AIKO)
    bot.eventually(lambda: "You can all read" in bot.last(MAYA).text, "nobody was told")
    assert "You can all read" not in bot.last(AIKO).text


def test_a_draft_of_one_is_none(bot: Running) -> None:
    make(bot)
    unshare(bot, AIKO)
    unshare(bot, MAYA)
    agree(bot, HENRIK)
    assert "You can all read" not in bot.last(HENRIK).text
    assert "Only one person's lines are left" in shown(bot)


def test_a_draft_is_made_anew_with_who_shares_now(bot: Running) -> None:
    make(bot)
    page(bot, HENRIK)
    bot.slack.tap_view(HENRIK, bot.slack.modal(HENRIK) or {}, "unshare")
    bot.eventually(lambda: "Nobody else can read it" in words_of(bot.slack.modal(HENRIK) or {}))
    shown(bot)
    assert bot.slack.tap_view(ADMIN, bot.slack.modal(ADMIN) or {}, "draft_anew") == ""
    bot.eventually(lambda: "Sharing with you" in words_of(bot.slack.modal(ADMIN) or {}))
    assert bot.slack.submit(ADMIN) == ""
    bot.eventually(lambda: "0 of 2" in words_of(bot.slack.modal(ADMIN) or {}))


def test_an_admin_and_a_contributor_can_be_forgotten(bot: Running) -> None:
    make(bot)
    forget(bot, MAYA)
    settle(bot)
    assert "The trade fair." not in shown(bot)
    close(bot, ADMIN)
    forget(bot, ADMIN)
    settle(bot)
    assert cells_that_name(bot, ADMIN, MAYA) == []
