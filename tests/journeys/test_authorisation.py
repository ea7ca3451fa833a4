"""Everything in Slack, asked for by everybody: allowed or refused exactly as the tables say.

The entries come from the tables, the askers are listed once, and what must happen follows from `who` alone. Payloads are
raw, so that ids can be somebody else's, or nobody's.
"""

from __future__ import annotations

import logging
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.actions.orders import draft
from bot.actions.talk import talk
from bot.domain.audience import SourceKind
from bot.domain.content import Kind
from bot.domain.delivery import CONFIDENCE, FIRST_ANSWER, LoggedResponse, Outcome, Reason, Slot, State
from bot.domain.delivery_subject import Closing, OrderSummary
from bot.domain.drafts import Contribution, Draft
from bot.domain.orders import Order, OrderVerb
from bot.domain.quiet_days import QuietSpan
from bot.domain.rider import Comfort, GroupPage, Moment, Worth
from bot.domain.rules import GroupRule, RuleState
from bot.domain.written import WrittenItem, WrittenState
from bot.messages import ids
from bot.planning.learner_state import LearnerState
from bot.planning.new_delivery import new_delivery
from bot.slack.handlers.request import ADMINS
from bot.slack.handlers.typed_messages import handle_typed
from bot.slack.inbound.events import EVENTS
from bot.store import deliveries, drafts, learners, quiet_spans, rules, written
from bot.store.askings import later_keep
from localslack import LocalSlack, payloads
from localslack.objects import User
from tests import rows as stored
from tests.content.writing import TERM
from tests.contracts.ledger import check_ledger
from tests.helpers import ADMIN, AIKO, HENRIK, MAYA, MONDAY, TEAM, Running, state_of
from tests.journeys import authorising
from tests.journeys.authorising import (
    ASKERS,
    ELSEWHERE,
    GONE_ADMIN,
    REFUSALS,
    SECOND_ADMIN,
    TRACK,
    Asker,
    Ground,
    Subject,
    ask,
    changes,
    expected,
    last_audited,
    places,
    refusals_in,
    refused_after,
    rows,
    somebody_new,
    subjects_of,
    to_try,
)
from tests.renewed import Renewed
from tests.running import running
from tests.surface import Entry
from tests.teaching import course

pytestmark = pytest.mark.forged
PROMPTED = "memes-and-virality"


def our_word(at: datetime) -> WrittenItem:
    """A word that an admin wrote."""
    return WrittenItem(
        workspace_id=TEAM,
        kind=Kind.TERM,
        item_id="our-word",
        version=1,
        state=WrittenState.DRAFT,
        track_id="",
        title="Our word",
        text=TERM.format(id="our-word", term="Our word"),
        since=at,
        at=at,
        made_in="V",
    )


@pytest.fixture(scope="module")
def grounds(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Renewed[Ground]]:
    """One bot for all."""
    with Renewed(lambda: _made(sqlite_template, tmp_path_factory)) as renewed:
        yield renewed


@pytest.fixture
def ground(grounds: Renewed[Ground], request: pytest.FixtureRequest) -> Iterator[Ground]:
    """One bot for all: on Wednesday, with a welcome, an item, a reminder, orders, a summary and a wish to talk."""
    yield grounds.get()
    grounds.leave(request)


