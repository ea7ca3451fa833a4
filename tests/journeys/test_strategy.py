"""The strategy page over the wire: prompts on its four parts, the page, its files, its sharing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.actions.reflect import open_prompt, write
from bot.domain.strategy import Part
from bot.limits import view_violations
from bot.messages import strategy
from bot.planning.learner_state import load
from bot.store import strategies, tables
from bot.store.strategies import Share
from localslack import LocalSlack
from localslack.world import PostedMessage
from tests.content.writing import LESSON, Lessons
from tests.helpers import ADMIN, HENRIK, MAYA, MONDAY, TEAM, Running, words_of
from tests.journeys.test_own_data import cells_that_name, forget, settle
from tests.running import running

ASKED = {
    Part.BUSINESS_CASE: ("What would you stop doing to pay for this?", "Who owns it?"),
    Part.COMPETENCIES: ("Who has to be able to do what by summer?",),
    Part.TONE: ("Who says yes on a Sunday?", "What do you never post?"),
    Part.MEASUREMENT: ("What will you look at after 90 days?", "When do you stop?", "Who reads the report?"),
}


def with_prompt(part: Part) -> str:
    """A lesson about a part of the strategy, which asks for a line on it."""
    lesson = LESSON.format(id=part.value).replace("title: A title", f"title: On {part.value}")
    return lesson + f"\n## Prompt: {part.value}\n" + "\n".join(f"- {asked}" for asked in ASKED[part]) + "\n"


@pytest.fixture
def lessons(tmp_path: Path) -> Lessons:
    """Four lessons with a prompt, and one without."""
    made = Lessons(tmp_path / "lessons")
    for part in Part:
        made.write(f"tracks/one/{part.value}.md", with_prompt(part))
    listed = ", ".join([*(part.value for part in Part), "a"])
    made.write("tracks/one/track.md", f"---\nid: one\ntitle: Lead it\nopen: yes\nitems: [{listed}]\n---\nFour parts.\n")
    return made


@pytest.fixture
def bot(lessons: Lessons, slack: LocalSlack, url: str) -> Iterator[Running]:
    """Henrik and Maya have the track, and their first lesson on Tuesday."""
    with running(slack, url, MISSINGLINK_LESSONS_DIR=str(lessons.root)) as started:
        started.assign("@henrik @maya one")
        started.advance(MONDAY + timedelta(days=1, hours=6, minutes=30))
        yield started


def lesson_of(bot: Running, user: str, part: Part) -> PostedMessage:
    """The message with a part's lesson."""
    found = next((m for m in reversed(bot.slack.messages(user)) if f"On {part.value}" in m.text), None)
    assert found is not None
    return found


def written(bot: Running, user: str, part: Part, *answers: str) -> PostedMessage:
    """Read the lesson and write a line below it."""
    message = lesson_of(bot, user, part)
    bot.tap(user, message, "read")
    bot.eventually(lambda: "For your strategy" in message.text)
    fill(bot, user, message, part, *answers)
    return message


def close(bot: Running, user: str) -> None:
    """Close all that is open."""
    while bot.slack.modal(user) is not None:
        bot.slack.close_modal(user)


def fill(bot: Running, user: str, message: PostedMessage, part: Part, *answers: str) -> None:
    """Tap the prompt's button, fill its form in and send it."""
    close(bot, user)
    assert bot.slack.tap(user, message, f"prompt:{part.value}") == ""
    bot.dialog(user, "For your strategy")
    given: dict[str, str | Sequence[str] | None] = dict(zip(strategy.INPUTS, answers, strict=False))
    assert bot.slack.submit(user, given) == ""
    assert ("on your page" if any(answers) else "off your page") in words_of(bot.slack.modal(user) or {})
    told = "On your strategy page" if any(answers) else "For your strategy"
    bot.eventually(lambda: told in message.text, "the message stays as it was")


def page(bot: Running, user: str) -> str:
    """What the page says."""
    close(bot, user)
    return words_of(bot.asks_for_dialog(user, "/learn strategy", strategy.TITLE))


