"""Figures about knowledge, as an admin reads them and as a small group decides on them."""

from __future__ import annotations

import csv
import io
import re
import secrets
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pypdfium2
import pytest
from sqlalchemy import Engine, event

from bot.domain.cards import Card
from bot.domain.rider import Moment
from bot.store import group_shares, learners
from bot.store.cards import CARDS
from bot.store.group_shares import GroupShare
from localslack.world import PostedMessage
from tests.helpers import ADMIN, HENRIK, MAYA, TEAM, Running, words_of
from tests.programme import TOLD, Went, went, write

TRACK = "speak-the-language"
RULE = "Figures about knowledge exist for groups of ten or more, on the first of a month."


@pytest.fixture(autouse=True)
def _nothing_mixed_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """The coin shows tails, so that what is told can be worked out from the answers."""
    monkeypatch.setattr(secrets, "randbits", lambda _: 0)


def there(bot: Running, *people: Went) -> None:
    with bot.app.ctx.db.write() as session:
        write(session, people)


def at(bot: Running, day: str) -> None:
    bot.advance(datetime.fromisoformat(f"{day} 10:30").replace(tzinfo=UTC))
    # the clock stands there before the month's figures are made
    bot.tick()


def plain(message: PostedMessage) -> str:
    return message.text.replace("*", "")


def test_ten_people_are_told_of_on_the_first_of_a_month_and_nine_never(bot: Running) -> None:
    bot.assign("@maya speak-the-language")
    there(bot, *(went(n, track=TRACK, before=(n < 4, False), after=(True, n < 6)) for n in range(9)))
    at(bot, "2026-06-02")
    said = plain(bot.command(ADMIN, "/track report"))
    assert RULE in said
    assert "answers were right" not in said
    there(bot, went(9, track=TRACK, before=(False, False)))
    again = plain(bot.command(ADMIN, "/track report"))
    assert "answers were right" not in again, "the month is over and done with"
    assert RULE in again
    at(bot, "2026-07-01")
    said = plain(bot.command(ADMIN, "/track report"))
    # 4 of 20, then 10 and 6 of 20
    assert (
        "July 2026: fewer than 4 in 10 answers were right when first asked, more than 7 in 10 thirty days later."
        in said
    )
    assert "July 2026: more than 7 in 10 answers were right sixty days later." in said
    assert RULE in said
    assert "A little chance is mixed in" in said


def test_the_report_comes_on_paper_as_a_file_and_each_month(bot: Running) -> None:
    bot.slack.world.granted.add("files:write")
    bot.assign("@maya speak-the-language")
    comfort = {Moment.START: 1, Moment.END: 5}
    people = [went(n, track=TRACK, comfort=comfort, worth=(True, n % 2 == 0)) for n in range(20)]
    there(bot, *people, went(20, track=TRACK, told=TOLD + timedelta(days=5)))
    shown = bot.command(ADMIN, "/track report")
    assert bot.slack.tap(ADMIN, shown, "report_monthly:on") == ""
    bot.eventually(lambda: "on the first working day of each month" in bot.slack.whispers(ADMIN)[-1].text)
    at(bot, "2026-06-01")
    at(bot, "2026-06-02")
    sent = bot.eventually(lambda: [m for m in bot.slack.messages(ADMIN) if "sends you each month" in m.text])
    said = plain(sent[-1])
    assert "22 assigned, 21 started, 21 finished" in said
    assert "fewer than 4 in 10 would have been comfortable discussing it with their board when they began" in said
    assert "more than 7 in 10 answers said that the item was worth the minute" in said
    assert "People who did something, of all who are assigned anything: 0 in May 2026" in said
    assert "U0MAYA" not in said
    assert bot.slack.tap(ADMIN, sent[-1], "report_pdf:_all") == ""
    files = bot.eventually(lambda: [file for m in bot.slack.messages(ADMIN) for file in m.files])
    document = pypdfium2.PdfDocument(io.BytesIO(files[0].content))
    printed = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    assert len(document) == 1
    for line in ("22 assigned, 21 started, 21 finished", "March 2026", RULE[:40]):
        assert line in printed
    assert "U0" not in printed
    assert bot.slack.tap(ADMIN, sent[-1], "report_csv:_all") == ""
    bot.eventually(lambda: [f for m in bot.slack.messages(ADMIN) for f in m.files if f.name == "completion.csv"])
    files = [f for m in bot.slack.messages(ADMIN) for f in m.files if f.name == "completion.csv"]
    rows = list(csv.DictReader(io.StringIO(files[0].content.decode("utf-8-sig"))))
    by_id = {row["Slack member ID"]: row for row in rows}
    assert by_id["U0003"]["Started on"] == "2026-03-03"
    assert by_id["U0003"]["Finished on"] == "2026-03-10"
    assert by_id["U0020"]["Started on"] == "", "it was before they were told that it is seen"
    assert by_id["U0020"]["State"] == "finished"
    assert by_id[MAYA]["State"] == "not begun"
    shown = bot.command(ADMIN, "/track report")
    assert bot.slack.tap(ADMIN, shown, "report_monthly:off") == ""
    bot.eventually(lambda: "no longer comes by itself" in bot.slack.whispers(ADMIN)[-1].text)
    before = len(bot.slack.messages(ADMIN))
    at(bot, "2026-07-02")
    assert len(bot.slack.messages(ADMIN)) == before


