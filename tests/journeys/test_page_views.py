"""Home, modals and message shortcuts on the page, with a small app at the other end of the wire."""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from bot.messages.mrkdwn import BREAK, GLUE, rich
from localslack import LocalSlack
from tests import patience
from tests.helpers import HENRIK, MAYA
from tests.journeys.browsing import BROWSER, DESK, PHONE, looking, shot
from tests.journeys.tiny_app import LONG, TinyApp
from tests.patience import eventually

pytestmark = BROWSER


both = pytest.mark.parametrize("page", [PHONE, DESK], indirect=True, ids=["phone", "desk"])


@pytest.fixture
def page(request: pytest.FixtureRequest, browser: Browser, slack: LocalSlack, tiny: TinyApp) -> Iterator[Page]:
    """The page as Henrik sees it, at a desk where a test doesn't ask for both."""
    with looking(browser, slack.url, getattr(request, "param", DESK), request.node.name, HENRIK) as opened:
        expect(opened.get_by_role("article")).to_have_count(1)
        yield opened


def dialog(page: Page, title: str = "New group") -> Locator:
    return page.get_by_role("dialog", name=title)


def open_form(page: Page) -> Locator:
    page.get_by_role("button", name="A form").click()
    expect(dialog(page)).to_be_visible()
    return dialog(page)


def fill(form: Locator, name: str = "Board") -> None:
    """Everything the form insists on, with the keyboard where it matters."""
    form.get_by_label("Name of the group").fill(name)
    track = form.get_by_role("combobox", name="Track")
    track.press_sequentially("plat")
    expect(form.get_by_role("option", name="How the platforms earn")).to_be_visible()
    track.press("Enter")
    expect(track).to_have_value("How the platforms earn")
    form.get_by_role("checkbox", name="Maya").check()
    form.get_by_label("Hour").select_option("08:00")


@both
def test_home_is_empty_until_something_is_published_and_then_works(
    page: Page, slack: LocalSlack, tiny: TinyApp
) -> None:
    page.get_by_role("tab", name="Messages").press("ArrowLeft")
    home = page.get_by_role("tabpanel", name="Home")
    expect(home.get_by_role("heading", name="Your minute a day")).to_be_visible()
    expect(page.get_by_role("tab", name="Home")).to_be_focused()
    home.get_by_role("combobox", name="Your hour is 09:00.").select_option("07:00")
    expect(home).to_contain_text("Noted: 07:00.")
    home.get_by_role("button", name="More", exact=True).click()
    page.get_by_role("menuitem", name="Pause this track").click()
    expect(home).to_contain_text("Noted: pause.")
    later = home.locator("[data-action=later]")
    expect(later).to_have_text("Send me the next one tomorrow…")
    later.click()
    expect(home).to_contain_text("Noted: later.")
    expect(later).to_be_focused()
    home.get_by_role("button", name="Stop").click()
    sure = page.get_by_role("alertdialog", name="Stop?")
    shot(page, f"sure-{page.viewport_size and page.viewport_size['width']}")
    sure.get_by_role("button", name="Keep it").click()
    expect(home.get_by_role("button", name="Stop")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    home.get_by_role("button", name="Stop").click()
    sure.get_by_role("button", name="Stop it").click()
    expect(home.get_by_role("button", name="Stop")).to_have_count(0)
    expect(home).to_be_focused()
    assert tiny.got == [("hour", "07:00"), ("track", "pause"), ("later", None), ("stop", None)]


def test_a_home_that_nobody_has_published_says_so(page: Page, slack: LocalSlack) -> None:
    slack.world.manifest["settings"]["event_subscriptions"]["bot_events"].remove("app_home_opened")
    page.get_by_role("tab", name="Home").click()
    expect(page.get_by_role("tabpanel", name="Home")).to_have_text("Nothing here yet.")
    page.get_by_role("button", name="# general").click()
    expect(page.get_by_role("tab")).to_have_count(0)


def test_a_form_keeps_what_was_typed_beside_its_errors(page: Page, tiny: TinyApp) -> None:
    form = open_form(page)
    expect(form.get_by_label("Name of the group")).to_be_focused()
    form.get_by_role("button", name="Go on").click()
    expect(form.get_by_text("Please complete this required field.")).to_have_count(3)
    expect(form.get_by_label("Name of the group")).to_be_focused()
    fill(form, "board")
    form.get_by_label("A note to them").fill("See you there")
    form.get_by_role("button", name="Go on").click()
    name = form.get_by_label("Name of the group")
    expect(name).to_have_accessible_description("As people will see it. There is a group of this name.")
    expect(name).to_have_attribute("aria-invalid", "true")
    expect(name).to_be_focused()
    expect(form.get_by_text("Choose two at most.")).to_be_visible()
    expect(form.get_by_label("A note to them")).to_have_value("See you there")
    expect(form.get_by_role("combobox", name="Track")).to_have_value("How the platforms earn")
    expect(form.get_by_role("checkbox", name="Maya")).to_be_checked()
    expect(form.get_by_role("checkbox", name="Tom")).to_be_checked()


@both
def test_a_form_is_submitted_with_everything_that_was_entered(page: Page, slack: LocalSlack, tiny: TinyApp) -> None:
    form = open_form(page)
    fill(form)
    form.get_by_role("radio", name="Twice a week").check()
    form.get_by_role("radio", name="Aiko").check()
    form.get_by_role("checkbox", name="A reminder").check()
    form.get_by_label("First day").fill("2026-03-10")
    form.get_by_label("Time of the call").fill("10:30")
    form.get_by_role("button", name="Go on").click()
    confirm = dialog(page, "Shall we?")
    expect(confirm.get_by_role("heading", name="Two people begin on Monday")).to_be_visible()
    shot(page, f"confirm-{page.viewport_size and page.viewport_size['width']}")
    values = {block: next(iter(entry.values())) for block, entry in tiny.submitted[0].items()}
    assert values["name"]["value"] == "Board"
    assert values["track"]["selected_option"]["value"] == "how"
    assert values["people"]["selected_users"] == ["U0MAYA", "U0TOM"]
    assert values["coach"]["selected_user"] == "U0AIKO"
    assert values["hour"]["selected_option"]["value"] == "08:00"
    assert (values["from"]["selected_date"], values["call"]["selected_time"]) == ("2026-03-10", "10:30")
    assert values["pace"]["selected_option"]["value"] == "two"
    assert [o["value"] for o in values["extras"]["selected_options"]] == ["r"]
    assert values["note"]["value"] is None
    confirm.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert slack.world.modals[HENRIK] == []
    expect(page.get_by_role("button", name="A form")).to_be_focused()


def test_closing_the_upper_view_leads_back_to_what_was_typed_below(page: Page, slack: LocalSlack) -> None:
    form = open_form(page)
    form.get_by_label("Name of the group").fill("Board")
    form.get_by_role("button", name="Say more").click()
    expect(dialog(page, "Shall we?")).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog(page)).to_be_visible()
    expect(form.get_by_label("Name of the group")).to_have_value("Board")
    expect(form.get_by_role("button", name="Say more")).to_be_focused()
    form.get_by_role("button", name="Not now").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert slack.world.modals[HENRIK] == []


