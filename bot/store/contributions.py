"""Answers counted for a report: the only statements that read answers for anybody but their learner.

Only `bot/actions/figures.py` may use it, which an import contract holds. What leaves it are sums over many people and
the ids of those who are in them, never an answer with a name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, String, and_, cast, exists, func, select

from bot.domain.delivery import FIRST_ANSWER, SLIP, Reason
from bot.domain.insight import COMFORTABLE, Batch, FigureKind, Tally
from bot.domain.rider import Comfort, Moment, Worth
from bot.domain.samples import LAPSED
from bot.store import tables
from bot.store.database import Session

_asking, _answer, _sample = tables.asking.c, tables.response.c, tables.sample.c
_enrolment, _learner, _delivery = tables.enrolment.c, tables.learner.c, tables.delivery.c
_Person = tuple[str, str]
"""A track and a learner."""


@dataclass
class _Sums:
    """A batch while it is added up."""

    people: set[str] = field(default_factory=set)
    answers: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    right: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    items: set[str] = field(default_factory=set)

    def add(self, name: str, right: bool, item_id: str = "") -> None:
        self.answers[name] += 1
        self.right[name] += right
        if item_id:
            self.items.add(item_id)

    def batch(self, track_id: str, kind: FigureKind) -> Batch:
        return Batch(
            track_id=track_id,
            kind=kind,
            people=frozenset(self.people),
            tallies={name: Tally(self.answers[name], self.right[name]) for name in self.answers},
            items=frozenset(self.items),
        )


def batches(session: Session, workspace_id: str, until: datetime, not_of: Collection[str]) -> Iterator[Batch]:
    """Yield the next batch of each track and kind: people who weren't counted in one like it.

    Counted are those who were assigned the track, haven't started it by themselves, take part, and were told what
    reports say before they answered; not the slips, nor anything answered from `until` on.

    Args:
        session: a transaction that reads.
        workspace_id: the workspace.
        until: the first instant of the month, UTC.
        not_of: who is never counted: admins, and who has written lessons.
    """
    for kind, count in _COUNTS.items():
        who = _Who(workspace_id, until, tuple(sorted(not_of)), kind)
        for track_id, sums in sorted(count(session, who).items()):
            yield sums.batch(track_id, kind)


def volunteers(session: Session, workspace_id: str, until: datetime) -> Iterator[Batch]:
    """Yield before and after of those who added theirs to their group's page, track by track."""
    who = _Who(workspace_id, until, (), FigureKind.GROUP)
    shared = tables.group_share.c
    chosen = session.execute(select(shared.track_id, shared.learner_id).where(shared.workspace_id == workspace_id))
    people = {tuple(row) for row in chosen}
    for track_id, sums in sorted(_before_after(session, who, only=people).items()):
        yield sums.batch(track_id, who.kind)


@dataclass(frozen=True)
class _Who:
    """The conditions of who is counted next in a kind of figure."""

    workspace_id: str
    until: datetime
    not_of: tuple[str, ...]
    kind: FigureKind

    def people(self, *columns: ColumnElement[Any], finished: bool = False) -> Select[Any]:
        """Return a query over enrolments and learners of whoever may be counted."""
        counted = tables.counted.c
        already = exists().where(
            counted.workspace_id == _enrolment.workspace_id,
            counted.learner_id == _enrolment.learner_id,
            counted.track_id == _enrolment.track_id,
            counted.kind == self.kind.value,
        )
        theirs = and_(_learner.workspace_id == _enrolment.workspace_id, _learner.learner_id == _enrolment.learner_id)
        may_be = (
            _enrolment.assigned_by.is_not(None),
            _enrolment.began_alone.is_(False),
            _enrolment.removed_at.is_(None),
            _enrolment.left_at.is_(None),
            _learner.figures_told_at.is_not(None),
        )
        query = (
            select(*columns)
            .select_from(tables.enrolment)
            .join(tables.learner, theirs)
            .where(
                _enrolment.workspace_id == self.workspace_id,
                *may_be,
                _enrolment.learner_id.not_in(self.not_of),
                ~already,
            )
        )
        return query.where(_enrolment.finished_at < self.until) if finished else query

    def counts(self) -> ColumnElement[bool]:
        """Return the condition of an answer that counts: the first, no slip, given in time and after they were told."""
        slip = tables.response.alias("slip")
        voided = exists().where(
            slip.c.workspace_id == _answer.workspace_id,
            slip.c.asking_id == _answer.asking_id,
            slip.c.attempt == SLIP,
        )
        return and_(
            _answer.attempt == FIRST_ANSWER,
            _answer.right.is_not(None),
            _answer.at < self.until,
            _answer.at >= _learner.figures_told_at,
            ~voided,
        )


