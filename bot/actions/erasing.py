"""*Forget me*: everything about a person is erased, and they aren't enrolled again until they start by themselves."""

from __future__ import annotations

from bot.context import AppContext
from bot.domain.erasing import Erasure
from bot.store import erasures, learners
from bot.store.database import Session


def ask_erasure(session: Session, ctx: AppContext, workspace_id: str, learner_id: str) -> None:
    """Store that somebody is to be erased; it is begun at once. A repeated request finds it stored."""
    erasures.ask(session, _erasure(session, ctx, workspace_id, learner_id))


def erase(ctx: AppContext, workspace_id: str, learner_id: str) -> Erasure:
    """Erase all rows about a person now; return what is left: the bot's messages in their DM.

    Their own rows go in one transaction. Others' rows follow, one person at a time, since each of these is locked
    first; whatever breaks off, the next call goes on.
    """
    with ctx.db.write() as session:
        learners.lock(session, workspace_id, learner_id)
        erasure = _erasure(session, ctx, workspace_id, learner_id)
        erasures.ask(session, erasure)
        erasures.keep_out(session, workspace_id, learner_id)
        erasures.erase_rows(session, erasure)
    with ctx.db.write() as session:
        erasures.scrub_orders(session, workspace_id, learner_id)
        others = erasures.others_naming(session, workspace_id, learner_id)
    for other_id in others:
        with ctx.db.write() as session:
            learners.lock(session, workspace_id, other_id)
            erasures.scrub_of(session, workspace_id, other_id, learner_id)
    with ctx.db.write() as session:
        return erasures.erased(session, erasure)


def _erasure(session: Session, ctx: AppContext, workspace_id: str, learner_id: str) -> Erasure:
    real = ctx.clock.real()
    return Erasure(
        workspace_id=workspace_id,
        learner_id=learner_id,
        channel_id=erasures.channel_of(session, workspace_id, learner_id),
        asked_real=real,
        open_real=real,
    )
