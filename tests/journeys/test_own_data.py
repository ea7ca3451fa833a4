"""A copy of one's data, and being forgotten, over the wire."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from bot.actions.orders import execute
from bot.domain.orders import Order, OrderState, OrderVerb
from bot.messages import forgetting
from bot.store import erasures, orders, tables
from localslack.objects import BOT_USER
from tests.helpers import ADMIN, HENRIK, MAYA, MONDAY, TEAM, Running, words_of

SOFIA = "U0SOFIA"


def busy(bot: Running) -> None:
    """Henrik has answered, paused and resumed, asked to talk, looked words up, and an admin has named him."""
    message = next(m for m in bot.slack.messages(HENRIK) if "1 of 12" in m.text)
    bot.tap(HENRIK, message, "answer:1:0")
    bot.command(HENRIK, "/learn pause")
    bot.command(HENRIK, "/learn resume")
    bot.slack.say(HENRIK, "hashtag")
    bot.eventually(lambda: "# before it" in bot.last(HENRIK).text)
    bot.home(HENRIK)
    bot.tap_home(HENRIK, "talk")
    bot.eventually(lambda: "would like to talk" in bot.last(ADMIN).text)
    bot.advance(MONDAY + timedelta(days=2, hours=2))


def cells_that_name(bot: Running, *words: str) -> list[str]:
    """Every cell of the database in which one of these stands."""
    found = []
    with bot.app.ctx.db.read() as session:
        for table in tables.metadata.sorted_tables:
            for row in session.execute(select(table)).all():
                for column, cell in zip(table.c, row, strict=True):
                    if any(word in repr(cell) for word in words):
                        found.append(f"{table.name}.{column.name}: {cell!r:.80}")
    return found


def forget(bot: Running, user: str) -> None:
    """*Forget me*, and *Erase everything*; until all that was sent is gone."""
    bot.asks_for_dialog(user, "/learn forget-me", "Forget me")
    assert bot.slack.submit(user) == ""
    bot.eventually(lambda: rows_are_gone(bot, user), "the rows stay")


def rows_are_gone(bot: Running, user: str) -> bool:
    """Nothing is left but the erasure itself, which a tick works off."""
    bot.tick()
    with bot.app.ctx.db.read() as session:
        return not any(erasures.rows_of(session, TEAM, user).values())


def settle(bot: Running) -> None:
    """Let the time pass after which nothing more can arrive, which here takes no two minutes."""

    def over() -> bool:
        with bot.app.ctx.db.write() as session:
            longer = bot.app.ctx.clock.real() - timedelta(minutes=10)
            session.execute(tables.erasure.update().values(asked_real=longer, open_real=longer, begun_real=None))
        bot.tick()
        with bot.app.ctx.db.read() as session:
            return not session.execute(select(tables.erasure)).all()

    bot.eventually(over, "the erasure doesn't end")


def of_the_bot(bot: Running, user: str) -> list[str]:
    """The texts of the bot's messages in a DM, but for whispers."""
    return [m.text for m in bot.slack.world.dm(user).messages if m.user == BOT_USER and m.only_for is None]


def is_bare(bot: Running, user: str) -> bool:
    """Nothing of the bot's is left in a DM, after a tick."""
    bot.tick()
    return not of_the_bot(bot, user)


def test_whoever_is_forgotten_is_named_by_no_row_and_their_messages_go(taught: Running) -> None:
    busy(taught)
    channel, others = taught.slack.world.dm(HENRIK), len(of_the_bot(taught, MAYA))
    assert cells_that_name(taught, HENRIK, "Henrik", channel.id)
    forget(taught, HENRIK)
    assert "usually within a minute" in words_of(taught.slack.modal(HENRIK) or {})
    taught.eventually(lambda: is_bare(taught, HENRIK), "messages stay")
    settle(taught)
    assert cells_that_name(taught, HENRIK, "Henrik", channel.id) == []
    assert "I've erased what I knew about you" in words_of(taught.slack.home(HENRIK) or {})
    # what they typed themselves is theirs to delete, and nobody else's messages went
    assert [m.text for m in channel.messages if m.user == HENRIK] == ["hashtag"]
    assert len(of_the_bot(taught, MAYA)) == others
    assert "an erased person" in " ".join(audit_of(taught))


