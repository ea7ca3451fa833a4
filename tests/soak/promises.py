"""What must hold whatever went wrong: what Slack was told is taken care of is in the database, and what was posted is
recorded, once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from sqlalchemy import select

from bot.domain.delivery import State
from bot.slack.inbound.payloads import Command, Tap
from bot.store import tables
from bot.store.database import Database
from localslack import LocalSlack

KINDS: Mapping[str, type[Command | Tap]] = {"slash_commands": Command, "interactive": Tap}
"""The request's id is written in the transaction of what was asked: where it is missing, that is lost too."""


def lost(slack: LocalSlack, database: Database) -> Iterator[str]:
    """Requests that were acknowledged and aren't in the database."""
    # first what was acknowledged: what is on its way yet is in the database before Slack is told so
    acknowledged = list(slack.world.acknowledged)
    with database.read() as session:
        known = set(session.execute(select(tables.request.c.request_id)).scalars())
    for kind, payload, _ in acknowledged:
        if kind in KINDS and KINDS[kind].model_validate(payload).caller.request_id not in known:
            yield f"{payload.get('command') or payload['actions'][0]['action_id']} was acknowledged and is lost"


def unrecorded(slack: LocalSlack, database: Database) -> Iterator[str]:
    """Posts that came twice, or of which the database knows nothing; and what it says was sent and wasn't."""
    posted = Counter(str((m.metadata or {})["event_payload"]["key"]) for m in slack.world.posts)
    delivery = tables.delivery
    with database.read() as session:
        rows = session.execute(select(delivery.c.delivery_id, delivery.c.state, delivery.c.ts)).all()
    sent = {row.delivery_id: row.ts for row in rows if row.state == State.SENT.value}
    for key, times in posted.items():
        if times > 1:
            yield f"delivery {key} was posted {times} times"
        if key not in sent:
            state = next((row.state for row in rows if row.delivery_id == key), "not in the database")
            yield f"delivery {key} was posted and is {state}"
    yield from (f"delivery {key} was never posted and is recorded as sent" for key in sent if key not in posted)
