"""What the bot has of reviews, and what its messages show of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from bot.domain.cards import Card, fold
from bot.domain.delivery import CONFIDENCE, SLIP, State
from bot.domain.questions import Chosen
from bot.queries.home import home
from bot.store import cards, tables
from bot.view_models import ItemView, ReviewsView, ReviewView
from tests.helpers import TEAM, state_of
from tests.soak.model_ground import WHO, Ground

_asking, _further, _delivery = tables.asking.c, tables.delivery_asking.c, tables.delivery.c
_REVIEWS = (
    select(
        *(_asking[name] for name in ("asking_id", "item_id", "question_id", "reason", "outcome", "opened_at")),
        _further.delivery_id,
        _further.position,
        *(_delivery[name] for name in ("slot", "state", "ts", "lags_real")),
        _delivery.asking_id.label("about"),
    )
    .join(tables.delivery_asking, _further.asking_id == _asking.asking_id)
    .join(tables.delivery, _delivery.delivery_id == _further.delivery_id)
    .order_by(_asking.number)
)
_WORDED = select(_asking.asking_id, _asking.item_id, _asking.question_id).order_by(_asking.number)
_WORDS = select(tables.response).where(tables.response.c.attempt.in_((CONFIDENCE, SLIP)))
_RETIRED = select(tables.wish).where(tables.wish.c.what == "retire").order_by(tables.wish.c.at)


@dataclass(frozen=True)
class Memory:
    """All that is stored of reviews."""

    reviews: list[Any]
    """Their askings, each with its message, in their order."""
    worded: dict[str, tuple[str, str]]
    """Of each asking, of an item too, in their order: the item and the wording."""
    retired: list[Any]
    sure: dict[str, bool]
    slips: set[str]
    cards: dict[str, Card]
    not_from_log: list[str]
    """Items whose card isn't what follows from the log."""


def memory(ground: Ground) -> Memory:
    """Look at all of it."""
    with ground.ctx.db.read() as session:
        stored = {card.item_id: card for card in cards.all_of(session, TEAM, WHO)}
        log = cards.events(session, TEAM, WHO)
        words = session.execute(_WORDS).all()
        return Memory(
            reviews=list(session.execute(_REVIEWS).all()),
            worded={row.asking_id: (row.item_id, row.question_id) for row in session.execute(_WORDED)},
            retired=list(session.execute(_RETIRED).all()),
            sure={row.asking_id: row.response["sure"] for row in words if row.attempt == CONFIDENCE},
            slips={row.asking_id for row in words if row.attempt == SLIP},
            cards=stored,
            not_from_log=[item for item, card in stored.items() if fold(card, log.get(item, [])) != card]
            + sorted(log.keys() - stored.keys()),
        )


def not_asked(ground: Ground) -> set[str]:
    """What Home lists as not asked any more."""
    with ground.ctx.db.read() as session:
        return {line.item_id for line in home(state_of(session, ground.ctx, WHO)).not_asked}


def shown(ground: Ground, row: Any) -> Iterator[ReviewView | None]:
    """Yield a review as its message shows it; None where it doesn't. Nothing where the message isn't up to date."""
    if row.state != State.SENT.value or row.lags_real is not None:
        return
    view = ground.slack.shown.get(row.ts)
    if isinstance(view, ReviewsView) or (isinstance(view, ItemView) and not view.folded):
        yield next((review for review in view.reviews if review.asking_id == row.asking_id), None)


def picked(view: ReviewView) -> int | None:
    """The choice that a review shows as the answer."""
    return view.response.choice if isinstance(view.response, Chosen) else None
