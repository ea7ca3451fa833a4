"""The report on how far a programme has come, and on what may be told about knowledge."""

from __future__ import annotations

from calendar import month_abbr
from collections.abc import Sequence
from datetime import date
from html import unescape

from bot.domain.content import Track
from bot.messages import formatting, ids
from bot.messages.builder import Block, Builder, Message, button
from bot.messages.figures import HOW, RULE, active_line, figure_line, month_named
from bot.messages.home import count_line
from bot.messages.mrkdwn import escape, unmarked
from bot.messages.replies import words
from bot.view_models import MonthCount, ProgrammeView, ReportSheet, SheetTrack, TrackReport

MOST = 8
"""The tracks that are shown together."""
COLUMNS = ("Month", "Assigned", "Started", "Finished")
MOST_MONTHS = 6
TITLE = "Social media learning: progress report"
ON_PAPER = "The report that you asked Missing Link for, to print. It names nobody."
ON, OFF = "on", "off"
OPENING = "The report that Missing Link sends you each month is here. Nothing in it needs an answer from you right now."
NOTHING = "Nobody has been assigned anything here yet, so there is nothing to report."
WHEN = (
    "People count as assigned in the month of their first day, and as started once they have read, answered or ticked "
    "off an item; months are UTC."
)
HONEST = "Nobody gets more than one new item a day, so a week shows who has begun, and not yet whether it helped."
SOON = "The first come about two months after a group has begun."


def report_message(view: ProgrammeView) -> Message:
    """Draw how far each track has come, what may be told about knowledge, and who can read that."""
    builder = Builder(OPENING if view.delivery_id else "")
    if view.dismissed:
        return builder.say("Only admins can read the report.").message()
    if not view.tracks:
        return builder.say(NOTHING).message()
    builder.say(people_line(view.people))
    builder.small(HONEST)
    shown = view.tracks[:MOST]
    for track in shown:
        _track(builder, track)
    _months(builder, shown)
    if len(view.tracks) > MOST:
        builder.small(f"{len(view.tracks) - MOST} more: `/track report speak-the-language` shows one.")
    if said := " ".join(filter(None, (active_line(view.active), talks_line(view.talks)))):
        builder.say(said)
    builder.small(WHEN)
    builder.small(f"{RULE} {HOW}" if any(track.figures for track in view.tracks) else f"{RULE} {SOON}")
    builder.small(f"Only admins can read this: {formatting.mentions(view.admins)}.")
    builder.actions(ids.block(view.delivery_id or view.track_id or ids.ALL), _buttons(view))
    return builder.message()


def _buttons(view: ProgrammeView) -> list[Block]:
    about = view.track_id or ids.ALL
    files = [
        button("On paper", ids.action("report_pdf", about), heard="On paper: the report as a PDF, on one sheet"),
        button("As a file", ids.action("report_csv", about), heard="As a file: who began and finished when, as CSV"),
    ]
    monthly = (
        button("No longer each month", ids.action("report_monthly", OFF))
        if view.monthly
        else button("Send it each month", ids.action("report_monthly", ON))
    )
    return [button("Who is enrolled", ids.action("enrolled")), *(files if view.files else []), monthly]


def _track(builder: Builder, track: TrackReport) -> None:
    builder.say(count_line(track.count) + median_line(track))
    if track.figures:
        builder.say("\n".join(figure_line(figure) for figure in track.figures))


