"""The code with which a learner lets whoever runs the bot print their strategy page, on one day."""

from __future__ import annotations

import hashlib
import hmac
from datetime import date

DIGITS = 8


def page_code(key: str, workspace_id: str, learner_id: str, day: date) -> str:
    """Return the code for a learner's page on a day (UTC): eight hexadecimal digits, which only they are shown.

    `key`: a key of the workspace's, in hexadecimal digits.
    """
    about = f"page {workspace_id} {learner_id} {day.isoformat()}"
    return hmac.new(bytes.fromhex(key), about.encode(), hashlib.sha256).hexdigest()[:DIGITS]


def is_code(key: str, workspace_id: str, learner_id: str, day: date, given: str) -> bool:
    """Return True for the right code."""
    return hmac.compare_digest(page_code(key, workspace_id, learner_id, day), given.strip().casefold())