def test_an_update_of_a_view_takes_neither_focus_nor_words(page: Page) -> None:
    form = open_form(page)
    name = form.get_by_label("Name of the group")
    name.fill("Bo")
    expect(form.locator("[data-action=refresh]")).to_have_text("Send me the next one tomorrow…")
    form.locator("[data-action=refresh]").evaluate("(node) => node.click()")
    expect(form.get_by_text("Refreshed.")).to_be_visible()
    expect(name).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.type("ard")
    expect(name).to_have_value("Board")
    assert len(LONG) > 30


def test_a_search_is_done_with_the_keyboard_alone(page: Page) -> None:
    form = open_form(page)
    track = form.get_by_role("combobox", name="Track")
    track.focus()
    page.keyboard.press("ArrowDown")
    expect(form.get_by_role("listbox").get_by_role("option")).to_have_count(3)
    page.keyboard.press("ArrowDown")
    expect(form.get_by_role("option", name="How the platforms earn")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(form.get_by_role("listbox")).to_have_count(0)
    expect(form).to_be_visible()
    page.keyboard.type("nothing like it")
    expect(form.get_by_text("Nothing found")).to_be_visible()
    page.keyboard.press("Tab")
    expect(track).to_have_value("")


def test_what_the_app_was_told_is_there_after_a_reload(page: Page, tiny: TinyApp) -> None:
    form = open_form(page)
    fill(form)
    form.get_by_role("radio", name="Aiko").check()
    form.locator("[data-action=refresh]").click()
    expect(form.get_by_text("Refreshed.")).to_be_visible()
    page.reload()
    expect(form.get_by_label("Name of the group")).to_have_value("Board")
    expect(form.get_by_role("combobox", name="Track")).to_have_value("How the platforms earn")
    expect(form.get_by_role("checkbox", name="Maya")).to_be_checked()
    expect(form.get_by_role("radio", name="Aiko")).to_be_checked()
    expect(form.get_by_label("Hour")).to_have_value("08:00")


def test_the_arrows_open_a_menu_that_acts_at_once_and_choose_nothing(page: Page, tiny: TinyApp) -> None:
    page.get_by_role("tab", name="Home").click()
    hour = page.get_by_role("combobox", name="Your hour is 09:00.")
    hour.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(hour).to_have_value("")
    page.get_by_role("button", name="Send me the next").click()
    expect(page.get_by_text("Noted: later.")).to_be_visible()
    assert tiny.got == [("later", None)]


def test_escape_closes_what_is_nearest(page: Page) -> None:
    form = open_form(page)
    form.get_by_role("button", name="More", exact=True).press("Enter")
    expect(form.get_by_role("menuitem")).to_be_focused()
    page.keyboard.press("Escape")
    expect(form.get_by_role("menuitem")).to_have_count(0)
    expect(form.get_by_role("button", name="More", exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_the_focus_stays_in_the_dialog(page: Page) -> None:
    form = open_form(page)
    form.get_by_role("button", name="Go on").focus()
    page.keyboard.press("Tab")
    expect(form.get_by_label("Name of the group")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(form.get_by_role("button", name="Go on")).to_be_focused()


@both
def test_a_message_has_its_shortcuts_behind_more_actions(page: Page, tiny: TinyApp) -> None:
    article = page.get_by_role("article")
    article.get_by_role("button", name="A text").focus()
    more = article.get_by_role("button", name="More actions")
    expect(more).to_have_css("opacity", "1")
    more.press("Enter")
    expect(page.get_by_role("menuitem", name="Explain this")).to_be_focused()
    shot(page, f"shortcuts-{page.viewport_size and page.viewport_size['width']}")
    page.keyboard.press("Enter")
    text = dialog(page, "About this message")
    expect(text).to_contain_text("A minute on what others say.")
    expect(text.get_by_role("heading", name="About this message")).to_be_focused()
    expect(text.get_by_role("button")).to_have_text(["Close"])
    text.get_by_role("button", name="Close").click()
    expect(more).to_be_focused()
    assert tiny.got == [("explain", None)]


def test_what_is_ticked_in_a_message_is_told_and_sent(page: Page, slack: LocalSlack, tiny: TinyApp) -> None:
    tiny.ask(slack.world.dm(HENRIK).id)
    message = page.get_by_role("article").last
    boxes = message.get_by_role("group", name="Choices")
    boxes.get_by_role("checkbox", name="Reel").check()
    boxes.get_by_role("checkbox", name="Story").check()
    message.get_by_role("button", name="Send").click()
    told = [("tick", ["Reel"]), ("tick", ["Reel", "Story"]), ("send", ["Reel", "Story"])]
    eventually(lambda: tiny.got == told, "the ticks weren't told")
    expect(boxes.get_by_role("checkbox", name="Reel")).to_be_checked()


def test_two_tabs_are_two_people_or_one(browser: Browser, slack: LocalSlack, tiny: TinyApp) -> None:
    context = browser.new_context(viewport=DESK)
    first, second = context.new_page(), context.new_page()
    first.goto(slack.url)
    first.get_by_role("button", name=re.compile("Henrik")).click()
    expect(first.get_by_role("article")).to_have_count(1)
    second.goto(slack.url)
    expect(second.get_by_role("button", name=re.compile("Henrik"))).to_have_attribute("aria-pressed", "true")
    slack.say(HENRIK, "Good morning")
    for tab in (first, second):
        expect(tab.get_by_text("Good morning")).to_be_visible()
    second.get_by_role("button", name=re.compile("Maya")).click()
    tiny.greet(slack.world.dm(MAYA).id)
    expect(second.get_by_role("article")).to_have_count(1)
    first.reload()
    expect(first.get_by_text("Good morning")).to_be_visible()
    context.close()


BAD: list[tuple[str, Any]] = [
    ("submit", {"user": HENRIK, "view_id": "V1", "values": {"a": {"b": 7}}}),
    ("submit", {"user": HENRIK, "view_id": "V1", "values": [1]}),
    ("close", {"user": HENRIK}),
    ("home", {"user": "U0NOBODY"}),
    ("suggest", {"user": HENRIK, "view_id": "V1", "block_id": "b", "action_id": "a", "typed": 3}),
    ("tap", {"user": HENRIK, "view_id": "V1", "block_id": None, "action_id": "a"}),
    ("shortcut", {"user": HENRIK, "channel": "C0NONE", "ts": "1", "callback_id": "x"}),
    ("send", [1, 2]),
    ("send", {"user": HENRIK, "channel": "C0GENERAL", "text": 5}),
    ("dance", {"user": HENRIK}),
]


def test_what_the_page_cant_have_meant_is_answered_with_a_complaint(slack: LocalSlack) -> None:
    for action, body in BAD:
        request = urllib.request.Request(f"{slack.url}/page/{action}", json.dumps(body).encode())
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(request, timeout=patience.SECONDS)
        with refused.value as answer:
            assert answer.code == 400, (action, body)
            assert json.load(answer)["complaint"].startswith("That can't be done: ")


MEANT = "un**believ**able *so* \\*sign\\* \\_sign\\_ ~5 to ~6 snake_case 2*3*4 **a *b*** `x`"


def test_the_page_reads_marks_beside_a_words_end_as_slack_does(page: Page) -> None:
    draw = "async (text) => (await import('/static/text.js')).renderText(text, {}, 'p', '').innerHTML"
    drawn = page.evaluate(draw, rich(MEANT)).replace(BREAK, "").replace(GLUE, "")
    assert drawn == (
        "un<strong>believ</strong>able <em>so</em> *sign* _sign_ ~5 to ~6 snake_case 2*3*4 "
        "<strong>a</strong> <strong><em>b</em></strong> <code>x</code>"
    )
    assert page.evaluate(draw, "~gone~ here") == "<s>gone</s> here"