def share(bot: Running, person: str) -> None:
    """Share the page with the admin."""
    page(bot, person)
    assert bot.slack.tap_view(person, bot.slack.modal(person) or {}, "share") == ""
    bot.dialog(person, "Share your page")
    assert bot.slack.submit(person, {strategy.WITH: ADMIN}) == ""
    close(bot, person)


def days(bot: Running, number: int) -> None:
    """Go to that learning day, the first being Tuesday."""
    bot.advance(MONDAY + timedelta(days=number, hours=6, minutes=30))


def shown_menu(view: dict[str, Any], action: str) -> list[str]:
    """The values of a menu in a view."""
    return [
        o["value"]
        for b in view["blocks"]
        for e in b.get("elements", [])
        if e.get("action_id") == action
        for o in e.get("options", [])
    ]


def test_a_lesson_asks_once_for_a_line_and_then_it_waits_in_home(bot: Running) -> None:
    message = lesson_of(bot, HENRIK, Part.BUSINESS_CASE)
    assert "For your strategy" not in message.text
    bot.tap(HENRIK, message, "read")
    bot.eventually(lambda: "For your strategy: business case and resourcing." in message.text)
    assert "Only you and anyone you share your page with can see it" in message.text
    days(bot, 2)
    later = lesson_of(bot, HENRIK, Part.COMPETENCIES)
    assert "For your strategy" not in later.text
    home = bot.home(HENRIK)
    assert "1 lesson to write a line for, whenever you have a minute." in words_of(home)
    assert shown_menu(home, "prompt:new") == [Part.BUSINESS_CASE.value]
    assert bot.slack.tap_view(HENRIK, home, "prompt:new", Part.BUSINESS_CASE.value) == ""
    assert "What would you stop doing" in str(bot.dialog(HENRIK, "For your strategy"))
    assert bot.slack.submit(HENRIK, {strategy.INPUTS[1]: "Ines."}) == ""
    bot.eventually(lambda: "1 lesson on your page." in words_of(bot.slack.home(HENRIK) or {}))


def test_the_page_fills_part_by_part_and_says_what_is_missing(bot: Running) -> None:
    empty = page(bot, HENRIK)
    assert "Your page is empty so far" in empty
    assert "Lessons that add to it: On business-case (in Lead it)." in empty
    message = written(bot, HENRIK, Part.BUSINESS_CASE, "The printed magazine.", "")
    assert "On your strategy page, under business case and resourcing." in message.text
    shown = page(bot, HENRIK)
    assert "The printed magazine." in shown
    assert "Who owns it?" not in shown
    # what was written can be changed later, and nothing of before is lost
    fill(bot, HENRIK, message, Part.BUSINESS_CASE, "The printed magazine, from May.", "Ines.")
    assert "from May." in page(bot, HENRIK)
    with bot.app.ctx.db.read() as session:
        kept = session.execute(select(tables.reflection.c.answers).order_by(tables.reflection.c.number)).scalars().all()
    assert kept == [["The printed magazine.", ""], ["The printed magazine, from May.", "Ines."]]
    fill(bot, HENRIK, message, Part.BUSINESS_CASE, "", "")
    assert "Your page is empty so far" in page(bot, HENRIK)


def test_a_lesson_leads_to_the_page(bot: Running) -> None:
    message = written(bot, HENRIK, Part.BUSINESS_CASE, "Two people.")
    close(bot, HENRIK)
    assert bot.slack.tap(HENRIK, message, "strategy") == ""
    assert "Two people." in words_of(bot.dialog(HENRIK, strategy.TITLE))


def test_a_form_sent_twice_is_kept_once(bot: Running) -> None:
    message = lesson_of(bot, HENRIK, Part.BUSINESS_CASE)
    bot.tap(HENRIK, message, "read")
    assert bot.slack.tap(HENRIK, message, f"prompt:{Part.BUSINESS_CASE.value}") == ""
    bot.dialog(HENRIK, "For your strategy")
    bot.slack.fault("view_submission", "duplicate")
    assert bot.slack.submit(HENRIK, {strategy.INPUTS[0]: "Once."}) == ""
    bot.eventually(lambda: "On your strategy page" in message.text)
    with bot.app.ctx.db.read() as session:
        assert len(session.execute(select(tables.reflection)).all()) == 1


