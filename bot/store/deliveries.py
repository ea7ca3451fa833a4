"""Deliveries: the queue, and the record of what was sent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from bot.domain.delivery import Delivery, Slot, State
from bot.store.rows import change, insert_new, table
from bot.store.tables import DeliveryRow, WorkspaceRow

_delivery = table(DeliveryRow)
_workspace = table(WorkspaceRow)


def _made(row: Mapping[Any, Any]) -> Delivery:
    return Delivery(**{**row, "slot": Slot(row["slot"]), "state": State(row["state"])})


def add(session: Session, delivery: Delivery) -> bool:
    """Store a new delivery; False when its place, cause or once is already taken."""
    return insert_new(session, DeliveryRow, delivery)


def get(session: Session, workspace_id: str, delivery_id: str, *, lock: bool = False) -> Delivery | None:
    """One delivery."""
    query = select(_delivery).where(_delivery.c.workspace_id == workspace_id, _delivery.c.delivery_id == delivery_id)
    row = session.execute(query.with_for_update() if lock else query).mappings().one_or_none()
    return _made(row) if row else None


def find(session: Session, workspace_id: str, learner_id: str, *where: Any) -> list[Delivery]:
    """A learner's deliveries that meet the conditions, in the order they were due."""
    query = select(_delivery).where(
        _delivery.c.workspace_id == workspace_id, _delivery.c.learner_id == learner_id, *where
    )
    return [_made(row) for row in session.execute(query.order_by(_delivery.c.due_at)).mappings()]


def by_cause(session: Session, workspace_id: str, learner_id: str, cause: str) -> Delivery | None:
    """What a request brought about."""
    found = find(session, workspace_id, learner_id, _delivery.c.cause == cause)
    return found[0] if found else None


def at_place(session: Session, workspace_id: str, learner_id: str, first: date) -> dict[date, Delivery]:
    """The unasked messages of a learner's dates from `first` on."""
    found = find(session, workspace_id, learner_id, _delivery.c.place.is_not(None), _delivery.c.place >= first)
    return {d.place: d for d in found if d.place is not None}


def welcome(session: Session, workspace_id: str, learner_id: str) -> Delivery | None:
    """The learner's one welcome."""
    found = find(session, workspace_id, learner_id, _delivery.c.once == Slot.WELCOME.value)
    return found[0] if found else None


def of_asking(session: Session, workspace_id: str, asking_id: str) -> list[Delivery]:
    """All messages that brought this asking, in the order they were due."""
    query = select(_delivery).where(_delivery.c.workspace_id == workspace_id, _delivery.c.asking_id == asking_id)
    return [_made(row) for row in session.execute(query.order_by(_delivery.c.due_at)).mappings()]


def noted(session: Session, workspace_id: str, learner_id: str, kind: str) -> list[Delivery]:
    """A learner's deliveries whose message shows a note of this kind."""
    return find(session, workspace_id, learner_id, _delivery.c.note.startswith(f"{kind}|", autoescape=True))


def pending(session: Session, workspace_id: str, learner_id: str) -> list[Delivery]:
    """A learner's deliveries that nobody has begun to send."""
    return find(session, workspace_id, learner_id, _delivery.c.claimable_at.is_not(None))


def update_row(session: Session, delivery: Delivery, **columns: Any) -> None:
    """Change some of a delivery's columns."""
    change(
        session,
        DeliveryRow,
        _delivery.c.workspace_id == delivery.workspace_id,
        _delivery.c.delivery_id == delivery.delivery_id,
        **columns,
    )


def take(session: Session, delivery: Delivery, lease_until: datetime) -> Delivery | None:
    """The claimed row as it stands, its lease renewed; None when it isn't this claim's any more."""
    mine = _delivery.c.state == State.CLAIMED.value, _delivery.c.attempt == delivery.attempt
    taken = change(
        session,
        DeliveryRow,
        _delivery.c.workspace_id == delivery.workspace_id,
        _delivery.c.delivery_id == delivery.delivery_id,
        *mine,
        lease_real=lease_until,
    )
    return get(session, delivery.workspace_id, delivery.delivery_id) if taken else None


def update_attempt(session: Session, delivery: Delivery, **columns: Any) -> bool:
    """Change columns unless another attempt has begun or ended meanwhile; True when it was done."""
    mine = _delivery.c.attempt == delivery.attempt, _delivery.c.state != State.SENT.value
    return (
        change(
            session,
            DeliveryRow,
            _delivery.c.workspace_id == delivery.workspace_id,
            _delivery.c.delivery_id == delivery.delivery_id,
            *mine,
            **columns,
        )
        == 1
    )


def arrived(session: Session, workspace_id: str, learner_id: str, delivery_id: str, channel_id: str, ts: str) -> None:
    """A delivery whose fate was open is known to stand in Slack at this `ts`."""
    change(
        session,
        DeliveryRow,
        _delivery.c.workspace_id == workspace_id,
        _delivery.c.delivery_id == delivery_id,
        _delivery.c.learner_id == learner_id,
        _delivery.c.ts.is_(None),
        _delivery.c.state.in_([State.CLAIMED.value, State.UNCERTAIN.value]),
        state=State.SENT,
        channel_id=channel_id,
        ts=ts,
        lease_real=None,
    )


