"""Cards, wishes about them, and the events in the log from which they follow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import bindparam, or_, select

from bot.domain.cards import Answered, Card, Event, Wish, Wished, fold
from bot.domain.delivery import CONFIDENCE, FIRST_ANSWER, OVER, SLIP, LoggedResponse, Reason
from bot.store import tables
from bot.store.askings import ASKINGS
from bot.store.database import Session
from bot.store.responses import RESPONSES, logged
from bot.store.rows import Rows


@dataclass(frozen=True, kw_only=True)
class _Wish:
    workspace_id: str
    wish_id: str
    learner_id: str
    item_id: str
    what: Wish
    day: date
    at: datetime


_OVER = {outcome.value for outcome in OVER}
CARDS = Rows(tables.card, Card, retired=Wish)
WISHES = Rows(tables.wish, _Wish, what=Wish)
_c = CARDS.c
_OF_LEARNER = _c.workspace_id == bindparam("in_workspace"), _c.learner_id == bindparam("of_learner")
_NEEDED = select(*CARDS.columns).where(
    *_OF_LEARNER,
    or_(
        _c.due_on <= bindparam("today"),
        _c.asked_on >= bindparam("today"),
        _c.item_id == bindparam("item"),
    ),
)
_asked = ASKINGS
_LOG = (
    select(*RESPONSES.columns, _asked.c.item_id, _asked.c.reason, _asked.c.outcome, _asked.c.number)
    .join(
        _asked.table,
        (_asked.c.workspace_id == RESPONSES.c.workspace_id) & (_asked.c.asking_id == RESPONSES.c.asking_id),
    )
    .where(
        RESPONSES.c.workspace_id == bindparam("in_workspace"),
        _asked.c.learner_id == bindparam("of_learner"),
        RESPONSES.c.attempt >= FIRST_ANSWER,
        RESPONSES.c.day.is_not(None),
    )
)
_LOG_OF_ITEMS = _LOG.where(_asked.c.item_id.in_(bindparam("items", expanding=True)))
_w = WISHES.c
_WISHES = (
    select(*WISHES.columns)
    .where(_w.workspace_id == bindparam("in_workspace"), _w.learner_id == bindparam("of_learner"))
    .order_by(_w.at)
)
_WISHES_OF_ITEMS = _WISHES.where(_w.item_id.in_(bindparam("items", expanding=True)))


def needed(session: Session, workspace_id: str, learner_id: str, today: date, item_id: str) -> list[Card]:
    """Return the cards that are due, those asked today, and that of an item."""
    given = {"in_workspace": workspace_id, "of_learner": learner_id, "today": today, "item": item_id}
    return CARDS.run(session, _NEEDED, **given)


def get(session: Session, workspace_id: str, learner_id: str, item_id: str) -> Card | None:
    """Return one card."""
    return CARDS.one(session, workspace_id=workspace_id, learner_id=learner_id, item_id=item_id)


def all_of(session: Session, workspace_id: str, learner_id: str) -> list[Card]:
    """Return all cards of a learner, by item."""
    return CARDS.all(session, "item_id", workspace_id=workspace_id, learner_id=learner_id)


def later_put(session: Session, card: Card) -> Card:
    """Store a card at the end of the transaction."""
    CARDS.later_put(session, card)
    return card


def later_wish(session: Session, card: Card, what: Wish, day: date, at: datetime) -> None:
    """Add a wish about a card to the log at the end of the transaction. `day`: local; `at`: business time, UTC."""
    made = _Wish(
        workspace_id=card.workspace_id,
        wish_id=uuid4().hex,
        learner_id=card.learner_id,
        item_id=card.item_id,
        what=what,
        day=day,
        at=at,
    )
    WISHES.later_insert(session, made)


def events(session: Session, workspace_id: str, learner_id: str, *item_ids: str) -> dict[str, list[Event]]:
    """Return what the log says of some items, or of all if none is named, in the order in which it happened."""
    given = {"in_workspace": workspace_id, "of_learner": learner_id}
    made: dict[str, list[tuple[datetime, int, int, Event]]] = {}
    for entry, row, confidence in _counted(session, given, item_ids):
        event = answered(entry, Reason(row.reason), confidence)
        made.setdefault(row.item_id, []).append((entry.at, 0, row.number, event))
    wishes = _WISHES_OF_ITEMS if item_ids else _WISHES
    for nth, wish in enumerate(WISHES.run(session, wishes, **given, **_items(item_ids))):
        made.setdefault(wish.item_id, []).append((wish.at, 1, nth, Wished(wish.day, wish.what)))
    return {item: [event for *_, event in sorted(found, key=lambda each: each[:3])] for item, found in made.items()}


def rebuild(session: Session, workspace_id: str, learner_id: str) -> list[Card]:
    """Make all cards of a learner anew from the log, as after a change of the rules; return them by item."""
    stored = {card.item_id: card for card in all_of(session, workspace_id, learner_id)}
    found = events(session, workspace_id, learner_id)
    made = []
    for item_id in sorted(stored.keys() | found.keys()):
        blank = Card(workspace_id=workspace_id, learner_id=learner_id, item_id=item_id)
        made.append(later_put(session, fold(stored.get(item_id, blank), found.get(item_id, []))))
    return made


def _counted(
    session: Session, given: Mapping[str, str], item_ids: Sequence[str]
) -> Iterator[tuple[LoggedResponse, Any, LoggedResponse | None]]:
    """Yield each answer that counts, its row, and the entry that says how sure it was."""
    rows = session.execute(_LOG_OF_ITEMS if item_ids else _LOG, {**given, **_items(item_ids)}).all()
    width = len(RESPONSES.columns)
    entries = [(logged(RESPONSES.make(row[:width])), row) for row in rows]
    marks = {(entry.asking_id, entry.attempt): entry for entry, _ in entries}
    for entry, row in entries:
        if entry.attempt == FIRST_ANSWER and (entry.asking_id, SLIP) not in marks and row.outcome not in _OVER:
            yield entry, row, marks.get((entry.asking_id, CONFIDENCE))


def _items(item_ids: Sequence[str]) -> dict[str, Sequence[str]]:
    return {"items": item_ids} if item_ids else {}


def answered(entry: LoggedResponse, reason: Reason, confidence: LoggedResponse | None) -> Answered:
    """Return an entry of the log as an event. `confidence`: the entry that says how sure it was."""
    assert entry.day is not None
    sure: Any = confidence.response.get("sure") if confidence is not None else None
    return Answered(
        day=entry.day,
        reason=reason,
        right=bool(entry.right),
        sure=sure,
        guessed=entry.guessed,
        review_on=entry.review_on,
    )
