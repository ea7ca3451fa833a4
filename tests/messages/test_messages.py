"""Every kind of message, in every state: within Slack's limits, readable without its blocks, neutral at first sight."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from bot.domain.content import Catalogue, Choice, Question
from bot.domain.delivery import Outcome
from bot.domain.timing import parse_days
from bot.domain.views import (
    ClosingView,
    ExplainView,
    HintView,
    ItemView,
    Note,
    Refusal,
    ReminderView,
    SummaryView,
    TalkView,
    TrackLine,
    View,
    WelcomeView,
)
from bot.limits import TEXT_RECOMMENDED, violations
from bot.messages import Message, ids, render
from tests.helpers import lesson, term

ITEM = ItemView("d1", lesson("a-lesson"), 3, 12, "A track")
SIX = replace(ITEM, item=replace(lesson("a-lesson"), question=Question("q", "Which?", tuple(
    Choice(f"choice {n}", "reason", right=n == 2) for n in range(6)))))  # fmt: skip
WELCOME = WelcomeView("d1", (TrackLine("A track", "What it is.", 12),), ("UADMIN",), time(9), parse_days("mon-fri"),
                      date(2026, 3, 3))  # fmt: skip
CLOSING = ClosingView("d1", "A track", ("One", "Two"), 2, 1, talk_to=("UA",))
SUMMARY = SummaryView(
    "d1", "assign", "A track", "a-track", ("U1", "U2"), ("U3",), (Refusal("U4", "bot"),), date(2026, 3, 3)
)
PEOPLE = tuple(f"U{n:010}" for n in range(400))

VIEWS: dict[str, View] = {
    "item": ITEM,
    "item, announced": replace(ITEM, announce="Another track"),
    "item, six choices": SIX,
    "item, right": replace(ITEM, chosen=1, outcome=Outcome.ANSWERED),
    "item, wrong": replace(ITEM, chosen=0, outcome=Outcome.ANSWERED),
    "item, read": replace(ITEM, outcome=Outcome.READ),
    "item, known": replace(ITEM, outcome=Outcome.KNOWN),
    "item, later": replace(ITEM, note=Note("later", datetime(2026, 3, 3, 12, 0))),
    "item, not today": replace(ITEM, note=Note("not_today", date(2026, 3, 4))),
    "item, too late": replace(ITEM, note=Note("too_late", date(2026, 3, 4))),
    "item, paused": replace(ITEM, note=Note("paused")),
    "item, paused until": replace(ITEM, note=Note("paused", date(2026, 3, 9))),
    "term": replace(ITEM, item=term("fomo", stands_for="fear of missing out")),
    "welcome": WELCOME,
    "welcome, two admins": replace(WELCOME, assigned_by=("UA", "UB"), hour_changed=True),
    "welcome, started": replace(WELCOME, state="started"),
    "welcome, paused": replace(WELCOME, state="paused"),
    "welcome, withdrawn": replace(WELCOME, state="withdrawn", tracks=(), assigned_by=()),
    "reminder": ReminderView("d1", last=False),
    "reminder, last": ReminderView("d1", last=True),
    "reminder, paused": ReminderView("d1", last=False, note=Note("paused")),
    "closing": CLOSING,
    "closing, what next": replace(CLOSING, next_tracks=(("b", "B track"),), new_hour=time(9)),
    "closing, talk asked": replace(CLOSING, talk_asked=True, talk_to=("UA", "UB"), still_running=True),
    "summary": replace(SUMMARY, undo="offered"),
    "summary, undo asks": replace(SUMMARY, undo="asks", begun=1),
    "summary, undone": replace(SUMMARY, undo="done", put_back=1, kept=1),
    "summary, removed": replace(SUMMARY, verb="remove", refused=(Refusal("U4", "nothing"),)),
    "summary, nobody": replace(SUMMARY, changed=(), had_it=(), refused=()),
    "summary, four hundred": replace(SUMMARY, changed=PEOPLE, had_it=PEOPLE, undo="offered"),
    "talk": TalkView("U1"),
    "explained": ExplainView("fomo", term("fomo")),
    "not found": ExplainView("<!channel>", None, ("FOMO", "YOLO", "LOL")),
    "hint": HintView(("FOMO", "YOLO")),
    "hint, stop": HintView(("FOMO",), stop=True),
    "preview, tapped": replace(ITEM, delivery_id="preview.abc.1", chosen=0),
}
BY_ITSELF = [name for name in VIEWS if name not in {"explained", "not found"}]


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


@pytest.mark.parametrize("name", sorted(VIEWS))
def test_every_button_can_be_read_back(name: str) -> None:
    for block in render(VIEWS[name]).blocks:
        for element in block.get("elements", []) if block["type"] == "actions" else []:
            assert len(element.get("text", {}).get("text", "")) <= 30
            tap = ids.read(
                {**element, "block_id": block["block_id"], "selected_option": (element.get("options") or [None])[0]}
            )
            assert tap.subject in {"d1", ids.ME, "preview.abc.1"}
            assert tap.verb in ids.VERBS


def texts(view: View) -> list[str]:
    return [
        e["text"]["text"] for b in render(view).blocks if b["type"] == "actions" for e in b["elements"] if "text" in e
    ]


def test_short_choices_stand_on_their_buttons() -> None:
    assert texts(ITEM) == ["choice 0", "choice 1", "choice 2", "I've read it"]


def test_choices_that_a_phone_would_cut_are_lettered() -> None:
    long = Choice("a choice that is longer than thirty signs", "reason")
    question = Question("q", "Which?", (long, Choice("short", "reason", right=True)))
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
    for part in ("A track, 12 short messages", "09:00 your time, Monday to Friday, from Tuesday 3 March", "type pause to me", "/learn settings",
                 "Admins see who was assigned what, started and finished it", "whoever runs the bot's database"):  # fmt: skip
        assert part in said
    assert "completely private" not in said.lower()


def test_the_last_reminder_says_that_it_is_the_last() -> None:
    assert "this is the last reminder" in render(ReminderView("d1", last=True)).text
    assert "last reminder" not in render(ReminderView("d1", last=False)).text


def test_what_people_typed_is_shown_and_not_obeyed() -> None:
    assert "&lt;!channel&gt;" in render(VIEWS["not found"]).text


def test_all_our_items_fit_in_every_state(our_lessons: Catalogue) -> None:
    for item in our_lessons.items.values():
        for chosen in (None, *range(len(item.question.choices))):
            message = render(ItemView("d1", item, 1, 12, "Speak the language", chosen=chosen))
            assert violations(message.payload()) == [], item.id
            assert len(message.text) <= TEXT_RECOMMENDED, item.id


def test_print_a_transcript_of_each_kind(capsys: pytest.CaptureFixture[str]) -> None:
    """`pytest -s -k transcript` prints what a screen reader says of each message."""
    for name, view in VIEWS.items():
        print(f"=== {name}\n{render(view).text}\n")
    assert "=== welcome" in capsys.readouterr().out
