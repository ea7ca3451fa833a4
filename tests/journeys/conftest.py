"""What the journeys share: everybody has had their first lesson."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, sync_playwright

from localslack import LocalSlack
from tests.helpers import HENRIK, MONDAY, Running
from tests.journeys.browsing import CHROMIUM, FLAGS
from tests.journeys.tiny_app import TinyApp
from tests.renewed import Renewed


@pytest.fixture(scope="module")
def browsers() -> Iterator[Renewed[Browser]]:
    """Debian's Chromium, headless, one after the other."""

    @contextmanager
    def opened() -> Iterator[Browser]:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            yield browser
            browser.close()

    with Renewed(opened) as renewed:
        yield renewed


@pytest.fixture
def browser(browsers: Renewed[Browser], request: pytest.FixtureRequest) -> Iterator[Browser]:
    """Debian's Chromium, headless."""
    yield browsers.get()
    browsers.leave(request)


@pytest.fixture
def tiny(slack: LocalSlack) -> Iterator[TinyApp]:
    """An app with a Home and modals, which has said hello to Henrik."""
    app = TinyApp(slack)
    app.greet(slack.world.dm(HENRIK).id)
    yield app
    app.close(slack)


@pytest.fixture
def taught(bot: Running) -> Running:
    """All three were assigned on Monday and have had their first item on Tuesday."""
    bot.assign()
    bot.advance(MONDAY + timedelta(days=1, hours=6, minutes=30))
    return bot
