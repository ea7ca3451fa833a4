"""What people do, as the model of `tests/soak/rules.py` is told of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from tests.soak.reviews import Cause
from tests.soak.rules import LATER, LATER_UNTIL, Book, Enrolled, Rules
from tests.soak.standing import Answer


@dataclass
class Ordered:
    """What an admin asked for, with the enrolment as it was before."""

    track: str
    before: Enrolled | None
    changes: int
    steps: int
    """Of the learner, then."""
    did: bool = True
    restart: bool = False
    undone: bool = False


def signs_of_life(rules: Rules) -> None:
    """Any tap or word; a pause whose date has come is over by then."""
    rules.pause_ends(rules.today)
    # what a tick hasn't come to yet is planned before whatever is done
    rules.reviews.before = rules.all_taught
    rules.reviews.unanswered = 0
    if rules.silent:
        rules.silent = False
        rules.ended()
    if rules.unreachable:
        rules.unreachable = False
        rules.ended()


def pauses(rules: Rules, until: date | None = None) -> None:
    """A pause, for good or until a date; it cancels *Later today*. What a tick hasn't come to yet is on its way before."""
    hour = rules.hour_of(rules.today)
    if rules.today not in rules.dates and (hour is None or hour <= rules.now):
        rules.between(rules.candidates(rules.today))
    rules.paused, rules.until = True, until
    rules.later, rules.owed = [], rules.open is not None


def answers(rules: Rules, asking: str, choice: int) -> list[str]:
    """A choice is tapped, in however old a message; the tracks that this finished."""
    known = rules.askings[asking]
    if known.first is not None:
        return []
    known.first = choice
    known.answer = Answer(rules.today, "item", choice == known.version % 3)
    rules.reviews.answered(known.item, known.answer)
    return deals_with(rules, asking)


def deals_with(rules: Rules, asking: str) -> list[str]:
    """The item is read, known or answered; the tracks that this finished."""
    known = rules.askings[asking]
    if asking == rules.open:
        rules.over()
    if known.dealt_with:
        return []
    known.dealt_with = True
    rules.reviews.cause = Cause(about=asking, but_not=known.item)
    return counts(rules, known.item)


def asks_for_reviews(rules: Rules) -> None:
    """`/learn review`: what is due, now."""
    rules.reviews.cause = Cause()


def counts(rules: Rules, item: str) -> list[str]:
    """An item is behind the learner; the tracks that this finished."""
    rules.steps += 1
    rules.done[item] = rules.steps
    rules.stuck.discard(item)
    # one in which nothing was left before is over already, and closed without a tap
    active = [t for t, e in rules.enrolled.items() if e.active and t not in rules.closings]
    done = [t for t in active if item in rules.book.tracks[t] and not rules.left(t)]
    for track in done:
        rules.enrolled[track].finished = True
    skips(rules)
    return done


def later(rules: Rules, asking: str) -> None:
    """*Later today*: three hours on; late in the day it becomes *Not today*."""
    if asking != rules.open or rules.later:
        return
    if rules.local().time() >= LATER_UNTIL:
        not_today(rules, asking)
        return
    rules.later.append(rules.now + LATER)
    rules.owed = False
    rules.not_before = rules.today + timedelta(days=1)


def not_today(rules: Rules, asking: str) -> None:
    """The item waits for the next learning day."""
    if asking != rules.open:
        return
    # it comes again and reminders count anew, also where *Later today* then brings it sooner
    rules.later, rules.owed, rules.reminders = [], True, 0
    rules.not_before = rules.today + timedelta(days=1)


def assigns(
    rules: Rules,
    track: str,
    first: date | None,
    at: time | None,
    days: frozenset[int] | None,
    restart: bool,
    refused: bool,
) -> Ordered:
    """An admin assigns a track. `refused`: to a closed account, which changes nothing."""
    known = rules.enrolled.get(track)
    if refused:
        return Ordered(track, known, 0, rules.steps, did=False)
    before = replace(known) if known else None
    if known is None:
        known = rules.enrolled[track] = Enrolled(max(first or rules.today, rules.today), at, days)
    elif known.removed or restart:
        # a restart keeps the hour and days that it doesn't name; after a removal they are gone
        has = not (known.removed or known.mine)
        known.first = max(first or rules.today, rules.today)
        known.at, known.days = at or (known.at if has else None), days or (known.days if has else None)
        known.removed, known.again, known.mine = False, True, False
        if restart:
            known.after, known.finished = rules.steps, False
            rules.closings.discard(track)
            if rules.open and rules.askings[rules.open].track == track:
                rules.over()
    elif known.mine:
        known.first, known.at, known.days, known.mine = max(first or rules.today, rules.today), at, days, False
    else:
        return Ordered(track, before, known.changes, rules.steps, did=False)
    known.changes += 1
    rules.ends()
    if rules.welcomed and not rules.greeted:
        known.told, known.again = True, known.again or bool(rules.stuck)
    return Ordered(track, before, known.changes, rules.steps, restart=restart)


def removes(rules: Rules, track: str) -> Ordered:
    """An admin removes a track."""
    known = rules.enrolled.get(track)
    if known is None or known.removed or known.mine:
        return Ordered(track, known, 0, rules.steps, did=False)
    before = replace(known)
    known.removed, known.again = True, True
    known.changes += 1
    rules.closings.discard(track)
    skips(rules)
    return Ordered(track, before, known.changes, rules.steps)


def undoes(rules: Rules, order: Ordered) -> None:
    """*Undo*: the enrolment is as it was, unless somebody changed it since."""
    known = rules.enrolled.get(order.track)
    if order.undone or not order.did or known is None:
        return
    order.undone = True
    if known.changes != order.changes:
        return
    was = order.before
    known.changes += 1
    known.again = True
    if was is None:
        known.removed = True
    else:
        known.first, known.at, known.days, known.after = was.first, was.at, was.days, was.after
        known.removed, known.mine = was.removed, was.mine
        known.finished = known.finished or was.finished
    rules.ends()
    skips(rules)


def starts(rules: Rules, track: str) -> None:
    """The learner starts an open track; one that they finished by themselves begins anew."""
    known = rules.enrolled.get(track)
    if known is None:
        rules.enrolled[track] = Enrolled(rules.today, told=True, mine=True)
    elif known.removed or (known.mine and (known.finished or not rules.left(track))):
        if known.finished or not rules.left(track):
            known.after, known.finished = rules.steps, False
            rules.closings.discard(track)
        known.removed, known.again, known.mine, known.first = False, True, True, rules.today
        known.at = known.days = None
        known.changes += 1
    rules.resumed()
    rules.ends()


def skips(rules: Rules) -> None:
    """The open item holds nothing back that no track brings any more."""
    if rules.open is None:
        return
    item = rules.askings[rules.open].item
    if not any(e.active and item in rules.left(t) for t, e in rules.enrolled.items()):
        rules.over()


def drops(rules: Rules, item: str) -> None:
    """A lesson is taken out of every track; one that this finishes is closed without a tap."""
    book: Book = rules.book
    for track, items in book.tracks.items():
        if item in items:
            items.remove(item)
            known = rules.enrolled.get(track)
            if known and known.active and not rules.left(track):
                rules.closings.add(track)
    skips(rules)
