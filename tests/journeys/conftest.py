"""What the journeys share: everybody has had their first lesson."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.helpers import MONDAY, Running


@pytest.fixture
def taught(bot: Running) -> Running:
    """All three were assigned on Monday and have had their first item on Tuesday."""
    bot.assign()
    bot.advance(MONDAY + timedelta(days=1, hours=6, minutes=30))
    return bot
