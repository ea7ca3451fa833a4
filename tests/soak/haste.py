"""A hook for `bots.bot`: no pace is kept but that of the posts, which is a setting, so that much happens in little time."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.pacing import TIERS, Pace

UNPACED = Pace(1_000_000, 1_000)
SETTINGS: Mapping[str, str] = {"MISSINGLINK_POSTS_PER_MINUTE": "100000", "MISSINGLINK_SPREAD_MINUTES": "0"}


def hurry() -> None:
    """Ask Slack as often as one likes: the local Slack's own tiers are off."""
    TIERS.update(dict.fromkeys(TIERS, UNPACED))
