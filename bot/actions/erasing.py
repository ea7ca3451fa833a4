"""*Forget me*: everything about a person is erased, and they aren't enrolled again until they start by themselves."""

from __future__ import annotations

from dataclasses import replace

from bot.context import AppContext
from bot.domain.erasing import Erasure
from bot.store import erasures, learners
from bot.store.database import Session


def ask_erasure(session: Session, ctx: AppContext, workspace_id: str, learner_id: str) -> None:
    """Store that somebody is to be erased; it is begun at once. A repeated request finds it stored."""
    erasures.ask(session, _erasure(session, ctx, workspace_id, learner_id))


def erase(ctx: AppContext, workspace_id: str, learner_id: str) -> Erasure:
    """Erase all rows about a person now; return what is left: the bot's messages in their DM."""
    with ctx.db.write() as session:
        erasure = _erasure(session, ctx, workspace_id, learner_id)
        erasures.ask(session, erasure)
    return go_on(ctx, erasure)


def go_on(ctx: AppContext, erasure: Erasure) -> Erasure:
    """Go on with an erasure where it stands; return what is left.

    Their own rows go in one transaction. Others' rows follow, one person at a time, since each of these is locked
    first; whatever breaks off, the next call goes on.
    """
    workspace_id, learner_id = erasure.workspace_id, erasure.learner_id
    if not erasure.erased:
        with ctx.db.write() as session:
            learners.lock(session, workspace_id, learner_id)
            channel_id = erasure.channel_id or erasures.channel_of(session, workspace_id, learner_id)
            erasures.keep_out(session, workspace_id, learner_id)
            erasures.erase_rows(session, replace(erasure, channel_id=channel_id))
            erasure = erasures.change(session, erasure, erased=True, channel_id=channel_id)
    if not erasure.scrubbed:
        with ctx.db.write() as session:
            erasures.scrub_orders(session, workspace_id, learner_id)
        with ctx.db.read() as session:
            others = erasures.others_naming(session, workspace_id, learner_id)
        for other_id in others:
            with ctx.db.write() as session:
                learners.lock(session, workspace_id, other_id)
                erasures.scrub_of(session, workspace_id, other_id, learner_id)
        with ctx.db.write() as session:
            erasure = erasures.change(session, erasure, scrubbed=True)
    return erasure


def _erasure(session: Session, ctx: AppContext, workspace_id: str, learner_id: str) -> Erasure:
    real = ctx.clock.real()
    return Erasure(
        workspace_id=workspace_id,
        learner_id=learner_id,
        channel_id=erasures.channel_of(session, workspace_id, learner_id),
        asked_real=real,
        open_real=real,
    )
