"""Samples of the messages of a track: items, the welcome, reminders, closings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

from bot.domain.content import Lesson, Term
from bot.domain.delivery import Outcome
from bot.domain.delivery_note import Later, NotToday, Paused, TooLate
from bot.domain.questions import OneRight, Written
from bot.domain.rider import LATEST_NOTICE
from bot.domain.typed_dates import parse_days
from bot.messages.samples.parts import (
    PROMPT,
    TUESDAY,
    graded,
    graded_by,
    number,
    several,
    six_choices,
    true_or_false,
    typed,
    which_order,
)
from bot.view_models import (
    Announcement,
    ChangedView,
    ClosingView,
    ComfortView,
    GroupPageView,
    ItemView,
    NoteView,
    PrivacyView,
    PromptView,
    ReminderView,
    ReviewsView,
    ReviewView,
    Skipped,
    TitleLine,
    TrackLine,
    View,
    WelcomeState,
    WelcomeView,
    WorthView,
)

HOWS = ("again", "on", "anew")


def items(lesson: Lesson, term: Term) -> dict[str, View]:
    item = ItemView(delivery_id="d1", item=lesson, position=3, total=12, track="A track")
    return {
        "item": item,
        "item, titled": replace(item, titled=True),
        "item, announced": replace(item, announce=Announcement("Another track")),
        **{f"item, announced, {how}": replace(item, announce=Announcement("A track", how, "UA")) for how in HOWS},
        "item, six choices": replace(item, item=replace(lesson, question=six_choices())),
        "item, right": replace(item, response=graded(lesson, right=True), outcome=Outcome.ANSWERED),
        "item, wrong": replace(item, response=graded(lesson, right=False), outcome=Outcome.ANSWERED),
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
        **_kinds(item, lesson),
        **_asked_first(item, lesson),
        **_ticked(item, term),
        **_reviews(item, lesson),
        **_riders(item, lesson),
        "preview, tapped": replace(item, delivery_id="preview.abc.1", response=graded(lesson, right=False)),
    }


def _kinds(item: ItemView, lesson: Lesson) -> dict[str, View]:
    made: dict[str, View] = {}
    for question in (several(), number(), typed(), true_or_false(), which_order()):
        asked = replace(item, item=replace(lesson, question=question))
        made[f"item, {question.id}"] = asked
        for right in (True, False):
            name = f"item, {question.id}, {'right' if right else 'wrong'}"
            response = graded(asked.item, right=right)
            made[name] = replace(asked, response=response, outcome=Outcome.ANSWERED)
    almost = Written("shere off voyce")
    made["item, typed, once more"] = replace(item, item=replace(lesson, question=typed()), tried=almost)
    made["item, number, once more"] = replace(item, item=replace(lesson, question=number()), tried=Written("15"))
    shuffled = lesson.question.in_order((2, 0, 1)) if isinstance(lesson.question, OneRight) else lesson.question
    made["item, in another order"] = replace(item, item=replace(lesson, question=shuffled))
    return made


def _asked_first(item: ItemView, lesson: Lesson) -> dict[str, View]:
    first = replace(item, asks_first=True, text_shown=False, says_why=True)
    guess = replace(first, text_shown=True, guessed=True, outcome=Outcome.ANSWERED)
    return {
        "item, asked first": first,
        "item, asked first, text shown": replace(first, text_shown=True),
        "item, asked first, guessed right": replace(guess, response=graded(lesson, right=True)),
        "item, asked first, guessed wrong": replace(guess, response=graded(lesson, right=False)),
    }


def _ticked(item: ItemView, term: Term) -> dict[str, View]:
    first = replace(item, item=term, asks_first=True, text_shown=False, ticked=True)
    picked = replace(first, response=graded(term, right=True), outcome=Outcome.ANSWERED)
    wrong = replace(picked, response=graded(term, right=False), text_shown=True)
    return {
        "term, ticked": first,
        "term, ticked and picked": picked,
        "term, ticked, right and sure": replace(picked, sure=True),
        "term, ticked, text skipped": replace(picked, sure=True, outcome=Outcome.KNOWN),
        "term, ticked, right and guessing": replace(picked, sure=False, text_shown=True),
        "term, ticked, wrong and sure": replace(wrong, sure=True),
    }


def _reviews(item: ItemView, lesson: Lesson) -> dict[str, View]:
    done = replace(item, response=graded(lesson, right=True), outcome=Outcome.ANSWERED)
    asked = ReviewView(asking_id="r1", question=six_choices(), days=9, seconds=20)
    right, wrong = graded_by(asked.question, right=True), graded_by(asked.question, right=False)
    over = replace(asked, outcome=Outcome.ANSWERED)
    states = {
        "asked": asked,
        "picked": replace(asked, response=wrong),
        "right": replace(over, response=right, sure=True),
        "right, guessing": replace(over, response=right, sure=False),
        "wrong": replace(over, response=wrong),
        "wrong and sure": replace(over, response=wrong, sure=True),
        "slip": replace(over, response=wrong, sure=True, voided=True, outcome=Outcome.READ),
        "lapsed": replace(asked, outcome=Outcome.LAPSED),
        "lapsed, answered late": replace(asked, outcome=Outcome.LAPSED, response=right),
        "in words": replace(asked, question=typed(), days=45),
        "once more": replace(asked, question=number(), days=70, tried=Written("15")),
    }
    made: dict[str, View] = {f"item, review {name}": replace(done, reviews=(state,)) for name, state in states.items()}
    second = replace(asked, asking_id="r2", question=several(), days=1)
    made["item, two reviews"] = replace(done, reviews=(states["right"], second))
    made["item, voided"] = replace(done, voided=True, outcome=Outcome.READ)
    made["reviews alone"] = ReviewsView(delivery_id="d1", reviews=(states["wrong and sure"], second))
    return made


def _riders(item: ItemView, lesson: Lesson) -> dict[str, View]:
    done = replace(item, response=graded(lesson, right=True), outcome=Outcome.ANSWERED)
    return {
        **{f"item, rider on privacy {n}": replace(item, rider=PrivacyView(n)) for n in range(1, LATEST_NOTICE + 1)},
        "item, a prompt": replace(done, prompt=PromptView("a", PROMPT, written=False)),
        "item, a prompt answered": replace(done, prompt=PromptView("a", PROMPT, written=True)),
        "item, rider on a change": replace(item, rider=ChangedView("fomo", "FOMO", "It has another name now.")),
        "item, rider on the group's page": replace(done, rider=GroupPageView("A & B", None)),
        "item, added to the group's page": replace(done, rider=GroupPageView("A & B", said=True)),
        "item, not added to the group's page": replace(done, rider=GroupPageView("A & B", said=False)),
        "item, rider on its worth": replace(done, rider=WorthView(None)),
        "item, rider on comfort": replace(item, rider=ComfortView("A track", None)),
        "item, comfort said": replace(done, rider=ComfortView("A track", 2)),
        "item, comfort said again": replace(done, rider=ComfortView("A track", 4, first=2)),
        "item, worth the minute": replace(done, rider=WorthView(said=True)),
        "item, not worth the minute": replace(done, rider=WorthView(said=False)),
    }


def frames() -> dict[str, View]:
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
        meeting_lines=('"Who uses this tag today?"', '"Is that people, or *screens*?"'),
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
        "closing, reviews follow": replace(closing, reviews_follow=True),
        "closing, talk asked": replace(closing, talk_asked=True, talk_to=("UA", "UB"), running=("B track",)),
        "closing, started again": replace(closing, again=True),
        "closing, started again beside another": replace(closing, again=True, running=("B track", "C track")),
    }
