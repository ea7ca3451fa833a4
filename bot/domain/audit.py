"""The audit log: actions of admins, and their refused requests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

REFUSED = "refused"
"""The action of an entry about somebody who is no admin: whoever runs the bot reads it, and no colleague."""


@dataclass(frozen=True, kw_only=True)
class Audit:
    """One entry: an action of an admin, or a refused request. `at` is business time, UTC."""

    workspace_id: str
    audit_id: str
    at: datetime
    actor: str
    action: str
    detail: str
