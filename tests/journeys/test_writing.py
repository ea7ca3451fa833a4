"""An admin writes a lesson and a word in Slack: checked at the fields, shown, published, edited, withdrawn."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.content import check
from bot.domain.written import FormField
from bot.messages import writing
from bot.messages.render import objections
from bot.messages.writing import input_of
from bot.store import tables
from localslack import LocalSlack
from tests.content.writing import LESSON, TERM, Lessons
from tests.helpers import ADMIN, HENRIK, MAYA, MONDAY, Running, words_of
from tests.journeys.test_strategy import close
from tests.running import running

on_sqlite = pytest.mark.parametrize("backend", ["sqlite"])
"""For what no database changes: the suite has ten minutes."""
FIELDS = {
    FormField.TITLE: "What we call it",
    FormField.TEXT: "In this company a post is a *notice*.",
    FormField.STEM: "What do we call a post?",
    FormField.RIGHT: "A notice",
    FormField.WHY_RIGHT: "As the text says.",
    FormField.OTHER_1: "A message",
    FormField.WHY_1: "That is for one person.",
}
WORD = {
    FormField.TITLE: "Jomo",
    FormField.ALIASES: "joy of missing out, JOMO!",
    FormField.TEXT: "Leaving something out on purpose.",
    FormField.HEARD: "Pure JOMO.",
    FormField.USE_WHEN: "you leave something out.",
    FormField.AVOID_WHEN: "a customer waits.",
}
AGAIN = {
    FormField.STEM: "Weeks later: which word do we use?",
    FormField.RIGHT: "Notice",
    FormField.WHY_RIGHT: "Still.",
    FormField.OTHER_1: "Message",
    FormField.WHY_1: "Still not.",
}


@pytest.fixture
def lessons(tmp_path: Path) -> Lessons:
    """A folder with a track of one lesson."""
    made = Lessons(tmp_path / "lessons")
    made.write("jargon/reach.md", TERM.format(id="reach", term="Reach"))
    return made


@pytest.fixture
def bot(lessons: Lessons, slack: LocalSlack, url: str) -> Iterator[Running]:
    """A bot that serves it."""
    with running(slack, url, admins=f"{ADMIN},{MAYA}", MISSINGLINK_LESSONS_DIR=str(lessons.root)) as started:
        yield started


def inputs(given: Mapping[FormField, str], **more: str) -> dict[str, str]:
    """What is filled in, by input."""
    return {**{input_of(of): said for of, said in given.items()}, **more}


def listed(bot: Running, typed: str = "/track write") -> str:
    """What the list says."""
    close(bot, ADMIN)
    return words_of(bot.asks_for_dialog(ADMIN, typed, writing.TITLE))


def opened(bot: Running, action_id: str, title: str) -> None:
    """Tap in the dialog, and wait for the next one in its place."""
    assert bot.slack.tap_view(ADMIN, bot.slack.modal(ADMIN) or {}, action_id) == ""
    bot.dialog(ADMIN, title)


def shown(bot: Running) -> str:
    """What the dialog says."""
    return words_of(bot.slack.modal(ADMIN) or {})


def submit(bot: Running, given: Mapping[FormField, str], **more: str) -> str:
    """Send the form; what Slack says at its fields."""
    return send(bot, inputs(given, **more))


def send(bot: Running, given: dict[str, str]) -> str:
    """Fill in fields by their ids and send them; what Slack says at them."""
    complaint = bot.slack.submit(ADMIN, {**given})
    assert not complaint, complaint
    return " ".join(f"{at}: {said}" for at, said in bot.slack.modal_errors(ADMIN).items())


def publish_lesson(bot: Running, given: Mapping[FormField, str] = FIELDS, **more: str) -> None:
    """Write a lesson and publish it."""
    listed(bot)
    opened(bot, "write_lesson", "A lesson")
    assert submit(bot, given, **(more or {writing.TRACK: "one"})) == ""
    assert bot.slack.submit(ADMIN) == ""
    assert "is published" in shown(bot)
    close(bot, ADMIN)
    bot.quiet()


def served(bot: Running) -> set[str]:
    """The ids of what is served."""
    bot.quiet()
    (workspace_id,) = bot.app.shelf._own or {""}
    return set(bot.app.ctx.catalogue_of(workspace_id).items)


def states(bot: Running) -> list[tuple[str, int, str]]:
    """Every version, and its state."""
    of = tables.written.c
    with bot.app.ctx.db.read() as session:
        found = session.execute(select(of.item_id, of.version, of.state).order_by(of.item_id, of.version))
        return [tuple(row) for row in found.all()]


def test_a_lesson_is_checked_at_its_fields_shown_published_and_comes(bot: Running) -> None:
    bot.assign("@henrik one")
    assert "nobody gets it until you publish it" in listed(bot)
    opened(bot, "write_lesson", "A lesson")
    said = submit(bot, {**FIELDS, FormField.OTHER_2: "A memo"}, **{writing.TRACK: "one"})
    assert said == f"{input_of(FormField.WHY_2)}: Say in a sentence why."
    said = submit(bot, {FormField.OTHER_2: "A notice", FormField.WHY_2: "No."})
    assert said.startswith(f"{input_of(FormField.STEM)}: Two choices read the same.")
    # what was typed is kept even if the dialog is closed now
    assert states(bot) == [("what-we-call-it", 1, "draft")]
    assert submit(bot, {FormField.OTHER_2: "", FormField.WHY_2: ""}) == ""
    proof = shown(bot)
    assert "Right: A notice" in proof.replace("*", "")
    assert "That is for one person." in proof
    assert "draft" in listed(bot)
    opened(bot, "write_edit:what-we-call-it", "A lesson")
    assert submit(bot, {}) == ""
    opened(bot, "write_wording:what-we-call-it", "In other words")
    assert input_of(FormField.STEM) in submit(bot, {**AGAIN, FormField.STEM: FIELDS[FormField.STEM]})
    assert submit(bot, AGAIN) == ""
    assert "Weeks later: which word" in shown(bot)
    assert served(bot) == {"a", "reach"}
    assert bot.slack.submit(ADMIN) == ""
    assert "is published" in shown(bot)
    close(bot, ADMIN)
    assert served(bot) == {"a", "reach", "what-we-call-it"}
    bot.advance(MONDAY + timedelta(days=1, hours=18))
    bot.tap(HENRIK, bot.last(HENRIK), "answer:1:1")
    bot.advance(MONDAY + timedelta(days=2, hours=18))
    assert "What we call it" in bot.last(HENRIK).text
    assert "2 of 2" in bot.last(HENRIK).text


def test_a_lesson_begins_a_track_of_its_own(bot: Running) -> None:
    listed(bot)
    opened(bot, "write_lesson", "A lesson")
    new = {writing.TRACK: writing.NEW, writing.NEW_TITLE: "Our own", writing.NEW_SUMMARY: ""}
    assert writing.NEW_SUMMARY in submit(bot, FIELDS, **new)
    assert submit(bot, FIELDS, **{**new, writing.NEW_SUMMARY: "What we do differently."}) == ""
    assert bot.slack.submit(ADMIN) == ""
    close(bot, ADMIN)
    bot.quiet()
    assert "Our own" in bot.command(ADMIN, "/track list").text
    publish_lesson(bot, {**FIELDS, FormField.TITLE: "A second"}, **{writing.TRACK: "our-own"})
    (workspace_id,) = bot.app.shelf._own
    assert bot.app.ctx.catalogue_of(workspace_id).tracks["our-own"].items == ("what-we-call-it", "a-second")
    bot.command(HENRIK, "/learn start our-own")


def test_a_word_takes_the_place_of_ours_and_can_be_withdrawn(bot: Running) -> None:
    assert "It means this." in bot.command(HENRIK, "/jargon reach").text
    listed(bot)
    opened(bot, "write_word", "A word")
    assert submit(bot, {**WORD, FormField.TITLE: "Reach", FormField.ALIASES: ""}) == ""
    assert bot.slack.submit(ADMIN) == ""
    close(bot, ADMIN)
    served(bot)
    assert "Leaving something out on purpose." in bot.command(HENRIK, "/jargon reach").text
    assert "Withdraw" in listed(bot)
    opened(bot, "write_withdraw:reach", "Withdraw it?")
    assert bot.slack.submit(ADMIN) == ""
    close(bot, ADMIN)
    served(bot)
    assert "It means this." in bot.command(HENRIK, "/jargon reach").text
    assert states(bot) == [("reach", 1, "published"), ("reach", 2, "withdrawn")]
    listed(bot)
    opened(bot, "write_edit:reach", "A word")
    assert submit(bot, {}) == ""
    assert bot.slack.submit(ADMIN) == ""
    served(bot)
    assert "Leaving something out on purpose." in bot.command(HENRIK, "/jargon reach").text


@on_sqlite
def test_a_pasted_file_is_taken_apart_and_loses_nothing(bot: Running) -> None:
    listed(bot)
    opened(bot, "write_paste", "Paste a file")
    assert writing.FILE in send(bot, {writing.FILE: "Some words."})
    text = LESSON.format(id="x").replace("title: A title", "title: Pasted\nask: first\nreview_by: 2027-3-1")
    half = len(text) // 2
    assert send(bot, {writing.FILE: text[:half], writing.REST: text[half:]}) == ""
    assert "Which one?" in str(bot.slack.modal(ADMIN))
    assert "in-other-words" in str(bot.slack.modal(ADMIN))
    assert submit(bot, {}, **{writing.TRACK: "one"}) == ""
    assert bot.slack.submit(ADMIN) == ""
    served(bot)
    (workspace_id,) = bot.app.shelf._own
    item = bot.app.ctx.catalogue_of(workspace_id).items["pasted"]
    assert item.ask_first
    assert str(item.review_by) == "2027-03-01"
    assert [q.id for q in item.further] == ["in-other-words"]


@on_sqlite
def test_a_source_is_given_in_a_line_checked_shown_and_kept(bot: Running) -> None:
    listed(bot)
    opened(bot, "write_lesson", "A lesson")
    one = "Our press office; The year in figures; 2026; https://example.org/year"
    given = {**FIELDS, FormField.SOURCES: "Our press office, page 3"}
    said = submit(bot, given, **{writing.TRACK: "one"})
    assert f'{input_of(FormField.SOURCES)}: There is no source "Our press office, page 3"' in said
    assert "publisher; title; date; https://address" in said
    assert "11 sources, 10 is the most" in submit(bot, {FormField.SOURCES: "\n".join([one] * 11)})
    for wrong in (
        "A; B; 2026; https://x.org/a|b",
        "A; B; 2026; https://x.org/<!channel>",
        "A; B; 2026; https://",
        "A; B; 2026; example.org",
        "A; B; https://example.org/x",
        f"{'A' * 101}; B; 2026; https://example.org",
    ):
        assert input_of(FormField.SOURCES) in submit(bot, {FormField.SOURCES: wrong})
    assert submit(bot, {FormField.SOURCES: f"{one}\nThe board; Minutes; May 2026; https://example.org/b"}) == ""
    assert (
        "Source: <https://example.org/year|Our press office, 2026>; <https://example.org/b|The board, May 2026>"
        in shown(bot)
    )
    assert "sources.yaml" not in shown(bot)
    assert bot.slack.submit(ADMIN) == ""
    assert "sources.yaml" not in listed(bot)
    opened(bot, "write_edit:what-we-call-it", "A lesson")
    assert one in str(bot.slack.modal(ADMIN))
    assert submit(bot, {FormField.SOURCES: ""}) == ""
    assert "Source:" not in shown(bot)


@on_sqlite
def test_what_is_wrong_with_a_pasted_file_is_said_above_its_form(bot: Running) -> None:
    listed(bot)
    opened(bot, "write_paste", "Paste a file")
    assert send(bot, {writing.FILE: TERM.format(id="x", term="Jomo").replace("[x]", "[ ]", 1)}) == ""
    assert "To mend before it can be published" in shown(bot)
    assert "marked as right" in shown(bot).lower()


def test_two_admins_dont_overwrite_each_other(bot: Running) -> None:
    publish_lesson(bot)
    close(bot, MAYA)
    bot.asks_for_dialog(MAYA, "/track write", writing.TITLE)
    assert bot.slack.tap_view(MAYA, bot.slack.modal(MAYA) or {}, "write_edit:what-we-call-it") == ""
    bot.dialog(MAYA, "A lesson")
    publish_edit(bot, "Mine")
    assert bot.slack.submit(MAYA, {input_of(FormField.TITLE): "Hers"}) == ""
    assert "Somebody has changed it since you opened this" in words_of(bot.slack.modal(MAYA) or {})
    assert states(bot) == [("what-we-call-it", 1, "published"), ("what-we-call-it", 2, "published")]
    assert "Mine" in listed(bot)
    assert "Hers" not in listed(bot)


def publish_edit(bot: Running, title: str) -> None:
    """Give the lesson another title, and publish that."""
    listed(bot)
    opened(bot, "write_edit:what-we-call-it", "A lesson")
    assert submit(bot, {FormField.TITLE: title}) == ""
    assert bot.slack.submit(ADMIN) == ""
    assert "is published" in shown(bot)


@on_sqlite
def test_a_form_sent_twice_makes_one_draft_whatever_its_title_became(bot: Running) -> None:
    listed(bot)
    opened(bot, "write_lesson", "A lesson")
    assert submit(bot, {**FIELDS, FormField.RIGHT: "A message"}, **{writing.TRACK: "one"})
    assert submit(bot, {FormField.RIGHT: "A notice", FormField.TITLE: "Another title"}) == ""
    assert states(bot) == [("another-title", 1, "draft")]


def test_a_draft_is_thrown_away(bot: Running) -> None:
    listed(bot)
    opened(bot, "write_word", "A word")
    assert submit(bot, WORD) == ""
    assert "JOMO!" in shown(bot) or "Leaving something out" in shown(bot)
    assert "Throw away" in listed(bot)
    opened(bot, "write_withdraw:jomo", "Throw it away?")
    assert bot.slack.submit(ADMIN) == ""
    assert "is thrown away" in shown(bot)
    assert states(bot) == []


@on_sqlite
def test_nobody_else_writes(bot: Running) -> None:
    assert "admin" in bot.command(HENRIK, "/track write").text


def test_what_was_written_is_audited_without_its_words(bot: Running) -> None:
    publish_lesson(bot)
    with bot.app.ctx.db.read() as session:
        found = session.execute(select(tables.audit.c.actor, tables.audit.c.action, tables.audit.c.detail)).all()
    assert (ADMIN, "publish", "lesson what-we-call-it, version 1") in [tuple(row) for row in found]


@on_sqlite
def test_what_is_published_comes_as_a_folder_that_can_be_layered(
    bot: Running, lessons: Lessons, tmp_path: Path
) -> None:
    publish_lesson(bot)
    listed(bot)
    assert bot.slack.tap_view(ADMIN, bot.slack.modal(ADMIN) or {}, "write_files") == ""
    bot.eventually(lambda: any(m.files for m in bot.slack.messages(ADMIN)), "no file came")
    (sent,) = [file for m in bot.slack.messages(ADMIN) for file in m.files]
    folder = tmp_path / "own"
    zipfile.ZipFile(io.BytesIO(sent.content or b"")).extractall(folder)
    report = check([lessons.root, folder], objections)
    assert report.problems == ()
    assert report.catalogue.tracks["one"].items == ("a", "what-we-call-it")


@on_sqlite
def test_what_was_written_doesnt_keep_a_changed_folder_from_being_served(bot: Running, lessons: Lessons) -> None:
    publish_lesson(bot)
    lessons.write("tracks/one/what-we-call-it.md", LESSON.format(id="b"))
    lessons.write("jargon/jomo.md", TERM.format(id="jomo", term="JOMO"))
    bot.app.shelf.look()
    bot.app.shelf.look()
    assert {"jomo", "what-we-call-it"} <= served(bot)
