"""Services are told as stories, on both databases."""

from __future__ import annotations

import pytest

from bot.schedule import Courier, Patience
from bot.services.house import House
from tests.helpers import FakeClock, Story


@pytest.fixture
def story(house: House, clock: FakeClock) -> Story:
    """Ada, in London, on Monday 2 March 2026 at 08:00."""
    return Story(house, clock)


@pytest.fixture
def courier(story: Story) -> Courier:
    """Sends to the story's Slack."""
    return Courier(story.house, story.slack, Patience(), threads=2)