def test_a_form_that_is_sent_again_with_more_in_it_keeps_the_more(bot: Running) -> None:
    message = lesson_of(bot, HENRIK, Part.BUSINESS_CASE)
    bot.tap(HENRIK, message, "read")
    with bot.app.ctx.db.write() as session:
        state = load(session, bot.app.ctx, TEAM, HENRIK)
        assert state is not None
        asked = open_prompt(state, Part.BUSINESS_CASE.value)
        assert asked is not None
        for said in ("One.", "One.", "One, and two.", "half a pair \ud800 is no letter"):
            write(state, asked.lesson.id, asked.content_hash, [said], "the same form", "")
            state.session.flush()
        kept = strategies.written_by(session, TEAM, HENRIK)
    assert [each.answers[0] for each in kept] == ["One.", "One, and two.", "half a pair ? is no letter"]


def test_what_was_written_stands_at_its_question_where_the_questions_changed(
    bot: Running, lessons: Lessons, url: str, slack: LocalSlack
) -> None:
    written(bot, HENRIK, Part.BUSINESS_CASE, "The magazine.", "Ines.")
    close(bot, HENRIK)
    bot.app.stop()
    path = f"tracks/one/{Part.BUSINESS_CASE.value}.md"
    first, second = (f"- {asked}" for asked in ASKED[Part.BUSINESS_CASE])
    lessons.change(path, f"{first}\n{second}", f"- Since when?\n{second}")
    with running(slack, url, MISSINGLINK_LESSONS_DIR=str(lessons.root)) as again:
        message = lesson_of(again, HENRIK, Part.BUSINESS_CASE)
        assert again.slack.tap(HENRIK, message, f"prompt:{Part.BUSINESS_CASE.value}") == ""
        fields = [b["element"].get("initial_value", "") for b in again.dialog(HENRIK)["blocks"] if b["type"] == "input"]
        assert fields == ["", "Ines."]


@pytest.mark.parametrize("backend", ["sqlite"])
def test_a_page_that_cant_be_printed_says_so_and_its_text_comes(bot: Running) -> None:
    bot.slack.world.granted.add("files:write")
    written(bot, HENRIK, Part.BUSINESS_CASE, "\N{ROCKET}" * 1500)
    page(bot, HENRIK)
    assert bot.slack.tap_view(HENRIK, bot.slack.modal(HENRIK) or {}, "page_pdf") == ""
    answered = bot.eventually(
        lambda: next((said for said in [words_of(bot.slack.modal(HENRIK) or {})] if "the file" in said.lower()), None)
    )
    assert "has the same" in answered or "in your messages with me" in answered


def test_a_page_is_shared_with_fifteen_at_most(bot: Running) -> None:
    written(bot, HENRIK, Part.BUSINESS_CASE, "Two people.")
    with bot.app.ctx.db.write() as session:
        state = load(session, bot.app.ctx, TEAM, HENRIK)
        assert state is not None
        for n in range(15):
            strategies.share(session, Share(workspace_id=TEAM, learner_id=HENRIK, with_id=f"U{n}", since=state.at))
    page(bot, HENRIK)
    assert view_violations(bot.slack.modal(HENRIK) or {}) == []
    assert bot.slack.tap_view(HENRIK, bot.slack.modal(HENRIK) or {}, "share") == ""
    bot.dialog(HENRIK, "Share your page")
    bot.slack.submit(HENRIK, {strategy.WITH: MAYA})
    assert "15 people already" in bot.slack.modal_errors(HENRIK)[strategy.WITH]