def _months(builder: Builder, tracks: Sequence[TrackReport]) -> None:
    """Add the months of these tracks together, as a table and a chart."""
    sums: dict[date, MonthCount] = {}
    for month in (month for track in tracks for month in track.months):
        known = sums.get(month.month, MonthCount(month.month, 0, 0, 0))
        sums[month.month] = MonthCount(
            month.month,
            known.assigned + month.assigned,
            known.started + month.started,
            known.finished + month.finished,
        )
    latest = [sums[month] for month in sorted(sums)[-MOST_MONTHS:]]
    if not latest:
        return
    rows = [(month_named(m.month), f"{m.assigned:,}", f"{m.started:,}", f"{m.finished:,}") for m in latest]
    builder.table([COLUMNS, *rows], "\n".join(month_line(month) for month in latest))
    if len(latest) > 1:
        names = [f"{month_abbr[m.month.month]} {m.month.year}" for m in latest]
        numbers = zip(*((m.assigned, m.started, m.finished) for m in latest), strict=True)
        builder.chart("People, month by month", names, dict(zip(COLUMNS[1:], numbers, strict=True)))
    if len(tracks) > 1:
        builder.small(
            "The months are those of all these tracks together; `/track report speak-the-language` shows one's."
        )


def median_line(track: TrackReport) -> str:
    """Return how long it typically takes, on a line of its own; "" where that would be somebody's."""
    if track.median_days is None:
        return ""
    return f"\nHalf of those who finished took {track.median_days:g} days or fewer, from the first item to the last."


def month_line(month: MonthCount) -> str:
    """Return the numbers of a month."""
    return f"{month_named(month.month)}: {month.assigned} assigned, {month.started} started, {month.finished} finished"


def people_line(people: int) -> str:
    """Return how many people are assigned anything, each once; "" in a report on one track."""
    return f"{formatting.count(people, 'person is', 'people are')} assigned something." if people else ""


def talks_line(talks: int) -> str:
    """Return how many have asked to talk; "" for nobody."""
    return f"{formatting.count(talks, 'person has', 'people have')} asked to talk to someone." if talks else ""


def printed(view: ProgrammeView) -> ReportSheet:
    """Return the report as it is printed: every track, and nobody's name."""
    tracks = tuple(_printed(track) for track in view.tracks)
    told = any(track.figures for track in view.tracks)
    below = (people_line(view.people), active_line(view.active), HONEST, WHEN, RULE, HOW if told else SOON)
    return ReportSheet(TITLE, tracks, tuple(_on_paper(line) for line in below if line))


def _printed(track: TrackReport) -> SheetTrack:
    count = track.count
    left = f", {count.left} not taking part" if count.left else ""
    paused = ", paused for everybody" if count.paused else ""
    counts = f"{count.assigned} assigned, {count.started} started, {count.finished} finished{left}{paused}"
    months = tuple((month_named(m.month), m.assigned, m.started, m.finished) for m in track.months)
    newest = {figure.kind: figure for figure in reversed(track.figures)}
    figures = (figure_line(figure) for figure in track.figures if figure is newest[figure.kind])
    lines = (median_line(track).strip(), *figures)
    return SheetTrack(count.title, counts, months, tuple(_on_paper(line) for line in lines if line))


def _on_paper(mrkdwn: str) -> str:
    return unescape(unmarked(mrkdwn))


def monthly_set(*, on: bool) -> Message:
    """Draw that the report is sent each month, or no longer."""
    if on:
        return words("The report comes to you on the first working day of each month. `/track report` can end that.")
    return words("The report no longer comes by itself. `/track report` shows it whenever you like.")


def note_to_copy(track: Track, waiting: Sequence[str]) -> Message:
    """Draw a note that an admin can send to those who haven't begun, in their own name."""
    if not waiting:
        return words(f"Everybody to whom *{escape(track.title)}* has come by now has begun, or takes no part.")
    builder = Builder()
    builder.say(f"Not begun yet: {formatting.mentions(waiting)}.")
    builder.say("I don't nag on your behalf. If you'd like to write to them yourself, here is a note to copy:")
    title = escape(track.title).replace("`", "'")
    note = (
        f"“{title}” is waiting in your messages with Missing Link, for whenever it suits you: a minute's reading and "
        "one question a day. Nobody is shown what you answer, and I'm not told if you pause. If it isn't for you, "
        "you can leave it at any time, and nobody is told why. I'd be glad to hear what you think."
    )
    builder.say(f"```{note}```")
    return builder.message()
