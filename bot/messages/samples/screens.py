"""Samples of dialogs and Homes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time

from bot.domain.audit import Audit
from bot.domain.content import Catalogue, Kind, Term, Track
from bot.domain.orders import EffectOutcome
from bot.domain.quiet_days import QuietSpan
from bot.domain.written import FormField, WrittenItem, WrittenState
from bot.messages import (
    admin_replies,
    admins,
    brief,
    dialogs,
    forgetting,
    members,
    quiet_days,
    render,
    replies,
    report,
    rules,
    strategy,
    writing,
)
from bot.messages.builder import Home, Modal
from bot.messages.error_reports import thanks, wrong_dialog
from bot.messages.home import home_view
from bot.messages.item import read_dialog
from bot.messages.samples.parts import (
    BRIEF,
    CARDS,
    COMING,
    COUNT,
    EMPTY_PAGE,
    GROUP,
    LEFT,
    ORDER,
    PAGE,
    PEOPLE,
    PLAN,
    PROMPT,
    RESTING,
    SETTINGS,
    STANDING,
    TUESDAY,
)
from bot.messages.samples.programme import LOOKED_UP, REPORTS
from bot.messages.standing import standing_message
from bot.messages.ticks import ticks_dialog
from bot.view_models import (
    AttentionView,
    ComingState,
    ExplainView,
    HomeView,
    RefusedPerson,
    ReportedView,
    RuleLine,
    StandingView,
    TermLine,
    TitleLine,
    TrackProgress,
)


def screens(term: Term, tracks: Sequence[Track]) -> dict[str, Modal | Home]:
    """Return every dialog and every Home."""
    return {**_homes(), **_strategies(), **_dialogs(term, tracks), **_written(term, tracks)}


def _homes() -> dict[str, Modal | Home]:
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
        "home, a strategy": home_view(replace(home, on_page=2, to_write=(TitleLine("a", "A lesson"),))),
        "home, what comes back": home_view(replace(home, cards=CARDS)),
        "home, not asked any more": home_view(replace(home, not_asked=(TitleLine("a", "A lesson"),))),
        "home, review ahead": home_view(
            replace(home, coming=replace(COMING, state=ComingState.FINISHED, title="", review_on=TUESDAY))
        ),
        "home, talk asked": home_view(replace(home, talk_since=TUESDAY)),
        "home of somebody erased": forgetting.blank_home(),
        "home of an admin": home_view(replace(home, counts=(COUNT,), attention=attention)),
        "home of an admin, errors reported": home_view(
            replace(home, counts=(COUNT,), attention=AttentionView(reported=_reported()))
        ),
        "home of an admin, quiet": home_view(replace(home, counts=(), attention=AttentionView())),
    }


def _reported() -> tuple[ReportedView, ...]:
    one = ReportedView(item_id="a", title="A lesson", sentences=("The date is a year off.",), report_ids=("0" * 12,))
    long = "&" * 300, "&" * 300, "*" * 300
    more = ReportedView(
        item_id="b", title="Another", sentences=("A dead link.", *long), report_ids=("1" * 12, "2" * 12, "3" * 12)
    )
    return one, more, ReportedView(item_id="c", title="A third", sentences=(), report_ids=("4" * 12,))


def _strategies() -> dict[str, Modal | Home]:
    return {
        "a prompt": strategy.prompt_dialog("A lesson", PROMPT, ("One line.",), "a|0|"),
        "a prompt, kept": strategy.kept(PROMPT.part.heading),
        "strategy": strategy.page_dialog(PAGE, ("U1", "U2"), files=True),
        "strategy, empty": strategy.page_dialog(EMPTY_PAGE, (), files=False),
        "strategy, shared": strategy.shared_dialog(PAGE, files=True),
        "strategy, share it": strategy.share_dialog(),
        "strategy, not shared": strategy.not_shared(),
        "strategy, as text": strategy.as_text(["# Social media strategy\n"], strategy.code_line("U1", "1a2b3c4d")),
    }


WRITTEN = WrittenItem(
    workspace_id="T",
    kind=Kind.LESSON,
    item_id="a",
    version=1,
    state=WrittenState.DRAFT,
    track_id="",
    title="What we call it",
    text="",
    since=datetime(2026, 11, 3, tzinfo=UTC),
    at=datetime(2026, 11, 3, tzinfo=UTC),
    made_in="V",
)


def _written(term: Term, tracks: Sequence[Track]) -> dict[str, Modal | Home]:
    """Return the dialogs in which an admin writes: empty, full to the limits, and with everything to say."""
    row = replace(WRITTEN, track_id=tracks[0].id)
    word = replace(row, item_id="w", kind=Kind.TERM, track_id="", state=WrittenState.PUBLISHED)
    gone = replace(row, item_id="g", version=2, state=WrittenState.WITHDRAWN)
    many = Catalogue(tracks={f"t{n}": replace(tracks[0], id=f"t{n}", title=f"Track {n}") for n in range(120)})
    full: dict[FormField, str] = dict.fromkeys(FormField, "words " * 500)
    full[FormField.REVIEW_BY] = "2027-3-1"
    rows = [replace(each, item_id=f"{each.item_id}{n}") for n in range(20) for each in (row, word, gone)]
    mend = ["The question: one of its choices has no reason."]
    return {
        "write, nothing yet": writing.list_dialog([], {}, TUESDAY),
        "write, with what was looked up": writing.list_dialog(rows[:2], {}, TUESDAY, latest=LOOKED_UP),
        "write, many": writing.list_dialog(rows, {tracks[0].id: "A & B"}, TUESDAY, files=True),
        "write, none of that name": writing.list_dialog([], {}, TUESDAY, wanted="x & y"),
        "write a lesson": writing.lesson_dialog({}, many, "t3", ""),
        "write a lesson, full": writing.lesson_dialog(full, many, "", "a.1", mend),
        "write a word": writing.term_dialog({}, ""),
        "write a word, asked otherwise": writing.term_dialog({FormField.MORE: "## Question, number: x"}, "a.1", mend),
        "write in other words": writing.wording_dialog(row),
        "paste a file": writing.paste_dialog(),
        "as they will see it": writing.proof_dialog(row, term, ["Nothing explains RACI."] * 12, "A & B"),
        "as they will see a word": writing.proof_dialog(word, term, [], ""),
        "published": writing.published(row),
        "withdraw it": writing.withdraw_dialog(word),
        "throw it away": writing.withdraw_dialog(row),
        "withdrawn": writing.withdrawn(gone),
        "thrown away": writing.withdrawn(row),
        "changed meanwhile": dialogs.shown(writing.changed_meanwhile()),
        "nothing published": dialogs.shown(writing.nothing_published()),
    }


def _dialogs(term: Term, tracks: Sequence[Track]) -> dict[str, Modal | Home]:
    return {
        "read again": read_dialog(term),
        "something's wrong": wrong_dialog("A lesson", "a|0"),
        "something's wrong, sent": thanks(),
        "how far": dialogs.shown(standing_message(STANDING)),
        "how far, nothing": dialogs.shown(standing_message(StandingView(tracks=(), next_day=None, today=TUESDAY))),
        "a meeting": brief.ask_dialog(),
        "a meeting, briefed": dialogs.shown(brief.brief_message(BRIEF)),
        "forget me": forgetting.forget_dialog(),
        "forget me, done": forgetting.forgotten(),
        "no copy without files": dialogs.shown(forgetting.no_files()),
        "ticks": ticks_dialog(tracks[0], [term, *(replace(term, id=f"t{n}", term=f"Term {n}") for n in range(9))]),
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
        **_orders(),
        **_reports(tracks[0]),
        "home, a track paused": home_view(HomeView(coming=RESTING, plan=PLAN)),
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


def _orders() -> dict[str, Modal | Home]:
    return {
        **_quiet(),
        **_admins(),
        "rules": dialogs.shown(rules.rule_list([])),
        "rules, some": dialogs.shown(
            rules.rule_list(
                [
                    RuleLine(rule_id="r1", source=GROUP, track="A & B"),
                    RuleLine(rule_id="r2", source=GROUP, track="A track", paused=True, problem="missing_scope"),
                    *(RuleLine(rule_id=f"s{n}", source=GROUP, track="A track", problem="x") for n in range(30)),
                ]
            )
        ),
        "an order asks": dialogs.shown(
            admin_replies.order_asks(replace(ORDER, sources=(GROUP,), unmet=("U1",), busy=("U1",), items=12))
        ),
        "an order asks, all of it": dialogs.shown(
            admin_replies.order_asks(
                replace(
                    ORDER,
                    people=PEOPLE,
                    had_it=PEOPLE[:50],
                    left=PEOPLE[50:70],
                    refused=tuple(RefusedPerson(p, EffectOutcome.BOT) for p in PEOPLE[70:90]),
                    sources=(GROUP,) * 3,
                    then=("Another",),
                    kept=True,
                    items=12,
                    unwelcomed=3,
                )
            )
        ),
        "members aren't told": dialogs.shown(members.not_listed(GROUP, "missing_scope")),
    }


def _quiet() -> dict[str, Modal | Home]:
    return {
        "quiet days": dialogs.shown(quiet_days.quiet_list([], TUESDAY)),
        "quiet days, some": dialogs.shown(
            quiet_days.quiet_list(
                [
                    QuietSpan(workspace_id="T1", span_id=f"q{n}", first=TUESDAY, last=TUESDAY, admin_id="U1")
                    for n in range(30)
                ],
                TUESDAY,
            )
        ),
    }


def _admins() -> dict[str, Modal | Home]:
    entry = Audit(
        workspace_id="T1",
        audit_id="a1",
        at=datetime(2026, 3, 2, 9, tzinfo=UTC),
        actor="U0ADMIN",
        action="assign",
        detail=f"assign a-track: {', '.join(PEOPLE)}",
    )
    return {
        "admins": dialogs.shown(admins.admin_list(["U1"], PEOPLE)),
        "audit, nothing": dialogs.shown(admins.audit_list([], "UTC", files=True)),
        "audit": dialogs.shown(admins.audit_list([entry] * 20, "Europe/London", files=True)),
        "the last admin": dialogs.shown(admins.last_admin()),
        "an admin by the setting": dialogs.shown(admins.by_setting("U1")),
        "no admin": dialogs.shown(admins.cant_be_admin("U1", "is an app, not a person")),
    }


def _reports(track: Track) -> dict[str, Modal | Home]:
    return {
        **{f"report, {name}": dialogs.shown(report.report_message(view)) for name, view in REPORTS.items()},
        "report, monthly": dialogs.shown(report.monthly_set(on=True)),
        "report, no longer": dialogs.shown(report.monthly_set(on=False)),
        "a note to copy": dialogs.shown(report.note_to_copy(track, PEOPLE)),
        "a note, nobody": dialogs.shown(report.note_to_copy(track, [])),
    }
