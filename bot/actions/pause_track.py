"""An admin pauses a track for everybody who was assigned it, or lets it go on."""

from __future__ import annotations

from dataclasses import replace

from bot.actions.replan import replan
from bot.context import AppContext
from bot.domain.paused_tracks import PausedTrack
from bot.store import audit, paused_tracks
from bot.store.database import Session


def pause_track(session: Session, ctx: AppContext, workspace_id: str, track_id: str, admin_id: str) -> None:
    """Let nothing of a track come by itself. Done twice, it changes nothing."""
    known, at = paused_tracks.get(session, workspace_id, track_id, lock=True), ctx.clock.business()
    if known is not None and not known.ended:
        return
    paused = PausedTrack(workspace_id=workspace_id, track_id=track_id, admin_id=admin_id, since=at)
    paused_tracks.save(session, paused)
    audit.record(session, workspace_id, at, admin_id, "pause", track_id)


def let_go_on(session: Session, ctx: AppContext, workspace_id: str, track_id: str, admin_id: str) -> bool:
    """Let a track go on; return False if it wasn't paused."""
    known = paused_tracks.get(session, workspace_id, track_id, lock=True)
    if known is None or known.ended:
        return False
    paused_tracks.save(session, replace(known, ended=True, settled=False))
    audit.record(session, workspace_id, ctx.clock.business(), admin_id, "resume", track_id)
    return True


def plan_for_paused(ctx: AppContext) -> None:
    """Plan anew for those whose track was paused or goes on, one a transaction."""
    with ctx.db.read() as session:
        changed = paused_tracks.unsettled(session)
    for paused in changed:
        with ctx.db.read() as session:
            people = paused_tracks.people_of(session, paused)
        replan(ctx, paused.workspace_id, people)
        with ctx.db.write() as session:
            paused_tracks.settle(session, paused)
