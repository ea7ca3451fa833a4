"""What must be true of the database and of everybody's screen when the bot has caught up."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot.domain.delivery import Delivery, Slot, State
from bot.domain.people import Enrolment, HoldKind, Learner
from bot.messages import render
from bot.store import deliveries, enrolments, learners, tables
from bot.store.database import Session
from bot.view_models import SummaryView
from tests import rows
from tests.helpers import ADMIN, TEAM, view_shown, words_of
from tests.journeys.seeing import drawn, messages, spoken
from tests.journeys.stage import Stage

OVER = {State.FAILED, State.WITHDRAWN, State.MISSED}
COMING = re.compile(r"(?:Next: \*.*\*,|The next message comes) on (\w+ \d+ \w+) at (\d\d:\d\d)")
"""What Home says of the next message."""
FAR = timedelta(days=15)
NAMED = re.compile(r"<@U0(?:MAYA|HENRIK|AIKO)>")
PEOPLE = r"<@U0\w+>(?:(?:,|\ and)\ <@U0\w+>)*(?:\ and\ \d+\ more)?"
ALLOWED = re.compile(
    rf"""^(?:
      <@U0\w+>:\ (?:\*?[\w\ ]+\*?,\ )?(?:not\ begun|started|finished|not\ taking\ part)(?:\ \(couldn't\ be\ reached\))?
    | <@U0\w+>\ would\ like\ to\ talk\ to\ someone(?:\ about\ what\ they\ have\ been\ learning)?\.
    | <@U0\w+>\ has\ no\ track\ assigned\..*
    | \*[\w\ ]+\*\ (?:is\ assigned\ to|was\ taken\ away\ from|was\ moved\ for)\ {PEOPLE}[^<]*
    | \*(?:Move\ the\ start|Start\ again)\*\ [\w\ ]+\ for\ {PEOPLE}[:,][^<]*
    | \d+\ (?:person\ gets|people\ get)\ \*[\w\ ]+\*:\ {PEOPLE}\.
    | For\ {PEOPLE}\ it\ starts\ again\ from\ 1\.[^<]*
    | Not\ taking\ part,[^<]*:\ {PEOPLE}\.[^<]*
    | Already\ has\ it,\ and\ stays\ as\ it\ is:\ {PEOPLE}\.
    | Would\ you\ like\ to\ talk\ through\ your\ own\ case\?\ I\ give\ {PEOPLE}\ your\ name,\ and\ nothing\ else\.
    | Understood:\ (?:assigning|removing)\ \*[\w\ ]+\*\ (?:to|from)\ {PEOPLE}[^<]*
    | (?:Had\ it\ already|Nothing\ to\ move),[^<]*:\ {PEOPLE}\.[^<]*
    | (?:Not\ assigned|Unchanged):\ {PEOPLE}\ [^<]*
    | Undone\ for\ \d+\ (?:person|people):\ [^<]*{PEOPLE}\.
    | Not\ begun\ yet:\ {PEOPLE}\.
    | \*[\w\ ]+\*\ is\ (?:taken\ away\ from|moved\ for)\ \d+\ (?:person|people):\ {PEOPLE}\.
    | Left\ out:\ {PEOPLE}\ [^<]*
    | [@#][\w-]+,\ \*[\w\ ]+\*:\ {PEOPLE}\ (?:is|are)\ new\ there[^<]*
    | (?:By\ the\ setting[^<]*|Appointed\ here|Only\ admins\ can\ read\ this):\ {PEOPLE}\.
    | Couldn't\ be\ reached:\ {PEOPLE}\.[^<]*
    )$""",
    re.VERBOSE,
)
"""All that an admin may read about a learner by name."""


@dataclass(frozen=True)
class Told:
    """What people read when they ask how things stand: text by person."""

    progress: dict[str, str]
    homes: dict[str, str]
    status: str
    of_each: dict[str, str]
    """What the admin reads about each person."""


def faults(stage: Stage, people: Sequence[str]) -> list[str]:
    """Everything that isn't as it must be, once the bot has caught up."""
    _catch_up(stage, people)
    told = _ask(stage, people)
    return [*_now(stage, people, told), *indiscreet(stage), *_soon(stage, people, told)]


def _now(stage: Stage, people: Sequence[str], told: Told) -> list[str]:
    with stage.bot.app.ctx.db.read() as session:
        found = [*_database(session, stage, people), *_traffic(session, stage), *_status(session, stage, told)]
        for person in people:
            found += _screens(session, stage, person, told)
    return found


def _soon(stage: Stage, people: Sequence[str], told: Told) -> Iterator[str]:
    """What Home says comes next, comes: on that day, at that hour."""
    promised = {person: _promise(stage, person, told.homes[person]) for person in people}
    instants = [at for at in promised.values() if at is not None]
    if not instants:
        return
    first, before = min(instants), {person: len(messages(stage.slack, person)) for person in people}
    if first > stage.bot.app.ctx.clock.business() + FAR:
        return
    stage.bot.advance(first + timedelta(minutes=5))
    stage.bot.quiet()
    for person, at in promised.items():
        came = [
            m for m in messages(stage.slack, person)[before[person] :] if abs(m.business - first) < timedelta(minutes=1)
        ]
        if at == first and not came:
            yield f"{person} was told {told.homes[person].splitlines()[1]!r}, and nothing came at {first}"


def _promise(stage: Stage, person: str, home: str) -> datetime | None:
    found = COMING.search(home)
    if found is None:
        return None
    with stage.bot.app.ctx.db.read() as session:
        learner = learners.get(session, TEAM, person)
    assert learner is not None
    today = stage.bot.app.ctx.clock.business().astimezone(ZoneInfo(learner.zone))
    said = datetime.strptime(f"{today.year} {found[1]} {found[2]}", "%Y %A %d %B %H:%M")
    said = said if said.date() >= today.date() else said.replace(year=today.year + 1)
    return said.replace(tzinfo=ZoneInfo(learner.zone)).astimezone(UTC)


def _catch_up(stage: Stage, people: Sequence[str]) -> None:
    for person in people:
        # to ask is a sign of life, after which something may be due again
        stage.ask(person, "/learn progress")
    stage.bot.quiet()
    stage.bot.tick()
    for person in people:
        stage.bot.app.sender.refresh(TEAM, person)
    stage.bot.quiet()


def _ask(stage: Stage, people: Sequence[str]) -> Told:
    progress = {person: words_of(stage.ask(person, "/learn progress")) for person in people}
    homes = {person: words_of(stage.bot.home(person)) for person in people}
    status = words_of(stage.ask(ADMIN, "/track status"))
    handles = {person: person.removeprefix("U0").lower() for person in people}
    each = {p: words_of(stage.ask(ADMIN, f"/track status @{handle}")) for p, handle in handles.items()}
    stage.bot.quiet()
    return Told(progress, homes, status, each)


def _database(session: Session, stage: Stage, people: Sequence[str]) -> Iterator[str]:
    asking, delivery = tables.asking, tables.delivery
    open_ones = Counter(session.execute(select(asking.c.learner_id).where(asking.c.outcome.is_(None))).scalars())
    yield from (f"{who} has {n} open askings" for who, n in open_ones.items() if n > 1)
    claimed = select(delivery.c.learner_id, delivery.c.claimed_date).where(delivery.c.claimed_date.is_not(None))
    dates = Counter(tuple(row) for row in session.execute(claimed))
    yield from (f"{day} has {n} deliveries" for day, n in dates.items() if n > 1)
    now = stage.bot.app.ctx.clock.business()
    for person in people:
        for one in rows.deliveries_of(session, TEAM, person):
            yield from (
                f"delivery {one.slot} {one.state} of {person} {why}" for why in _amiss(session, stage, one, now)
            )


def _amiss(session: Session, stage: Stage, one: Delivery, now: datetime) -> Iterator[str]:
    if one.state is State.SENT:
        yield from _shown(session, stage, one)
    elif one.state not in OVER and (one.state is not State.DUE or one.claimable_at is None or one.claimable_at <= now):
        yield f"was due {one.due_at} and is neither sent nor still to come ({one.problem})"


def _shown(session: Session, stage: Stage, one: Delivery) -> Iterator[str]:
    channel = stage.slack.world.channels.get(str(one.channel_id))
    message = channel.find(str(one.ts)) if channel else None
    if message is None:
        yield f"was sent and isn't in Slack ({one.channel_id}, {one.ts})"
        return
    if one.shown != one.revision or one.lags_real is not None:
        yield f"lags: it shows revision {one.shown} of {one.revision}"
    if one.asking_id is not None or one.slot is Slot.NOTICE:
        view = view_shown(session, stage.bot.app.ctx, one)
        if isinstance(view, SummaryView) and view.undo == "asks":
            # how many had begun is said as of the moment of asking
            return
        wanted = drawn(render(view).blocks)
        if wanted != drawn(message.blocks):
            yield f"shows\n      {drawn(message.blocks)}\n    and should show\n      {wanted}"


def _traffic(session: Session, stage: Stage) -> Iterator[str]:
    keys = Counter(m.metadata["event_payload"]["key"] for m in stage.slack.world.posts if m.metadata)
    yield from (f"delivery {key} was posted {n} times" for key, n in keys.items() if n > 1)
    yield from (f"{key} was posted and isn't known" for key in keys if deliveries.get(session, TEAM, key) is None)


def _screens(session: Session, stage: Stage, person: str, told: Told) -> Iterator[str]:
    learner = learners.get(session, TEAM, person)
    assert learner is not None
    home, progress = told.homes[person], told.progress[person]
    for line in _progress(session, stage, person):
        if line not in home.replace("*", "") or line not in progress.replace("*", ""):
            yield f"{person}: {line!r} is in the database; Home says {home!r}, progress {progress!r}"
    yield from _coming(session, learner, home, progress)


def _progress(session: Session, stage: Stage, person: str) -> Iterator[str]:
    """What `/learn progress` and Home must say, counted here once more."""
    done = rows.done_by(session, TEAM, person)
    for enrolment in rows.enrolments_of(session, TEAM, person):
        unseen = enrolment.left_at is not None and enrolment.assigned_by is None
        if enrolment.removed_at is None and not unseen:
            yield _line(enrolment, done, stage)


def _line(enrolment: Enrolment, done: dict[str, int], stage: Stage) -> str:
    track = stage.bot.app.ctx.catalogue_of(TEAM).tracks[enrolment.track_id]
    behind = sum(done.get(item, 0) > enrolment.after_step for item in track.items)
    if enrolment.left_at is not None:
        return f"{track.title}: you've left it"
    return f"{track.title}: {'finished' if enrolment.finished_at else f'{behind} of {len(track.items)}'}"


def _coming(session: Session, learner: Learner, said: str, told: str) -> Iterator[str]:
    who, day = learner.learner_id, learner.next_due_on
    hold = rows.holds_of(session, TEAM, who).get(HoldKind.PERSON)
    if (hold is not None) != ("Paused" in said):
        yield f"{who}: the hold is {hold}, and Home says {said!r}"
    if hold and hold.until and f"until {hold.until:%A} {hold.until.day} {hold.until:%B}" not in said:
        yield f"{who}: the pause ends on {hold.until}, and Home says {said!r}"
    spelled = f"{day:%A} {day.day} {day:%B}" if day else ""
    if day and rows.enrolments_of(session, TEAM, who) and "You have no track" not in told and spelled not in told:
        yield f"{who}: the next one is due on {day}, and progress says {told!r}"
    if "The next one comes on" in told and not day:
        yield f"{who}: nothing is due, and progress says {told!r}"
    next_at = COMING.search(said)
    if next_at and learner.next_due_at:
        due = learner.next_due_at.astimezone(ZoneInfo(learner.zone))
        if next_at[1] != spelled or next_at[2] != f"{due:%H:%M}":
            yield f"{who}: due at {due}, and Home says {next_at[0]!r}"
    waiting = rows.open_asking(session, TEAM, who)
    if waiting is None and "is open, in your messages" in said:
        yield f"{who}: nothing is open, and Home says {said!r}"


def _status(session: Session, stage: Stage, told: Told) -> Iterator[str]:
    counts, lines = _states(session, stage)
    for track, (assigned, begun, finished, left) in counts.items():
        line = f"*{track}*: {assigned} assigned, {begun} started, {finished} finished"
        line += f", {left} not taking part" if left else ""
        for said in (told.status, told.homes[ADMIN]):
            if line not in said:
                yield f"{line!r} is in the database; the admin reads {said!r}"
    for person, said in told.of_each.items():
        read = set(re.findall(r"^<@\w+>: (.+, (?:not begun|started|finished|not taking part))", said, re.MULTILINE))
        if read != lines.get(person, set()):
            yield f"{person}: {lines.get(person)} is in the database; the admin reads {said!r}"


def _states(session: Session, stage: Stage) -> tuple[dict[str, tuple[int, int, int, int]], dict[str, set[str]]]:
    """Counts by track, and for the people of the story each track's state."""
    tracks = stage.bot.app.ctx.catalogue_of(TEAM).tracks
    counts: dict[str, tuple[int, int, int, int]] = {}
    lines: dict[str, set[str]] = {}
    for enrolment in enrolments.assigned(session, TEAM):
        done = rows.done_by(session, TEAM, enrolment.learner_id)
        track = tracks[enrolment.track_id]
        begun = any(done.get(item, 0) > enrolment.after_step for item in track.items)
        state = "finished" if enrolment.finished_at else "started" if begun else "not begun"
        state = "not taking part" if enrolment.left_at else state
        before = counts.get(track.title, (0, 0, 0, 0))
        counts[track.title] = (
            before[0] + 1,
            before[1] + (state in {"started", "finished"}),
            before[2] + (state == "finished"),
            before[3] + (state == "not taking part"),
        )
        if not enrolment.learner_id.startswith("U0P"):
            lines.setdefault(enrolment.learner_id, set()).add(f"{track.title}, {state}")
    return counts, lines


def indiscreet(stage: Stage) -> list[str]:
    """What an admin reads about a learner by name beyond what admins may know."""
    home, top = stage.slack.home(ADMIN), stage.slack.modal(ADMIN)
    blocks = [m.blocks for m in messages(stage.slack, ADMIN)]
    blocks += [view["blocks"] for view in (home, top) if view is not None]
    lines = [line for those in blocks for text in spoken(those) for line in text.split("\n")]
    return [f"an admin reads {line!r}" for line in lines if NAMED.search(line) and not ALLOWED.match(line)]
