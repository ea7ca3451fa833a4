"""Samples of the messages to admins."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

from bot.domain.audience import PeopleSource, SourceKind
from bot.domain.orders import EffectOutcome, FollowUp, OrderVerb, UndoState
from bot.domain.typed_dates import parse_days
from bot.messages.samples.parts import GROUP, PEOPLE, TUESDAY
from bot.messages.samples.programme import REPORTS
from bot.view_models import (
    AppointedView,
    DraftNewsView,
    GivenBackView,
    HeldView,
    PreviewView,
    RefusedPerson,
    RuleDone,
    RuleNewsView,
    SharedPageView,
    SummaryView,
    TalkView,
    View,
)

RULE_NEWS = RuleNewsView(
    "d1",
    (
        RuleDone(GROUP, "A track", ("U1", "U2"), (RefusedPerson("U4", EffectOutcome.BOT),)),
        RuleDone(PeopleSource(SourceKind.CHANNEL, "C1", "board"), "A & B"),
    ),
)


_NEWS: dict[str, View] = {
    "a draft, ready": DraftNewsView("d1", ready=True),
    "a draft, asked": DraftNewsView("d1", ready=False),
    "a shared page": SharedPageView("U1"),
    "a track given back": GivenBackView("A & B"),
    "an admin now": AppointedView("U1", dismissed=False),
    "an admin no longer": AppointedView("U1", dismissed=True),
    "a monthly report": REPORTS["by itself"],
    "a monthly report, no admin any more": REPORTS["no admin any more"],
}


def to_admins() -> dict[str, View]:
    summary = SummaryView(
        delivery_id="d1",
        verb=OrderVerb.ASSIGN,
        track="A track",
        track_id="a-track",
        changed=("U1", "U2"),
        had_it=("U3",),
        refused=(RefusedPerson("U4", EffectOutcome.BOT),),
        first_day=TUESDAY,
    )
    return {
        "a test run, gone": PreviewView(track_id="a-track", title="A track", number=3, total=2, item=None),
        "rules": RULE_NEWS,
        **_NEWS,
        "summary, under way": replace(summary, doing=(120, 400)),
        "summary, then another": replace(summary, then="A & B", after="Another track", undo=UndoState.OFFERED),
        "summary": replace(summary, undo=UndoState.OFFERED),
        "summary, with days": replace(summary, at=time(8, 30), days=parse_days("mon-thu")),
        "summary, undo asks": replace(summary, undo=UndoState.ASKS, begun=1),
        "summary, undone": replace(summary, undo=UndoState.DONE, put_back=1, kept=1),
        "summary, left": replace(summary, left=("U5", "U6")),
        "summary, had it": replace(summary, changed=(), again=("U3",), movable=("U3",), at=time(8, 30)),
        "summary, finished": replace(summary, finished=("U2", "U3"), again=("U2", "U3"), undo=UndoState.OFFERED),
        "summary, no first day": replace(summary, first_day=None),
        "summary, one day": replace(
            summary, first_day=None, days=frozenset({0}), again=("U3",), movable=("U3",), undo=UndoState.OFFERED
        ),
        "summary, asked again": replace(summary, again=("U3",), followed=(FollowUp.MOVE,), undo=UndoState.OFFERED),
        "summary, moved": replace(summary, verb=OrderVerb.MOVE, days=parse_days("mon-thu"), undo=UndoState.OFFERED),
        "summary, move undone": replace(summary, verb=OrderVerb.MOVE, undo=UndoState.DONE, put_back=2),
        "summary, removed": replace(
            summary, verb=OrderVerb.REMOVE, refused=(RefusedPerson("U4", EffectOutcome.NOTHING),)
        ),
        "summary, nobody": replace(summary, changed=(), had_it=(), refused=()),
        "summary, four hundred": replace(summary, changed=PEOPLE, had_it=PEOPLE, undo=UndoState.OFFERED),
        "talk": TalkView("U1"),
        "held": HeldView("token_revoked"),
    }
