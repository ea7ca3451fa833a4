"""Samples of the answers to typed words."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

from bot.domain.content import Lesson, Term
from bot.domain.intents import Meaning
from bot.domain.questions import Chosen
from bot.domain.typed_dates import parse_days
from bot.messages.dm_replies.drawing import DRAWN
from bot.messages.samples.parts import COMING, LEFT, TUESDAY, six_choices
from bot.view_models import (
    ComingState,
    DmReplyView,
    ExplainView,
    HintView,
    TermLine,
    TitleLine,
    TrackProgress,
    View,
)


def answers(term: Term) -> dict[str, View]:
    running = TrackProgress(track_id="abc", title="A to C", done=1, total=3, finished=False)
    full = DmReplyView(
        said=Meaning.HELP,
        coming=COMING,
        talk_to=("UA",),
        delivery_id="d1",
        tracks=(running, replace(running, track_id="b", title="B", own=True)),
        assigned_by=("UA", "UB"),
        question=six_choices(),
        response=Chosen(0),
        missed=("A lesson", "Another"),
        again=(TitleLine("l", "A lesson"),),
        terms=(term,),
        lesson=Lesson(id="l", title="A lesson", body="Some text.", question=six_choices()),
        days=parse_days("mon-fri"),
        tz="Europe/London",
        country="Britain (UK)",
        admins=("UA", "UB"),
        answered=True,
    )
    bare = DmReplyView(said=Meaning.HELP, coming=replace(COMING, state=ComingState.NOTHING, day=None))
    out = DmReplyView(said=Meaning.HELP, coming=LEFT, talk_to=("UA",), talk_since=TUESDAY)
    waiting = replace(full, coming=replace(COMING, state=ComingState.WAITING), hour=time(8, 30))
    paused = replace(
        full, coming=replace(COMING, state=ComingState.PAUSED), until=TUESDAY, response=Chosen(2), tracks=(running,)
    )
    said = {
        f"said, {kind}, {name}": replace(view, said=kind)
        for kind in DRAWN
        for name, view in {"full": full, "bare": bare, "left": out, "waiting": waiting, "paused": paused}.items()
    }
    return {**said, "said, guessed": replace(full, said=Meaning.WHO, guessed=True), **_explained(term), **_hints()}


def _explained(term: Term) -> dict[str, View]:
    return {
        "explained": ExplainView(asked=term.term, term=term),
        "explained in the DM": ExplainView(asked=term.term, term=term, whispered=False),
        "not found": ExplainView(
            asked="<!channel>", term=None, nearest=(TermLine("fomo", "FOMO"), TermLine("yolo", "YOLO"))
        ),
        "explained, guessed": ExplainView(asked="fomoo", term=term, guessed=True),
        "not found, nothing near": ExplainView(asked="qqqq"),
    }


def _hints() -> dict[str, View]:
    return {
        "hint": HintView(suggestions=("FOMO", "YOLO"), coming=COMING, talk_to=("UA",), delivery_id="d1"),
        "hint, paused": HintView(
            suggestions=("FOMO", "YOLO"), coming=replace(COMING, state=ComingState.PAUSED), talk_to=(), delivery_id="d1"
        ),
        "hint, nothing running": HintView(
            suggestions=(), coming=replace(COMING, state=ComingState.NOTHING), talk_to=(), delivery_id="d1"
        ),
        "hint, left": HintView(suggestions=(), coming=LEFT, talk_to=("UA",), delivery_id="d1", talk_since=TUESDAY),
        "hint, waiting": HintView(
            suggestions=("FOMO",), coming=replace(COMING, state=ComingState.WAITING), talk_to=("UA",), delivery_id="d1"
        ),
    }
