"""App Home, dialogs and the message shortcut, over the wire."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from bot.domain.people import Hold, HoldKind
from bot.messages import dialogs
from bot.store import learners
from localslack.world import GENERAL, PostedMessage
from tests import rows
from tests.helpers import ADMIN, AIKO, HENRIK, MAYA, TEAM, Running, local_time, words_of


@pytest.fixture
def transport(backend: str) -> str:
    """Each journey runs twice: over HTTP on SQLite, over Socket Mode on Postgres."""
    return "http" if backend == "sqlite" else "socket"


def holds(bot: Running, user: str) -> dict[HoldKind, Hold]:
    with bot.app.ctx.db.read() as session:
        return rows.holds_of(session, TEAM, user)


def test_home_shows_what_comes_next_and_how_far_one_is(taught: Running) -> None:
    home = taught.home(HENRIK)
    words = words_of(home)
    for part in ("is open, in your messages with me", "Speak the language*: 0 of 12", "Words you have met", "None yet",
                 "I give <@U0INES> your name"):  # fmt: skip
        assert part in words, part
    for other in ("For you as an admin", "What needs attention", "U0MAYA"):
        assert other not in words, other
    taught.tap(HENRIK, first(taught, HENRIK), "answer:1:1")
    taught.eventually(lambda: "Speak the language*: 1 of 12" in words_of(taught.slack.home(HENRIK) or {}))
    assert "Next: *FOMO*, on Wednesday 4 March at 09:00." in words_of(taught.slack.home(HENRIK) or {})


def first(bot: Running, user: str) -> PostedMessage:
    return next(m for m in bot.slack.messages(user) if "1 of 12" in m.text)


def test_home_is_published_for_those_who_look_and_nobody_else(taught: Running) -> None:
    taught.home(MAYA)
    published = [c for c in taught.slack.world.calls if c[0] == "views.publish"]
    taught.to(MAYA, "2026-03-05 12:00")
    assert [c for c in taught.slack.world.calls if c[0] == "views.publish"] == published
    assert {c[1]["user_id"] for c in published} == {MAYA}


def test_pausing_and_resuming_in_home_change_it_in_place(taught: Running) -> None:
    taught.home(HENRIK)
    taught.tap_home(HENRIK, "pause")
    assert "Paused. Nothing comes by itself" in words_of(taught.slack.home(HENRIK) or {})
    assert set(holds(taught, HENRIK)) == {HoldKind.PERSON}
    taught.tap_home(HENRIK, "resume")
    assert "Paused" not in words_of(taught.slack.home(HENRIK) or {})
    assert not holds(taught, HENRIK)


def test_words_one_has_met_can_be_read_again_in_home(taught: Running) -> None:
    taught.tap(HENRIK, first(taught, HENRIK), "answer:1:1")
    taught.to(HENRIK, "2026-03-04 12:00")
    taught.tap(HENRIK, next(m for m in taught.slack.messages(HENRIK) if "2 of 12" in m.text), "read")
    home = taught.home(HENRIK)
    assert "FOMO" in words_of(home)
    assert taught.slack.tap_view(HENRIK, home, "term", "fomo") == ""
    assert "fear of missing out" in words_of(taught.dialog(HENRIK))


def test_asking_in_home_to_talk_passes_on_the_name_until_somebody_has_talked(taught: Running) -> None:
    taught.home(MAYA)
    taught.tap_home(MAYA, "talk")
    assert "<@U0INES> has had your name since " in words_of(taught.slack.home(MAYA) or {})
    taught.eventually(lambda: "would like to talk" in taught.last(ADMIN).text)
    admins = taught.home(ADMIN)
    assert "<@U0MAYA> would like to talk to someone." in words_of(admins)
    taught.tap_home(ADMIN, "talked")
    assert "Nothing needs your attention" in words_of(taught.slack.home(ADMIN) or {})
    assert "I give <@U0INES> your name" in words_of(taught.home(MAYA))


def test_an_admins_home_shows_figures_and_what_needs_attention(taught: Running) -> None:
    taught.slack.deactivate(AIKO)
    words = words_of(taught.home(ADMIN))
    for part in ("*Speak the language*: 3 assigned, 0 started, 0 finished", "Couldn't be reached: <@U0AIKO>"):
        assert part in words, part
    assert taught.slack.tap_view(ADMIN, taught.slack.home(ADMIN) or {}, "enrolled") == ""
    taught.eventually(lambda: "<@U0MAYA>: not begun" in words_of(taught.slack.modal(ADMIN) or {}))


def test_a_home_that_changed_meanwhile_is_looked_at_again_and_not_overwritten(taught: Running) -> None:
    taught.home(HENRIK)
    with taught.app.ctx.db.write() as session:
        learner = learners.get(session, TEAM, HENRIK)
        assert learner is not None
        learners.update(session, learner, home_hash="1.stale")
    taught.tap_home(HENRIK, "pause")
    assert "Paused" in words_of(taught.slack.home(HENRIK) or {})


def test_the_menu_opens_as_a_dialog_and_answers_in_it(taught: Running) -> None:
    menu = taught.asks_for_dialog(HENRIK, "/learn", "Missing Link")
    assert "is open, in your messages" in words_of(menu)
    assert taught.slack.tap_view(HENRIK, menu, "progress") == ""
    taught.eventually(lambda: "0 of 12" in words_of(taught.slack.modal(HENRIK) or {}))
    menu = taught.asks_for_dialog(HENRIK, "/learn")
    assert taught.slack.tap_view(HENRIK, menu, "settings") == ""
    taught.dialog(HENRIK, "Your settings")
    assert len(taught.slack.world.modals[HENRIK]) == 2


def test_a_dialog_that_slack_no_longer_opens_is_answered_in_words(taught: Running) -> None:
    taught.slack.world.trigger_seconds = 0
    answer = taught.command(HENRIK, "/learn settings")
    assert "Please try again" in answer.text


def settings(bot: Running, user: str, **chosen: object) -> str:
    """Open the settings, choose, save; what the dialog says then."""
    bot.asks_for_dialog(user, "/learn settings", "Your settings")
    assert bot.slack.submit(user, chosen) == ""  # type: ignore[arg-type]
    return words_of(bot.slack.modal(user) or {})


def test_the_hour_and_the_days_are_ones_own(taught: Running) -> None:
    taught.tap(HENRIK, first(taught, HENRIK), "answer:1:1")
    said = settings(taught, HENRIK, f_hour="07:30", f_days=["1", "3"])
    assert (
        "Saved. Messages come at 07:30 (Europe/Copenhagen), Tuesdays and Thursdays, not on public holidays (Denmark)."
        in said
    )
    assert "Next: *FOMO*, on Thursday 5 March at 07:30." in said
    taught.to(HENRIK, "2026-03-06 12:00")
    second = next(m for m in taught.slack.messages(HENRIK) if "2 of 12" in m.text)
    assert second.business.astimezone().strftime("%A") == "Thursday"
    assert local_time(second, "Europe/Copenhagen").isoformat() == "07:30:00"


def test_what_is_wrong_stands_at_the_field_and_nothing_is_lost(taught: Running) -> None:
    taught.asks_for_dialog(HENRIK, "/learn settings")
    chosen = {"f_hour": "21:30", "f_pause": "until", "f_until": "2026-03-01"}
    assert taught.slack.submit(HENRIK, chosen) == ""  # type: ignore[arg-type]
    assert taught.slack.modal_errors(HENRIK) == {dialogs.UNTIL: "Choose a day after today."}
    assert "Your settings" in (taught.slack.modal(HENRIK) or {})["title"]["text"]
    assert taught.slack.submit(HENRIK, {**chosen, "f_until": "2026-03-09"}) == ""
    assert "Paused until Monday 9 March" in words_of(taught.slack.modal(HENRIK) or {})
    hold = holds(taught, HENRIK)[HoldKind.PERSON]
    assert str(hold.until) == "2026-03-09"
    taught.slack.close_modal(HENRIK)
    assert "Messages come again" not in settings(taught, HENRIK, f_pause="running")
    assert not holds(taught, HENRIK)


def test_zone_and_country_are_found_by_typing(taught: Running) -> None:
    taught.tap(HENRIK, first(taught, HENRIK), "answer:1:1")
    taught.asks_for_dialog(HENRIK, "/learn settings")
    zones = [o["value"] for o in taught.slack.suggest(HENRIK, dialogs.ZONE, "sao paulo")]
    assert zones[:2] == ["usual", "America/Sao_Paulo"]
    lands = taught.slack.suggest(HENRIK, dialogs.COUNTRY, "braz")
    assert [o["text"]["text"] for o in lands][:3] == ["My time zone's: Denmark", "No country", "Brazil"]
    assert taught.slack.submit(HENRIK, {dialogs.ZONE: "America/Sao_Paulo", dialogs.COUNTRY: "BR"}) == ""
    taught.to(HENRIK, "2026-03-05 12:00")
    second = next(m for m in taught.slack.messages(HENRIK) if "2 of 12" in m.text)
    assert local_time(second, "America/Sao_Paulo").hour == 9


def test_the_title_in_the_notification_is_for_those_who_want_it(taught: Running) -> None:
    assert "first" not in first(taught, HENRIK).text.split("\n")[0].lower()
    settings(taught, HENRIK, f_title=["yes"])
    taught.tap(HENRIK, first(taught, HENRIK), "answer:1:1")
    taught.to(HENRIK, "2026-03-04 12:00")
    second = next(m for m in taught.slack.messages(HENRIK) if "2 of 12" in m.text)
    assert second.text.startswith("FOMO. Your minute for today")


def test_a_public_holiday_brings_nothing(bot: Running) -> None:
    bot.assign("@aiko speak-the-language from 2026-03-20")
    bot.to(AIKO, "2026-03-20 18:00")
    assert [m for m in bot.slack.messages(AIKO) if "1 of 12" in m.text] == []
    bot.to(AIKO, "2026-03-23 18:00")
    item = next(m for m in bot.slack.messages(AIKO) if "1 of 12" in m.text)
    assert str(item.business.astimezone(UTC).date()) == "2026-03-23"


def test_nobody_is_disturbed_who_doesnt_want_to_be(taught: Running) -> None:
    taught.tap(HENRIK, first(taught, HENRIK), "answer:1:1")
    quiet = (datetime(2026, 3, 4, 6, tzinfo=UTC), datetime(2026, 3, 4, 10, 15, tzinfo=UTC))
    taught.slack.world.users[HENRIK].dnd = quiet
    taught.to(HENRIK, "2026-03-04 11:00")
    assert not [m for m in taught.slack.messages(HENRIK) if "2 of 12" in m.text]
    taught.to(HENRIK, "2026-03-04 12:00")
    second = next(m for m in taught.slack.messages(HENRIK) if "2 of 12" in m.text)
    assert local_time(second, "Europe/Copenhagen").isoformat() == "11:15:00"


def test_without_the_scope_nobody_is_asked_for_their_do_not_disturb(taught: Running) -> None:
    taught.slack.world.granted.discard("dnd:read")
    taught.slack.world.users[HENRIK].dnd = (datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC))
    taught.tap(HENRIK, first(taught, HENRIK), "answer:1:1")
    taught.to(HENRIK, "2026-03-06 11:00")
    assert [m for m in taught.slack.messages(HENRIK) if "2 of 12" in m.text]
    refused = [r for r in taught.slack.world.refusals if r["method"] == "dnd.info"]
    assert len(refused) == 1


def test_an_assignment_is_looked_at_in_words_before_it_goes(taught: Running) -> None:
    taught.asks_for_dialog(ADMIN, "/track", "Assign a track")
    assert taught.slack.submit(ADMIN, {dialogs.FROM: "2026-03-01"}) == ""
    assert set(taught.slack.modal_errors(ADMIN)) >= {dialogs.PEOPLE}
    chosen = {dialogs.PEOPLE: [MAYA, ADMIN], dialogs.TRACK: "speak-the-language", dialogs.FROM: "2026-03-09",
              dialogs.AT: "08:30", dialogs.ON: ["0", "1"]}  # fmt: skip
    assert taught.slack.submit(ADMIN, chosen) == ""  # type: ignore[arg-type]
    asked = taught.dialog(ADMIN, "Assign this?")
    for part in ("1 person gets *Speak the language*: <@U0INES>", "From Monday 9 March at 08:30 their time, "
                 "on Mondays and Tuesdays", "Already has it, and stays as it is: <@U0MAYA>"):  # fmt: skip
        assert part in words_of(asked), (part, words_of(asked))
    before = len(taught.slack.messages(ADMIN))
    assert taught.slack.submit(ADMIN) == ""
    assert taught.slack.modal(ADMIN) is None
    taught.eventually(lambda: len(taught.slack.messages(ADMIN)) > before)
    assert (
        "is assigned to <@U0INES>, from Monday 9 March at 08:30 their time, on Mondays and Tuesdays"
        in taught.last(ADMIN).text
    )


def test_going_back_loses_nothing_and_the_second_look_is_what_goes(bot: Running) -> None:
    bot.asks_for_dialog(ADMIN, "/track")
    assert bot.slack.submit(ADMIN, {dialogs.PEOPLE: [MAYA, HENRIK], dialogs.TRACK: "speak-the-language"}) == ""
    bot.dialog(ADMIN, "Assign this?")
    bot.slack.close_modal(ADMIN)
    assert bot.slack.submit(ADMIN, {dialogs.PEOPLE: [HENRIK], dialogs.TRACK: "speak-the-language"}) == ""
    assert "1 person gets *Speak the language*: <@U0HENRIK>" in words_of(bot.dialog(ADMIN, "Assign this?"))
    assert bot.slack.submit(ADMIN) == ""
    bot.eventually(lambda: bot.slack.messages(ADMIN))
    assert "<@U0MAYA>" not in bot.last(ADMIN).text


def test_the_words_of_any_message_are_explained_to_one_person_alone(bot: Running) -> None:
    channel = bot.slack.world.channels[GENERAL]
    message = bot.slack.world.write(channel, MAYA, "The board has FOMO, so a hashtag it is. Please share.")
    assert bot.slack.shortcut(HENRIK, message, "explain_jargon") == ""
    dialog = bot.dialog(HENRIK, "The jargon, explained")
    assert "fear of missing out" in words_of(dialog)
    assert "A word with # before it" in words_of(dialog)
    assert "Repost" not in words_of(dialog)
    assert channel.messages == [message]
    with bot.app.ctx.db.read() as session:
        kept = [str(row) for name in ("delivery", "learner", "request", "audit")
                for row in session.execute(text(f"SELECT * FROM {name}"))]  # fmt: skip
    assert not [row for row in kept if "FOMO" in row or "board" in row]
    dull = bot.slack.world.write(channel, MAYA, "See you at nine.")
    bot.slack.close_modal(HENRIK)
    assert bot.slack.shortcut(HENRIK, dull, "explain_jargon") == ""
    assert "no entry yet for the words in that message" in words_of(bot.dialog(HENRIK, "The jargon, explained"))
    seen = {"type": "rich_text_section", "elements": [
        {"type": "text", "text": "Our FOMO "}, {"type": "text", "text": "hashtag", "style": {"code": True}},
        {"type": "link", "url": "https://example.org/yolo"}]}  # fmt: skip
    of_blocks = bot.slack.world.write(channel, MAYA, "YOLO", blocks=[{"type": "rich_text", "elements": [seen]}])
    bot.slack.close_modal(HENRIK)
    assert bot.slack.shortcut(HENRIK, of_blocks, "explain_jargon") == ""
    words = words_of(bot.dialog(HENRIK, "The jargon, explained"))
    assert "fear of missing out" in words
    assert "A word with # before it" not in words
    assert "you only live once" not in words.lower()


def test_an_app_that_was_removed_is_quiet_and_goes_on_when_it_is_back(taught: Running) -> None:
    taught.slack.uninstall()
    with taught.app.ctx.db.read() as session:
        held = session.execute(text("SELECT held FROM workspace")).scalar()
    assert held in {"app_uninstalled", "token_revoked"}
    before = len(taught.slack.messages(HENRIK))
    taught.to(HENRIK, "2026-03-05 12:00")
    assert len(taught.slack.messages(HENRIK)) == before


def test_a_holiday_status_holds_lessons_until_it_ends_or_they_are_asked_for_all_the_same(taught: Running) -> None:
    for user in (HENRIK, MAYA):
        assert taught.slack.set_status(user, ":palm_tree:", datetime(2026, 3, 11, 22, tzinfo=UTC), "Vacationing") == ""
        taught.eventually(lambda: HoldKind.AWAY in holds(taught, user), "the status holds")  # noqa: B023
    before = len(taught.slack.messages(HENRIK)), len(taught.slack.messages(MAYA))
    taught.to(MAYA, "2026-03-05 19:00")
    assert (len(taught.slack.messages(HENRIK)), len(taught.slack.messages(MAYA))) == before
    home = words_of(taught.home(HENRIK))
    assert (
        "Your Slack status says you're away, so lessons wait. The next one comes on Thursday 12 March at 09:00" in home
    )
    taught.tap_home(HENRIK, "send_anyway")
    assert "says you're away" not in words_of(taught.slack.home(HENRIK) or {})
    # the same status told again, with another zone, holds nothing anew
    taught.slack.do(taught.slack.people.change_profile(HENRIK, tz="Europe/Berlin"))
    taught.to(MAYA, "2026-03-06 19:00")
    assert "1 of 12" in taught.last(HENRIK).text
    assert len(taught.slack.messages(HENRIK)) == before[0] + 1
    assert len(taught.slack.messages(MAYA)) == before[1]
    taught.to(MAYA, "2026-03-12 19:00")
    assert len(taught.slack.messages(MAYA)) == before[1] + 1
    assert "lessons wait until then" in taught.command(MAYA, "/learn help").text


def test_a_status_of_which_no_event_came_is_read_before_the_first_message_after_a_start(taught: Running) -> None:
    maya = taught.slack.world.users[MAYA]
    maya.status, maya.status_until = (":desert_island:", ""), datetime(2026, 3, 11, 22, tzinfo=UTC)
    taught.app.sender.gap_is_over()
    before = len(taught.slack.messages(MAYA))
    taught.to(MAYA, "2026-03-05 19:00")
    assert len(taught.slack.messages(MAYA)) == before
    assert set(holds(taught, MAYA)) == {HoldKind.AWAY}
    # Henrik, of whom nothing was lost, is reminded as ever
    assert "reminder" in taught.last(HENRIK).text


@pytest.mark.parametrize("fault", ["error_500", "html_200", "rate_limit"])
def test_a_look_at_the_status_that_fails_holds_no_message_back(taught: Running, fault: str) -> None:
    taught.app.sender.gap_is_over()
    taught.slack.fault("users.info", fault, times=10)
    taught.to(MAYA, "2026-03-05 19:00")
    for user in (MAYA, HENRIK):
        assert "reminder" in taught.last(user).text


def test_a_status_without_a_learner_opens_no_transaction(taught: Running) -> None:
    opened, write = [], taught.app.ctx.db.write

    def counted() -> object:
        opened.append("write")
        return write()

    taught.app.ctx.db.write = counted  # type: ignore[assignment, method-assign]
    for emoji in (":palm_tree:", ":coffee:", ""):
        assert taught.slack.set_status("U0GUEST", emoji, datetime(2026, 3, 11, 22, tzinfo=UTC)) == ""
        assert taught.slack.set_status(HENRIK, emoji.replace("palm_tree", "airplane")) == ""
    assert opened == []