def test_a_group_of_nine_is_asked_whether_each_adds_theirs_and_sees_it_from_five(bot: Running) -> None:
    for who in (HENRIK, MAYA):
        bot.command(who, "/learn progress")
    items = bot.app.ctx.catalogue_of(TEAM).tracks[TRACK].items
    known = [
        Went(who=who, known=True, track=TRACK, items=items, drawn=(items[n], items[n + 3]))
        for n, who in enumerate((HENRIK, MAYA))
    ]
    there(bot, *known, *(went(n, track=TRACK) for n in range(7)))
    with bot.app.ctx.db.write() as session:
        for n in range(3):
            group_shares.add(session, GroupShare(TEAM, f"U{n:04}", TRACK, TOLD))
        for who in (HENRIK, MAYA):
            learner = learners.get(session, TEAM, who)
            assert learner is not None
            learners.update(session, learner, figures_told_at=TOLD, askings=200, steps=20)
        due = Card(workspace_id=TEAM, learner_id=HENRIK, item_id=items[5], due_on=date(2026, 4, 28), streak=1)
        CARDS.put(session, due)
    bot.command(HENRIK, "/learn pause")
    bot.command(HENRIK, "/learn resume")
    at(bot, "2026-04-29")
    asked = bot.last(HENRIK)
    assert "Would you add your results on Speak the language, before and after" in plain(asked)
    bot.tap(HENRIK, asked, "group:yes")
    assert "Added: it counts from the first of next month" in asked.text
    shown = bot.command(MAYA, "/learn progress")
    assert "Would you add your results on Speak the language" in plain(shown)
    bot.tap(MAYA, shown, "group_page:on-1")
    assert "Your results on Speak the language are on it." in plain(shown)
    assert "chose to add theirs" not in plain(bot.command(ADMIN, "/track report"))
    at(bot, "2026-05-01")
    page = (
        "of five or more who chose to add theirs, fewer than 4 in 10 answers were right when first asked, more than 7"
    )
    assert page in plain(bot.command(ADMIN, "/track report"))
    mine = bot.command(MAYA, "/learn progress")
    assert page in plain(mine)
    bot.tap(MAYA, mine, "group_page:off-1")
    assert page not in plain(bot.command(ADMIN, "/track report")), "it is gone at once"
    at(bot, "2026-06-01")
    assert page not in plain(bot.command(ADMIN, "/track report")), "four are too few"


OF_LEARNERS = re.compile(
    r"\b(?:from|join|update|into)\s+\"?(answer|card|sample|wish|reflection|asking)\b", re.IGNORECASE
)


@pytest.mark.parametrize("backend", ["sqlite"])
def test_no_request_of_an_admin_reads_what_others_answered(taught: Running) -> None:
    bot = taught
    seen: list[tuple[str, str]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        seen.append((statement, str(parameters)))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        shown = bot.command(ADMIN, "/track report")
        for typed in (
            "/track status",
            "/track status @henrik",
            "/track status speak the language",
            "/track audit",
            "/track",
        ):
            assert bot.slack.command(ADMIN, typed) == ""
            bot.quiet()
        for action in ("enrolled", "report_csv:_all", "report_pdf:_all", "report_monthly:on"):
            bot.slack.tap(ADMIN, shown, action)
            bot.quiet()
        bot.home(ADMIN)
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert len(seen) > 20
    of_others = [s for s, bound in seen if OF_LEARNERS.search(s) and ADMIN not in bound]
    assert not of_others
    # that somebody couldn't be reached is theirs to know, a pause or a silence isn't
    assert all("unreachable" in bound or ADMIN in bound for s, bound in seen if "FROM hold" in s)


@pytest.mark.parametrize("takes", [True, False])
def test_months_come_as_a_table_and_a_chart_and_in_words_where_slack_takes_neither(bot: Running, takes: bool) -> None:
    bot.slack.world.takes_charts = takes
    there(bot, *(went(n, track=TRACK, began=TOLD + timedelta(days=40 * n)) for n in range(2)))
    shown = bot.command(ADMIN, "/track report")
    kinds = [block["type"] for block in shown.blocks]
    assert [kind in kinds for kind in ("table", "data_visualization")] == [takes, takes]
    assert "March 2026: 1 assigned, 1 started, 1 finished" in shown.text, "whoever only hears it has all of it"
    if takes:
        table, chart = (block for block in shown.blocks if block["type"] in {"table", "data_visualization"})
        read = [[cell["text"] for cell in row] for row in table["rows"]]
        assert read == [
            ["Month", "Assigned", "Started", "Finished"],
            ["March 2026", "1", "1", "1"],
            ["April 2026", "1", "1", "1"],
        ]
        assert chart["chart"]["axis_config"]["categories"] == ["Mar 2026", "Apr 2026"]
    else:
        assert "April 2026: 1 assigned" in words_of({"blocks": shown.blocks})
        assert [r["method"] for r in bot.slack.world.refusals] == ["response_url"]
    assert bot.slack.tap(ADMIN, shown, "report_monthly:on") == ""
    at(bot, "2026-06-01")
    at(bot, "2026-06-02")
    sent = bot.eventually(lambda: [m for m in bot.slack.messages(ADMIN) if "sends you each month" in m.text])
    assert ("table" in [block["type"] for block in sent[-1].blocks]) is takes
    bot.home(ADMIN)
    assert bot.slack.tap_view(ADMIN, bot.slack.home(ADMIN) or {}, "report") == ""
    bot.eventually(
        lambda: "April 2026: 1 assigned" in words_of(bot.slack.modal(ADMIN) or {}), "a dialog takes no table"
    )
