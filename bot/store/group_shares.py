"""The people who add their before and after to their group's page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete

from bot.store import figures, tables
from bot.store.database import Session
from bot.store.rows import Rows


@dataclass(frozen=True)
class GroupShare:
    """Somebody adds theirs of a track. `since`: business time, UTC."""

    workspace_id: str
    learner_id: str
    track_id: str
    since: datetime


_shares = Rows(tables.group_share, GroupShare)


def add(session: Session, share: GroupShare) -> None:
    """Add theirs; it is on the page from the first of the next month."""
    _shares.insert_new(session, share)


def take_out(session: Session, workspace_id: str, learner_id: str, track_id: str) -> None:
    """Take theirs out: the page shows nothing until it is made anew without it."""
    of = _shares.c
    theirs = of.workspace_id == workspace_id, of.learner_id == learner_id, of.track_id == track_id
    if session.execute(delete(tables.group_share).where(*theirs).returning(of.track_id)).first() is not None:
        figures.forget_group_page(session, workspace_id, track_id)


def of_learner(session: Session, workspace_id: str, learner_id: str) -> frozenset[str]:
    """Return the tracks of which somebody adds theirs."""
    return frozenset(each.track_id for each in _shares.all(session, workspace_id=workspace_id, learner_id=learner_id))