def test_what_was_written_for_a_lesson_that_is_gone_stays_on_the_page(
    bot: Running, lessons: Lessons, slack: LocalSlack, url: str
) -> None:
    message = written(bot, HENRIK, Part.BUSINESS_CASE, "Two people.", "Ines.")
    close(bot, HENRIK)
    assert bot.slack.tap(HENRIK, message, f"prompt:{Part.BUSINESS_CASE.value}") == ""
    bot.dialog(HENRIK, "For your strategy")
    bot.app.stop()
    lessons.write("tracks/one/track.md", "---\nid: one\ntitle: Lead it\nitems: [a]\n---\nOne.\n")
    for part in Part:
        (lessons.root / f"tracks/one/{part.value}.md").unlink()
    with running(slack, url, MISSINGLINK_LESSONS_DIR=str(lessons.root)) as again:
        # the form was open when the lesson went
        assert again.slack.submit(HENRIK, {strategy.INPUTS[0]: "Three people."}) == ""
        shown = page(again, HENRIK)
        assert "Three people." in shown
        assert "What would you stop doing to pay for this?" in shown
        assert "No lesson asks for this part yet." in shown


def test_a_day_with_a_prompt_has_no_review(bot: Running) -> None:
    first = lesson_of(bot, HENRIK, Part.BUSINESS_CASE)
    bot.tap(HENRIK, first, next(f"answer:1:{n}" for n in (0, 1) if answer_of(first, n) == "this one"))
    for number in (2, 3):
        days(bot, number)
        bot.tap(HENRIK, bot.slack.messages(HENRIK)[-1], "read")
    days(bot, 4)
    asks, comes_back = bot.slack.messages(HENRIK)[-1], 14
    days(bot, comes_back)
    bot.tap(HENRIK, asks, "read")
    assert "For your strategy: measurement" in asks.text
    assert "One from" not in asks.text
    days(bot, comes_back + 1)
    plain = bot.slack.messages(HENRIK)[-1]
    assert "A title" in plain.text
    bot.tap(HENRIK, plain, "read")
    bot.eventually(lambda: "One from" in plain.text, "no review came with the lesson that asks for nothing")


def answer_of(message: PostedMessage, choice: int) -> str:
    """The words of a choice's button."""
    buttons = (e for b in message.blocks for e in b.get("elements", []) if e.get("action_id") == f"answer:1:{choice}")
    return str(next(buttons)["text"]["text"])


def test_the_page_comes_as_a_pdf_and_as_text_where_files_are_sent(bot: Running) -> None:
    bot.slack.world.granted.add("files:write")
    written(bot, HENRIK, Part.BUSINESS_CASE, "*Bold* & <b>words</b> 🚀", "אינס")
    page(bot, HENRIK)
    for action in ("page_pdf", "page_text"):
        page(bot, HENRIK)
        assert bot.slack.tap_view(HENRIK, bot.slack.modal(HENRIK) or {}, action) == ""
        bot.eventually(lambda: "in your messages with me" in words_of(bot.slack.modal(HENRIK) or {}))
    sent = {m.files[0].name: m.files[0].content or b"" for m in bot.slack.messages(HENRIK) if m.files}
    assert sent["strategy.pdf"].startswith(b"%PDF")
    text = sent["strategy.md"].decode()
    assert "## Business case and resourcing" in text
    assert "> *Bold* & <b>words</b> 🚀" in text
    assert "> אינס" in text


def test_without_files_the_text_is_shown_with_a_code_for_whoever_runs_the_bot(bot: Running) -> None:
    bot.slack.world.granted.discard("files:write")
    written(bot, HENRIK, Part.BUSINESS_CASE, "Two people.")
    page(bot, HENRIK)
    assert "page_pdf" not in str(bot.slack.modal(HENRIK))
    assert bot.slack.tap_view(HENRIK, bot.slack.modal(HENRIK) or {}, "page_text") == ""
    bot.eventually(lambda: "> Two people." in words_of(bot.slack.modal(HENRIK) or {}).replace("&gt;", ">"))
    assert f"missinglink strategy {HENRIK} --code" in words_of(bot.slack.modal(HENRIK) or {})


