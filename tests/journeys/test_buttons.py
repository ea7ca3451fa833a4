"""Buttons that no other journey comes past, over the wire."""

from __future__ import annotations

from bot.playground.world import Message, User
from bot.store import enrolments
from tests.helpers import ADMIN, HENRIK, MAYA, TEAM, Running, words_of


def first(bot: Running, user: str) -> Message:
    return next(m for m in bot.slack.messages(user) if "1 of 12" in m.text)


def has(bot: Running, user: str) -> bool:
    with bot.app.house.db.read() as session:
        found = enrolments.get(session, TEAM, user, "speak-the-language")
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
    taught.eventually(lambda: "They don't see your answers" in words_of(taught.slack.modal(HENRIK) or {}))
    taught.slack.close_modal(HENRIK)
    assert taught.dialog(HENRIK)["id"] == menu["id"]


def test_an_admins_home_opens_the_assignment(bot: Running) -> None:
    home = bot.home(ADMIN)
    assert bot.slack.tap_view(ADMIN, home, "assign") == ""
    bot.dialog(ADMIN, "Assign a track")


def test_a_large_order_that_is_cancelled_assigns_nobody(bot: Running) -> None:
    people = [User(f"U0Q{n:02}", f"q{n:02}", f"Person {n}", "", "UTC", shown=False) for n in range(21)]
    bot.slack.world.users.update({p.id: p for p in people})
    asked = bot.command(ADMIN, f"/track assign {' '.join('@' + p.handle for p in people)} speak-the-language")
    bot.tap(ADMIN, asked, "order_no")
    assert "Cancelled. Nobody was assigned." in asked.text
    bot.app.ticker.tick()
    assert bot.slack.messages(ADMIN) == []
    assert not any(has(bot, p.id) for p in people)


def test_an_undo_thought_better_of_leaves_everything(taught: Running) -> None:
    taught.tap(MAYA, first(taught, MAYA), "answer:0")
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
