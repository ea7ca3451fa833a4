"""Drafts for discussion, and each contributor's lines in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from bot.domain.drafts import Contribution, Draft, DraftLine
from bot.domain.strategy import Part
from bot.store import tables
from bot.store.database import Session
from bot.store.rows import Rows


def _lines(said: Any) -> tuple[DraftLine, ...]:
    return tuple(DraftLine(Part(part), asked, answer) for part, asked, answer in said)


_draft = Rows(tables.draft, Draft)
_contribution = Rows(tables.draft_part, Contribution, lines=_lines)


def make(session: Session, draft: Draft, contributions: Sequence[Contribution]) -> bool:
    """Store a draft with everybody's lines; return False if it was stored before."""
    if not _draft.insert_new(session, draft):
        return False
    for each in contributions:
        stored = [[line.part.value, line.asked, line.said] for line in each.lines]
        _contribution.insert_new(session, replace(each, lines=stored))  # type: ignore[arg-type]
    return True


def get(session: Session, workspace_id: str, draft_id: str) -> Draft | None:
    """Return one draft."""
    return _draft.one(session, workspace_id=workspace_id, draft_id=draft_id)


def all_of(session: Session, workspace_id: str, admin_id: str) -> list[Draft]:
    """Return an admin's drafts, the latest last."""
    return _draft.all(session, "made_at", workspace_id=workspace_id, admin_id=admin_id)


def contributions(session: Session, draft: Draft) -> list[Contribution]:
    """Return everybody's lines in a draft, by person."""
    return _contribution.all(session, "learner_id", workspace_id=draft.workspace_id, draft_id=draft.draft_id)


def agree(session: Session, contribution: Contribution, at: datetime) -> None:
    """Record that somebody saw their lines and agreed."""
    _contribution.change(session, contribution, agreed_at=at)


def take_out(session: Session, workspace_id: str, learner_id: str, admin_id: str) -> None:
    """Take somebody's lines out of an admin's drafts."""
    of, drafts = tables.draft_part.c, tables.draft.c
    theirs = select(drafts.draft_id).where(drafts.workspace_id == workspace_id, drafts.admin_id == admin_id)
    mine = of.workspace_id == workspace_id, of.learner_id == learner_id, of.draft_id.in_(theirs)
    session.execute(delete(tables.draft_part).where(*mine))


def forget_all_of(session: Session, workspace_id: str, admin_id: str) -> None:
    """Delete an admin's drafts, with everybody's lines in them."""
    drafts, of = tables.draft.c, tables.draft_part.c
    theirs = select(drafts.draft_id).where(drafts.workspace_id == workspace_id, drafts.admin_id == admin_id)
    session.execute(delete(tables.draft_part).where(of.workspace_id == workspace_id, of.draft_id.in_(theirs)))
    session.execute(delete(tables.draft).where(drafts.workspace_id == workspace_id, drafts.admin_id == admin_id))