def test_a_page_is_shared_with_one_person_read_and_taken_back(bot: Running) -> None:
    written(bot, HENRIK, Part.BUSINESS_CASE, "Two people.", "Ines.")
    page(bot, HENRIK)
    assert bot.slack.tap_view(HENRIK, bot.slack.modal(HENRIK) or {}, "share") == ""
    bot.dialog(HENRIK, "Share your page")
    assert bot.slack.submit(HENRIK, {strategy.WITH: HENRIK}) == ""
    assert "It's yours already" in bot.slack.modal_errors(HENRIK)[strategy.WITH]
    assert bot.slack.submit(HENRIK, {strategy.WITH: MAYA}) == ""
    assert f"Shared with <@{MAYA}>" in words_of(bot.slack.modal(HENRIK) or {})
    bot.eventually(lambda: "shares their strategy page with you" in bot.last(MAYA).text)
    told = bot.last(MAYA)
    assert "Two people" not in told.text
    assert bot.slack.tap(MAYA, told, "read_shared") == ""
    assert "Two people." in words_of(bot.dialog(MAYA, "A strategy"))
    assert "Waiting" not in words_of(bot.slack.modal(MAYA) or {})
    close(bot, MAYA)
    # nobody else opens it, whatever their button says
    forged = bot.slack.world.write(bot.slack.world.dm(ADMIN), told.user, "x", blocks=told.blocks)
    assert bot.slack.tap(ADMIN, forged, "read_shared") == ""
    assert "isn't shared with you any more" in words_of(bot.dialog(ADMIN))
    page(bot, HENRIK)
    assert bot.slack.tap_view(HENRIK, bot.slack.modal(HENRIK) or {}, "unshare") == ""
    bot.eventually(lambda: "Nobody else can read it" in words_of(bot.slack.modal(HENRIK) or {}))
    assert bot.slack.tap(MAYA, told, "read_shared") == ""
    assert "isn't shared with you any more" in words_of(bot.dialog(MAYA))


def test_who_shared_and_whom_it_was_shared_with_can_both_be_forgotten(bot: Running) -> None:
    written(bot, HENRIK, Part.BUSINESS_CASE, "Two people.")
    page(bot, HENRIK)
    assert bot.slack.tap_view(HENRIK, bot.slack.modal(HENRIK) or {}, "share") == ""
    bot.dialog(HENRIK, "Share your page")
    assert bot.slack.submit(HENRIK, {strategy.WITH: MAYA}) == ""
    bot.eventually(lambda: "shares their strategy page with you" in bot.last(MAYA).text)
    close(bot, HENRIK)
    forget(bot, HENRIK)
    settle(bot)
    assert cells_that_name(bot, HENRIK) == []
    assert bot.slack.tap(MAYA, bot.last(MAYA), "read_shared") == ""
    assert "isn't shared with you any more" in words_of(bot.dialog(MAYA))
    close(bot, MAYA)
    forget(bot, MAYA)
    settle(bot)
    assert cells_that_name(bot, MAYA) == []


def test_three_thousand_characters_are_kept_and_shown_in_short(bot: Running) -> None:
    long = "word " * 599 + "end"
    written(bot, HENRIK, Part.BUSINESS_CASE, long, "x" * 2999)
    assert "…" in page(bot, HENRIK)
    with bot.app.ctx.db.read() as session:
        (kept,) = session.execute(select(tables.reflection.c.answers)).scalars().all()
    assert kept == [long, "x" * 2999]


def test_a_prompt_that_is_nothing_is_an_expired_button_and_one_ahead_is_told_so(bot: Running) -> None:
    message = lesson_of(bot, HENRIK, Part.BUSINESS_CASE)
    bot.tap(HENRIK, message, "read")
    for action, says in (
        ("prompt:a", "expired"),
        ("prompt:none", "expired"),
        ("prompt:tone-and-content", "ahead of you"),
    ):
        blocks = [{"type": "actions", "block_id": "me", "elements": [{"type": "button", "action_id": action,
                   "text": {"type": "plain_text", "text": "x"}}]}]  # fmt: skip
        forged = bot.slack.world.write(bot.slack.world.dm(MAYA), message.user, "x", blocks=blocks)
        said = len(bot.slack.whispers(MAYA))
        assert bot.slack.tap(MAYA, forged, action) == ""
        bot.eventually(partial(more_whispers, bot, said))
        assert says in bot.slack.whispers(MAYA)[-1].text


def more_whispers(bot: Running, than: int) -> bool:
    """Maya was told something."""
    return len(bot.slack.whispers(MAYA)) > than