def retire(session: Session, delivery: Delivery, state: State, problem: str | None = None) -> None:
    """End a delivery that was not sent. A withdrawn one gives back its place, a withdrawn or missed welcome may
    come again; a failed one keeps both, for what failed would fail again."""
    freed: dict[str, Any] = {}
    if state is not State.FAILED:
        freed["once"] = None
    if state is State.WITHDRAWN:
        freed["place"] = None
    update_row(
        session,
        delivery,
        state=state,
        problem=problem,
        claimable_at=None,
        lease_real=None,
        retry_real=None,
        lags_real=None,
        **freed,
    )


def drop_missed(session: Session, workspace_id: str, learner_id: str, day: date) -> None:
    """Take back that a day was missed: its hour comes again."""
    for delivery in find(
        session, workspace_id, learner_id, _delivery.c.place == day, _delivery.c.state == State.MISSED.value
    ):
        update_row(session, delivery, place=None, state=State.WITHDRAWN, problem="its hour came again")


def next_claimable(session: Session, after: datetime) -> datetime | None:
    """The earliest business instant after `after` at which a delivery can be claimed."""
    query = select(_delivery.c.claimable_at).where(
        _delivery.c.claimable_at.is_not(None), _delivery.c.claimable_at > after
    )
    found: datetime | None = session.execute(query.order_by(_delivery.c.claimable_at).limit(1)).scalar()
    return found


def claim(session: Session, at: datetime, real: datetime, lease: timedelta, most: int) -> list[Delivery]:
    """Take up to `most` due deliveries, the longest due first, for as long as the lease runs.

    The claim is the record of the attempt. `at` is business time, `real` and `lease` are the machine's.
    """
    held = select(_workspace.c.workspace_id).where(_workspace.c.held.is_not(None))
    picked = (
        select(_delivery.c.workspace_id, _delivery.c.delivery_id)
        .where(
            _delivery.c.claimable_at.is_not(None),
            _delivery.c.claimable_at <= at,
            or_(_delivery.c.retry_real.is_(None), _delivery.c.retry_real <= real),
            _delivery.c.workspace_id.not_in(held),
        )
        .order_by(_delivery.c.claimable_at)
        .limit(most)
        .with_for_update(skip_locked=True)
        .cte("picked")
    )
    statement = (
        update(_delivery)
        .where(_delivery.c.workspace_id == picked.c.workspace_id, _delivery.c.delivery_id == picked.c.delivery_id)
        .values(
            state=State.CLAIMED.value,
            claimable_at=None,
            retry_real=None,
            lease_real=real + lease,
            claimed_real=real,
            attempt=_delivery.c.attempt + 1,
        )
        .returning(*_delivery.c)
    )
    claimed = [_made(row) for row in session.execute(statement).mappings()]
    return sorted(claimed, key=lambda d: d.due_at)


def uncertain(session: Session, workspace_id: str) -> int:
    """How many messages may or may not have arrived."""
    query = select(func.count()).where(
        _delivery.c.workspace_id == workspace_id, _delivery.c.state == State.UNCERTAIN.value
    )
    return int(session.execute(query).scalar_one())


def expired(session: Session, real: datetime, lease: timedelta, most: int) -> list[Delivery]:
    """Take over deliveries whose sender gave no sign until its lease ran out."""
    query = (
        select(_delivery)
        .where(_delivery.c.lease_real.is_not(None), _delivery.c.lease_real <= real)
        .order_by(_delivery.c.lease_real)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    found = [_made(row) for row in session.execute(query).mappings()]
    for delivery in found:
        update_row(session, delivery, lease_real=real + lease)
    return found


def touch(session: Session, delivery: Delivery, real: datetime, **columns: Any) -> None:
    """Change what a message shows: until it is brought up to date in Slack, it lags since `real`."""
    update_row(session, delivery, revision=_delivery.c.revision + 1, lags_real=real if delivery.ts else None, **columns)


def lagging(session: Session, before: datetime, most: int, learner: tuple[str, str] | None = None) -> list[Delivery]:
    """Sent messages that have lagged since `before` (real time) or longer; of one (workspace, learner) or of all."""
    query = select(_delivery).where(_delivery.c.lags_real.is_not(None), _delivery.c.lags_real <= before)
    if learner is not None:
        query = query.where(_delivery.c.workspace_id == learner[0], _delivery.c.learner_id == learner[1])
    return [_made(row) for row in session.execute(query.order_by(_delivery.c.lags_real).limit(most)).mappings()]


def caught_up(session: Session, delivery: Delivery, shown: int, real: datetime) -> None:
    """Record that Slack shows revision `shown`; a message changed meanwhile goes on lagging."""
    current = get(session, delivery.workspace_id, delivery.delivery_id, lock=True)
    behind = current is not None and current.revision > shown
    update_row(session, delivery, shown=shown, lags_real=real if behind else None)
