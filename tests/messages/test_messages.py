"""Every kind of message, in every state: within Slack's limits, readable without its blocks, neutral at first sight."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any, cast

import pytest

from bot.domain.content import Catalogue
from bot.domain.questions import Choice, OneRight
from bot.limits import PHONE_LABEL, TEXT_RECOMMENDED, view_violations, violations
from bot.messages import Message, ids, render, samples
from bot.messages.dm_replies.drawing import DRAWN
from bot.view_models import DmReplyView, ExplainView, ItemView, ReminderView, View
from tests.helpers import lesson, small_catalogue, term

VIEWS = samples.views(lesson("a-lesson"), term("fomo", stands_for="fear of missing out"))
SCREENS = samples.screens(term("fomo"), list(small_catalogue().tracks.values()))
ITEM = cast(ItemView, VIEWS["item"])
SIX, WELCOME = VIEWS["item, six choices"], VIEWS["welcome"]
BY_ITSELF = [
    name
    for name in VIEWS
    if name not in {"explained", "explained, guessed", "not found", "not found, nothing near", "item, titled"}
]


@pytest.fixture(params=sorted(VIEWS))
def message(request: pytest.FixtureRequest) -> Message:
    """Each message."""
    return render(VIEWS[request.param])


def test_slack_would_take_it(message: Message) -> None:
    assert violations(message.payload()) == []
    assert len(message.text) <= TEXT_RECOMMENDED


def test_its_text_says_what_its_blocks_show(message: Message) -> None:
    for block in message.blocks:
        if block["type"] == "header":
            assert block["text"]["text"] in message.text
        if block["type"] == "section":
            for line in block["text"]["text"].replace("*", "").replace("_", "").replace("`", "").split("\n"):
                assert line in message.text.replace("*", "").replace("_", "").replace("`", "")


def test_it_doesnt_shout_and_lets_nobody_be_called(message: Message) -> None:
    said = message.text.replace("&lt;!channel&gt;", "")
    assert "!" not in said
    assert "<!" not in message.text


@pytest.mark.parametrize("name", BY_ITSELF)
def test_a_notification_shows_neither_topic_nor_question_nor_result(name: str) -> None:
    opening, _, rest = render(VIEWS[name]).text.partition("\n\n")
    assert rest
    assert 90 <= len(opening) <= 140, len(opening)
    for telling in ("A Lesson", "A track", "Which", "Right", "choice", "U1", "FOMO"):
        assert telling not in opening


def tapped(element: dict[str, Any], block_id: str) -> ids.TapMeaning:
    """The tap on an element, on the first option of a menu."""
    options = element.get("options")
    return ids.read(element["action_id"], block_id, options[0]["value"] if options else None)


@pytest.mark.parametrize("name", sorted(VIEWS))
def test_every_button_can_be_read_back(name: str) -> None:
    for block in render(VIEWS[name]).blocks:
        for element in block.get("elements", []) if block["type"] == "actions" else []:
            assert len(element.get("text", {}).get("text", "")) <= 30
            tap = tapped(element, block["block_id"])
            assert tap.subject in {"d1", ids.ME, "preview.abc.1", "b", "fomo", "U1"}
            assert tap.verb in ids.VERBS


def texts(view: View) -> list[str]:
    return [
        e["text"]["text"] for b in render(view).blocks if b["type"] == "actions" for e in b["elements"] if "text" in e
    ]


def test_short_choices_stand_on_their_buttons() -> None:
    assert texts(ITEM) == ["choice 0", "choice 1", "choice 2", "I've read it"]


def test_choices_that_a_phone_would_cut_are_lettered() -> None:
    long = Choice("a choice that is longer than thirty signs", "reason")
    question = OneRight("q", "Which?", (long, Choice("short", "reason", right=True)))
    view = replace(ITEM, item=replace(lesson("a"), question=question))
    assert texts(view) == ["A", "B", "I've read it"]
    assert "A  a choice that is longer than thirty signs" in render(view).text


def test_more_than_five_choices_are_radio_buttons() -> None:
    kinds = [e["type"] for b in render(SIX).blocks if b["type"] == "actions" for e in b["elements"]]
    assert kinds == ["radio_buttons", "button", "overflow"]


def test_after_a_wrong_tap_the_choice_its_reason_and_the_better_one_are_there() -> None:
    said = render(VIEWS["item, wrong"]).text
    for part in ("You chose: choice 0", "reason 0", "Better: choice 1", "reason 1", "not shown to anybody else"):
        assert part in said
    assert texts(VIEWS["item, wrong"]) == []


def test_a_read_item_can_still_be_answered() -> None:
    assert texts(VIEWS["item, read"]) == ["choice 0", "choice 1", "choice 2"]


def test_the_welcome_says_what_when_how_to_stop_and_who_sees_what() -> None:
    said = render(WELCOME).text
    for part in ("A track, 12 short messages", "09:00 your time, Monday to Friday except on public holidays, from Tuesday 3 March", "type pause to me", "/learn settings",
                 "Admins see which tracks you were given, whether and when you've started, finished or left them", "roughly how much a group of ten or more knew, never who knew what", "whoever runs the bot's database"):  # fmt: skip
        assert part in said
    assert "completely private" not in said.lower()


def test_the_last_reminder_says_that_it_is_the_last() -> None:
    assert "this is my last reminder" in render(ReminderView(delivery_id="d1", last=True)).text
    assert "last reminder" not in render(ReminderView(delivery_id="d1", last=False)).text


def test_what_people_typed_is_shown_and_not_obeyed() -> None:
    assert "&lt;!channel&gt;" in render(VIEWS["not found"]).text


def test_all_our_items_fit_in_every_state(our_lessons: Catalogue) -> None:
    for item in our_lessons.items.values():
        if item.question is None:
            continue
        for response in (None, *item.question.every_response()):
            message = render(
                ItemView(
                    delivery_id="d1", item=item, position=1, total=12, track="Speak the language", response=response
                )
            )
            assert violations(message.payload()) == [], item.id
            assert len(message.text) <= TEXT_RECOMMENDED, item.id


@pytest.mark.parametrize("name", sorted(SCREENS))
def test_slack_would_take_every_dialog_and_home(name: str) -> None:
    screen = SCREENS[name]
    assert view_violations(screen.payload()) == []
    for element in (e for b in screen.blocks for e in b.get("elements", []) if b["type"] == "actions"):
        assert len(element.get("text", {}).get("text", "")) <= PHONE_LABEL
        assert tapped(element, ids.ME)


@pytest.mark.parametrize("name", sorted(SCREENS))
def test_headings_come_before_what_they_head(name: str) -> None:
    kinds = [block["type"] for block in SCREENS[name].blocks]
    assert not any(first == "header" and second in {"header", "divider"} for first, second in pairwise(kinds))
    assert kinds[-1] != "header"


def test_the_title_stands_first_in_the_notification_of_those_who_want_it() -> None:
    assert render(VIEWS["item, titled"]).text.startswith("A Lesson. Your minute for today is here")


def test_print_a_transcript_of_each_kind(capsys: pytest.CaptureFixture[str]) -> None:
    """`pytest -s -k transcript` prints what a screen reader says of each message."""
    for name, view in VIEWS.items():
        print(f"=== {name}\n{render(view).text}\n")
    assert "=== welcome" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("heard", "shown"),
    [
        ("We have FOMO.", "“We have FOMO.”"),
        ('"We have FOMO."', "“We have FOMO.”"),
        ('"Yes," she said, "we do."', '"Yes," she said, "we do."'),
        ("“Is it ‘viral’?”", "“Is it ‘viral’?”"),
    ],
)
def test_what_one_might_hear_keeps_its_authors_quotation_marks(heard: str, shown: str) -> None:
    said = replace(term("t"), heard=heard)
    assert f"You might hear: {shown}" in render(ExplainView(asked="t", term=said)).text


def test_a_summary_says_what_becomes_of_those_who_have_no_lessons_on_the_first_day() -> None:
    told = "Anyone who has no lessons that day starts on their next one."
    for name in ("summary", "summary, had it", "summary, moved", "summary, finished"):
        assert render(VIEWS[name]).text.count(told) == 1, name
    for name in ("summary, removed", "summary, undone", "summary, no first day"):
        assert told not in render(VIEWS[name]).text, name


def test_a_summary_tells_the_days_as_days_of_every_week() -> None:
    assert "at their usual hour, on Mondays only." in render(VIEWS["summary, one day"]).text
    assert "Move the start changes this for <@U3>: on Mondays only." in render(VIEWS["summary, one day"]).text
    assert "at 08:30 their time, on Mondays to Thursdays." in render(VIEWS["summary, with days"]).text


def test_a_summary_names_those_who_have_finished_the_track_and_offers_to_start_again() -> None:
    said = render(VIEWS["summary, finished"])
    assert "is assigned to <@U1>, from" in said.text
    assert "<@U2> and <@U3> have finished A track already, so no lesson of it comes." in said.text
    assert "Start again begins with the first lesson for <@U2> and <@U3>" in said.text
    assert "Had it already" not in said.text


def test_an_item_says_why_it_comes_again() -> None:
    heads = {how: render(VIEWS[f"item, announced, {how}"]).text for how in ("again", "on", "anew")}
    assert "Again for you from today: A track\n" in heads["again"]
    assert "Again for you from today: A track. It goes on where you stopped." in heads["on"]
    assert "A track starts again from the beginning, as <@UA> asked." in heads["anew"]
    assert not any("New for you" in text for text in heads.values())


def test_a_closing_message_promises_no_quiet_while_something_comes() -> None:
    quiet = "Nothing else is planned for you, so I'll be quiet."
    assert quiet in render(VIEWS["closing"]).text
    again, beside = (
        render(VIEWS["closing, started again"]).text,
        render(VIEWS["closing, started again beside another"]).text,
    )
    assert "A track was started again since, so its lessons come once more." in again
    assert "Lessons go on with B track and C track." in beside
    assert quiet not in again + beside


@pytest.mark.parametrize("kind", sorted(DRAWN))
def test_no_answer_asks_for_a_name_that_was_passed_on(kind: str) -> None:
    full = cast(DmReplyView, VIEWS[f"said, {kind}, full"])
    asked = render(replace(full, talk_since=date(2026, 3, 2)))
    assert "Talk to someone" not in texts(replace(full, talk_since=date(2026, 3, 2)))
    assert "pass on your name" not in asked.text
    offered = "Talk to someone" in texts(full)
    assert ("has had your name since Monday 2 March; nothing else was passed on." in asked.text) is offered
