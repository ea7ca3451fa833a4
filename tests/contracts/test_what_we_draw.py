"""What the bot draws, and its manifest, by Slack's own types."""

from __future__ import annotations

import json
from datetime import date, time
from typing import Any

import pytest

from bot.domain.content import Catalogue, Term
from bot.domain.timing import parse_days
from bot.domain.views import (
    AttentionView,
    ComingView,
    ExplainView,
    HomeView,
    ItemView,
    OrderView,
    SettingsView,
    TermLine,
    TrackCount,
)
from bot.messages import forms, render, replies
from bot.messages.home import home_view
from bot.packaged import folder
from tests.contracts.check import check_blocks, check_manifest, check_view
from tests.contracts.samples import patched
from tests.helpers import small_catalogue
from tests.limits.test_views import LIMITS
from tests.messages.test_messages import VIEWS

COMING = ComingView("next", "A track", date(2026, 3, 3), time(9))
SETTINGS = SettingsView(time(9), time(9), parse_days("mon-fri"), parse_days("mon-fri"), "Europe/Lisbon",
                        "Europe/London", "PT", "GB", {"PT": "Portugal", "GB": "United Kingdom"}, titled=True,
                        paused=True, until=date(2026, 3, 9))  # fmt: skip
TRACKS = list(small_catalogue().tracks.values())
COUNT = TrackCount("abc", "A to C", 3, 2, 1)
ATTENTION = AttentionView(("U1",), 2, ("A lesson",), ("U2",))
HOME = HomeView(COMING, (), (TermLine("fomo", "FOMO"),), ("UA",))
ORDER = OrderView("o1", "A track", ("U1", "U2"), had_it=("U2",), first_day=date(2026, 3, 3))  # fmt: skip

SCREENS: dict[str, Any] = {
    "home": home_view(HOME),
    "home of an admin": home_view(HomeView(COMING, counts=(COUNT,), attention=ATTENTION)),
    "menu": forms.menu_dialog(COMING),
    "settings": forms.settings_dialog(SETTINGS),
    "settings, saved": forms.settings_saved(COMING),
    "assign": forms.assign_dialog(TRACKS),
    "confirm": forms.confirm_dialog(ORDER),
    "jargon": forms.jargon_dialog([render(VIEWS["explained"])], 2),
    "no jargon": forms.no_jargon(["FOMO"]),
    "help": forms.shown(replies.learn_help()),
}


def test_the_manifest_is_one_that_slack_knows() -> None:
    manifest = json.loads(folder("manifest.json").read_text(encoding="utf-8"))
    check_manifest(manifest)
    with pytest.raises(AssertionError, match="/oauth_config/scopes/bot/0"):
        check_manifest(patched(manifest, "/oauth_config/scopes/bot/0", "chat:shout"))


@pytest.mark.parametrize("name", sorted(VIEWS))
def test_every_message_is_made_of_blocks_that_slack_knows(name: str) -> None:
    check_blocks(render(VIEWS[name]).blocks)


@pytest.mark.parametrize("name", SCREENS)
def test_home_and_every_dialog_is_a_view_that_slack_knows(name: str) -> None:
    check_view(SCREENS[name].payload())


def test_every_lesson_and_term_is_made_of_blocks_that_slack_knows(our_lessons: Catalogue) -> None:
    for item in our_lessons.items.values():
        for chosen in (None, *range(len(item.question.choices))):
            check_blocks(render(ItemView("d1", item, 1, 12, "Speak the language", chosen=chosen)).blocks)
        if isinstance(item, Term):
            check_blocks(render(ExplainView(item.id, item)).blocks)


@pytest.mark.parametrize("rule", [rule for rule, _, _ in LIMITS])
def test_what_our_walker_lets_pass_is_what_slacks_types_let_pass(rule: str) -> None:
    for view in (good for name, good, _ in LIMITS if name == rule):
        check_view(view)
