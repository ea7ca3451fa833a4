"""Axe looks at every state of the page, on a phone and at a desk: no violation at all."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from localslack import LocalSlack
from tests.helpers import HENRIK, Running
from tests.journeys.browsing import BROWSER, DESK, PHONE, looking, obstacles, shot
from tests.journeys.test_page import RIGHT
from tests.journeys.tiny_app import TinyApp

pytestmark = BROWSER


@pytest.fixture
def backend() -> str:
    """The page is the same over both databases."""
    return "sqlite"


@pytest.fixture(params=[PHONE, DESK], ids=["phone", "desk"])
def page(request: pytest.FixtureRequest, browser: Browser, slack: LocalSlack) -> Iterator[Page]:
    """The page, opened by the test."""
    with looking(browser, "about:blank", request.param, request.node.name) as opened:
        yield opened


def see(page: Page, name: str) -> None:
    """Keep a picture, and let axe look."""
    width = page.viewport_size["width"] if page.viewport_size else 0
    shot(page, f"{name}-{width}")
    assert obstacles(page) == [], name


def test_the_lessons_and_the_channel(page: Page, taught: Running) -> None:
    page.goto(taught.slack.url)
    lesson = page.get_by_role("article").last
    expect(lesson.get_by_role("heading")).to_be_visible()
    see(page, "lesson")
    lesson.get_by_role("button", name=re.compile(RIGHT)).click()
    expect(lesson).to_contain_text(f"is right: {RIGHT}")
    see(page, "answered")
    taught.slack.command("U0MAYA", "/jargon fomo")
    expect(page.get_by_text("Only visible to you").first).to_be_visible()
    see(page, "whisper")
    page.get_by_role("button", name="# general").click()
    taught.slack.do(taught.slack.people.say("U0MAYA", "C0GENERAL", "Good morning"))
    expect(page.get_by_text("Good morning")).to_be_visible()
    see(page, "channel")


def test_home_and_modals(page: Page, slack: LocalSlack, tiny: TinyApp) -> None:
    page.goto(slack.url)
    page.get_by_role("button", name=re.compile("Henrik")).click()
    page.get_by_role("tab", name="Home").click()
    expect(page.get_by_role("heading", name="Your minute a day")).to_be_visible()
    see(page, "home")
    page.get_by_role("button", name="Stop").click()
    see(page, "sure")
    page.get_by_role("button", name="Keep it").click()
    page.get_by_role("button", name="A form").click()
    form = page.get_by_role("dialog", name="New group")
    form.get_by_role("combobox", name="Track").press("ArrowDown")
    expect(form.get_by_role("listbox").get_by_role("option")).to_have_count(3)
    see(page, "form-search")
    page.keyboard.press("Escape")
    form.get_by_role("button", name="Go on").click()
    expect(form.get_by_text("Please complete this required field.")).to_have_count(3)
    see(page, "form-errors")
    form.get_by_role("button", name="Say more").click()
    expect(page.get_by_role("dialog", name="Shall we?")).to_be_visible()
    see(page, "confirm")
    page.keyboard.press("Escape")
    expect(form).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("tab", name="Messages").click()
    page.get_by_role("article").first.hover()
    page.get_by_role("button", name="More actions").first.click()
    see(page, "menu")
    page.get_by_role("menuitem", name="Explain this").click()
    expect(page.get_by_role("dialog", name="About this message")).to_be_visible()
    see(page, "text")
    assert slack.world.modals[HENRIK]
