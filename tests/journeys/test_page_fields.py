"""Fields and long sections in messages on the page, with a small app at the other end of the wire."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from localslack import LocalSlack
from tests.helpers import HENRIK
from tests.journeys.browsing import BROWSER, DESK, NARROW, looking, obstacles, shot
from tests.journeys.tiny_app import TinyApp, View, mrkdwn
from tests.patience import eventually

pytestmark = BROWSER
LONG = "Somebody *reads* what others say. " * 30


@pytest.fixture(params=[NARROW, DESK], ids=["narrow", "desk"])
def page(request: pytest.FixtureRequest, browser: Browser, slack: LocalSlack, tiny: TinyApp) -> Iterator[Page]:
    """The page as Henrik sees it."""
    with looking(browser, slack.url, request.param, request.node.name, HENRIK) as opened:
        expect(opened.get_by_role("article")).to_have_count(1)
        yield opened


@pytest.fixture
def message(page: Page, slack: LocalSlack, tiny: TinyApp) -> Locator:
    """A message with fields."""
    tiny.invite(slack.world.dm(HENRIK).id)
    article = page.get_by_role("article").last
    expect(article).to_contain_text("In your words?")
    return article


def reword(slack: LocalSlack, tiny: TinyApp, text: str, **ids: str) -> None:
    """Update the message with fields."""
    posted = slack.messages(HENRIK)[-1]
    tiny.reword(posted.channel, posted.ts, text, **ids)


def test_a_field_in_a_message_is_filled_with_the_keyboard_and_sent_by_a_button(
    page: Page, message: Locator, tiny: TinyApp
) -> None:
    essay, place = message.get_by_label("In your own words"), message.get_by_label("Where from")
    expect(essay).to_have_accessible_name("In your own words")
    expect(essay).to_have_accessible_description("Two sentences are enough.")
    expect(place).to_have_accessible_description("Press Enter to send.")
    assert obstacles(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    essay.focus()
    page.keyboard.type("One.")
    page.keyboard.press("Enter")
    page.keyboard.type("Two.")
    page.keyboard.press("Tab")
    expect(place).to_be_focused()
    page.keyboard.press("Tab")
    expect(message.get_by_role("button", name="Hand in")).to_be_focused()
    shot(page, f"fields-{page.viewport_size and page.viewport_size['width']}")
    assert tiny.got == []
    page.keyboard.press("Enter")
    eventually(lambda: tiny.got == [("hand_in", {"essay": "One.\nTwo.", "place": None})], "nothing was handed in")
    expect(essay).to_have_value("One.\nTwo.")


def test_enter_sends_a_field_that_asks_for_it(page: Page, message: Locator, tiny: TinyApp) -> None:
    place = message.get_by_label("Where from")
    place.press("Enter")
    place.fill("Ko")
    place.press("Enter")
    expect(page.get_by_role("alert")).to_have_text("Please enter at least 3 characters.")
    expect(place).to_have_value("Ko")
    place.press("End")
    page.keyboard.type("be")
    place.press("Enter")
    eventually(lambda: tiny.got == [("place", {"essay": None, "place": "Kobe"})], "Enter wasn't told")
    expect(page.get_by_role("alert")).to_have_count(0)


def test_what_is_typed_outlives_an_update_while_its_block_stays(
    page: Page, message: Locator, slack: LocalSlack, tiny: TinyApp
) -> None:
    essay, place = message.get_by_label("In your own words"), message.get_by_label("Where from")
    place.fill("Kobe")
    essay.fill("One thing")
    essay.press("Home")
    reword(slack, tiny, "Once more", place="elsewhere")
    expect(message).to_contain_text("Once more")
    expect(essay).to_be_focused()
    page.keyboard.type("No")
    page.keyboard.press("Space")
    expect(essay).to_have_value("No One thing")
    expect(place).to_have_value("")
    reword(slack, tiny, "And again")
    expect(message).to_contain_text("And again")
    expect(place).to_have_value("")
    message.get_by_role("button", name="Hand in").click()
    eventually(lambda: tiny.got == [("hand_in", {"essay": "No One thing", "place": None})], "nothing was handed in")


def test_what_is_typed_is_its_typists_alone(page: Page, message: Locator, slack: LocalSlack, tiny: TinyApp) -> None:
    tiny.invite("C0GENERAL")
    page.get_by_role("button", name="# general").click()
    essay = page.get_by_label("In your own words")
    essay.fill("Mine")
    page.get_by_role("button", name="Maya").click()
    page.get_by_role("button", name="# general").click()
    expect(essay).to_have_value("")
    page.get_by_role("button", name="Henrik").click()
    expect(message.get_by_label("In your own words")).to_have_value("")
    page.get_by_role("button", name="# general").click()
    expect(essay).to_have_value("Mine")


def test_a_long_section_is_folded_unless_it_says_otherwise(page: Page, slack: LocalSlack, tiny: TinyApp) -> None:
    channel = slack.world.dm(HENRIK).id
    long: View = {"type": "section", "text": mrkdwn(f"{LONG}The *end* of it.")}
    short: View = {"type": "section", "block_id": "short", "text": mrkdwn("x" * 700)}
    blocks = [short, {**long, "block_id": "folds"}, {**long, "block_id": "stays", "expand": True}]
    ts = tiny.client.chat_postMessage(channel=channel, text="Long", blocks=blocks)["ts"]
    message = page.get_by_role("article").last
    folded, whole = message.locator("[data-block=folds]"), message.locator("[data-block=stays]")
    end = folded.get_by_text("end", exact=True)
    expect(whole.get_by_text("end", exact=True)).to_be_visible()
    expect(end).to_be_hidden()
    assert obstacles(page) == []
    more = message.get_by_role("button", name="See more")
    expect(more).to_have_count(1)
    expect(more).to_have_attribute("aria-expanded", "false")
    shown = folded.locator(".section-words").inner_text()
    assert shown.endswith("… See more")
    assert 660 < len(shown) <= 700 + len("… See more")
    more.press("Enter")
    expect(end).to_be_visible()
    less = message.get_by_role("button", name="See less")
    expect(less).to_be_focused()
    tiny.client.chat_update(channel=channel, ts=ts, text="Long", blocks=[blocks[1]])
    expect(whole).to_have_count(0)
    expect(end).to_be_visible()
    expect(less).to_be_focused()
    page.keyboard.press("Enter")
    expect(end).to_be_hidden()
