"""Rules of admins, by which whoever is in a group has a track."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select

from bot.domain.audience import SourceKind
from bot.domain.rules import GroupRule, RuleState
from bot.store import tables
from bot.store.database import Session
from bot.store.rows import Rows

_rule = Rows(tables.rule, GroupRule, kind=SourceKind, state=RuleState)
_DUE = select(*_rule.columns).where(_rule.c.due_at <= bindparam("at")).order_by(_rule.c.due_at).limit(bindparam("most"))


def add(session: Session, rule: GroupRule) -> bool:
    """Store a rule; return False if it was stored before."""
    return _rule.insert_new(session, rule)


def get(session: Session, workspace_id: str, rule_id: str, *, lock: bool = False) -> GroupRule | None:
    """Return one rule."""
    return _rule.one(session, lock=lock, workspace_id=workspace_id, rule_id=rule_id)


def known(session: Session, workspace_id: str) -> list[GroupRule]:
    """Return the rules that haven't ended, oldest first."""
    found = _rule.all(session, "created_at", workspace_id=workspace_id)
    return [rule for rule in found if rule.state is not RuleState.ENDED]


def due(session: Session, at: datetime, most: int) -> list[GroupRule]:
    """Return active rules whose group is to be looked at, the longest due first."""
    return _rule.run(session, _DUE, at=at, most=most)


def change(session: Session, rule: GroupRule, **columns: Any) -> None:
    """Change some of a rule's columns."""
    _rule.change(session, rule, **columns)
