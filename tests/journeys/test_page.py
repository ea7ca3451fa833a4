"""The first minute on the page, in Debian's Chromium, on a phone and at a desk."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.helpers import ADMIN, HENRIK, Running
from tests.journeys.browsing import BROWSER, DESK, PHONE, looking

pytestmark = BROWSER


@pytest.fixture
def backend() -> str:
    """The page is the same over both databases."""
    return "sqlite"


@pytest.fixture(params=[PHONE, DESK], ids=["phone", "desk"])
def page(request: pytest.FixtureRequest, browser: Browser, taught: Running) -> Iterator[Page]:
    """The page as somebody new to it finds it."""
    with looking(browser, taught.slack.url, request.param, request.node.name) as opened:
        expect(opened.locator(".message").first).to_be_visible()
        yield opened


RIGHT = "Ask what people will do, and how you'd see it"
"""The right choice of the first lesson, whichever letter it has."""


def lesson(page: Page) -> Locator:
    return page.get_by_role("article").filter(has=page.get_by_role("heading", name="Why the words matter")).last


def test_one_tap_answers_and_the_reason_is_there(page: Page) -> None:
    expect(lesson(page)).to_be_in_viewport()
    lesson(page).get_by_role("button", name=re.compile(RIGHT)).click()
    expect(lesson(page)).to_contain_text(f"is right: {RIGHT}")
    expect(lesson(page)).to_contain_text("not shown to anybody else")
    expect(lesson(page).get_by_role("button", name=re.compile("^[A-D]:"))).to_have_count(0)
    expect(lesson(page).get_by_role("button", name="More", exact=True)).to_be_visible()
    expect(lesson(page).get_by_text("is right:")).to_be_in_viewport()


def test_two_taps_pause_and_one_resumes(page: Page) -> None:
    lesson(page).get_by_role("button", name="More", exact=True).click()
    page.get_by_role("menuitem", name="Pause all messages").click()
    expect(lesson(page)).to_contain_text("Paused. Nothing more comes by itself")
    lesson(page).get_by_role("button", name="Resume").click()
    expect(lesson(page)).not_to_contain_text("Paused.")


def test_a_command_is_offered_as_one_types_and_answered(page: Page) -> None:
    box = page.get_by_role("combobox", name="Message, or a command")
    box.fill("/j")
    expect(page.get_by_role("listbox", name="Suggestions").get_by_role("option")).to_have_count(1)
    box.press("Tab")
    expect(box).to_have_value("/jargon ")
    box.press_sequentially("Fomos")
    box.press("Enter")
    whisper = page.get_by_role("article").filter(has_text="Only visible to you").last
    expect(whisper).to_contain_text("fear of missing out")
    expect(whisper).to_be_in_viewport()


def test_the_clock_moves_through_every_morning_on_the_way(page: Page, taught: Running) -> None:
    lesson(page).get_by_role("button", name="I've read it").click()
    expect(lesson(page)).to_contain_text("Marked as read")
    page.get_by_role("button", name="Next morning 09:00").click()
    expect(page.get_by_text("Moving on")).to_be_visible()
    while not taught.slack.arrived:
        taught.tick()
    expect(page.get_by_role("heading", name="FOMO")).to_be_visible()
    expect(page.locator("#clock-time")).to_have_text("09:00")


def test_switching_people_shows_each_their_own(page: Page) -> None:
    page.get_by_role("button", name=re.compile("Inês")).click()
    expect(page.get_by_text("Speak the language is assigned to")).to_be_visible()
    expect(page.get_by_role("heading", name="Why the words matter")).to_have_count(0)
    page.get_by_role("button", name="# general").click()
    expect(page.get_by_text("Nothing here yet.")).to_be_visible()


def test_the_keyboard_reaches_the_newest_message_at_once(page: Page) -> None:
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(lesson(page)).to_be_focused()
    page.get_by_role("button", name=re.compile("Henrik")).press("Enter")
    expect(page.get_by_role("article").last).to_be_focused()


def test_everything_can_be_done_with_the_keyboard(page: Page) -> None:
    more = lesson(page).get_by_role("button", name="More", exact=True)
    more.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("menuitem").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("menuitem", name="I know this")).to_be_focused()
    page.keyboard.press("Escape")
    expect(more).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(lesson(page)).to_contain_text("Paused.")
    expect(more).to_be_focused()
    lesson(page).get_by_role("button", name="I've read it").press("Enter")
    expect(lesson(page)).to_contain_text("Marked as read")
    expect(lesson(page)).to_be_focused()


def test_another_hour_is_chosen_in_the_welcome(page: Page, taught: Running) -> None:
    welcome = page.get_by_role("article").filter(has_text="A minute a day on social media")
    welcome.get_by_label("Another hour").select_option("07:00")
    expect(welcome).to_contain_text("Your hour is now 07:00.")


def test_a_message_that_comes_while_one_looks_is_shown_at_once(page: Page, taught: Running) -> None:
    taught.slack.say("U0MAYA", "yolo")
    expect(page.get_by_role("heading", name="YOLO")).to_be_visible()
    assert taught.slack.messages(HENRIK)


def test_nothing_scrolls_sideways(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_pausing_after_the_answer_takes_two_taps_as_well(page: Page) -> None:
    lesson(page).get_by_role("button", name=re.compile("^C:")).click()
    expect(lesson(page)).to_contain_text("You chose C:")
    lesson(page).get_by_role("button", name="More", exact=True).click()
    page.get_by_role("menuitem", name="Pause all messages").click()
    expect(lesson(page)).to_contain_text("Paused. Nothing more comes by itself")


def test_an_admin_writes_a_group_into_the_form(browser: Browser, taught: Running) -> None:
    taught.slack.world.granted.add("usergroups:read")
    with looking(browser, taught.slack.url, PHONE, "a group in the form", ADMIN) as page:
        box = page.get_by_role("combobox", name="Message, or a command")
        box.fill("/track")
        box.press("Enter")
        form = page.get_by_role("dialog", name="Assign a track")
        form.get_by_label("And groups, channels, a pasted list").fill("@leadership")
        form.get_by_label("Track", exact=True).select_option("speak-the-language")
        field = form.get_by_label("And groups, channels, a pasted list")
        field.fill("@leadership @channel")
        form.get_by_role("button", name="Next").click()
        expect(form).to_contain_text("is no member ID")
        page.reload()
        form.get_by_role("button", name="Next").wait_for()
        expect(field).to_have_value("<!subteam^S0LEADERSHIP> <!channel>")
        field.fill(field.input_value().replace("<!channel>", ""))
        form.get_by_role("button", name="Next").click()
        # they have it already
        expect(page.get_by_role("dialog", name="Nobody new")).to_contain_text("The user group: 3 people.")
