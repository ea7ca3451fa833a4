"""What a learner gets next. Pure: a situation and a date in, one decision out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from zlib import crc32

from bot.domain.content import Catalogue, Track
from bot.domain.delivery import Asking
from bot.domain.local_time import Hours
from bot.domain.people import Enrolment, Learner
from bot.domain.workdays import working_days

REMINDERS = 2


@dataclass(frozen=True)
class Defaults:
    """What holds for a workspace where nobody chose otherwise."""

    at: time
    days: frozenset[int] | None = None
    """None: the working days of each learner's country."""
    spread: timedelta = timedelta(0)
    """Within this time after the hour each learner has a moment of their own, the same every day."""


@dataclass(frozen=True)
class Situation:
    """All that decides about a learner's day, read in one transaction."""

    learner: Learner
    enrolments: tuple[Enrolment, ...]
    """All that weren't removed, finished ones included."""
    done: Mapping[str, int]
    """The latest step at which each item was done."""
    open: Asking | None
    welcomed: bool
    """True when a welcome is on its way or was sent, or isn't needed any more."""
    set_aside: frozenset[str] = frozenset()
    """Items whose present wording Slack refused: passed over until they are mended."""


@dataclass(frozen=True)
class Welcome:
    """The one welcome."""


@dataclass(frozen=True)
class BringAgain:
    """The open item itself: it was put off, or a hold ended."""

    asking: Asking


@dataclass(frozen=True)
class Remind:
    """The open item waits; `last` says that the bot is quiet from now on."""

    asking: Asking
    last: bool


@dataclass(frozen=True)
class FallSilent:
    """Reminded twice without a sign of life."""


@dataclass(frozen=True)
class NewItem:
    """The next item of a track. `announce`: the learner hasn't heard of this track yet."""

    item_id: str
    track_id: str
    announce: bool


@dataclass(frozen=True)
class Close:
    """A track ended without a tap."""

    track_id: str


Decision = Welcome | BringAgain | Remind | FallSilent | NewItem | Close | None


def remaining(track: Track, enrolment: Enrolment, done: Mapping[str, int]) -> tuple[str, ...]:
    """The items of a track that this enrolment has yet to see, in the track's order."""
    return tuple(item for item in track.items if done.get(item, 0) <= enrolment.after_step)


def active(situation: Situation, catalogue: Catalogue) -> tuple[tuple[Enrolment, Track], ...]:
    """Unfinished enrolments whose track is in the catalogue."""
    return tuple(
        (e, catalogue.tracks[e.track_id]) for e in situation.enrolments if e.active and e.track_id in catalogue.tracks
    )


def hours(learner: Learner, enrolments: tuple[Enrolment, ...], defaults: Defaults) -> Hours:
    """The learner's own choice, else that of the unfinished track whose first day is earliest, else the default."""
    running = sorted((e for e in enrolments if e.active), key=lambda e: (e.first_day, e.track_id))
    at = next((e.at for e in running if e.at is not None), defaults.at)
    days = next((e.days for e in running if e.days), defaults.days or working_days(learner.country))
    return Hours(
        learner.own_at or at,
        learner.own_days or days,
        learner.zone,
        learner.own_at is not None,
        learner.country,
        moment(learner, defaults.spread),
    )


def moment(learner: Learner, spread: timedelta) -> timedelta:
    """The learner's own moment within the spread, in whole seconds: always the same, and evenly spread over people."""
    seconds = int(spread.total_seconds())
    if not seconds:
        return timedelta(0)
    return timedelta(seconds=crc32(f"{learner.workspace_id} {learner.learner_id}".encode()) % seconds)


def next_item(situation: Situation, catalogue: Catalogue, day: date | None, only: str | None = None) -> NewItem | None:
    """The next item on `day` (None: whatever the date): tracks alternate, the least recently served first.

    `only`: the id of the one track to choose from.
    """
    candidates = [
        (enrolment, left[0])
        for enrolment, track in active(situation, catalogue)
        if (day is None or enrolment.first_day <= day)
        and (only is None or enrolment.track_id == only)
        and (left := [i for i in remaining(track, enrolment, situation.done) if i not in situation.set_aside])
    ]
    if not candidates:
        return None
    enrolment, item_id = min(candidates, key=lambda c: (c[0].last_asking, c[0].first_day, c[0].track_id))
    return NewItem(item_id, enrolment.track_id, announce=not enrolment.announced)


def welcome_day(situation: Situation, catalogue: Catalogue, when: Hours) -> date | None:
    """The first date on which a welcome may come: the learning day before the earliest first day."""
    days = [e.first_day for e, _ in active(situation, catalogue) if e.assigned_by is not None]
    return when.day_before(min(days)) if days else None


def decide(situation: Situation, catalogue: Catalogue, when: Hours, day: date) -> Decision:
    """What `day`'s one message is, for a learner whom no hold keeps from it."""
    waiting = situation.open
    if not situation.welcomed and waiting is None:
        first = welcome_day(situation, catalogue, when)
        if first is not None and next_item(situation, catalogue, None):
            return Welcome() if first <= day else None
    if waiting is not None:
        if waiting.not_before is not None and day < waiting.not_before:
            return None
        if waiting.again:
            return BringAgain(waiting)
        if waiting.reminders >= REMINDERS:
            return FallSilent()
        return Remind(waiting, last=waiting.reminders == REMINDERS - 1)
    for enrolment in situation.enrolments:
        if enrolment.finished_at is not None and not enrolment.closed:
            return Close(enrolment.track_id)
    return next_item(situation, catalogue, day)