def _of_enrolment(columns: Any) -> ColumnElement[bool]:
    return and_(
        columns.workspace_id == _enrolment.workspace_id,
        columns.learner_id == _enrolment.learner_id,
        columns.track_id == _enrolment.track_id,
    )


def _answers_to() -> ColumnElement[bool]:
    return and_(_answer.workspace_id == _asking.workspace_id, _answer.asking_id == _asking.asking_id)


def _asked_as_item(item_id: ColumnElement[Any]) -> ColumnElement[bool]:
    """Return the condition of an item's own askings, of an enrolment's learner; its reviews and checks are others."""
    return and_(
        _asking.workspace_id == _enrolment.workspace_id,
        _asking.learner_id == _enrolment.learner_id,
        _asking.item_id == item_id,
        _asking.reason == Reason.ITEM.value,
    )


def _before_after(session: Session, who: _Who, *, only: Collection[_Person] | None = None) -> dict[str, _Sums]:
    """Count drawn items when they were first asked and at their first check, of those who answered both.

    `only`: nobody else is counted. Somebody is counted once none of their first checks is to come.
    """
    before: dict[tuple[str, str, str], bool] = {}
    answered = session.execute(
        who.people(_enrolment.track_id, _enrolment.learner_id, _sample.item_id, _answer.right)
        .join(tables.sample, _of_enrolment(_sample))
        .join(tables.asking, _asked_as_item(_sample.item_id))
        .join(tables.response, _answers_to())
        .where(_sample.first_check.is_not(None), who.counts())
        .order_by(_asking.number)
    )
    for track_id, learner_id, item_id, right in answered:
        before.setdefault((track_id, learner_id, item_id), right)
    after, waits = _checks(session, who, _sample.first_check)
    found: dict[str, _Sums] = defaultdict(_Sums)
    for (track_id, learner_id, item_id), right in after.items():
        known = before.get((track_id, learner_id, item_id))
        person = track_id, learner_id
        if known is not None and person not in waits and (only is None or person in only):
            found[track_id].people.add(learner_id)
            found[track_id].add("before", known, item_id)
            found[track_id].add("after", right, item_id)
    return found


def _later(session: Session, who: _Who) -> dict[str, _Sums]:
    """Count drawn items at their second check."""
    found: dict[str, _Sums] = defaultdict(_Sums)
    checks, waits = _checks(session, who, _sample.second_check)
    for (track_id, learner_id, item_id), right in checks.items():
        if (track_id, learner_id) not in waits:
            found[track_id].people.add(learner_id)
            found[track_id].add("later", right, item_id)
    return found


def _checks(
    session: Session, who: _Who, check: ColumnElement[Any]
) -> tuple[dict[tuple[str, str, str], bool], set[_Person]]:
    """Return how each check was answered, by track, learner and item, and who has one that is still to come."""
    columns = _enrolment.track_id, _enrolment.learner_id, _sample.item_id
    answered = session.execute(
        who.people(*columns, _answer.right)
        .join(tables.sample, _of_enrolment(_sample))
        .join(tables.asking, and_(_asking.workspace_id == _sample.workspace_id, _asking.asking_id == check))
        .join(tables.response, _answers_to())
        .where(who.counts())
    )
    open_ones = session.execute(
        who.people(_enrolment.track_id, _enrolment.learner_id)
        .join(tables.sample, _of_enrolment(_sample))
        .outerjoin(tables.asking, and_(_asking.workspace_id == _sample.workspace_id, _asking.asking_id == check))
        .where(check.is_(None) | ((check != LAPSED) & _asking.outcome.is_(None)))
    )
    return {tuple(row[:3]): row[3] for row in answered}, {tuple(row) for row in open_ones}


