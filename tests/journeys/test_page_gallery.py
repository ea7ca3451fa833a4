"""Every message, dialog and Home on a phone, as Slack would cut it: pictures in test-output/, and nothing in the way."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, ViewportSize
from slack_sdk import WebClient

from bot.domain.content import Catalogue, Lesson, Term
from bot.messages import render, samples
from bot.messages.builder import Home, Modal
from localslack import LocalSlack
from tests.helpers import MAYA
from tests.journeys.browsing import BROWSER, PHONE, looking, obstacles, picture, shot

pytestmark = BROWSER
TALL: ViewportSize = {"width": PHONE["width"], "height": 2400}
TALLEST: ViewportSize = {"width": PHONE["width"], "height": 9600}
AT_ONCE = 8
"""Messages on the page at a time."""
BOXES = "() => [...document.querySelectorAll('.message')].map(m => m.getBoundingClientRect().toJSON())"


@pytest.fixture
def client(slack: LocalSlack) -> WebClient:
    """The app, at Slack's Web API."""
    return WebClient(slack.world.bot_token, base_url=f"{slack.url}/api/")


@pytest.fixture
def page(browser: Browser, slack: LocalSlack) -> Iterator[Page]:
    """Maya's phone, as tall as it must be."""
    slack.world.dm(MAYA)
    with looking(browser, slack.url, TALL, "gallery", MAYA) as opened:
        yield opened


def first(catalogue: Catalogue) -> tuple[Lesson, Term]:
    lesson, term = catalogue.items["why-the-words-matter"], catalogue.items["fomo"]
    assert isinstance(lesson, Lesson)
    assert isinstance(term, Term)
    return lesson, term


def cut(page: Page) -> list[str]:
    """Labels that a phone cuts."""
    return [text for text in page.locator("main button, dialog button").all_inner_texts() if text.endswith("…")]


def test_every_message_on_a_phone(page: Page, slack: LocalSlack, client: WebClient, our_lessons: Catalogue) -> None:
    drawn = {name: render(view).payload() for name, view in samples.views(*first(our_lessons)).items()}
    # many answers are the same in several moments: one picture of each
    page.set_viewport_size(TALLEST)
    different = list({json.dumps(payload): (name, payload) for name, payload in drawn.items()}.values())
    for start in range(0, len(different), AT_ONCE):
        these = different[start : start + AT_ONCE]
        slack.world.dm(MAYA).messages.clear()
        for _, payload in these:
            last = client.chat_postMessage(channel=slack.world.dm(MAYA).id, **payload)["ts"]
        # the number alone doesn't tell these messages from those before them
        page.locator(f"#m{last.replace('.', '')}").wait_for(state="attached")
        page.wait_for_timeout(80)
        assert cut(page) == [], [name for name, _ in these]
        for (name, _), box in zip(these, page.evaluate(BOXES), strict=True):
            file = picture(f"gallery-message-{name.replace(', ', '-').replace(' ', '_')}")
            assert 0 <= box["y"] <= TALLEST["height"] - box["height"], f"{name} is out of sight"
            page.screenshot(path=file, clip=box)
    assert obstacles(page) == []


def test_every_home_and_dialog_on_a_phone(
    page: Page, slack: LocalSlack, client: WebClient, our_lessons: Catalogue
) -> None:
    _, term = first(our_lessons)
    for name, screen in samples.screens(term, list(our_lessons.tracks.values())).items():
        slack.world.modals.clear()
        slack.world.changed()
        if isinstance(screen, Home):
            client.views_publish(user_id=MAYA, view=screen.payload())
            page.get_by_role("tab", name="Home").click()
        else:
            assert isinstance(screen, Modal)
            client.views_open(trigger_id=slack.world.new_trigger(MAYA), view=screen.payload())
            page.get_by_role("dialog").wait_for()
        page.wait_for_timeout(80)
        assert cut(page) == [], name
        assert obstacles(page) == [], name
        shot(page, f"gallery-screen-{name.replace(', ', '-').replace(' ', '_')}")
