"""The decision on what a learner gets next. Pure: a situation and a date in, one decision out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from zlib import crc32

from bot.domain import reminders
from bot.domain.content import Catalogue, Track
from bot.domain.delivery import Asking
from bot.domain.local_time import Hours
from bot.domain.people import Enrolment, Learner
from bot.domain.reminders import OfOpenItem
from bot.domain.workdays import working_days


@dataclass(frozen=True)
class Defaults:
    """A workspace's hour and days for learners for whom nobody chose others."""

    at: time
    days: frozenset[int] | None = None
    """None: the working days of each learner's country."""
    spread: timedelta = timedelta(0)
    """Each learner's messages are due up to this long after the hour, so that not all are due at once."""


@dataclass(frozen=True, kw_only=True)
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
    quarantined: frozenset[str] = frozenset()
    """Items whose present wording Slack refused: quarantined until the wording changes."""
    resting: frozenset[str] = frozenset()
    """Tracks of which nothing comes by itself: an admin paused them for everybody."""
    reviews_from: date | None = None
    """The first day on which a review may come alone; None while something is taught, or for never."""


@dataclass(frozen=True)
class Welcome:
    """Send the one welcome."""


@dataclass(frozen=True)
class NewItem:
    """Send the next item of a track. `announce`: the learner hasn't been told of this track yet."""

    item_id: str
    track_id: str
    announce: bool


@dataclass(frozen=True)
class Close:
    """Send the closing of a track that ended without a tap."""

    track_id: str


@dataclass(frozen=True)
class LoneReviews:
    """Send reviews alone: nothing else is to be taught."""


Decision = Welcome | OfOpenItem | NewItem | Close | LoneReviews | None
LONE_DAYS = 3
"""The most days of a week on which reviews come alone."""
LONE_WEEK = timedelta(days=7)
LONE_UNANSWERED = 3
"""The messages of reviews alone, one after the other without a sign of life, after which none comes by itself."""


def remaining(track: Track, enrolment: Enrolment, done: Mapping[str, int]) -> tuple[str, ...]:
    """Return the items of a track that the learner hasn't done since this enrolment began, in the track's order."""
    return tuple(item for item in track.items if done.get(item, 0) <= enrolment.after_step)


def _left(situation: Situation, enrolment: Enrolment, track: Track) -> list[str]:
    """Return the items of a track that can be sent."""
    return [i for i in remaining(track, enrolment, situation.done) if i not in situation.quarantined]


def _waits(situation: Situation, catalogue: Catalogue, enrolment: Enrolment) -> bool:
    """Return True while the track that comes before this one has something left; False in a circle of such tracks."""
    running = {e.track_id: e for e, track in active(situation, catalogue) if _left(situation, e, track)}
    before, seen = enrolment.after_track, {enrolment.track_id}
    while before in running and before not in seen:
        seen.add(before)
        before = running[before].after_track
    return enrolment.after_track in running and before not in seen


def active(situation: Situation, catalogue: Catalogue) -> tuple[tuple[Enrolment, Track], ...]:
    """Return the unfinished enrolments whose track is in the catalogue, each with its track."""
    return tuple(
        (e, catalogue.tracks[e.track_id]) for e in situation.enrolments if e.active and e.track_id in catalogue.tracks
    )


def hours(learner: Learner, enrolments: tuple[Enrolment, ...], defaults: Defaults) -> Hours:
    """Return the learner's own choice, else that of the unfinished track whose first day is earliest, else the
    default.
    """
    running = sorted((e for e in enrolments if e.active), key=lambda e: (e.first_day, e.track_id))
    at = next((e.at for e in running if e.at is not None), defaults.at)
    days = next((e.days for e in running if e.days), defaults.days or working_days(learner.country))
    return Hours(
        at=learner.own_at or at,
        days=learner.own_days or days,
        tz=learner.zone,
        own=learner.own_at is not None,
        country=learner.country,
        offset=spread_offset(learner, defaults.spread),
    )


def spread_offset(learner: Learner, spread: timedelta) -> timedelta:
    """Return the learner's offset within the spread, in whole seconds. It is a hash of their id: the same every day,
    and evenly distributed over people.
    """
    seconds = int(spread.total_seconds())
    if not seconds:
        return timedelta(0)
    return timedelta(seconds=crc32(f"{learner.workspace_id} {learner.learner_id}".encode()) % seconds)


def next_item(
    situation: Situation,
    catalogue: Catalogue,
    day: date | None,
    only: str | None = None,
    *,
    but_not: Collection[str] = frozenset(),
) -> NewItem | None:
    """Return the next item on `day` (None: on any date). Tracks alternate: the least recently served comes first.

    `only`: the id of the one track to choose from. `but_not`: those to leave out.
    """
    candidates = [
        (enrolment, left[0])
        for enrolment, track in active(situation, catalogue)
        if (day is None or enrolment.first_day <= day)
        and enrolment.track_id not in but_not
        and (enrolment.track_id == only if only is not None else not _waits(situation, catalogue, enrolment))
        and (left := _left(situation, enrolment, track))
    ]
    if not candidates:
        return None
    enrolment, item_id = min(candidates, key=lambda c: (c[0].last_asking, c[0].first_day, c[0].track_id))
    return NewItem(item_id, enrolment.track_id, announce=not enrolment.announced)


def welcome_day(situation: Situation, catalogue: Catalogue, when: Hours) -> date | None:
    """Return the first date on which a welcome may come: the learning day before the earliest first day."""
    given = (e for e, _ in active(situation, catalogue) if e.assigned_by is not None)
    days = [e.first_day for e in given if e.track_id not in situation.resting]
    return when.day_before(min(days)) if days else None


def decide(situation: Situation, catalogue: Catalogue, when: Hours, day: date) -> Decision:
    """Decide on the one message of `day`, for a learner without a hold."""
    waiting = situation.open
    if not situation.welcomed and waiting is None:
        first = welcome_day(situation, catalogue, when)
        if first is not None and next_item(situation, catalogue, None):
            return Welcome() if first <= day else None
    if waiting is not None:
        return None if waiting.track_id in situation.resting else reminders.decide(waiting, day)
    for enrolment in situation.enrolments:
        if enrolment.finished_at is not None and not enrolment.closed:
            return Close(enrolment.track_id)
    return next_item(situation, catalogue, day, but_not=situation.resting) or _lone_reviews(situation, when, day)


def _lone_reviews(situation: Situation, when: Hours, day: date) -> LoneReviews | None:
    if situation.reviews_from is None or situation.learner.lone_unanswered >= LONE_UNANSWERED:
        return None
    return LoneReviews() if day >= situation.reviews_from and day.weekday() in lone_days(when.days) else None


def lone_from(due: date, came: Collection[date]) -> date:
    """Return the first day on which a review may come alone.

    The weekdays alone don't say it: they change with the learner's days, within a week too.

    Args:
        due: the first day on which something is to be asked.
        came: the days on which one came alone.
    """
    latest = sorted(came)[-LONE_DAYS:]
    return max(due, latest[0] + LONE_WEEK) if len(latest) == LONE_DAYS else due


def lone_days(days: frozenset[int]) -> frozenset[int]:
    """Return the weekdays on which reviews may come alone: at most three of the learner's, spread over the week."""
    there = sorted(days)
    if len(there) <= LONE_DAYS:
        return frozenset(there)
    return frozenset({there[0], there[len(there) // 2], there[-1]})
