"""Deliveries: what is planned for a learner, what became of it, which messages lag. `delivery_queue` has the claims."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, String, bindparam, case, func, or_, select, update

from bot.domain.delivery import Delivery, Slot, State
from bot.domain.delivery_note import Later
from bot.domain.rider import Rider
from bot.store import tables
from bot.store.database import Session
from bot.store.note_text import Dated, kind_prefix
from bot.store.rows import Rows, changed_by

NEVER_CAME = State.FAILED, State.MISSED, State.WITHDRAWN
DELIVERIES = Rows(tables.delivery, Delivery, slot=Slot, state=State)
_c = DELIVERIES.c
_KEY = _c.workspace_id == bindparam("in_workspace"), _c.delivery_id == bindparam("that")
_OF_LEARNER = _c.workspace_id == bindparam("in_workspace"), _c.learner_id == bindparam("of_learner")


def add(session: Session, delivery: Delivery) -> bool:
    """Store a new delivery; return False if its `claimed_date`, `caused_by` or `unique_key` is taken."""
    session.due_at_once = True
    return DELIVERIES.insert_new(session, delivery)


def get(session: Session, workspace_id: str, delivery_id: str, *, lock: bool = False) -> Delivery | None:
    """Return one delivery."""
    return DELIVERIES.one(session, lock=lock, workspace_id=workspace_id, delivery_id=delivery_id)


def by_request(session: Session, workspace_id: str, learner_id: str, request_id: str) -> Delivery | None:
    """Return the deliveries that a request caused."""
    return DELIVERIES.one(session, workspace_id=workspace_id, learner_id=learner_id, caused_by=request_id)


_BY_CLAIMED_DATE = select(*DELIVERIES.columns).where(*_OF_LEARNER, _c.claimed_date >= bindparam("first"))


def by_claimed_date(session: Session, workspace_id: str, learner_id: str, first: date) -> dict[date, Delivery]:
    """Return the unasked messages of a learner's dates from `first` on."""
    found = DELIVERIES.run(session, _BY_CLAIMED_DATE, in_workspace=workspace_id, of_learner=learner_id, first=first)
    return {d.claimed_date: d for d in found if d.claimed_date is not None}


def of_asking(session: Session, workspace_id: str, asking_id: str) -> list[Delivery]:
    """Return all messages that brought this asking, in the order they were due."""
    return DELIVERIES.all(session, "due_at", workspace_id=workspace_id, asking_id=asking_id)


def where(session: Session, condition: ColumnElement[bool], **given: Any) -> list[Delivery]:
    """Return the deliveries of the workspace `in_workspace` for which a condition holds, in the order they were due."""
    query = select(*DELIVERIES.columns).where(_c.workspace_id == bindparam("in_workspace"), condition)
    return DELIVERIES.run(session, query.order_by(_c.due_at), **given)


_NOTED = select(*DELIVERIES.columns).where(*_OF_LEARNER, _c.note.startswith(bindparam("kind", type_=String)))


def noted(session: Session, workspace_id: str, learner_id: str, kind: type[Later | Dated]) -> list[Delivery]:
    """Return a learner's deliveries whose message shows a note of this kind."""
    return DELIVERIES.run(session, _NOTED, in_workspace=workspace_id, of_learner=learner_id, kind=kind_prefix(kind))


_RIDERS = select(_c.rider).where(
    *_OF_LEARNER, _c.rider.is_not(None), _c.state.not_in([state.value for state in NEVER_CAME])
)


def riders(session: Session, workspace_id: str, learner_id: str) -> list[Rider]:
    """Return the extra lines of a learner's messages that came, or may still come."""
    return list(session.execute(_RIDERS, {"in_workspace": workspace_id, "of_learner": learner_id}).scalars())


_PENDING = select(*DELIVERIES.columns).where(*_OF_LEARNER, _c.claimable_at.is_not(None)).order_by(_c.due_at)


def pending(session: Session, workspace_id: str, learner_id: str) -> list[Delivery]:
    """Return a learner's deliveries that nobody has begun to send."""
    return DELIVERIES.run(session, _PENDING, in_workspace=workspace_id, of_learner=learner_id)


_LATEST = (
    select(*DELIVERIES.columns)
    .where(*_OF_LEARNER, or_(_c.ts.is_not(None), _c.slot == Slot.ASKED.value), _c.due_at <= bindparam("by"))
    .order_by(_c.due_at.desc(), func.coalesce(_c.ts, "9").desc())
    .limit(1)
)


def latest(session: Session, workspace_id: str, learner_id: str, by: datetime) -> Delivery | None:
    """Return the learner's latest message. One that was asked for counts at once, recorded or not."""
    found = DELIVERIES.run(session, _LATEST, in_workspace=workspace_id, of_learner=learner_id, by=by)
    return found[0] if found else None


_CLOSINGS = select(*DELIVERIES.columns).where(*_OF_LEARNER, _c.slot == Slot.CLOSING.value, _c.ts.is_not(None))


def closings(session: Session, workspace_id: str, learner_id: str) -> list[Delivery]:
    """Return the closing messages a learner was sent."""
    return DELIVERIES.run(session, _CLOSINGS, in_workspace=workspace_id, of_learner=learner_id)


_ASKED_SINCE = select(*DELIVERIES.columns).where(
    *_OF_LEARNER,
    _c.claimed_date.is_(None),
    _c.slot == Slot.ASKED.value,
    _c.asking_id.is_not(None),
    _c.due_at >= bindparam("since", type_=_c.due_at.type),
)


