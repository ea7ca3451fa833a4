"""What begins says nothing yet: whatever isn't given is blank, but for what is named here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, fields
from datetime import UTC, date, datetime, time
from functools import partial
from typing import Any

import pytest

from bot.domain.agenda import Defaults
from bot.domain.audience import PeopleSource, SourceKind
from bot.domain.cards import Answered, Card
from bot.domain.content import Term, Track
from bot.domain.delivery import Asking, Delivery, LoggedResponse, Reason, Slot, State
from bot.domain.delivery_subject import (
    AnswerAsked,
    AnswerGiven,
    Closing,
    DmReply,
    DraftNews,
    ItemMessage,
    Reminder,
    Reviews,
    Said,
)
from bot.domain.drafts import Contribution
from bot.domain.erasing import Erasure
from bot.domain.error_report import ErrorReport
from bot.domain.intents import DmContext, Intent, Meaning
from bot.domain.orders import Effect, EffectOutcome, Order, OrderState, OrderVerb, UndoState
from bot.domain.people import Done, Enrolment, Hold, HoldKind, Learner, Profile
from bot.domain.quiet_days import QuietSpan
from bot.domain.rider import LATEST_NOTICE, Comfort, Moment, Worth
from bot.domain.rules import GroupRule, RuleState
from bot.domain.samples import Sample
from bot.domain.talks import Talk
from bot.domain.workspaces import Workspace
from tests.helpers import lesson

NOW, DAY = datetime(2026, 3, 2, 8, tzinfo=UTC), date(2026, 3, 2)
THEIRS: dict[str, Any] = {"workspace_id": "T1", "learner_id": "U1"}
GROUP: dict[str, Any] = {"kind": SourceKind.GROUP, "source_id": "S1"}


def said(made: Any) -> dict[str, Any]:
    """What something says without having been told."""
    own = (each for each in fields(made) if each.default is not MISSING or each.default_factory is not MISSING)
    return {each.name: value for each in own if (value := getattr(made, each.name))}


@pytest.mark.parametrize(
    "begin",
    [
        partial(Profile, workspace_id="T1", person_id="U1", name="Ada", tz="UTC"),
        partial(Hold, **THEIRS, kind=HoldKind.PERSON, since=NOW),
        partial(Done, **THEIRS, item_id="a", how="read", step=1),
        partial(
            LoggedResponse, **THEIRS, asking_id="k", attempt=1, kind="one_right", response={}, right=True, at=NOW, request_id="r"
        ),
        ItemMessage, partial(Reminder, last=False), partial(Closing, "abc"), Reviews, partial(DraftNews, "d"),
        partial(DmReply, Said.PAUSED), partial(AnswerGiven, "k"), partial(AnswerAsked, "k", "D", 0),
        partial(Intent, meaning=Meaning.PAUSE), partial(DmContext, today=DAY),
        partial(Effect, workspace_id="T1", order_id="O", learner_id="U1", outcome=EffectOutcome.CHANGED),
        partial(QuietSpan, workspace_id="T1", span_id="S", first=DAY, last=DAY, admin_id="U2"),
        partial(Erasure, **THEIRS, channel_id=None, asked_real=NOW, open_real=NOW),
        partial(Sample, **THEIRS, track_id="abc", item_id="a", drawn_on=DAY),
        partial(Card, **THEIRS, item_id="a"), partial(Answered, day=DAY, reason=Reason.ITEM, right=True),
        partial(Comfort, "abc", Moment.START), Worth, partial(Track, id="abc", title="A to C", summary="Three.", items=("a",)),
        partial(lesson, "a"), partial(Term, id="b", term="B", meaning="m", heard="h", use_when="u", avoid_when="a"),
        partial(Workspace, "T1", "Harbour", "U3"), partial(PeopleSource, **GROUP), partial(Defaults, time(9)),
        partial(Talk, **THEIRS, asked_at=NOW, told={}),
        partial(ErrorReport, workspace_id="T1", report_id="R", item_id="a", sentence="s", day=DAY),
        partial(Contribution, workspace_id="T1", draft_id="d", learner_id="U1", lines=()),
    ],
    ids=lambda begin: str(getattr(begin, "func", begin).__name__),
)  # fmt: skip
def test_what_begins_says_nothing_yet(begin: Callable[[], Any]) -> None:
    assert said(begin()) == {}


def test_somebody_new_has_nothing_behind_them_but_knows_what_was_told_before_they_came() -> None:
    assert said(Learner(**THEIRS, name="Ada", tz="UTC")) == {"privacy_told": LATEST_NOTICE}


def test_an_enrolment_an_order_and_a_rule_begin_as_such() -> None:
    assert said(Enrolment(**THEIRS, track_id="abc", first_day=DAY)) == {"revision": 1}
    order = Order(
        workspace_id="T1", order_id="O", admin_id="U2", verb=OrderVerb.ASSIGN, track_id="abc", people={}, created_at=NOW
    )
    assert said(order) == {"state": OrderState.STORED, "undo": UndoState.NONE}
    rule = GroupRule(
        workspace_id="T1", rule_id="R", **GROUP, name="leadership", track_id="abc", admin_id="U2", created_at=NOW
    )
    assert said(rule) == {"state": RuleState.ACTIVE}


def test_an_item_is_still_to_be_sent_with_its_text_and_a_message_was_never_tried() -> None:
    asking = Asking(**THEIRS, asking_id="k", number=1, item_id="a", track_id="abc", content_hash="h", opened_at=NOW)
    assert said(asking) == {"again": True, "reason": Reason.ITEM, "text_shown": True}
    delivery = Delivery(**THEIRS, delivery_id="D", slot=Slot.DAILY, state=State.DUE, due_at=NOW)
    assert said(delivery) == {"about": ItemMessage(), "revision": 1}
