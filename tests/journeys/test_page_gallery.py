"""Every message, dialog and Home on a phone, as Slack would cut it: pictures in test-output/, and nothing in the way."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from slack_sdk import WebClient

from bot.domain.content import Catalogue, Lesson, Term
from bot.messages import render, samples
from bot.messages.builder import Home, Modal
from localslack import LocalSlack
from tests.helpers import MAYA
from tests.journeys.browsing import BROWSER, PHONE, looking, obstacles, shot

pytestmark = BROWSER
TALL = {**PHONE, "height": 2400}


@pytest.fixture
def client(slack: LocalSlack) -> WebClient:
    """The app, at Slack's Web API."""
    return WebClient(slack.world.bot_token, base_url=f"{slack.url}/api/")


@pytest.fixture
def page(browser: Browser, slack: LocalSlack) -> Iterator[Page]:
    """Maya's phone, as tall as it must be."""
    slack.world.dm(MAYA)
    with looking(browser, slack.url, TALL, "gallery", MAYA) as opened:  # type: ignore[arg-type]
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
    for name, payload in {json.dumps(payload): (name, payload) for name, payload in drawn.items()}.values():
        slack.world.dm(MAYA).messages.clear()
        client.chat_postMessage(channel=slack.world.dm(MAYA).id, **payload)
        page.get_by_role("article").first.wait_for()
        page.wait_for_function("n => document.querySelectorAll('.message').length === n", arg=1)
        page.wait_for_timeout(60)
        assert cut(page) == [], name
        shot(page, f"gallery-message-{name.replace(', ', '-').replace(' ', '_')}")
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
