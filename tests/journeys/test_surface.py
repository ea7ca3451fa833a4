"""Each thing an executive or an admin can type or tap, over the wire."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from functools import partial

import pytest
from sqlalchemy import text

from bot.store import audit
from localslack.world import GENERAL, PostedMessage, User
from tests.helpers import ADMIN, AIKO, HENRIK, MAYA, Running, local_time


@pytest.fixture
def transport(backend: str) -> str:
    """Each journey runs twice: over HTTP on SQLite, over Socket Mode on Postgres."""
    return "http" if backend == "sqlite" else "socket"


def first(bot: Running, user: str) -> PostedMessage:
    return next(m for m in bot.slack.messages(user) if "1 of 12" in m.text)


def test_start_brings_the_first_item_at_once(bot: Running) -> None:
    bot.assign("@henrik speak-the-language")
    bot.tick()
    welcome = bot.eventually(lambda: bot.slack.messages(HENRIK))[0]
    bot.tap(HENRIK, welcome, "start")
    bot.eventually(lambda: len(bot.slack.messages(HENRIK)) == 2)
    assert "It has begun" in welcome.text
    assert "1 of 12" in bot.last(HENRIK).text


def test_another_hour_moves_the_first_item(bot: Running) -> None:
    bot.assign("@henrik speak-the-language")
    bot.tick()
    welcome = bot.slack.messages(HENRIK)[0]
    bot.tap(HENRIK, welcome, "hour", "07:00")
    assert "Your hour is now 07:00" in welcome.text
    bot.to(HENRIK, "2026-03-03 12:00")
    assert local_time(first(bot, HENRIK), "Europe/Copenhagen").hour == 7


def test_not_now_is_a_pause_that_start_ends(bot: Running) -> None:
    bot.assign("@henrik speak-the-language")
    bot.tick()
    welcome = bot.slack.messages(HENRIK)[0]
    bot.tap(HENRIK, welcome, "not_now")
    assert "no admin sees it" in welcome.text
    bot.to(HENRIK, "2026-03-05 12:00")
    assert len(bot.slack.messages(HENRIK)) == 1
    bot.tap(HENRIK, welcome, "start")
    bot.eventually(lambda: len(bot.slack.messages(HENRIK)) == 2)


def test_a_late_start_says_that_the_track_was_withdrawn(bot: Running) -> None:
    summary = bot.assign("@henrik speak-the-language")
    bot.tick()
    bot.tap(ADMIN, summary, "undo")
    bot.eventually(lambda: "Undone for 1 person" in summary.text)
    welcome = bot.slack.messages(HENRIK)[0]
    bot.app.sender.refresh("T0HARBOUR", HENRIK)
    bot.eventually(lambda: "withdrawn" in welcome.text)
    assert not any(b["type"] == "actions" for b in welcome.blocks)


@pytest.mark.parametrize(("value", "says"), [("later", "It comes again at"), ("not_today", "Not today, then"),
                                             ("known", "you know this one"), ("pause", "Paused.")])  # fmt: skip
def test_each_entry_of_the_menu_answers_in_place(taught: Running, value: str, says: str) -> None:
    message = first(taught, HENRIK)
    taught.tap(HENRIK, message, "more", value)
    assert says in message.text
    assert len(taught.slack.messages(HENRIK)) == 2


def test_pausing_in_a_message_can_be_ended_there(taught: Running) -> None:
    message = first(taught, HENRIK)
    taught.tap(HENRIK, message, "more", "pause")
    taught.tap(HENRIK, message, "resume")
    assert "Paused." not in message.text
    assert "Messages come again, the next one on Wednesday 4 March" in message.text


def test_a_reminder_becomes_the_item_in_place(taught: Running) -> None:
    item = first(taught, HENRIK)
    taught.to(HENRIK, "2026-03-04 09:30")
    reminder = taught.last(HENRIK)
    assert "still open" in reminder.text
    taught.tap(HENRIK, reminder, "show")
    assert "1 of 12" in reminder.text
    taught.eventually(lambda: "stands in another message now" in item.text)
    taught.tap(HENRIK, reminder, "answer:1:1")
    assert "not shown to anybody else" in reminder.text
    taught.eventually(lambda: "It stands in another message here." in item.text)


def test_however_often_an_open_item_is_asked_for_it_stands_in_the_chat_once(taught: Running) -> None:
    item = first(taught, HENRIK)
    taught.to(HENRIK, "2026-03-04 09:30")
    taught.tap(HENRIK, taught.last(HENRIK), "show")
    taught.slack.say(HENRIK, "next")
    taught.eventually(lambda: "is still open" in taught.last(HENRIK).text)
    assert taught.slack.tap(HENRIK, taught.last(HENRIK), "bring") == ""
    taught.eventually(lambda: "1 of 12" in taught.last(HENRIK).text)
    taught.eventually(lambda: sum("1 of 12" in m.text for m in taught.slack.messages(HENRIK)) == 1)
    taught.tap(HENRIK, item, "show")
    taught.eventually(lambda: [m for m in taught.slack.messages(HENRIK) if "1 of 12" in m.text] == [item])
    taught.tap(HENRIK, item, "answer:1:1")
    taught.eventually(lambda: "not shown to anybody else" in item.text)


def test_two_devices_at_once_record_one_answer_and_both_see_it(taught: Running) -> None:
    message = first(taught, HENRIK)
    slack, user, channel = taught.slack, taught.slack.world.users[HENRIK], taught.slack.world.dm(HENRIK)
    block_id = next(b["block_id"] for b in message.blocks if b["type"] == "actions")
    label = {"type": "plain_text", "text": "A choice"}
    taps = [slack.people.send_tap(user, channel, message, {"type": "button", "action_id": f"answer:1:{n}", "block_id": block_id,
                                                           "text": label, "action_ts": f"{n}.0"}) for n in range(4)]  # fmt: skip

    async def all_at_once() -> list[str]:
        return list(await asyncio.gather(*taps))

    assert slack.do(all_at_once()) == [""] * 4
    taught.eventually(lambda: "not shown to anybody else" in message.text)
    with taught.app.ctx.db.read() as session:
        assert session.execute(text("SELECT count(*) FROM answer")).scalar() == 1


def test_next_leads_back_to_the_open_item_with_a_link(taught: Running) -> None:
    answer = taught.command(HENRIK, "/learn next")
    assert "still open" in answer.text
    assert f"/archives/{taught.slack.world.dm(HENRIK).id}/p" in answer.text


def test_next_brings_an_open_item_again_whose_message_is_gone(taught: Running) -> None:
    channel = taught.slack.world.dm(HENRIK)
    channel.messages.remove(first(taught, HENRIK))
    assert "on its way" in taught.command(HENRIK, "/learn next").text
    taught.eventually(lambda: "1 of 12" in taught.last(HENRIK).text)


def test_what_learners_type_is_answered_to_them_alone(taught: Running) -> None:
    for typed, says in {
        "/learn help": "Who sees what",
        "/learn progress": "Speak the language: 0 of 12",
        "/learn tracks": "You are at 0 of 12",
        "/learn start speak-the-language": "is running already",
        "/learn start nothing": "There is no track",
        "/learn pause until never": "“never” isn't a date I can read. Write it like monday, 17 march",
        "/learn pause until 04/05/2026": "could be 4 May 2026 or 5 April 2026. Which do you mean?",
        "/learn pause until next friday.": "Paused until Friday 6 March",
        "/learn pause\u00a0for two weeks": "Paused until Tuesday 17 March",
        "/learn pause :pray:": "Paused. Nothing comes by itself",
        "/learn pause everything until next friday, thx": "Paused until Friday 6 March",
        "/learn pause speak-the-language until friday": "Do you mean until Friday 6 March?",
        "/learn resume": "Welcome back",
        "/learn Q&A": "/learn doesn't know “Q&amp;A”",
        "/learn @maya next": "doesn't know “@maya”",
        "/jargon what is fomo?": "fear of missing out",
        "/learn “next.”": "messages with me",
        "/learn Help?": "Who sees what",
        "/learn reusme": "Did you mean /learn resume?",
        "/jargon": "/jargon FOMO explains a word",
        "/jargon Hash-Tags": "a word with # before it".capitalize(),
        "/jargon zzzz": "I have nothing on “zzzz” yet.",
        "/jargon fommo": "The closest I know to “fommo”",
        "/jargon hashtgas": "The closest I know to “hashtgas”",
        "/jargon organic growth": "The nearest I know: organic reach",
        "/jargon synergy": "Another spelling may help",
        "/jargon ｆｏｍｏ": "fear of missing out",
        "/jargon @channel": "I have nothing on “@channel” yet",
    }.items():
        answer = taught.command(HENRIK, typed)
        assert says in answer.text, (typed, answer.text)
        assert answer.only_for == HENRIK
    assert taught.slack.world.channels[GENERAL].messages == []


def test_a_word_typed_to_the_bot_is_explained_and_another_gets_a_hint(taught: Running) -> None:
    taught.slack.say(MAYA, "fomo")
    taught.eventually(lambda: "fear of missing out" in taught.last(MAYA).text)
    taught.slack.say(MAYA, "and what does hashtag mean?")
    taught.eventually(lambda: "A word with # before it" in taught.last(MAYA).text)
    taught.slack.say(MAYA, "stop sending me so many of these")
    taught.eventually(lambda: "You can pause or leave, in one tap" in taught.last(MAYA).text)
    assert taught.slack.tap(MAYA, taught.last(MAYA), "pause") == ""
    paused = taught.eventually(lambda: next((m for m in taught.slack.whispers(MAYA) if "Paused." in m.text), None))
    taught.tap(MAYA, paused, "resume")
    assert "Welcome back" in paused.text
    taught.slack.say(MAYA, "blue sky over the harbour")
    taught.eventually(lambda: "I didn't follow that" in taught.last(MAYA).text)
    rows = [b["elements"] for b in taught.last(MAYA).blocks if b["type"] == "actions"]
    assert [e["text"]["text"] for row in rows for e in row if e["type"] == "button"] == [
        "Bring it down here",
        "Pause all messages",
        "Settings",
        "Talk to someone",
    ]


def test_a_wish_typed_to_the_bot_is_understood(taught: Running) -> None:
    for typed, says in {
        "next one please": "is still open, further up here",
        "when is the next one?": "is open, in your messages with me",
        "who are you?": "I am a bot that brings you a minute",
        "I want to talk to someone": "I can give <@U0INES> your name",
        "pause until monday": "Paused until Monday 9 March",
        "I am on holiday until friday": "Paused until Friday 6 March",
        "continue please": "Messages come again",
        "change my hour": "are yours to choose",
        "Could you pause, please?": "Paused. Nothing comes by itself",
        "resume": "Messages come again",
        "help": "Type a word and I explain it",
        "How do I add our own lesson?": "Lessons are text files that whoever runs me",
        "Can I get a report?": "which only you see",
        "Thank you very much!": "You're welcome",
    }.items():
        taught.slack.say(MAYA, typed)
        taught.eventually(partial(_says, taught, says), f"{typed}: {taught.last(MAYA).text}")
    waiting = next(m for m in taught.slack.messages(MAYA) if "is still open" in m.text)
    assert taught.slack.tap(MAYA, waiting, "bring") == ""
    taught.eventually(lambda: "1 of 12" in taught.last(MAYA).text)
    taught.tap(MAYA, taught.last(MAYA), "answer:1:0")
    taught.slack.say(MAYA, "more")
    taught.eventually(lambda: "2 of 12" in taught.last(MAYA).text)


def _says(bot: Running, words: str) -> bool:
    return words in bot.last(MAYA).text


def test_a_track_is_started_by_oneself_and_the_bot_says_first_who_would_see_it(bot: Running) -> None:
    offer = bot.command(AIKO, "/learn start speak the language")
    assert "Admins can't see tracks you start yourself" in offer.text
    assert "Who sees what" in offer.text
    bot.tap(AIKO, offer, "begin")
    bot.eventually(lambda: any("1 of 12" in m.text for m in bot.slack.messages(AIKO)))
    assert "Nobody has been assigned" in bot.command(ADMIN, "/track status").text


def test_who_is_no_admin_gets_a_kind_no_and_leaves_an_audit_row(bot: Running) -> None:
    answer = bot.command(MAYA, "/track assign @henrik speak-the-language")
    assert "/learn" in answer.text
    assert bot.slack.messages(HENRIK) == []
    with bot.app.ctx.db.read() as session:
        rows = audit.since(session, datetime(2026, 1, 1, tzinfo=UTC))
    assert [(r.actor, r.action, r.detail) for r in rows] == [(MAYA, "refused", "/track assign")]


def test_what_admins_type_is_answered(taught: Running) -> None:
    for typed, says in {
        "/track help": "You never see an answer",
        "/track list": "speak-the-language",
        "/track add": "/track write has a form for a lesson",
        "/track add our own lesson": "/track write has a form for a lesson",
        "/track How do I add our own lesson?": "/track write has a form for a lesson",
        "/track add @nobody speak-the-language": "I don't know who @nobody is",
        "/track add @maya speak-the-language": "Understood: assigning Speak the language to <@U0MAYA>",
        "/track report": "Only admins can read this: <@U0INES>.",
        "/track where is the report?": "assigned",
        "/track status": "3 assigned, 0 started, 0 finished",
        "/track status @maya": "not begun",
        "/track status Speak the Language": "This week: 0 started, 0 finished",
        "/track status speak-the-language": "<@U0AIKO>",
        "/track status @ines": "has no track assigned",
        "/track @maya, speak the language :+1:": "Understood: assigning Speak the language to <@U0MAYA>",
        "/track @ines": "has no track assigned",
        "/track status @ines @maya": "I show one person at a time",
        "/track @maya speak-the-langauge": "There is no track “speak-the-langauge”",
        "/track everyone speak-the-language": "isn't a person",
        "/track preview speak-the-language 2": "FOMO stands for",
        "/track preview speak-the-language 99": "items 1 to 12",
        "/track asign @maya speak-the-language": "Did you mean /track assign?",
        "/track assign @maya speak-the-langage": "Did you mean speak-the-language?",
        "/track assign @maya": "Which track?",
        "/track assign @maya speak-the-language on never": "“never” isn't a day of the week I know",
        "/track assign @maya speak-the-language at teatime": "“teatime” isn't an hour I can read",
        "/track assign @here speak-the-language": "@here isn't a person",
        "/track assign #general speak-the-language": "#general: 9 people.",
        "/track assign a@example.org speak-the-language": "by e-mail address (a@example.org)",
        "/track status speak the language": "<@U0AIKO>",
        "/track assign speak-the-language": "Who is it for?",
        "/track assign @nobody speak-the-language": "I don't know who @nobody is",
    }.items():
        answer = taught.command(ADMIN, typed)
        assert says in answer.text, (typed, answer.text)


def test_a_pause_whose_end_cant_be_read_is_a_tap_away(taught: Running) -> None:
    answer = taught.command(HENRIK, "/learn pause while I'm travelling")
    assert "isn't a date I can read" in answer.text
    assert taught.slack.tap(HENRIK, answer, "pause") == ""
    taught.eventually(lambda: "Paused. Nothing comes by itself" in answer.text)


def test_a_preview_records_nothing(taught: Running) -> None:
    preview = taught.command(ADMIN, "/track preview speak-the-language 1")
    assert taught.slack.tap(ADMIN, preview, "answer:1:0") == ""
    taught.eventually(lambda: "You chose A" in preview.text)
    taught.tap(ADMIN, preview, "answer:1:1")
    assert "You chose B" in preview.text
    with taught.app.ctx.db.read() as session:
        assert session.execute(text("SELECT count(*) FROM answer")).scalar() == 0


def test_those_who_cant_be_taught_are_named_while_the_others_are_assigned(bot: Running) -> None:
    summary = bot.assign("@henrik @tom @lee @calbot speak-the-language")
    for part in ("assigned to <@U0HENRIK>", "<@U0TOM> has a deactivated account", "<@U0LEE> belongs to another workspace",
                 "<@U0CALBOT> is an app"):  # fmt: skip
        assert part in summary.text


def test_an_assignment_said_with_all_its_conditions(bot: Running) -> None:
    summary = bot.assign("Speak the language to @henrik, and @maya at 8.30 am on mon – thu from next monday.")
    assert "<@U0HENRIK> and <@U0MAYA>" in summary.text
    assert "from Monday 9 March at 08:30 their time" in summary.text
    bot.to(HENRIK, "2026-03-09 12:00")
    assert [local_time(m, "Europe/Copenhagen").isoformat() for m in bot.slack.messages(HENRIK)] == [
        "08:30:00",
        "08:30:00",
    ]


def test_undo_asks_once_somebody_has_begun(taught: Running) -> None:
    taught.tap(MAYA, first(taught, MAYA), "answer:1:0")
    summary = taught.slack.messages(ADMIN)[0]
    taught.tap(ADMIN, summary, "undo")
    assert "1 person has begun since" in summary.text
    taught.tap(ADMIN, summary, "undo_yes")
    taught.eventually(lambda: "Undone for 3 people" in summary.text)


def test_many_people_are_asked_about_first_and_seen_in_pages(bot: Running) -> None:
    for n in range(45):
        bot.slack.world.users[f"U0P{n:02}"] = User(
            id=f"U0P{n:02}", handle=f"p{n:02}", name=f"Person {n}", title="", tz="UTC", shown=False
        )
    people = " ".join(f"@p{n:02}" for n in range(45))
    asked = bot.command(ADMIN, f"/track assign {people} speak-the-language")
    assert "45 people" in asked.text
    bot.tap(ADMIN, asked, "order_yes")
    bot.eventually(lambda: bot.slack.messages(ADMIN))
    page = bot.command(ADMIN, "/track status speak-the-language")
    assert "Page 1 of 3" in page.text
    bot.tap(ADMIN, page, "status:2")
    assert "Page 2 of 3" in page.text


def test_a_traveller_is_taught_at_nine_where_they_are(taught: Running) -> None:
    taught.tap(HENRIK, first(taught, HENRIK), "answer:1:0")
    taught.slack.do(taught.slack.people.change_profile(HENRIK, tz="America/New_York"))
    taught.to(HENRIK, "2026-03-04 12:00")
    second = next(m for m in taught.slack.messages(HENRIK) if "2 of 12" in m.text)
    assert local_time(second, "America/New_York").hour == 9


def _more_than(bot: Running, before: int) -> bool:
    return len(bot.slack.whispers(HENRIK)) > before


@pytest.mark.forged
def test_forged_and_foreign_taps_change_nothing_and_are_answered_kindly(taught: Running) -> None:
    slack, message = taught.slack, first(taught, MAYA)
    user, channel = slack.world.users[HENRIK], slack.world.dm(HENRIK)
    hers = next(b["block_id"] for b in message.blocks if b["type"] == "actions")
    for action in ({"action_id": "answer:0", "block_id": hers}, {"action_id": "answer:99", "block_id": hers},
                   {"action_id": "undo", "block_id": hers}, {"action_id": "start", "block_id": "nothing"},
                   {"action_id": "hour", "block_id": hers, "selected_option": {"value": "99:99"}}):  # fmt: skip
        before = len(slack.whispers(HENRIK))
        tap = {"type": "button", "action_ts": f"{before}.5", **action}
        assert slack.do(slack.people.send_tap(user, channel, message, tap)) == ""
        taught.eventually(partial(_more_than, taught, before))
        said = slack.whispers(HENRIK)[-1].text
        assert "nothing was changed" in said or "/track is for" in said
    assert any(b["type"] == "actions" for b in message.blocks)