def audit_of(bot: Running) -> list[str]:
    """What the audit says."""
    with bot.app.ctx.db.read() as session:
        return [row.detail for row in session.execute(select(tables.audit)).all()]


def test_nobody_enrols_them_again_until_they_start_by_themselves(taught: Running) -> None:
    forget(taught, HENRIK)
    settle(taught)
    summary = taught.assign("@henrik speak-the-language")
    assert "Not taking part" in summary.text
    assert "<@U0HENRIK>" in summary.text
    taught.advance(MONDAY + timedelta(days=9))
    assert of_the_bot(taught, HENRIK) == []
    assert taught.command(HENRIK, "/learn progress").text.startswith("You have no track")
    offered = taught.command(HENRIK, "/learn start speak-the-language")
    taught.tap(HENRIK, offered, "begin")
    taught.eventually(lambda: any("1 of 12" in text for text in of_the_bot(taught, HENRIK)))
    assert "<@U0HENRIK>" in taught.assign("@henrik speak-the-language").text
    with taught.app.ctx.db.read() as session:
        assert session.execute(select(tables.erased)).all() == []


def test_what_they_are_sent_after_a_new_start_stays(taught: Running) -> None:
    forget(taught, HENRIK)
    offered = taught.command(HENRIK, "/learn start speak-the-language")
    taught.tap(HENRIK, offered, "begin")
    taught.eventually(lambda: any("1 of 12" in text for text in of_the_bot(taught, HENRIK)))
    settle(taught)
    assert len(of_the_bot(taught, HENRIK)) == 1


def test_being_forgotten_can_be_thought_better_of(taught: Running) -> None:
    taught.slack.say(HENRIK, "what do you store about me")
    taught.eventually(lambda: "What is kept about you" in taught.last(HENRIK).text)
    assert taught.slack.tap(HENRIK, taught.last(HENRIK), "forget_me") == ""
    dialog = taught.dialog(HENRIK, "Forget me")
    for part in ("for good", "your company's exports", "no longer listed", "I keep one code", "save it outside Slack"):
        assert part in words_of(dialog), part
    taught.slack.close_modal(HENRIK)
    assert not rows_are_gone(taught, HENRIK)


def test_who_starts_again_and_thinks_better_of_it_at_once_is_forgotten_all_the_same(taught: Running) -> None:
    forget(taught, HENRIK)
    offered = taught.command(HENRIK, "/learn start speak-the-language")
    taught.tap(HENRIK, offered, "begin")
    taught.eventually(lambda: any("1 of 12" in text for text in of_the_bot(taught, HENRIK)))
    taught.slack.close_modal(HENRIK)
    forget(taught, HENRIK)
    settle(taught)
    assert cells_that_name(taught, HENRIK) == []
    assert of_the_bot(taught, HENRIK) == []


def test_a_new_start_outlives_an_erasure_that_broke_off(taught: Running) -> None:
    forget(taught, HENRIK)
    with taught.app.ctx.db.write() as session:
        # the process died before others' rows were done
        session.execute(tables.erasure.update().values(scrubbed=False))
    offered = taught.command(HENRIK, "/learn start speak-the-language")
    taught.tap(HENRIK, offered, "begin")
    settle(taught)
    assert "0 of 12" in taught.command(HENRIK, "/learn progress").text


def test_what_an_order_had_found_names_no_erased_admin(taught: Running) -> None:
    taught.assign("@henrik speak-the-language restart")
    forget(taught, ADMIN)
    settle(taught)
    assert cells_that_name(taught, ADMIN) == []