def _confidence(session: Session, who: _Who) -> dict[str, _Sums]:
    """Count who said 4 or 5 at the beginning and at the end, of those who finished and said both."""
    found: dict[str, _Sums] = defaultdict(_Sums)
    said = _comforts(session, who)
    finished = {tuple(row) for row in session.execute(who.people(*_PERSON, finished=True))}
    for track_id, learner_id in sorted(finished):
        start = said.get((track_id, learner_id, Moment.START))
        end = said.get((track_id, learner_id, Moment.END))
        if start is not None and end is not None:
            found[track_id].people.add(learner_id)
            found[track_id].add("before", start >= COMFORTABLE)
            found[track_id].add("after", end >= COMFORTABLE)
    return found


def _confidence_later(session: Session, who: _Who) -> dict[str, _Sums]:
    found: dict[str, _Sums] = defaultdict(_Sums)
    for (track_id, learner_id, moment), said in _comforts(session, who).items():
        if moment is Moment.LATER:
            found[track_id].people.add(learner_id)
            found[track_id].add("later", said >= COMFORTABLE)
    return found


_PERSON = _enrolment.track_id, _enrolment.learner_id


def _comforts(session: Session, who: _Who) -> dict[tuple[str, str, Moment], int]:
    """Return what was said, by track, learner and moment, in messages that were due after their learner was told."""
    people = {tuple(row) for row in session.execute(who.people(*_PERSON))}
    found = {}
    for learner_id, rider in _riders(session, who, "comfort|"):
        if isinstance(rider, Comfort) and rider.said is not None and (rider.track_id, learner_id) in people:
            found[rider.track_id, learner_id, rider.moment] = rider.said
    return found


def _worth(session: Session, who: _Who) -> dict[str, _Sums]:
    """Count whether items were worth the minute, of those who finished the track."""
    found: dict[str, _Sums] = defaultdict(_Sums)
    people = {tuple(row) for row in session.execute(who.people(*_PERSON, finished=True))}
    for learner_id, rider, track_id in _riders(session, who, "worth|", _asking.track_id):
        if isinstance(rider, Worth) and rider.said is not None and (track_id, learner_id) in people:
            found[track_id].people.add(learner_id)
            found[track_id].add("worth", rider.said)
    return found


def _riders(session: Session, who: _Who, begins: str, *more: ColumnElement[Any]) -> Iterator[Any]:
    """Yield learner and rider of each message of a kind that was due after they were told, and more columns."""
    told = and_(_learner.workspace_id == _delivery.workspace_id, _learner.learner_id == _delivery.learner_id)
    query = select(_delivery.learner_id, _delivery.rider, *more).join(tables.learner, told)
    if more:
        asked = and_(_asking.workspace_id == _delivery.workspace_id, _asking.asking_id == _delivery.asking_id)
        query = query.join(tables.asking, asked)
    query = query.where(
        _delivery.workspace_id == who.workspace_id,
        func.substr(cast(_delivery.rider, String), 1, len(begins)) == begins,
        _delivery.due_at >= _learner.figures_told_at,
        _delivery.due_at < who.until,
    )
    yield from session.execute(query)


def _missed(session: Session, who: _Who) -> dict[str, _Sums]:
    """Count each item when it was asked, drawn ones aside, of those who finished its track and never began it anew."""
    drawn = exists().where(_of_enrolment(_sample), _sample.item_id == _asking.item_id)
    right = func.sum(cast(_answer.right, Integer))
    rows = session.execute(
        who.people(_enrolment.track_id, _asking.item_id, func.count(), right, finished=True)
        .join(tables.asking, and_(_of_enrolment(_asking), _asking.reason == Reason.ITEM.value))
        .join(tables.response, _answers_to())
        .where(_enrolment.after_step == 0, who.counts(), ~drawn)
        .group_by(_enrolment.track_id, _asking.item_id)
    )
    found: dict[str, _Sums] = defaultdict(_Sums)
    for track_id, item_id, answers, rights in rows:
        found[track_id].answers[item_id], found[track_id].right[item_id] = answers, rights
        found[track_id].items.add(item_id)
    for track_id, learner_id in session.execute(who.people(*_PERSON, finished=True).where(_enrolment.after_step == 0)):
        if track_id in found:
            found[track_id].people.add(learner_id)
    return found


_COUNTS = {
    FigureKind.BEFORE_AFTER: _before_after,
    FigureKind.LATER: _later,
    FigureKind.CONFIDENCE: _confidence,
    FigureKind.CONFIDENCE_LATER: _confidence_later,
    FigureKind.WORTH: _worth,
    FigureKind.MISSED: _missed,
}
