"""What admins did, and what they were refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Audit:
    """One thing an admin did, or was refused. `at` is business time, UTC."""

    workspace_id: str
    audit_id: str
    at: datetime
    actor: str
    action: str
    detail: str