def asked_since(session: Session, workspace_id: str, learner_id: str, since: datetime) -> list[Delivery]:
    """Return a learner's items that were asked for since then and claim no date."""
    return DELIVERIES.run(session, _ASKED_SINCE, in_workspace=workspace_id, of_learner=learner_id, since=since)


def said_before(session: Session, delivery: Delivery) -> int:
    """Return how many messages without an item the same learner had asked for before this one."""
    query = select(func.count()).where(
        _c.workspace_id == delivery.workspace_id,
        _c.learner_id == delivery.learner_id,
        _c.slot == Slot.ASKED.value,
        _c.asking_id.is_(None),
        _c.due_at < delivery.due_at,
    )
    return int(session.execute(query).scalar_one())


def update_row(session: Session, delivery: Delivery, **columns: Any) -> None:
    """Change some of a delivery's columns."""
    session.due_at_once = session.due_at_once or columns.get("claimable_at") is not None
    DELIVERIES.change(session, delivery, **columns)


def take(session: Session, delivery: Delivery) -> Delivery | None:
    """Return the claimed row, locked; None if it isn't this claim's any more."""
    current = get(session, delivery.workspace_id, delivery.delivery_id, lock=True)
    mine = current and current.state is State.CLAIMED and current.attempt == delivery.attempt
    return current if mine else None


def give_back(session: Session, delivery: Delivery, **columns: Any) -> bool:
    """Release a claimed delivery; return False if it isn't this claim's any more."""
    again = {"state": State.DUE, "lease_real": None, "claimable_at": delivery.due_at, **columns}
    return update_attempt(session, delivery, **again)


def update_attempt(session: Session, delivery: Delivery, **columns: Any) -> bool:
    """Change columns unless another attempt has begun or ended meanwhile; return True if it was done."""
    current = get(session, delivery.workspace_id, delivery.delivery_id, lock=True)
    if current is None or current.attempt != delivery.attempt or current.state is State.SENT:
        return False
    update_row(session, delivery, **columns)
    return True


_SENT = (
    update(DELIVERIES.table)
    .where(*_KEY, _c.attempt == bindparam("tried"), _c.state != State.SENT.value)
    .values(
        state=State.SENT.value,
        channel_id=bindparam("into"),
        ts=bindparam("at_ts"),
        lease_real=None,
        claimable_at=None,
        retry_real=None,
        problem=None,
        shown=bindparam("shows"),
        # what was changed while it was on its way lags from the start
        lags_real=case((_c.revision > bindparam("shows"), bindparam("real", type_=_c.lags_real.type)), else_=None),
    )
)


def sent(session: Session, delivery: Delivery, channel_id: str, ts: str, real: datetime) -> bool:
    """Record that Slack has this attempt's message and shows revision `delivery.shown`; return False if that was
    known.
    """
    given = {"tried": delivery.attempt, "into": channel_id, "at_ts": ts, "shows": delivery.shown, "real": real}
    return changed_by(session.execute(_SENT, {**_key(delivery), **given})) == 1


def _key(delivery: Delivery) -> dict[str, str]:
    return {"in_workspace": delivery.workspace_id, "that": delivery.delivery_id}


_ARRIVED = (
    update(DELIVERIES.table)
    .where(
        *_KEY,
        _c.learner_id == bindparam("whose"),
        _c.ts.is_(None),
        _c.state.in_([State.CLAIMED.value, State.UNCERTAIN.value, State.LEFT.value]),
    )
    .values(state=State.SENT.value, channel_id=bindparam("into"), ts=bindparam("at_ts"), lease_real=None, problem=None)
)


def arrived(session: Session, workspace_id: str, learner_id: str, delivery_id: str, channel_id: str, ts: str) -> bool:
    """Record that an uncertain delivery stands in Slack at this `ts`; return True if that wasn't known."""
    known = get(session, workspace_id, delivery_id)
    if known is None or known.ts is not None:
        return False
    given = {"in_workspace": workspace_id, "that": delivery_id, "whose": learner_id}
    return changed_by(session.execute(_ARRIVED, {**given, "into": channel_id, "at_ts": ts})) == 1


def retire(session: Session, delivery: Delivery, state: State, problem: str | None = None) -> None:
    """End a delivery that was not sent. A withdrawn one gives back its date, a withdrawn or missed welcome may
    come again; a failed one keeps both, for what failed would fail again."""
    update_row(session, delivery, **retired(state, problem))


UNIQUE = frozenset({"claimed_date", "caused_by", "unique_key"})


def retired(state: State, problem: str | None = None) -> dict[str, Any]:
    """Return the columns of a message that ends without being sent; see `retire`."""
    ended: dict[str, Any] = {"state": state, "problem": problem}
    ended |= dict.fromkeys(("claimable_at", "lease_real", "retry_real", "lags_real"))
    if state is not State.FAILED:
        ended["unique_key"] = None
    if state is State.WITHDRAWN:
        ended["claimed_date"] = None
    return ended


def later_add(session: Session, delivery: Delivery) -> Delivery:
    """Store a new delivery at the end of the transaction, unless one of its unique keys is taken then."""
    session.due_at_once = True
    DELIVERIES.later_insert(session, delivery)
    return delivery


def later(session: Session, delivery: Delivery, **columns: Any) -> Delivery:
    """Change some of a delivery's columns at the end of the transaction; return the delivery as it is then."""
    session.due_at_once = session.due_at_once or columns.get("claimable_at") is not None
    changed = DELIVERIES.later_change(session, delivery, **columns)
    if UNIQUE & columns.keys():
        # whatever takes a date that this one frees comes in a later statement
        session.flush()
    return changed
