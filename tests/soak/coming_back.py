"""Reviews on the ground where bots are killed: what is due to come back, and what must be true of it in the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import insert, select

from bot.domain.cards import DOSE, Card, Wish, Wished, fold
from bot.domain.delivery import CONFIDENCE, Reason
from bot.messages import ids
from bot.store import cards, tables
from tests.helpers import TEAM
from tests.soak.ground import TRACK, Ground
from tests.teaching import course

LONG_AGO = timedelta(days=30)
_asking, _further, _answer = tables.asking.c, tables.delivery_asking.c, tables.response.c


def remembered(ground: Ground, people: Sequence[str], at: datetime, count: int = 3) -> None:
    """These people wished a month ago to remember the last items of the track: they are due to come back."""
    day = (at - LONG_AGO).date()
    wished = [Wished(day, Wish.REMEMBER)]
    with ground.db.write() as session:
        for person in people:
            for item in course().tracks[TRACK].items[-count:]:
                blank = Card(workspace_id=TEAM, learner_id=person, item_id=item)
                cards.later_put(session, fold(blank, wished))
                row = {"workspace_id": TEAM, "wish_id": uuid4().hex, "learner_id": person, "item_id": item}
                session.execute(insert(tables.wish), [{**row, "what": "remember", "day": day, "at": at - LONG_AGO}])


def answered_reviews(ground: Ground) -> int:
    """How many reviews were answered."""
    query = select(_answer.asking_id).join(tables.asking, _asking.asking_id == _answer.asking_id)
    with ground.db.read() as session:
        return len(session.execute(query.where(_asking.reason != Reason.ITEM.value, _answer.attempt == 1)).all())


def asked_once(ground: Ground) -> Iterator[str]:
    """Nothing was asked twice on a date, nor more than the dose, nor in two messages; no two wait of one item."""
    query = (
        select(tables.asking, _further.delivery_id)
        .join(tables.delivery_asking, _further.asking_id == _asking.asking_id)
        .where(_asking.reason != Reason.ITEM.value)
        .order_by(_asking.learner_id, _asking.number)
    )
    with ground.db.read() as session:
        found = session.execute(query).all()
    days = Counter((row.learner_id, row.opened_at.date()) for row in found)
    items = Counter((row.learner_id, row.opened_at.date(), row.item_id) for row in found)
    open_ = Counter((row.learner_id, row.item_id) for row in found if row.outcome is None)
    messages = Counter(row.asking_id for row in found)
    yield from (f"{who} was asked {n} reviews on {day}" for (who, day), n in days.items() if n > DOSE)
    yield from (f"{who} was asked {item} {n} times on {day}" for (who, day, item), n in items.items() if n > 1)
    yield from (f"{n} reviews of {item} wait for {who}" for (who, item), n in open_.items() if n > 1)
    yield from (f"the review {asking} is in {n} messages" for asking, n in messages.items() if n > 1)
    worded: dict[tuple[str, str], str] = {}
    for row in found:
        if worded.get((row.learner_id, row.item_id)) == row.question_id:
            yield f"{row.learner_id} was asked {row.item_id} in the same wording twice in a row"
        worded[row.learner_id, row.item_id] = row.question_id


def as_logged(ground: Ground) -> Iterator[str]:
    """Every card is what follows from the log."""
    for person in ground.people:
        with ground.db.read() as session:
            log, stored = cards.events(session, TEAM, person), cards.all_of(session, TEAM, person)
        yield from (f"{card} isn't what follows" for card in stored if fold(card, log.get(card.item_id, [])) != card)
        yield from (f"{person} has no card of {item}" for item in log.keys() - {card.item_id for card in stored})


def confidence_kept(ground: Ground) -> Iterator[str]:
    """A word on confidence that was acknowledged stands, or came after its review was over."""
    with ground.db.read() as session:
        kept = session.execute(select(_answer.asking_id, _answer.response).where(_answer.attempt == CONFIDENCE))
        sure = {row.asking_id: row.response["sure"] for row in kept}
        over = {row.asking_id for row in session.execute(select(_asking.asking_id).where(_asking.outcome.is_not(None)))}
    said: dict[str, set[bool]] = {}
    for kind, payload in ground.slack.world.sent:
        if kind == "interactive" and payload["actions"][0]["action_id"].startswith("sure:"):
            said.setdefault(_asked(payload["actions"][0]), set()).add(
                payload["actions"][0]["action_id"].endswith("yes")
            )
    yield from (
        f"{asking} was answered sure={how}, which nobody said"
        for asking, how in sure.items()
        if how not in said.get(asking, set())
    )
    for kind, payload, _ in list(ground.slack.world.acknowledged):
        if kind == "interactive" and payload["actions"][0]["action_id"].startswith("sure:"):
            asking = _asked(payload["actions"][0])
            if asking not in sure and asking not in over:
                yield f"how sure {asking} was, was acknowledged and is lost"


def _asked(action: dict[str, str]) -> str:
    return ids.about(action["block_id"]).partition(".")[2]


def came_back(ground: Ground) -> Iterator[str]:
    """All that must be true of reviews in the end."""
    for look in (asked_once, as_logged, confidence_kept):
        yield from look(ground)