@contextmanager
def _made(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    file = tmp_path_factory.mktemp("authorisation") / "test.db"
    shutil.copy(sqlite_template, file)
    slack = LocalSlack().start()
    for name, user in (("ruth", SECOND_ADMIN), ("gone", GONE_ADMIN)):
        slack.world.users[user] = User(
            id=user, handle=name, name=name.title(), title="", tz="Europe/Lisbon", shown=False
        )
    admins = ",".join((ADMIN, SECOND_ADMIN, GONE_ADMIN))
    with running(slack, f"sqlite:///{file}", course(), admins=admins) as bot, closing(sqlite3.connect(file)) as beside:
        made = Ground(bot, beside, _everything(bot))
        made.settled()
        made.before = rows(made)
        yield made
    slack.stop()
    check_ledger(slack.world, forged=True)


def _everything(bot: Running) -> dict[str, Subject]:
    bot.assign("@maya @henrik @aiko @tom @lee speak-the-language")
    bot.command(GONE_ADMIN, "/track list")
    bot.slack.deactivate(GONE_ADMIN)
    bot.advance(MONDAY + timedelta(days=2, hours=6))
    ctx, at = bot.app.ctx, bot.app.ctx.clock.business()
    with ctx.db.write() as session:
        henrik, maya = learners.get(session, TEAM, HENRIK), learners.get(session, TEAM, MAYA)
        assert henrik is not None
        assert maya is not None
        comfort = Comfort(TRACK, Moment.END)
        closing = new_delivery(henrik, Slot.CLOSING, at, caused_by="made", about=Closing(TRACK), rider=comfort)
        deliveries.add(session, closing)
        page = replace(closing, delivery_id="made-page", caused_by="page", rider=GroupPage(TRACK), slot=Slot.NOTICE)
        deliveries.add(session, page)
        talk(state_of(session, ctx, maya.learner_id), "made", None)
        handle_typed(state_of(session, ctx, henrik.learner_id), "3", "typed")
        picked_review(state_of(session, ctx, henrik.learner_id))
        skipping = ticked_item(state_of(session, ctx, henrik.learner_id))
        made = Draft(workspace_id=TEAM, draft_id="made-draft", admin_id=HENRIK, made_at=at)
        own = Contribution(workspace_id=TEAM, draft_id="made-draft", learner_id=HENRIK, lines=())
        drafts.make(session, made, [own])
        written.save(session, our_word(at))
        rules.add(session, paused_rule(at))
        far = at.date() + timedelta(days=300)
        quiet_spans.add(session, QuietSpan(workspace_id=TEAM, span_id="quietdays", first=far, last=far, admin_id=ADMIN))
        kept = later_keep(session, TEAM, ctx.catalogue_of(TEAM).items[PROMPTED])
        ask_worth(state_of(session, ctx, henrik.learner_id))
        kinds = ("order to go", "order to cancel", "order to date", "order in a dialog")
        for kind in kinds:
            order = Order(
                workspace_id=TEAM,
                order_id=kind.replace(" ", "-"),
                admin_id=ADMIN,
                verb=OrderVerb.ASSIGN,
                track_id=TRACK,
                people={"ids": [AIKO]},
                created_at=at,
            )
            draft(session, order)
    bot.tick()
    with ctx.db.read() as session:
        found = stored.deliveries_of(session, TEAM, HENRIK)
        his = {d.slot: d.delivery_id for d in found if d.caused_by != "ticked"}
        asked = next(f"{d.delivery_id}.{d.asking_id}" for d in found if d.slot is Slot.DAILY)
        review = f"{his[Slot.DAILY]}.review"
        summary = next(d for d in stored.deliveries_of(session, TEAM, ADMIN) if isinstance(d.about, OrderSummary))
    return {
        "question": Subject(asked, HENRIK),
        "item": Subject(his[Slot.DAILY], HENRIK),
        "review": Subject(review, HENRIK),
        "ticked": Subject(skipping, HENRIK),
        "reminder": Subject(his[Slot.REMINDER], HENRIK),
        "welcome": Subject(his[Slot.WELCOME], HENRIK),
        "closing": Subject(his[Slot.CLOSING], HENRIK),
        "page": Subject("made-page", HENRIK),
        "asked": Subject(his[Slot.ASKED], HENRIK),
        "summary": Subject(summary.delivery_id, ADMIN),
        "wish": Subject(MAYA, ADMIN),
        "track": Subject(TRACK),
        "rule": Subject("made-rule"),
        "appointed": Subject("U0NOBODY"),
        "quiet": Subject("quietdays"),
        "report": Subject("fomo|000000000000"),
        "draft": Subject("made-draft", HENRIK),
        "prompt": Subject(f"{PROMPTED}|{kept}|"),
        "preview": Subject(ids.preview(TRACK, 1)),
        **{kind: Subject(kind.replace(" ", "-"), ADMIN) for kind in kinds},
    }


def paused_rule(at: datetime) -> GroupRule:
    """Return a rule that does nothing by itself."""
    return GroupRule(
        workspace_id=TEAM,
        rule_id="made-rule",
        kind=SourceKind.GROUP,
        source_id="S0LEADERSHIP",
        name="leadership",
        track_id=TRACK,
        admin_id=ADMIN,
        created_at=at,
        state=RuleState.PAUSED,
    )


def picked_first(state: LearnerState, asking_id: str, *, right: bool) -> LoggedResponse:
    """Let there be a first answer to an asking."""
    given = LoggedResponse(
        workspace_id=TEAM,
        asking_id=asking_id,
        attempt=FIRST_ANSWER,
        learner_id=HENRIK,
        kind="one_right",
        response={"choice": 0},
        right=right,
        at=state.at,
        request_id=asking_id,
        day=state.today,
    )
    state.record(given)
    return given


def ticked_item(state: LearnerState) -> str:
    """Let there be an item that was ticked and answered, right and sure; its message and asking, as a block's id."""
    daily = next(d for d in stored.deliveries_of(state.session, TEAM, HENRIK) if d.slot is Slot.DAILY)
    item = state.asking(str(daily.asking_id))
    assert item is not None
    ticked: dict[str, Any] = {"asks_first": True, "text_shown": False, "ticked": True, "outcome": Outcome.ANSWERED}
    asking = replace(item, asking_id="ticked", number=98, again=False, **ticked)
    state.add_asking(asking)
    message = state.add(Slot.ASKED, caused_by="ticked", asking=asking)
    state.change_delivery(message, state=State.SENT, channel_id=daily.channel_id, ts="98.1")
    given = picked_first(state, "ticked", right=True)
    state.record(replace(given, attempt=CONFIDENCE, kind="confidence", response={"sure": True}, right=None))
    return f"{message.delivery_id}.ticked"


def picked_review(state: LearnerState) -> None:
    """Let a review ride in the day's message, answered and without a word on confidence."""
    daily = next(d for d in stored.deliveries_of(state.session, TEAM, HENRIK) if d.slot is Slot.DAILY)
    item = state.asking(str(daily.asking_id))
    assert item is not None
    review = replace(item, asking_id="review", number=99, again=False, reason=Reason.REVIEW)
    state.add_asking(review)
    state.let_ride(daily, review)
    picked_first(state, "review", right=False)


def ask_worth(state: LearnerState) -> None:
    """Let the day's message ask what its item was worth."""
    daily = next(d for d in stored.deliveries_of(state.session, TEAM, HENRIK) if d.slot is Slot.DAILY)
    state.change_delivery(daily, rider=Worth())


@pytest.mark.parametrize("asker", ASKERS, ids=lambda a: a.name)
@pytest.mark.parametrize("entry", to_try(), ids=lambda e: e.name)
def test_it_is_allowed_or_refused_as_the_table_says(
    ground: Ground, entry: Entry, asker: Asker, caplog: pytest.LogCaptureFixture
) -> None:
    for place in places(entry):
        for subject in subjects_of(entry, ground, place):
            _try(ground, entry, asker, subject, place)
    assert [r for r in caplog.records if r.levelno >= logging.ERROR and "AuthorizeResult" not in r.message] == []


def _try(ground: Ground, entry: Entry, asker: Asker, subject: Subject, place: str) -> None:
    user = asker.user or somebody_new(ground, asker)
    must = expected(entry, asker, user, subject, place)
    audited = last_audited(ground)
    words = ask(ground, entry, asker, user, subject, place)
    after = rows(ground)
    case = f"{entry.name} about {subject} in a {place}, by {asker.name}"
    if not must:
        assert words.strip() or ground.before != after or not entry.name.startswith("/"), f"{case}: nothing happened"
    changed, ground.before = list(changes(ground.before, after, user)) if must else [], after
    silent = entry.name.startswith(("search", "event"))
    assert refusals_in(words) == ({must} if must and not silent else set()), f"{case}: {words}"
    assert not (must and silent and words.strip()), f"{case}: {words}"
    assert changed == [], case
    traced = 1 if must not in {"", "not installed"} and entry.allowed in ADMINS else 0
    assert refused_after(ground, audited) == [user] * traced, case


@pytest.mark.parametrize("event", EVENTS)
def test_an_event_of_a_workspace_that_isnt_served_changes_nothing(ground: Ground, event: str) -> None:
    inner = {"type": event.partition(".")[0], "user": HENRIK, "tab": "home", "channel_type": "im", "text": "pause",
             "tokens": {"bot": ["U0MISSINGLINK"]}, "event_ts": "1.1"}  # fmt: skip
    if event == "user_change":
        inner["user"] = {**ground.bot.slack.world.users[HENRIK].as_slack(), "deleted": True}
    world = ground.bot.slack.world
    sent = {**payloads.event(world.new_id("Ev"), inner), "team_id": ELSEWHERE}
    sent["authorizations"][0]["team_id"] = ELSEWHERE
    ground.bot.slack.do(ground.bot.slack.people.outbox.send("events_api", sent))
    ground.settled()
    assert rows(ground) == ground.before


def test_every_refusal_names_a_next_step() -> None:
    for words in REFUSALS.values():
        assert "/learn" in words or "can install it" in words
        assert "!" not in words


def test_what_this_module_tries_is_everything() -> None:
    assert {e.name.partition(" ")[0] for e in to_try()} >= {"/learn", "/track", "/jargon", "tap", "dialog", "search"}
    assert authorising.TAPPED.keys() == ids.VERBS
