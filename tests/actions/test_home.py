"""What Home and the answers in the DM say of what comes next."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest

from bot.actions.begin import begin
from bot.actions.profiles import changed
from bot.actions.quit_track import quit_track
from bot.actions.talk import talked
from bot.context import AppContext
from bot.domain.content import Catalogue
from bot.domain.delivery import Delivery, Slot
from bot.messages import Message, ids, render
from bot.messages.dialogs import menu_dialog
from bot.messages.home import home_view
from bot.messages.next_up import coming_text
from bot.planning.holds import pause
from bot.queries.home import home
from bot.slack.handlers.deps import Caller
from bot.slack.handlers.request import LeadBack, Reply, dispatch
from bot.slack.handlers.taps import handler_of
from bot.slack.handlers.typed_messages import handle_typed
from bot.store import deliveries, learners
from bot.view_models import ComingView
from tests import rows
from tests.actions.test_away import WEDNESDAY_LATE
from tests.helpers import (
    ADMIN,
    TEAM,
    FakeClock,
    Story,
    answer,
    deps_of,
    small_catalogue,
    started,
    state_of,
    tapped,
    typed,
    view_shown,
    words_of,
)


def coming_of(story: Story) -> ComingView:
    with story.ctx.db.read() as session:
        return home(state_of(session, story.ctx, story.who)).coming


def hear_word(story: Story, text: str) -> Message:
    """What is typed in the DM, and the answer to it."""
    caused_by = story.request()
    story.do(handle_typed, text, caused_by)
    return shown(story, next(d for d in story.all() if d.caused_by == caused_by))


def shown(story: Story, delivery: Delivery) -> Message:
    with story.ctx.db.read() as session:
        return render(view_shown(session, story.ctx, delivery))


def labels(blocks: Any) -> list[str]:
    elements = [e for b in blocks if b["type"] == "actions" for e in b["elements"]]
    return [e["text"]["text"] for e in elements if "text" in e]


def in_blocks(reply: Reply) -> str:
    return words_of({"blocks": reply.blocks})  # type: ignore[union-attr]


def answer_next(story: Story) -> None:
    begun = story.do(begin, story.request())
    story.deliver()
    story.do(answer, begun.delivery.delivery_id, 1, story.request())


# what comes next, and when


def test_a_holiday_that_didnt_move_the_day_isnt_named(story: Story) -> None:
    story.go("2026-12-01 10:00")
    story.assign(first_day=date(2027, 1, 4))
    coming = coming_of(story)
    assert (coming.day, coming.holiday, coming.first) == (date(2026, 12, 31), None, date(2027, 1, 4))
    assert coming_text(coming) == (
        "The next message comes on Thursday 31 December at 09:00: a short hello. Lessons begin on Monday 4 January."
    )


def test_a_holiday_that_moved_the_day_is_named(story: Story) -> None:
    story.go("2026-04-02 10:00")
    story.assign()
    answer_next(story)
    coming = coming_of(story)
    assert (coming.day, coming.holiday) == (date(2026, 4, 7), date(2026, 4, 3)), "Good Friday, before Easter Monday"


def test_of_two_holidays_in_a_row_the_first_is_named_also_where_one_learns_once_a_week(story: Story) -> None:
    story.go("2026-12-18 08:00")
    story.assign(days=frozenset({4}))
    answer_next(story)
    assert coming_of(story).holiday == date(2026, 12, 25)
    assert coming_of(story).day == date(2027, 1, 8)


# what is offered


def nothing(story: Story) -> None:
    with story.ctx.db.write() as session:
        learners.ensure(session, TEAM, story.who)


def assigned(story: Story) -> None:
    story.assign()


def opened(story: Story) -> None:
    started(story)


def answered(story: Story) -> None:
    item = started(story)
    story.do(answer, item.delivery_id, 1, story.request())


def away(story: Story) -> None:
    started(story)
    said = replace(story.slack.profiles[story.who], status_emoji="palm_tree", status_until=WEDNESDAY_LATE)
    story.slack.profiles[story.who] = said
    with story.ctx.db.write() as session:
        changed(session, story.ctx, said, story.clock.at)


def away_and_answered(story: Story) -> None:
    away(story)
    with story.ctx.db.read() as session:
        waiting = rows.open_asking(session, TEAM, story.who)
        assert waiting is not None
        item = deliveries.of_asking(session, TEAM, waiting.asking_id)[0]
    story.do(answer, item.delivery_id, 1, story.request())


def quiet(story: Story) -> None:
    started(story)
    for day in ("04", "05", "06"):
        story.day(f"2026-03-{day} 09:00")


def left(story: Story) -> None:
    started(story)
    story.do(quit_track, None)


def left_two(story: Story) -> None:
    story.assign("abc")
    story.assign("cd")
    story.do(quit_track, None)


def finished(story: Story) -> None:
    story.assign()
    for _ in range(3):
        answer_next(story)
    story.deliver()


def and_paused(state: Callable[[Story], None]) -> Callable[[Story], None]:
    def both(story: Story) -> None:
        state(story)
        story.do(pause)

    both.__name__ = f"{state.__name__}_and_paused"
    return both


IDLE = [nothing, left, left_two, finished]
RUNNING = [assigned, opened, answered, away, away_and_answered, quiet]
PAUSED = [and_paused(state) for state in (*IDLE, *RUNNING)]
ONLY_NOTHING = (
    "You have no track", "You've finished everything", "so nothing more comes", "Nothing is open", "nothing changes",
    "nothing to leave", "Nothing was waiting", "Nothing is waiting", "No track of yours",
)  # fmt: skip


def everything_shown(story: Story) -> dict[str, Sequence[dict[str, Any]]]:
    """Home and the menu first: a word typed ends a silence."""
    with story.ctx.db.read() as session:
        view = home(state_of(session, story.ctx, story.who))
    return {
        "Home": home_view(view).blocks,
        "menu": menu_dialog(view.coming).blocks,
        "hello": hear_word(story, "hello").blocks,
        "fallback": hear_word(story, "blue sky over the harbour").blocks,
        "when": hear_word(story, "when is the next one").blocks,
        "help": hear_word(story, "help").blocks,
        "/learn help": typed(story.ctx, story.slack, story.who, story.request(), "/learn help").blocks,  # type: ignore[union-attr]
        "/learn progress": typed(story.ctx, story.slack, story.who, story.request(), "/learn progress").blocks,  # type: ignore[union-attr]
    }


def taps_in(blocks: Sequence[dict[str, Any]]) -> Iterator[ids.TapMeaning]:
    for block in blocks:
        for element in block.get("elements", ()) if block["type"] == "actions" else ():
            if element["type"] == "button":
                yield ids.read(element["action_id"], block["block_id"])


class _UndoneError(Exception):
    pass


def tried(story: Story, tap: ids.TapMeaning) -> str:
    """What a tap would say. Nothing comes of it."""
    said = ""
    with suppress(_UndoneError), story.ctx.db.write() as session:
        caller = Caller(TEAM, story.who, story.request())
        reply = dispatch(handler_of(tap), deps_of(story.ctx, story.slack), session, caller, tap, tap.verb).reply
        said = "" if reply is None or isinstance(reply, LeadBack) else in_blocks(reply)
        raise _UndoneError
    return said


@pytest.mark.parametrize("backend", ["sqlite"])
@pytest.mark.parametrize("state", [*IDLE, *RUNNING, *PAUSED], ids=lambda s: s.__name__)
def test_no_button_is_offered_that_would_only_say_that_there_is_nothing(
    story: Story, state: Callable[[Story], None]
) -> None:
    state(story)
    open_before = coming_of(story).open
    for where, blocks in everything_shown(story).items():
        if open_before:
            assert "Next one now" not in str(blocks), f"{where}: an item is open, there is no next one"
        for tap in taps_in(blocks):
            said = tried(story, tap)
            if tap.verb == "resume" and said.startswith("Welcome back."):
                continue
            found = [words for words in ONLY_NOTHING if words in said]
            assert not found, f"{where}: {tap.verb} says {said!r}"


@pytest.mark.parametrize("backend", ["sqlite"])
@pytest.mark.parametrize("state", [*IDLE, *(and_paused(s) for s in IDLE)], ids=lambda s: s.__name__)
def test_where_nothing_runs_the_reason_wins_over_a_pause_and_resume_comes_second(
    story: Story, state: Callable[[Story], None]
) -> None:
    state(story)
    coming, paused = coming_of(story), state.__name__.endswith("_and_paused")
    expected = "left" if "left" in state.__name__ else state.__name__.removesuffix("_and_paused")
    assert (coming.state, coming.paused) == (expected, paused)
    assert ("Paused as well" in coming_text(coming)) is paused
    for where in ("Home", "menu", "hello", "fallback", "when", "help", "/learn help"):
        shown_there = labels(everything_shown(story)[where])
        back = [label for label in shown_there if label in {"Come back", "Back to A to C", "Back to C and D"}]
        assert len(back) == (len(coming.left)), where
        assert ("Resume" in shown_there) is paused, where
        assert shown_there[0] != "Resume" or not back, where


def test_leaving_the_last_track_in_a_pause_offers_the_way_back_and_somebody_to_talk_to(story: Story) -> None:
    answered(story)
    story.do(pause)
    said = tapped(
        story.ctx,
        story.slack,
        story.who,
        story.request(),
        ids.TapMeaning(verb="quit_track", subject=ids.ME, argument="abc"),
    )
    assert "Nothing more comes" in in_blocks(said)
    assert "Paused" not in in_blocks(said)
    assert labels(said.blocks) == ["Come back", "Resume", "Talk to someone"]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "asked",
    ["next", "/learn next", "/learn start", "/learn resume", "resume", "hello", "when is the next one", "A", "leave"],
)
def test_whoever_left_is_told_so_and_can_come_back_from_any_answer(story: Story, asked: str) -> None:
    left(story)
    slash = asked.startswith("/")
    said = typed(story.ctx, story.slack, story.who, story.request(), asked) if slash else hear_word(story, asked)
    assert said is not None
    assert "You've left *A to C*, so nothing more comes. *Come back* goes on where you stopped." in in_blocks(said)
    assert "no track" not in in_blocks(said)
    assert labels(said.blocks)[0] == "Come back"  # type: ignore[union-attr]


def test_coming_back_beside_an_open_item_leads_to_it(story: Story) -> None:
    story.assign("abc")
    story.assign("cd")
    story.day("2026-03-02 08:00")
    assert story.day("2026-03-03 09:00") is not None
    with story.ctx.db.read() as session:
        waiting = rows.open_asking(session, TEAM, story.who)
    assert waiting is not None
    other = "cd" if waiting.track_id == "abc" else "abc"
    story.do(quit_track, other)
    said = tapped(
        story.ctx,
        story.slack,
        story.who,
        story.request(),
        ids.TapMeaning(verb="come_back", subject=ids.ME, argument=other),
    )
    assert labels(said.blocks) == ["Show the open one"]  # type: ignore[union-attr]


# a wish to talk


def test_a_wish_that_was_passed_on_isnt_asked_for_again_by_any_answer(story: Story) -> None:
    answered(story)
    tapped(story.ctx, story.slack, story.who, story.request(), ids.TapMeaning(verb="talk", subject=ids.ME))
    story.go("2026-03-04 08:00")
    passed_on = f"<@{ADMIN}> has had your name since Tuesday 3 March; nothing else was passed on."
    asked = ["can I talk to someone", "the button doesn't work", "why do I get this",
             "what do you know about me", "what language do you speak", "blue sky over the harbour"]  # fmt: skip
    for words in asked:
        said = hear_word(story, words)
        assert passed_on in in_blocks(said), words
        assert "Talk to someone" not in labels(said.blocks), words
    with story.ctx.db.read() as session:
        shown_at_home = words_of(home_view(home(state_of(session, story.ctx, story.who))).payload())
    assert passed_on in shown_at_home
    assert "Talk to someone" not in shown_at_home
    gone = tapped(
        story.ctx,
        story.slack,
        story.who,
        story.request(),
        ids.TapMeaning(verb="quit_track", subject=ids.ME, argument="abc"),
    )
    assert passed_on in in_blocks(gone)
    assert "Talk to someone" not in in_blocks(gone)


def test_a_closing_message_after_it_says_who_has_the_name(story: Story) -> None:
    story.assign()
    tapped(story.ctx, story.slack, story.who, story.request(), ids.TapMeaning(verb="talk", subject=ids.ME))
    for _ in range(3):
        answer_next(story)
    story.deliver()
    closing = shown(story, next(d for d in story.all() if d.slot is Slot.CLOSING))
    assert "Talk to someone" not in labels(closing.blocks)
    assert f"<@{ADMIN}> now has your name, and nothing else." in closing.text


def test_once_somebody_has_talked_to_them_it_can_be_asked_for_again(story: Story) -> None:
    answered(story)
    tapped(story.ctx, story.slack, story.who, story.request(), ids.TapMeaning(verb="talk", subject=ids.ME))
    with story.ctx.db.write() as session:
        assert talked(session, TEAM, story.who, ADMIN, story.clock.at)
    said = hear_word(story, "can I talk to someone")
    assert labels(said.blocks) == ["Talk to someone"]


# words


def test_what_one_got_wrong_is_said_in_plain_words(story: Story) -> None:
    item = started(story)
    asked = "what did I get wrong?"
    assert "You haven't answered a question yet" in in_blocks(hear_word(story, asked))
    story.do(answer, item.delivery_id, 1, story.request())
    assert "So far you've got everything right first time." in in_blocks(hear_word(story, asked))
    begun = story.do(begin, story.request())
    story.deliver()
    story.do(answer, begun.delivery.delivery_id, 0, story.request())
    assert "You first chose another answer in these, latest first:\n• B" in in_blocks(hear_word(story, asked))


def test_who_sees_this_begins_with_who_the_admins_are(story: Story) -> None:
    opened(story)
    begins = f"Admins here: <@{ADMIN}>. They see which tracks you were given, whether and when you've started"
    assert in_blocks(hear_word(story, "is my CEO seeing this?")).startswith(begins)
    said = tapped(story.ctx, story.slack, story.who, story.request(), ids.TapMeaning(verb="who", subject=ids.ME))
    assert in_blocks(said).startswith(begins)


@pytest.mark.parametrize("state", [answered, nothing, finished], ids=lambda s: s.__name__)
def test_the_words_to_try_are_others_each_time(
    our_lessons: Catalogue, ctx: AppContext, clock: FakeClock, state: Any
) -> None:
    catalogue = small_catalogue()
    terms = {t.id: t for t in (*our_lessons.terms, catalogue.items["b"])}
    both = Catalogue({**catalogue.items, **terms}, catalogue.tracks)
    story = Story(replace(ctx, catalogue_of=lambda _: both), clock)
    state(story)
    tried_words = []
    for _ in range(12):
        clock.at += timedelta(seconds=5)
        said = in_blocks(hear_word(story, "💀"))
        tried_words.append(said.partition("try ")[2].partition(".")[0])
    assert all(tried_words)
    assert all(first != second for first, second in pairwise(tried_words))
    assert len(set(tried_words)) == len(tried_words)
