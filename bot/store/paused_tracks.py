"""Tracks that were paused for everybody."""

from __future__ import annotations

from sqlalchemy import delete, select

from bot.domain.paused_tracks import PausedTrack
from bot.store import tables
from bot.store.database import Session
from bot.store.enrolments import seen_by_admins
from bot.store.rows import Rows

PAUSED = Rows(tables.paused_track, PausedTrack)


def get(session: Session, workspace_id: str, track_id: str, *, lock: bool = False) -> PausedTrack | None:
    """Return the pause of a track, also one that has ended and of which not everybody's plan has heard."""
    return PAUSED.one(session, lock=lock, workspace_id=workspace_id, track_id=track_id)


def running(session: Session, workspace_id: str) -> list[PausedTrack]:
    """Return the pauses that haven't ended, by track."""
    return [each for each in PAUSED.all(session, "track_id", workspace_id=workspace_id) if not each.ended]


def save(session: Session, paused: PausedTrack) -> None:
    """Store a pause, new or changed: everybody's next message is planned anew."""
    session.due_at_once = True
    PAUSED.put(session, paused)


def unsettled(session: Session) -> list[PausedTrack]:
    """Return the pauses of which planning hasn't heard yet."""
    return PAUSED.all(session, settled=False)


def settle(session: Session, paused: PausedTrack) -> None:
    """Note that planning has heard of a pause; one that has ended is deleted. One that changed meanwhile stays."""
    if get(session, paused.workspace_id, paused.track_id, lock=True) != paused:
        return
    if paused.ended:
        of = PAUSED.c
        this = of.workspace_id == paused.workspace_id, of.track_id == paused.track_id
        session.execute(delete(tables.paused_track).where(*this))
    else:
        PAUSED.change(session, paused, settled=True)


def people_of(session: Session, paused: PausedTrack) -> list[str]:
    """Return those who were assigned the track."""
    of = tables.enrolment.c
    query = select(of.learner_id).where(*seen_by_admins(paused.workspace_id, paused.track_id), of.finished_at.is_(None))
    return list(session.execute(query.order_by(of.learner_id)).scalars())
