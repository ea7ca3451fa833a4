"""The slash commands' names, where another app in the workspace has ours already."""

from __future__ import annotations

import json
import re

import pytest

from bot.domain.content import Catalogue
from bot.limits import violations
from bot.messages import render, samples
from bot.messages.command_names import NAMES, CommandNames, pattern
from bot.slack.handlers.commands import COMMANDS
from tests.helpers import lesson, small_catalogue, term

LONGEST = CommandNames("a-dozen-long")
PLAIN = re.compile(r"(?<![\w-])/(learn|track|jargon)(?![\w-])")
VIEWS = samples.views(lesson("a-lesson"), term("fomo", stands_for="fear of missing out"))
SCREENS = samples.screens(term("fomo"), list(small_catalogue().tracks.values()))


def everything(catalogue: Catalogue) -> dict[str, object]:
    """All that can be shown, by name."""
    drawn: dict[str, object] = {name: render(view).payload() for name, view in VIEWS.items()}
    return drawn | {name: screen.payload() for name, screen in SCREENS.items()}


def test_a_text_names_the_commands_that_slack_knows() -> None:
    names = CommandNames("acme-")
    assert names.said("`/learn settings`, /jargon; (/track)") == "`/acme-learn settings`, /acme-jargon; (/acme-track)"
    assert names.said("https://example.org/learn, a/track, /learning, //learn, /learn-more") == (
        "https://example.org/learn, a/track, /learning, //learn, /learn-more"
    )


def test_a_typed_text_is_read_as_if_there_were_no_prefix() -> None:
    assert CommandNames("acme-").heard("/Acme-learn pause until monday") == "/learn pause until monday"
    assert CommandNames("acme-").heard("what is acme-learn?") == "what is acme-learn?"


def test_without_a_prefix_nothing_is_touched() -> None:
    payload = {"text": "/learn", "blocks": [{"text": {"text": "/learn"}}]}
    assert CommandNames().shown(payload) is payload
    assert CommandNames().heard("/learn") == "/learn"


def test_in_all_that_is_shown_no_plain_name_is_left_and_slacks_limits_hold(our_lessons: Catalogue) -> None:
    changed = 0
    for name, payload in everything(our_lessons).items():
        shown = LONGEST.shown(payload)
        assert not PLAIN.search(json.dumps(shown)), name
        assert [str(v) for v in violations(shown)] == [], name
        changed += shown != payload
    assert changed > 20


def test_only_texts_change_and_nothing_that_comes_back() -> None:
    button = {
        "type": "button",
        "action_id": "/learn",
        "value": "/learn",
        "text": {"type": "plain_text", "text": "/learn"},
    }
    assert CommandNames("x-").shown(button) == {**button, "text": {"type": "plain_text", "text": "/x-learn"}}


@pytest.mark.parametrize(
    ("name", "ours"),
    [
        ("/learn", True),
        ("/acme-learn", True),
        ("/acme_learn", True),
        ("/learning", False),
        ("/a-prefix-too-long-learn", False),
    ],
)
def test_a_command_is_ours_whatever_its_prefix(name: str, ours: bool) -> None:
    assert bool(pattern("/learn").search(name)) is ours


def test_every_command_there_is_has_its_name_here() -> None:
    assert {f"/{name}" for name in NAMES} == set(COMMANDS)