def test_an_order_that_was_claimed_before_an_erasure_enrols_nobody_erased(taught: Running) -> None:
    forget(taught, HENRIK)
    settle(taught)
    ctx = taught.app.ctx
    order = Order(
        workspace_id=TEAM, order_id="claimed", admin_id=ADMIN, verb=OrderVerb.ASSIGN, track_id="speak-the-language",
        people={"ids": [HENRIK, MAYA]}, created_at=ctx.clock.business(),
    )  # fmt: skip
    with ctx.db.write() as session:
        orders.add(session, replace(order, people={"ids": [MAYA]}, state=OrderState.STORED))
    execute(ctx, taught.app.sender._slack, order)
    assert [cell for cell in cells_that_name(taught, HENRIK) if "admin_effect" in cell or "enrolment" in cell] == []


def test_somebody_who_was_sent_nothing_but_a_file_keeps_none(taught: Running) -> None:
    taught.slack.world.granted.add("files:write")
    taught.command(SOFIA, "/learn export")
    taught.eventually(lambda: any(m.files for m in taught.slack.messages(SOFIA)), "no file came")
    forget(taught, SOFIA)
    settle(taught)
    assert of_the_bot(taught, SOFIA) == []
    assert not taught.slack.world.uploads


def test_an_admin_who_is_forgotten_leaves_their_orders_standing(taught: Running) -> None:
    forget(taught, ADMIN)
    settle(taught)
    with taught.app.ctx.db.read() as session:
        orders = session.execute(select(tables.order)).all()
        given = session.execute(select(tables.enrolment.c.assigned_by).distinct()).scalars().all()
    assert {row.admin_id for row in orders} == {"erased"}
    assert given == ["erased"]
    assert "0 of 12" in taught.command(HENRIK, "/learn progress").text


def test_a_copy_comes_as_a_file_with_every_row_about_them(taught: Running) -> None:
    taught.slack.world.granted.add("files:write")
    busy(taught)
    dialog = taught.asks_for_dialog(HENRIK, "/learn forget-me", "Forget me")
    assert taught.slack.tap_view(HENRIK, dialog, "export") == ""
    taught.eventually(lambda: any(m.files for m in taught.slack.messages(HENRIK)), "no file came")
    taught.slack.close_modal(HENRIK)
    taught.command(HENRIK, "/learn export")
    taught.eventually(lambda: any(m.files for m in taught.slack.messages(HENRIK)), "no file came")
    (file,) = next(m.files for m in taught.slack.messages(HENRIK) if m.files)
    copied = json.loads(file.content or b"")
    assert copied["answers"][0]["item"] == "Why the words matter"
    assert copied["rows"]["learner"][0]["name"]
    with taught.app.ctx.db.read() as session:
        stored = erasures.rows_of(session, TEAM, HENRIK)
    assert {name: len(rows) for name, rows in copied["rows"].items()} == {
        name: len(rows) for name, rows in stored.items()
    }
    assert MAYA not in json.dumps(copied)
    # the file goes with the messages
    forget(taught, HENRIK)
    taught.eventually(lambda: is_bare(taught, HENRIK), "messages stay")
    assert not taught.slack.world.uploads


def test_without_the_scope_for_files_it_says_who_can_hand_them_the_copy(taught: Running) -> None:
    taught.slack.world.granted.discard("files:write")
    taught.slack.say(HENRIK, "what do you store about me")
    taught.eventually(lambda: "What is kept about you" in taught.last(HENRIK).text)
    said = len(taught.slack.whispers(HENRIK))
    assert taught.slack.tap(HENRIK, taught.last(HENRIK), "export") == ""
    taught.eventually(lambda: len(taught.slack.whispers(HENRIK)) > said)
    assert "missinglink export" in taught.slack.whispers(HENRIK)[-1].text


def test_the_dialog_says_what_the_erasure_then_does() -> None:
    """The tables that go are those that name a learner: one that is new is erased, or said to stay."""
    with_names = {t.name for t in tables.metadata.sorted_tables if "learner_id" in t.c}
    assert with_names == {
        "learner", "hold", "enrolment", "asking", "answer", "card", "wish", "done", "delivery", "delivery_asking",
        "unread", "admin_effect", "talk", "erasure", "reflection", "share", "draft_part", "sample", "appointed_admin",
        "counted", "group_share", "digest",
    }  # fmt: skip
    assert forgetting.CALLBACK == "forget_me"
