"""What must be true of answers and orders in the end, whatever crashed while they came in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select

from bot.domain.delivery import FIRST_ANSWER, Slot, State
from bot.domain.delivery_subject import Reviews
from bot.domain.people import HoldKind
from bot.messages import ids, render, replies, review_replies
from bot.store import deliveries, orders, tables
from tests import rows
from tests.helpers import TEAM, view_shown
from tests.journeys.seeing import drawn
from tests.soak.ground import Ground

_answer = tables.response
COMING = {"next": replies.coming(paused=False).text, "review": review_replies.coming().text}
"""What is said where the next item, or what is due to come back, is on its way."""


def shown(ground: Ground) -> Iterator[str]:
    """Every message in Slack shows what the database says."""
    ctx = ground.ctx()
    for one in ground.all().values():
        asks = one.asking_id is not None or isinstance(one.about, Reviews)
        if one.state is not State.SENT or not (asks or one.slot is Slot.NOTICE):
            continue
        message = ground.slack.world.channels[str(one.channel_id)].find(str(one.ts))
        with ground.db.read() as session:
            wanted = render(view_shown(session, ctx, one)).blocks
        if message is None or drawn(message.blocks) != drawn(wanted):
            yield f"{one.slot} of {one.learner_id} shows\n    {message and drawn(message.blocks)}\n  and should show\n    {drawn(wanted)}"


def answered(ground: Ground) -> Iterator[str]:
    """What was acknowledged is in the database, and the first answer of each asking is one that was given."""
    with ground.db.read() as session:
        known = set(session.execute(select(tables.request.c.request_id)).scalars())
        first = {
            row.asking_id: (row.request_id, row.choice)
            for row in session.execute(select(_answer).where(_answer.c.attempt == FIRST_ANSWER))
        }
    given = {request_of(payload): payload for kind, payload in ground.slack.world.sent if kind == "interactive"}
    for kind, payload, _ in list(ground.slack.world.acknowledged):
        request = request_of(payload)
        if request not in known:
            yield f"{kind} {request} was acknowledged and isn't in the database"
        if kind == "interactive" and payload["actions"][0]["action_id"].startswith("answer:"):
            yield from _first(first.get(ids.about(payload["actions"][0]["block_id"]).partition(".")[2]), given, request)


def _first(found: tuple[str, int] | None, given: Mapping[str, Any], request: str) -> Iterator[str]:
    if found is None:
        yield f"the answer {request} was acknowledged and there is none"
    elif found[0] not in given or given[found[0]]["actions"][0]["action_id"].split(":")[2:] != [str(found[1])]:
        yield f"the answer {found} is none that was given"


def request_of(payload: Mapping[str, Any]) -> str:
    """The id under which the bot remembers a tap or a command."""
    if "actions" in payload:
        action = payload["actions"][0]
        return f"tap:{payload['user']['id']}:{action['action_ts']}:{action['action_id']}"
    return f"command:{payload['trigger_id']}"


def assigned(ground: Ground) -> Iterator[str]:
    """Each order is worked off for everybody in it, and its summary was posted once."""
    posted = ground.posted()
    acknowledged = {
        request_of(p)
        for k, p, _ in ground.slack.world.acknowledged
        if k == "slash_commands" and p["command"] == "/track"
    }
    with ground.db.read() as session:
        stored = {i: orders.get(session, TEAM, i) for i in session.execute(select(tables.order.c.order_id)).scalars()}
        yield from (f"the order {i} was acknowledged and isn't stored" for i in acknowledged - stored.keys())
        for order in stored.values():
            assert order is not None
            effects, teaches = orders.effects(session, order), Counter[str]()
            for person in order.ids:
                teaches[person] = len(rows.enrolments_of(session, TEAM, person))
            notice = deliveries.by_request(session, TEAM, order.admin_id, order.order_id)
            if order.state != "done" or set(effects) != set(order.ids) or any(n != 1 for n in teaches.values()):
                yield f"the order {order.order_id} is {order.state}: {effects}, {teaches}"
            if notice is None or posted[notice.delivery_id] != 1:
                yield f"the summary of {order.order_id} was posted {posted[notice.delivery_id] if notice else 0} times"


def paused(ground: Ground) -> Iterator[str]:
    """Whoever was told that it is paused has a pause."""
    for kind, payload, _ in list(ground.slack.world.acknowledged):
        if kind == "slash_commands" and payload["text"] == "pause":
            with ground.db.read() as session:
                if HoldKind.PERSON not in rows.holds_of(session, TEAM, payload["user_id"]):
                    yield f"{payload['user_id']} was told that it is paused, and it isn't"


def brought(ground: Ground) -> Iterator[str]:
    """Whoever was told that the next item or a review comes was sent it."""
    for kind, payload, answer in list(ground.slack.world.acknowledged):
        if kind == "slash_commands" and answer.get("text") == COMING.get(payload["text"]):
            with ground.db.read() as session:
                found = deliveries.by_request(session, TEAM, payload["user_id"], request_of(payload))
            if found is None or found.state is not State.SENT:
                yield f"{payload['user_id']} was told that the next one comes, and it is {found and found.state}"
