"""Messages that lag: since a change Slack shows less than the database has, until it is told and that is noted."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, case, select, update

from bot.domain.delivery import Delivery
from bot.store import instants
from bot.store.database import Session
from bot.store.deliveries import DELIVERIES, update_row

_c = DELIVERIES.c
_KEY = _c.workspace_id == bindparam("in_workspace"), _c.delivery_id == bindparam("that")
_OF_LEARNER = _c.workspace_id == bindparam("in_workspace"), _c.learner_id == bindparam("of_learner")


def later_touch(session: Session, delivery: Delivery, real: datetime, **columns: Any) -> Delivery:
    """Change what a message shows at the end of the transaction: from then on it lags, until Slack shows it.

    Its revision goes up by one, however often it is touched in a transaction.
    """
    bumped = session.pending.bumps(DELIVERIES.table, (delivery.workspace_id, delivery.delivery_id))
    changed = DELIVERIES.later_change(session, delivery, real, **columns)
    lags = real if changed.ts is not None else None
    return replace(changed, revision=changed.revision + (not bumped), lags_real=lags)


_TOUCH = (
    update(DELIVERIES.table)
    .where(*_KEY)
    .values(
        revision=_c.revision + 1,
        lags_real=case((_c.ts.is_not(None), bindparam("real", type_=_c.lags_real.type)), else_=None),
    )
)


def touch(session: Session, delivery: Delivery, real: datetime, **columns: Any) -> None:
    """Change what a message shows: until it is brought up to date in Slack, it lags since `real`."""
    if columns:
        update_row(session, delivery, **columns)
    session.execute(_TOUCH, {**_key(delivery), "real": real})


_LAGGING = select(*DELIVERIES.columns).where(instants.come(_c.lags_real))
_LAGGING_OF = _LAGGING.where(*_OF_LEARNER).order_by(_c.lags_real).limit(bindparam("most"))
_LAGGING = _LAGGING.order_by(_c.lags_real).limit(bindparam("most"))


def find(session: Session, before: datetime, most: int, learner: tuple[str, str] | None = None) -> list[Delivery]:
    """Return sent messages that have lagged since `before` (real time) or longer; of one (workspace, learner) or of
    all.
    """
    if learner is None:
        return DELIVERIES.run(session, _LAGGING, **instants.now(before), most=most)
    whose = {"in_workspace": learner[0], "of_learner": learner[1]}
    return DELIVERIES.run(session, _LAGGING_OF, **instants.now(before), **whose, most=most)


_CAUGHT_UP = (
    update(DELIVERIES.table)
    .where(*_KEY)
    .values(
        shown=bindparam("shows"),
        # since when it was changed, not since now: whoever changed it looks for it as of a moment ago
        lags_real=case((_c.revision > bindparam("shows"), _c.lags_real), else_=None),
    )
)


def caught_up(session: Session, delivery: Delivery, shown: int) -> None:
    """Record that Slack shows revision `shown`; a message changed meanwhile lags on, since it was changed."""
    session.execute(_CAUGHT_UP, {**_key(delivery), "shows": shown})


def _key(delivery: Delivery) -> dict[str, str]:
    return {"in_workspace": delivery.workspace_id, "that": delivery.delivery_id}
