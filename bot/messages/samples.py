"""Samples of everything that the bot can show, for `missinglink doctor --online` and the tests of all messages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time

from bot.domain.content import Item, Lesson, Term, Track
from bot.domain.delivery import Outcome
from bot.domain.delivery_note import Later, NotToday, Paused, TooLate
from bot.domain.intents import Meaning
from bot.domain.orders import EffectOutcome, FollowUp, OrderVerb, UndoState
from bot.domain.questions import Choice, Chosen, OneRight, Response
from bot.domain.typed_dates import parse_days
from bot.messages import dialogs, render, replies
from bot.messages.builder import Home, Modal
from bot.messages.dm_replies.drawing import DRAWN
from bot.messages.home import home_view
from bot.messages.item import read_dialog
from bot.view_models import (
    Announcement,
    AttentionView,
    ClosingView,
    ComingState,
    ComingView,
    DmReplyView,
    ExplainView,
    HeldView,
    HintView,
    HomeView,
    ItemView,
    NoteView,
    OrderView,
    PlanView,
    RefusedPerson,
    ReminderView,
    SettingsView,
    Skipped,
    SummaryView,
    TalkView,
    TermLine,
    TitleLine,
    TrackCount,
    TrackLine,
    TrackProgress,
    View,
    WelcomeState,
    WelcomeView,
)

HOWS = ("again", "on", "anew")
TUESDAY = date(2026, 3, 3)
PEOPLE = tuple(f"U{n:010}" for n in range(400))
COMING = ComingView(state=ComingState.NEXT, title="A lesson", day=TUESDAY, at=time(9))
LEFT = ComingView(
    state=ComingState.LEFT, title="", day=None, at=time(9), left=(("abc", "A to C"), ("b", "Plan it")), paused=True
)
PLAN = PlanView(time(9), parse_days("mon-fri"), "Europe/London", "Britain (UK)")
COUNT = TrackCount(track_id="abc", title="A to C", assigned=3, started=2, finished=1)
SETTINGS = SettingsView(
    at=None,
    usual_at=time(9),
    days=parse_days("mon-fri"),
    usual_days=parse_days("mon-fri"),
    tz=None,
    profile_tz="Europe/London",
    country=None,
    zone_country="GB",
    countries={"GB": "Britain (UK)", "PT": "Portugal"},
    titled=False,
    paused=False,
    until=None,
)
ORDER = OrderView(order_id="o1", track="A track", people=("U1", "U2"), had_it=("U2",), first_day=TUESDAY)


def views(lesson: Lesson, term: Term) -> dict[str, View]:
    """Return every kind of message in every state, around one lesson and one term."""
    return {**_items(lesson, term), **_frames(), **_admins(), **_answers(term)}


def _items(lesson: Lesson, term: Term) -> dict[str, View]:
    item = ItemView(delivery_id="d1", item=lesson, position=3, total=12, track="A track")
    return {
        "item": item,
        "item, titled": replace(item, titled=True),
        "item, announced": replace(item, announce=Announcement("Another track")),
        **{f"item, announced, {how}": replace(item, announce=Announcement("A track", how, "UA")) for how in HOWS},
        "item, six choices": replace(item, item=replace(lesson, question=_six())),
        "item, right": replace(item, response=_graded(lesson, right=True), outcome=Outcome.ANSWERED),
        "item, wrong": replace(item, response=_graded(lesson, right=False), outcome=Outcome.ANSWERED),
        "item, read": replace(item, outcome=Outcome.READ),
        "item, known": replace(item, outcome=Outcome.KNOWN),
        "item, folded": replace(item, folded=True),
        "item, folded and done": replace(item, folded=True, outcome=Outcome.READ, note=NoteView(Paused(None))),
        "item, skipped": replace(item, outcome=Outcome.SKIPPED, skipped=Skipped()),
        "item, comes again": replace(item, outcome=Outcome.SKIPPED, skipped=Skipped("A track")),
        "item, done elsewhere": replace(item, outcome=Outcome.SKIPPED, skipped=Skipped(done=True)),
        "item, later": replace(item, note=NoteView(Later(datetime(2026, 3, 3, 12, 0)))),  # noqa: DTZ001 - a wall clock
        "item, not today": replace(item, note=NoteView(NotToday(date(2026, 3, 4)))),
        "item, too late": replace(item, note=NoteView(TooLate(date(2026, 3, 4)))),
        "item, paused": replace(item, note=NoteView(Paused(None))),
        "item, paused until": replace(item, note=NoteView(Paused(date(2026, 3, 9)))),
        "term": replace(item, item=term),
        "preview, tapped": replace(item, delivery_id="preview.abc.1", response=_graded(lesson, right=False)),
    }


def _graded(item: Item, *, right: bool) -> Response:
    question = item.question
    found: Response = next(response for response in question.every_response() if question.grade(response) is right)
    return found


def _six() -> OneRight:
    return OneRight("q", "Which?", tuple(Choice(f"choice {n}", "reason", right=n == 2) for n in range(6)))


def _frames() -> dict[str, View]:
    welcome = WelcomeView(
        delivery_id="d1",
        tracks=(TrackLine("A track", "What it is.", 12),),
        assigned_by=("UADMIN",),
        at=time(9),
        days=parse_days("mon-fri"),
        first_day=TUESDAY,
        holidays=True,
    )
    closing = ClosingView(
        delivery_id="d1",
        track="A track",
        learned=(TitleLine("one", "One"), TitleLine("two", "Two")),
        answered=2,
        right=1,
        talk_to=("UA",),
    )
    return {
        "welcome": welcome,
        "welcome, two admins": replace(welcome, assigned_by=("UA", "UB"), hour_changed=True),
        "welcome, by oneself": replace(welcome, by_oneself=True),
        "welcome, started": replace(welcome, state=WelcomeState.STARTED),
        "welcome, paused": replace(welcome, state=WelcomeState.PAUSED),
        "welcome, left": replace(welcome, state=WelcomeState.LEFT, tracks=(), assigned_by=()),
        "welcome, withdrawn": replace(welcome, state=WelcomeState.WITHDRAWN, tracks=(), assigned_by=()),
        "reminder": ReminderView(delivery_id="d1", last=False),
        "reminder, last": ReminderView(delivery_id="d1", last=True),
        "reminder, done": ReminderView(delivery_id="d1", last=False, done="A lesson"),
        "reminder, skipped": ReminderView(delivery_id="d1", last=False, done="A lesson", skipped=Skipped("A track")),
        "reminder, paused": ReminderView(delivery_id="d1", last=False, note=NoteView(Paused(None))),
        "closing": closing,
        "closing, what next": replace(closing, next_tracks=(("b", "B track"),), new_hour=time(9)),
        "closing, talk asked": replace(closing, talk_asked=True, talk_to=("UA", "UB"), running=("B track",)),
        "closing, started again": replace(closing, again=True),
        "closing, started again beside another": replace(closing, again=True, running=("B track", "C track")),
    }


def _admins() -> dict[str, View]:
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


def _answers(term: Term) -> dict[str, View]:
    running = TrackProgress(track_id="abc", title="A to C", done=1, total=3, finished=False)
    full = DmReplyView(
        said=Meaning.HELP,
        coming=COMING,
        talk_to=("UA",),
        delivery_id="d1",
        tracks=(running, replace(running, track_id="b", title="B", own=True)),
        assigned_by=("UA", "UB"),
        question=_six(),
        response=Chosen(0),
        missed=("A lesson", "Another"),
        again=(TitleLine("l", "A lesson"),),
        terms=(term,),
        lesson=Lesson(id="l", title="A lesson", body="Some text.", question=_six()),
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
    return {
        "explained": ExplainView(asked=term.term, term=term),
        "explained in the DM": ExplainView(asked=term.term, term=term, whispered=False),
        "not found": ExplainView(
            asked="<!channel>", term=None, nearest=(TermLine("fomo", "FOMO"), TermLine("yolo", "YOLO"))
        ),
        "explained, guessed": ExplainView(asked="fomoo", term=term, guessed=True),
        "not found, nothing near": ExplainView(asked="qqqq"),
        **said,
        "hint": HintView(suggestions=("FOMO", "YOLO"), coming=COMING, talk_to=("UA",), delivery_id="d1"),
        "hint, paused": HintView(
            suggestions=("FOMO", "YOLO"), coming=replace(COMING, state=ComingState.PAUSED), talk_to=(), delivery_id="d1"
        ),
        "said, guessed": replace(full, said=Meaning.WHO, guessed=True),
        "hint, nothing running": HintView(
            suggestions=(), coming=replace(COMING, state=ComingState.NOTHING), talk_to=(), delivery_id="d1"
        ),
        "hint, left": HintView(suggestions=(), coming=LEFT, talk_to=("UA",), delivery_id="d1", talk_since=TUESDAY),
        "hint, waiting": HintView(
            suggestions=("FOMO",), coming=replace(COMING, state=ComingState.WAITING), talk_to=("UA",), delivery_id="d1"
        ),
    }


def screens(term: Term, tracks: Sequence[Track]) -> dict[str, Modal | Home]:
    """Return every dialog and every Home."""
    home = HomeView(
        coming=COMING,
        plan=PLAN,
        progress=(TrackProgress(track_id="abc", title="A to C", done=1, total=3, finished=False),),
        met=(TermLine("fomo", "FOMO"),),
        talk_to=("UA",),
    )
    attention = AttentionView(
        unreachable=("U1",), uncertain=2, failed=("A lesson",), talks=("U2", "U3"), to_review=("An old lesson",)
    )
    running, own = home.progress[0], replace(home.progress[0], own=True)
    left = replace(running, left=True)
    many = tuple(replace(running, track_id=f"t{n}", title=f"Track {n} with quite a long title") for n in range(5))
    return {
        **{f"home, {state}": home_view(replace(home, coming=replace(COMING, state=state))) for state in ComingState},
        "home of somebody who left": home_view(replace(home, coming=LEFT, progress=(left, running))),
        "home before the welcome": home_view(replace(home, coming=replace(COMING, title="", first=TUESDAY))),
        "home before a holiday": home_view(replace(home, coming=replace(COMING, holiday=date(2026, 3, 2)))),
        "home of somebody new": home_view(
            HomeView(coming=replace(COMING, state=ComingState.NOTHING, day=None), plan=PLAN)
        ),
        "home, own track": home_view(replace(home, progress=(own,))),
        "home, tracks left": home_view(replace(home, progress=(left, replace(left, track_id="b"), running))),
        "home, three tracks": home_view(replace(home, progress=many[:3])),
        "home, five tracks": home_view(replace(home, progress=many)),
        "home, lessons behind": home_view(replace(home, behind=(TitleLine("a", "A lesson"),) * 2)),
        "read again": read_dialog(term),
        "home, talk asked": home_view(replace(home, talk_since=TUESDAY)),
        "home of an admin": home_view(replace(home, counts=(COUNT,), attention=attention)),
        "home of an admin, quiet": home_view(replace(home, counts=(), attention=AttentionView())),
        "menu": dialogs.menu_dialog(COMING),
        "menu of somebody who left": dialogs.menu_dialog(LEFT),
        "settings": dialogs.settings_dialog(SETTINGS),
        "settings, all chosen": dialogs.settings_dialog(
            replace(SETTINGS, at=time(7, 15), tz="Europe/Lisbon", country="PT", titled=True, paused=True, until=TUESDAY)
        ),
        "settings, no holidays": dialogs.settings_dialog(replace(SETTINGS, country="", paused=True)),
        "settings, saved": dialogs.settings_saved(COMING, PLAN),
        "settings, saved by somebody who left": dialogs.settings_saved(LEFT, PLAN),
        "assign": dialogs.assign_dialog(tracks),
        "confirm": dialogs.confirm_dialog(ORDER),
        "confirm, nobody": dialogs.confirm_dialog(replace(ORDER, had_it=ORDER.people)),
        "confirm, left": dialogs.confirm_dialog(replace(ORDER, left=("U1",))),
        "confirm, again": dialogs.confirm_dialog(replace(ORDER, restart=True)),
        "confirm, four hundred": dialogs.confirm_dialog(
            replace(ORDER, people=PEOPLE, had_it=PEOPLE[:50], at=time(8, 30))
        ),
        "jargon": dialogs.jargon_dialog([render(ExplainView(asked=term.term, term=term))], 2),
        "no jargon": dialogs.no_jargon(["FOMO"]),
        "an answer as a dialog": dialogs.shown(replies.learn_help(COMING)),
    }
