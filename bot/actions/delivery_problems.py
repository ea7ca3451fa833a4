"""Problems between the bot and a workspace, and what its admins can do about them."""

from __future__ import annotations

from bot.context import AppContext
from bot.domain.delivery import Slot, State
from bot.domain.delivery_subject import TokenRefused
from bot.planning.new_delivery import new_delivery
from bot.queries.admins import admins
from bot.store import deliveries, delivery_queue, learners
from bot.store.database import Session


def token_failed(session: Session, ctx: AppContext, workspace_id: str, code: str) -> None:
    """Add a notice that Slack refuses the workspace's token. Like all messages, it waits until the token works
    again.
    """
    known = sorted(admins(session, ctx, workspace_id))
    if known:
        at = ctx.clock.business()
        admin = learners.ensure(session, workspace_id, known[0], lock=False)
        caused_by = f"held:{ctx.clock.real().isoformat()}"
        deliveries.add(session, new_delivery(admin, Slot.NOTICE, at, caused_by=caused_by, about=TokenRefused(code)))


def settle_uncertain(session: Session, workspace_id: str, *, again: bool) -> int:
    """Send uncertain messages again, or leave them; return the number of messages."""
    found = delivery_queue.uncertain(session, workspace_id, lock=True)
    for delivery in found:
        if again:
            deliveries.give_back(session, delivery, problem=None)
        else:
            deliveries.update_row(session, delivery, state=State.LEFT)
    return len(found)
