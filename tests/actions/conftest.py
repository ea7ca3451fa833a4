"""Services are told as stories, on both databases."""

from __future__ import annotations

import pytest

from bot.context import AppContext
from bot.delivery import Sender, Timeouts
from tests.helpers import FakeClock, Story


@pytest.fixture
def story(ctx: AppContext, clock: FakeClock) -> Story:
    """Ada, in London, on Monday 2 March 2026 at 08:00."""
    return Story(ctx, clock)


@pytest.fixture
def sender(story: Story) -> Sender:
    """Sends to the story's Slack."""
    return Sender(story.ctx, story.slack, Timeouts(), threads=2)
