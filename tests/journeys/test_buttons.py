"""Buttons that no other journey comes past, over the wire."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

import pytest

from bot.store import delivery_queue, workspaces
from localslack.world import PostedMessage, User
from tests import rows
from tests.helpers import ADMIN, HENRIK, MAYA, TEAM, Running, words_of


def first(bot: Running, user: str) -> PostedMessage:
    return next(m for m in bot.slack.messages(user) if "1 of 12" in m.text)


def has(bot: Running, user: str) -> bool:
    with bot.app.ctx.db.read() as session:
        found = rows.enrolment_in(session, TEAM, user, "speak-the-language")
    return found is not None and found.removed_at is None


def test_every_button_of_home_leads_somewhere(taught: Running) -> None:
    home = taught.home(HENRIK)
    for action, says in {
        "next": "is still open",
        "tracks": "You are at 0 of 12",
        "help": "You can type",
        "settings": "Hour, on your own clock",
    }.items():
        assert taught.slack.tap_view(HENRIK, home, action) == ""
        view = taught.dialog(HENRIK)
        labels = [b["label"]["text"] for b in view["blocks"] if b["type"] == "input"]
        assert says in words_of(view) or says in labels, action
        taught.slack.close_modal(HENRIK)


def test_the_menu_says_who_sees_what_on_top_of_itself(taught: Running) -> None:
    menu = taught.asks_for_dialog(HENRIK, "/learn", "Missing Link")
    assert taught.slack.tap_view(HENRIK, menu, "who") == ""
    taught.eventually(lambda: "Admins don't see your answers" in words_of(taught.slack.modal(HENRIK) or {}))
    taught.slack.close_modal(HENRIK)
    assert taught.dialog(HENRIK)["id"] == menu["id"]


def test_who_asks_below_an_answer_to_talk_to_someone_is_told_who_has_their_name(taught: Running) -> None:
    taught.slack.say(HENRIK, "I want to talk to someone")
    taught.eventually(lambda: "I can give <@U0INES> your name" in taught.last(HENRIK).text)
    left = taught.command(MAYA, "/learn leave")
    taught.tap(MAYA, left, "quit_track:speak-the-language")
    for user, message in ((HENRIK, taught.last(HENRIK)), (MAYA, left), (MAYA, left)):
        before = len(taught.slack.whispers(user))
        assert taught.slack.tap(user, message, "talk") == ""
        taught.eventually(partial(heard_more, taught, user, before), f"{user} saw nothing of it")
        assert taught.slack.whispers(user)[-1].text == "<@U0INES> now has your name, and nothing else."
    taught.eventually(lambda: sum("would like to talk" in m.text for m in taught.slack.messages(ADMIN)) == 2)


def heard_more(bot: Running, user: str, before: int) -> bool:
    return len(bot.slack.whispers(user)) > before


def test_an_admins_home_opens_the_assignment(bot: Running) -> None:
    home = bot.home(ADMIN)
    assert bot.slack.tap_view(ADMIN, home, "assign") == ""
    bot.dialog(ADMIN, "Assign a track")


def test_a_large_order_that_is_cancelled_assigns_nobody(bot: Running) -> None:
    people = [
        User(id=f"U0Q{n:02}", handle=f"q{n:02}", name=f"Person {n}", title="", tz="UTC", shown=False) for n in range(21)
    ]
    bot.slack.world.users.update({p.id: p for p in people})
    asked = bot.command(ADMIN, f"/track assign {' '.join('@' + p.handle for p in people)} speak-the-language")
    bot.tap(ADMIN, asked, "order_no")
    assert "Cancelled. Nobody was assigned." in asked.text
    bot.tick()
    assert bot.slack.messages(ADMIN) == []
    assert not any(has(bot, p.id) for p in people)


def test_an_undo_thought_better_of_leaves_everything(taught: Running) -> None:
    taught.tap(MAYA, first(taught, MAYA), "answer:1:0")
    summary = taught.slack.messages(ADMIN)[0]
    taught.tap(ADMIN, summary, "undo")
    taught.tap(ADMIN, summary, "undo_no")
    assert "Undo all the same?" not in summary.text
    assert has(taught, MAYA)


def test_a_track_is_taken_away_and_given_back(taught: Running) -> None:
    taught.command(ADMIN, "/track remove @maya speak-the-language")
    taught.eventually(lambda: "was taken away from <@U0MAYA>" in taught.last(ADMIN).text)
    assert not has(taught, MAYA)
    taught.tap(ADMIN, taught.last(ADMIN), "undo")
    taught.eventually(lambda: has(taught, MAYA))
    assert has(taught, HENRIK)


def test_figures_lead_to_the_names_behind_them(taught: Running) -> None:
    figures = taught.command(ADMIN, "/track status")
    assert "<@U0MAYA>" not in figures.text
    taught.tap(ADMIN, figures, "names:speak-the-language")
    assert "<@U0MAYA>: not begun" in figures.text
    taught.tap(MAYA, first(taught, MAYA), "answer:1:0")
    figures = taught.command(ADMIN, "/track status speak-the-language")
    assert "This week: 1 started, 0 finished" in figures.text
    assert figures.text.index("<@U0HENRIK>: not begun") < figures.text.index("<@U0MAYA>: started")


def uncertain(bot: Running, user: str) -> None:
    """A message to this person goes out whose reply is lost, in a workspace whose history can't be read."""
    bot.slack.world.granted -= {"im:history"}
    bot.slack.fault("chat.postMessage", "drop_reply")
    bot.command(user, "/learn next")

    def nothing_settles_it() -> bool:
        bot.tick()
        with bot.app.ctx.db.write() as session:
            return len(delivery_queue.uncertain(session, TEAM)) == 1

    bot.eventually(nothing_settles_it, "it never stayed uncertain")


