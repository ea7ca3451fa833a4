"""What the bot draws, and its manifest, by Slack's own types."""

from __future__ import annotations

import json

import pytest

from bot.domain.content import Catalogue, Term
from bot.messages import render
from bot.package_files import folder
from bot.view_models import ExplainView, ItemView
from tests.contracts.check import check_blocks, check_manifest, check_view
from tests.contracts.samples import patched
from tests.limits.test_views import LIMITS
from tests.messages.test_messages import SCREENS, VIEWS


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
        for response in (None, *item.question.every_response()) if item.question else ():
            check_blocks(
                render(
                    ItemView(
                        delivery_id="d1", item=item, position=1, total=12, track="Speak the language", response=response
                    )
                ).blocks
            )
        if isinstance(item, Term):
            check_blocks(render(ExplainView(asked=item.id, term=item)).blocks)


@pytest.mark.parametrize("rule", [rule for rule, _, _ in LIMITS])
def test_what_our_walker_lets_pass_is_what_slacks_types_let_pass(rule: str) -> None:
    for view in (good for name, good, _ in LIMITS if name == rule):
        check_view(view)
