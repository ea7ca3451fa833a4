"""A learner's wish to talk to somebody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Talk:
    """A learner's wish. `told["ids"]` are the admins who were told."""

    workspace_id: str
    learner_id: str
    asked_at: datetime
    told: Mapping[str, Any]
    settled_at: datetime | None = None

    @property
    def admins(self) -> tuple[str, ...]:
        """Return the admins who were told."""
        return tuple(self.told["ids"])