@pytest.mark.impatient
def test_what_stays_uncertain_is_counted_for_an_admin_and_sent_again_on_request(bot: Running) -> None:
    bot.assign("@henrik speak-the-language")
    uncertain(bot, HENRIK)
    words = words_of(bot.home(ADMIN))
    assert "1 message may or may not have arrived" in words
    assert "henrik" not in words.lower()
    bot.tap_home(ADMIN, "resend")
    bot.eventually(lambda: sum("1 of 12" in m.text for m in bot.slack.messages(HENRIK)) == 2)
    assert "may or may not" not in words_of(bot.slack.home(ADMIN) or {})


@pytest.mark.impatient
def test_what_stays_uncertain_can_be_left_and_a_tap_proves_that_it_arrived(bot: Running) -> None:
    bot.assign("@henrik speak-the-language")
    uncertain(bot, HENRIK)
    bot.home(ADMIN)
    bot.tap_home(ADMIN, "leave")
    assert "may or may not" not in words_of(bot.slack.home(ADMIN) or {})
    arrived = first(bot, HENRIK)
    bot.tap(HENRIK, arrived, "answer:1:0")
    assert "not shown to anybody else" in arrived.text
    bot.tick()
    assert sum("1 of 12" in m.text for m in bot.slack.messages(HENRIK)) == 1


def held(bot: Running) -> bool:
    with bot.app.ctx.db.read() as session:
        return any(w.held for w in workspaces.known(session))


def test_a_token_that_failed_is_told_to_one_admin_once_it_works_again(bot: Running) -> None:
    bot.assign("@henrik speak-the-language")
    token = bot.slack.world.bot_token
    bot.slack.world.bot_token = "xoxb-another"
    bot.command(HENRIK, "/learn next")
    bot.eventually(lambda: held(bot))
    bot.slack.world.bot_token = token
    bot.tick()
    bot.tick()
    told = [m.text for m in bot.slack.messages(ADMIN) if "take my token" in m.text and "invalid_auth" in m.text]
    assert len(told) == 1

    def goes_on() -> bool:
        bot.tick()
        return any("1 of 12" in m.text for m in bot.slack.messages(HENRIK))

    bot.eventually(goes_on)


def test_an_admins_home_names_once_a_month_what_is_past_its_review_date(bot: Running) -> None:
    for day, told in ((3, True), (10, False)):
        bot.advance(datetime(2027, 5, day, 9, tzinfo=UTC))
        words = words_of(bot.home(ADMIN))
        assert ("Past their review date" in words) is told
        assert ("algorithm" in words) is told
        assert ("Nothing needs your attention" in words) is not told
        assert "Past their review date" not in words_of(bot.home(HENRIK))
