"""Parts of samples that several of them share."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

from bot.domain.audience import PeopleSource, SourceKind
from bot.domain.content import Item, question_of
from bot.domain.insight import Band, FigureKind
from bot.domain.questions import AnyQuestion, Choice, Number, OneRight, Response, SeveralRight, Typed
from bot.domain.strategy import Entry, Gap, Page, PagePart, Part, Prompt
from bot.domain.typed_dates import parse_days
from bot.view_models import (
    BriefTerm,
    BriefView,
    CardLine,
    ComingState,
    ComingView,
    FigureView,
    GroupPageLine,
    OrderView,
    PlanView,
    SettingsView,
    StandingView,
    TitleLine,
    TrackCount,
    TrackProgress,
)

TUESDAY = date(2026, 3, 3)
PEOPLE = tuple(f"U{n:010}" for n in range(400))
COMING = ComingView(state=ComingState.NEXT, title="A lesson", day=TUESDAY, at=time(9))
RESTING = replace(COMING, state=ComingState.RESTING, title="", day=None, resting=("A & B",))
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
GROUP = PeopleSource(SourceKind.GROUP, "S1", "leadership")
ORDER = OrderView(order_id="o1", track="A track", people=("U1", "U2"), had_it=("U2",), first_day=TUESDAY)


def graded(item: Item, *, right: bool) -> Response:
    return graded_by(question_of(item), right=right)


def graded_by(question: AnyQuestion, *, right: bool) -> Response:
    found: Response = next(response for response in question.every_response() if question.grade(response) is right)
    return found


def several() -> SeveralRight:
    choices = (
        Choice("who answers", "Without a name nobody does.", right=True),
        Choice("by when", "A promise needs an hour.", right=True),
        Choice("which colours the logo may have", "Another page says so."),
    )
    return SeveralRight("several", "What belongs on the page?", choices)


def number() -> Number:
    choices = (
        Choice("1,500 people, give or take 100", "So many were counted.", right=True),
        Choice("15 people", "Those are the ones who answered."),
        Choice("anything else", "Count who saw it, not who follows."),
    )
    return Number("number", "How many people saw it?", choices)


def typed() -> Typed:
    choices = (
        Choice("share of voice; SOV", "A part of all that is said.", right=True),
        Choice("reach", "That counts who may have seen it."),
        Choice("anything else", "It compares you with the others."),
    )
    return Typed("typed", "What is your part of all that is said called?", choices)


def true_or_false() -> OneRight:
    choices = Choice("True", "Everybody may read it.", right=True), Choice("False", "It is public by default.")
    return OneRight("true", "A post on a company page is public.", choices, form="true or false")


def which_order() -> OneRight:
    choices = (
        Choice("listen → answer → count", "Whoever listens first, answers what was asked.", right=True),
        Choice("answer → listen → count", "It answers what nobody asked."),
        Choice("count → answer → listen", "There is nothing to count yet."),
    )
    return OneRight("order", "What comes first, second, third?", choices, form="which order")


def six_choices() -> OneRight:
    return OneRight("q", "Which?", tuple(Choice(f"choice {n}", "reason", right=n == 2) for n in range(6)))


CARDS = (
    CardLine(title="Reach", streak=0, next_on=TUESDAY, blind=True),
    CardLine(title="Fear as a budget", streak=2, next_on=TUESDAY + timedelta(days=70)),
    CardLine(title="FOMO", streak=0, next_on=TUESDAY + timedelta(days=2), answered=False),
    CardLine(title="Memes", streak=4, next_on=TUESDAY + timedelta(days=240)),
)
GROUP_FIGURE = FigureView(FigureKind.GROUP, date(2026, 6, 1), {"before": Band.LOW, "after": Band.HIGH})
STANDING = StandingView(
    tracks=(TrackProgress(track_id="abc", title="A to C", done=2, total=3, finished=False),),
    next_day=TUESDAY + timedelta(days=1),
    today=TUESDAY,
    cards=CARDS * 8,
    behind=(TitleLine("a", "A lesson"), TitleLine("fomo", "FOMO")),
    not_asked=(TitleLine("b", "Another"),),
    pages=(
        GroupPageLine(track_id="abc", title="A to C", added=False),
        GroupPageLine(track_id="cd", title="C & D", added=True, figure=GROUP_FIGURE),
    ),
)
BRIEF = BriefView(
    subject="Speak the language",
    terms=tuple(BriefTerm(f"t{n}", f"A term {n}", "What it means, in a sentence.") for n in range(5)),
    questions=("“Is that people, or screens?”", "“Who could say yes by noon?”", "“Who hears it?”"),
)

PROMPT = Prompt(Part.BUSINESS_CASE, ("What would you stop doing to pay for this?", "Who owns it?"))
_LINES = (("What would you stop doing to pay for this?", "The printed magazine. " * 40), ("Who owns it?", "Ines."))
PAGE = Page(
    owner_id="U1",
    owner="Maya",
    changed_at=None,
    parts=(
        PagePart(Part.BUSINESS_CASE, (Entry("a", "A lesson", _LINES),), (Gap("b", "Another", "A track", ready=True),)),
        PagePart(Part.COMPETENCIES, (), tuple(Gap(f"c{n}", f"Lesson {n}", "A track", ready=False) for n in range(5))),
        PagePart(Part.TONE),
        PagePart(Part.MEASUREMENT, tuple(Entry(f"m{n}", f"Lesson {n}", _LINES) for n in range(12))),
    ),
)
EMPTY_PAGE = Page(owner_id="U1", owner="Maya", changed_at=None, parts=tuple(PagePart(part) for part in Part))
