"""People who were erased: the one name they have afterwards, and the mark that keeps them from being enrolled again."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime

ERASED = "erased"
"""The id of everybody who was erased, where a row of somebody else's named them. No Slack id is in small letters."""
NAME = "an erased person"
KEY_BYTES = 32


@dataclass(frozen=True, kw_only=True)
class Erasure:
    """An erasure that isn't over: their rows first, then the bot's messages in their DM, a page of its history at a
    turn. Times are real.
    """

    workspace_id: str
    learner_id: str
    channel_id: str | None
    """Their DM with the bot; None if there never was one."""
    asked_real: datetime
    erased: bool = False
    """Their own rows are gone."""
    scrubbed: bool = False
    """Others' rows name them no more."""
    begun_real: datetime | None = None
    """The beginning of this reading of the history."""
    cursor: str = ""
    open_real: datetime
    """The instant from which it is worked off."""


def new_key() -> str:
    """Return a random key for a workspace's marks."""
    return secrets.token_hex(KEY_BYTES)


def mark_of(key: str, workspace_id: str, learner_id: str) -> str:
    """Return the mark of an erased person: HMAC-SHA256 of their ids, 64 hexadecimal digits.

    It tells whether a given person was erased, and leads from nobody's mark to a name without trying every id.
    """
    return hmac.new(bytes.fromhex(key), f"{workspace_id} {learner_id}".encode(), hashlib.sha256).hexdigest()
