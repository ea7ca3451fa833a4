"""An admin assigns a track to people who have it: the summary says what can be done about it."""

from __future__ import annotations

from bot.domain.delivery import State
from bot.store import deliveries
from localslack.world import PostedMessage
from tests.helpers import ADMIN, HENRIK, MAYA, TEAM, Running, words_of


def first(bot: Running, user: str) -> PostedMessage:
    return next(m for m in bot.slack.messages(user) if "1 of 12" in m.text)


def labels(message: PostedMessage) -> list[str]:
    return [e["text"]["text"] for b in message.blocks if b["type"] == "actions" for e in b["elements"]]


def test_a_start_is_moved_and_a_track_started_again_from_the_summary(taught: Running) -> None:
    item = first(taught, HENRIK)
    summary = taught.assign("@henrik speak-the-language")
    assert labels(summary) == ["Start again"], "there was nothing to move it to"
    summary = taught.assign("@henrik @maya speak-the-language at 10:30")
    assert "Had it already, so nothing changed" in summary.text
    assert "Move the start changes this for <@U0HENRIK> and <@U0MAYA>: at 10:30 their time." in summary.text
    assert labels(summary) == ["Move the start", "Start again"]
    taught.tap(ADMIN, summary, "move_start")
    taught.eventually(lambda: "was moved for <@U0HENRIK> and <@U0MAYA>: at 10:30" in taught.last(ADMIN).text)
    assert labels(taught.last(ADMIN)) == ["Undo"]
    assert labels(summary) == ["Start again"]
    taught.tap(ADMIN, summary, "start_again")
    taught.eventually(lambda: "from the beginning" in taught.last(ADMIN).text)
    assert labels(summary) == []
    taught.app.sender.refresh("T0HARBOUR", HENRIK)
    assert "This one has its turn in Speak the language, in a message of its own." in item.text
    count = len(taught.slack.messages(ADMIN))
    assert taught.slack.tap(ADMIN, _as_it_was(summary), "start_again") == ""
    taught.app.sender.rest()
    assert len(taught.slack.messages(ADMIN)) == count, "tapped on another device, it changes nothing twice"


def _as_it_was(summary: PostedMessage) -> PostedMessage:
    """The summary on a device that hasn't seen yet what was tapped on another."""
    block = {"type": "actions", "block_id": f"{summary_id(summary)}#2", "elements": [
        {"type": "button", "action_id": "start_again", "text": {"type": "plain_text", "text": "Start again"}}]}  # fmt: skip
    summary.blocks = [*summary.blocks, block]
    return summary


def summary_id(summary: PostedMessage) -> str:
    return str((summary.metadata or {})["event_payload"]["key"])


def test_the_form_leads_to_the_same_summary_where_everybody_has_the_track(taught: Running) -> None:
    taught.asks_for_dialog(ADMIN, "/track", "Assign a track")
    assert taught.slack.submit(ADMIN, {"f_people": [MAYA], "f_track": "speak-the-language", "f_at": "10:30"}) == ""
    dialog = taught.dialog(ADMIN, "Nobody new")
    assert "in which you can move the start or start again" in words_of(dialog)
    before = len(taught.slack.messages(ADMIN))
    assert taught.slack.submit(ADMIN, {}) == ""
    taught.eventually(lambda: len(taught.slack.messages(ADMIN)) > before)
    assert labels(taught.last(ADMIN)) == ["Move the start", "Start again"]


def test_a_summary_of_unknown_fate_that_is_tapped_settles_after_its_order_is_locked(taught: Running) -> None:
    """What locks an order later could wait in a circle with the end of that order; every test is watched for it."""
    summary = taught.assign("@henrik @maya speak-the-language at 10:30")
    with taught.app.ctx.db.write() as session:
        notice = deliveries.get(session, TEAM, summary_id(summary))
        assert notice is not None
        deliveries.update_row(session, notice, ts=None, state=State.UNCERTAIN)
    taught.tap(ADMIN, summary, "move_start")
    taught.eventually(lambda: "was moved for <@U0HENRIK> and <@U0MAYA>: at 10:30" in taught.last(ADMIN).text)
    taught.tap(ADMIN, taught.last(ADMIN), "undo")
    taught.eventually(lambda: "Undone" in taught.last(ADMIN).text or "back" in taught.last(ADMIN).text)


def test_the_learner_reads_why_lessons_come_again(taught: Running) -> None:
    taught.tap(HENRIK, first(taught, HENRIK), "read")
    taught.command(ADMIN, "/track remove @henrik speak-the-language")
    taught.eventually(lambda: "was taken away from <@U0HENRIK>" in taught.last(ADMIN).text)
    taught.assign("@henrik speak-the-language")
    taught.to(HENRIK, "2026-03-04 09:00")
    taught.eventually(lambda: "2 of 12" in taught.last(HENRIK).text)
    assert "Again for you from today: Speak the language. It goes on where you stopped." in taught.last(HENRIK).text
    taught.tap(ADMIN, taught.assign("@henrik speak-the-language"), "start_again")
    taught.eventually(lambda: "from the beginning" in taught.last(ADMIN).text)
    taught.to(HENRIK, "2026-03-05 09:00")
    taught.eventually(lambda: "1 of 12" in taught.last(HENRIK).text)
    assert "Speak the language starts again from the beginning, as <@U0INES> asked." in taught.last(HENRIK).text
