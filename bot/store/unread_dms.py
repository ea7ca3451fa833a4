"""DMs still to be read after a gap: whose, back to when, and who reads them now. No typed text is stored.

Whoever reads one locks its row alone and waits for nothing else, so that its learner needn't be locked first. Whoever
plans holds the workspace's row, and then those of all its DMs.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, bindparam, case, delete, exists, func, insert, select, update

from bot.store import instants, tables
from bot.store.database import Session
from bot.store.rows import Rows, changed_by

RECENT = timedelta(days=14)
"""The age of a message or tap up to which its person's DM is read; taps are kept for as long."""


@dataclass(frozen=True, kw_only=True)
class Unread:
    """A DM to be read back to `since_wall` (the machine's clock) and somewhat further, the lowest `rank` first."""

    workspace_id: str
    learner_id: str
    since_wall: datetime
    rank: int
    open_real: datetime
    """The instant (real) from which it may be claimed; for one that is being read, the end of its lease."""


_unread = Rows(tables.unread, Unread)
_learner, _delivery, _request = tables.learner, tables.delivery, tables.request
_c = _unread.c


def talked_with(session: Session, workspace_id: str, at: datetime, real: datetime) -> list[str]:
    """Return those with a DM who were sent a message or tapped within `RECENT`, the latest first.

    `at`: now, in business time, by which messages are sent; `real`: now, by which taps come.
    """
    sent = (
        select(_delivery.c.learner_id, func.max(_delivery.c.due_at))
        .where(_delivery.c.workspace_id == workspace_id, _delivery.c.ts.is_not(None), _delivery.c.due_at >= at - RECENT)
        .group_by(_delivery.c.learner_id)
    )
    tapped = select(_request.c.request_id, _request.c.at).where(
        _request.c.workspace_id == workspace_id,
        _request.c.request_id.startswith("tap:"),
        _request.c.at >= real - RECENT,
    )
    ages = {learner_id: at - last for learner_id, last in session.execute(sent)}
    for request_id, last in session.execute(tapped):
        learner_id = request_id.split(":")[1]
        ages[learner_id] = min(real - last, ages.get(learner_id, RECENT))
    with_dm = select(_learner.c.learner_id).where(
        _learner.c.workspace_id == workspace_id, _learner.c.channel_id.is_not(None)
    )
    there = set(session.execute(with_dm).scalars())
    return sorted(there & ages.keys(), key=lambda learner_id: (ages[learner_id], learner_id))


_SINCE = bindparam("since", type_=_c.since_wall.type)
_AGAIN = (
    update(_unread.table)
    .where(_c.workspace_id == bindparam("whose"))
    .values(
        open_real=bindparam("real", type_=_c.open_real.type),
        since_wall=case((_c.since_wall > _SINCE, _SINCE), else_=_c.since_wall),
    )
)


def plan(session: Session, workspace_id: str, learner_ids: list[str], since: datetime, real: datetime) -> None:
    """Store that these people's DMs are to be read back to `since` (the machine's clock), in this order, after those
    that wait.

    Those go on back to their earlier instant. One that somebody is reading is taken from them: what was typed since
    stands on pages that they have behind them.
    """
    session.execute(_AGAIN, {"whose": workspace_id, "real": real, "since": since})
    waiting = {dm.learner_id: dm.rank for dm in _unread.all(session, workspace_id=workspace_id)}
    first = max(waiting.values(), default=0) + 1
    new = [
        {"workspace_id": workspace_id, "learner_id": who, "since_wall": since, "rank": rank, "open_real": real}
        for rank, who in enumerate(learner_ids, first)
        if who not in waiting
    ]
    if new:
        session.execute(insert(_unread.table), new)


_ANY = select(exists().where(_c.workspace_id == bindparam("whose"), instants.come(_c.open_real)))
_NEXT = (
    select(*_unread.columns)
    .where(_c.workspace_id == bindparam("whose"), instants.come(_c.open_real))
    .order_by(_c.rank)
    .limit(1)
    .with_for_update(skip_locked=True, key_share=True)
)


def any_open(session: Session, workspace_id: str, real: datetime) -> bool:
    """Return True if a DM waits that nobody reads."""
    return bool(session.execute(_ANY, {"whose": workspace_id, **instants.now(real)}).scalar_one())


def claim(session: Session, workspace_id: str, real: datetime, lease: timedelta) -> Unread | None:
    """Claim the next DM: nobody else gets it until the lease ends, as after a crash."""
    for dm in _unread.run(session, _NEXT, whose=workspace_id, **instants.now(real)):
        _unread.change(session, dm, open_real=real + lease)
        return replace(dm, open_real=real + lease)
    return None


def _mine(dm: Unread) -> ColumnElement[bool]:
    return and_(_c.workspace_id == dm.workspace_id, _c.learner_id == dm.learner_id, _c.open_real == dm.open_real)


def renew(session: Session, dm: Unread, until: datetime) -> Unread | None:
    """Renew the lease of a claimed DM until then (real), or release it from then on.

    None when it isn't this claim's any more: the lease ran out and somebody else took it up, or there was another gap.
    """
    mine = update(_unread.table).where(_mine(dm)).values(open_real=until)
    return replace(dm, open_real=until) if changed_by(session.execute(mine)) == 1 else None


def put_behind(session: Session, dm: Unread, real: datetime) -> None:
    """Release a claimed DM to be read after all others."""
    others = _unread.table.alias()
    last = select(func.max(others.c.rank)).where(others.c.workspace_id == dm.workspace_id).scalar_subquery()
    session.execute(update(_unread.table).where(_mine(dm)).values(open_real=real, rank=last + 1))


def dealt_with(session: Session, dm: Unread) -> None:
    """Delete a claimed DM that has been read; do nothing if it isn't this claim's, as `renew` says."""
    session.execute(delete(_unread.table).where(_mine(dm)))
