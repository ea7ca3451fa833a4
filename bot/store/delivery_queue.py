"""The queue of deliveries: which are due, who claims them, whose lease ran out, and what waits for somebody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, exists, func, or_, select, update

from bot.domain.delivery import Delivery, State
from bot.store import instants, tables
from bot.store.database import Session
from bot.store.deliveries import DELIVERIES, update_row

_c, _workspace = DELIVERIES.c, tables.workspace


def next_claimable(session: Session, after: datetime) -> datetime | None:
    """Return the earliest business instant after `after` at which a delivery can be claimed."""
    found: datetime | None = session.execute(select(func.min(_c.claimable_at)).where(_c.claimable_at > after)).scalar()
    return found


_NOW = or_(_c.retry_real.is_(None), instants.come(_c.retry_real))
_DUE_IN = (
    select(_workspace.c.workspace_id)
    .where(
        _workspace.c.held.is_(None),
        exists().where(_c.workspace_id == _workspace.c.workspace_id, _c.claimable_at <= bindparam("at"), _NOW),
    )
    .order_by(_workspace.c.workspace_id)
)


def due_in(session: Session, at: datetime, real: datetime) -> list[str]:
    """Return the workspaces, but for held ones, in which something is due at `at` (business) and may be tried at
    `real`.
    """
    return list(session.execute(_DUE_IN, {"at": at, **instants.now(real)}).scalars())


def _claiming(*whose: Any) -> Any:
    """Return one statement for both databases; SQLite has no row locks to skip and takes it without."""
    picked = (
        select(_c.workspace_id, _c.delivery_id)
        .where(_c.workspace_id == bindparam("whose"), *whose, _c.claimable_at <= bindparam("at"), _NOW)
        .order_by(_c.claimable_at)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True, key_share=True)
        .cte("picked")
    )
    return (
        update(DELIVERIES.table)
        .where(_c.workspace_id == picked.c.workspace_id, _c.delivery_id == picked.c.delivery_id)
        .values(
            state=State.CLAIMED.value,
            claimable_at=None,
            retry_real=None,
            lease_real=bindparam("until", type_=_c.lease_real.type),
            claimed_real=bindparam("real", type_=_c.claimed_real.type),
            attempt=_c.attempt + 1,
        )
        .returning(*DELIVERIES.columns)
    )


_CLAIM = _claiming()
_CLAIM_FOR = _claiming(_c.learner_id == bindparam("who"))


def claim(
    session: Session,
    workspace_id: str,
    *,
    at: datetime,
    real: datetime,
    lease: timedelta,
    most: int,
    learner_id: str | None = None,
) -> list[Delivery]:
    """Take up to `most` due deliveries of a workspace (of one learner), the longest due first, until the lease ends.

    The claim is the record of the attempt. `at` is business time, `real` and `lease` are the machine's.
    """
    given: dict[str, Any] = {"whose": workspace_id, "at": at, "until": real + lease, "most": most}
    given |= instants.now(real)
    if learner_id is None:
        claimed = DELIVERIES.run(session, _CLAIM, **given)
    else:
        claimed = DELIVERIES.run(session, _CLAIM_FOR, who=learner_id, **given)
    return sorted(claimed, key=lambda d: d.due_at)


_UNCERTAIN = (
    select(*DELIVERIES.columns)
    .where(_c.workspace_id == bindparam("in_workspace"), _c.state == State.UNCERTAIN.value, _c.lease_real.is_(None))
    .order_by(_c.delivery_id)
)
_UNCERTAIN_LOCKED = _UNCERTAIN.with_for_update(key_share=True)


def uncertain(session: Session, workspace_id: str, *, lock: bool = False) -> list[Delivery]:
    """Return messages that may or may not have arrived, and that nothing will reconcile by itself."""
    return DELIVERIES.run(session, _UNCERTAIN_LOCKED if lock else _UNCERTAIN, in_workspace=workspace_id)


_EXPIRED = (
    select(*DELIVERIES.columns)
    .where(instants.come(_c.lease_real))
    .order_by(_c.lease_real)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True, key_share=True)
)


def problems(session: Session) -> dict[str, int]:
    """Return the codes of Slack's errors that keep messages waiting, and how many wait."""
    query = select(_c.problem, func.count()).where(_c.claimable_at.is_not(None), _c.problem.is_not(None))
    return {str(problem): int(count) for problem, count in session.execute(query.group_by(_c.problem))}


_ANY_EXPIRED = select(exists().where(instants.come(_c.lease_real)))


def any_expired(session: Session, real: datetime) -> bool:
    """Return True if a sender's lease has run out."""
    return bool(session.execute(_ANY_EXPIRED, instants.now(real)).scalar_one())


def expired(
    session: Session, real: datetime, lease: timedelta, most: int, surely: Callable[[Delivery], bool] = lambda _: True
) -> list[Delivery]:
    """Take over deliveries whose sender's lease ran out without a sign of it. `surely`: it certainly ran out."""
    found = [d for d in DELIVERIES.run(session, _EXPIRED, **instants.now(real), most=most) if surely(d)]
    for delivery in found:
        update_row(session, delivery, lease_real=real + lease)
    return found
