"""The audit log: actions of admins, and their refused requests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class Audit:
    """One entry: an action of an admin, or a refused request. `at` is business time, UTC."""

    workspace_id: str
    audit_id: str
    at: datetime
    actor: str
    action: str
    detail: str
