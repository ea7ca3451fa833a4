"""*Talk to someone*: the button, and the news that the name was passed on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.messages import formatting, ids
from bot.messages.builder import Block, Builder, button, plain_text
from bot.view_models import DmReplyView, HintView


def talk_button() -> Block:
    """Return *Talk to someone*, which asks first, since it can't be taken back."""
    confirm = {
        "title": plain_text("Talk to someone"),
        "text": plain_text("Your name is passed on, and nothing else. It can't be taken back."),
        "confirm": plain_text("Pass it on"),
        "deny": plain_text("Not now"),
    }
    return {**button("Talk to someone", ids.action("talk")), "confirm": confirm}


def passed_on_text(people: Sequence[str], since: date, today: date | None) -> str:
    """Return a sentence on which admins have the learner's name, and since when."""
    has = "has" if len(people) == 1 else "have"
    day = formatting.day(since, today)
    return f"{formatting.mentions(people)} {has} had your name since {day}; nothing else was passed on."


def put_talk(builder: Builder, view: DmReplyView | HintView, *beside: Block, spoken: str = "") -> None:
    """Add buttons with *Talk to someone* if it can be offered; add that somebody has the name if one has."""
    buttons = [*beside, *([talk_button()] if view.can_ask else [])]
    if buttons:
        builder.actions(ids.block(ids.ME), buttons, spoken or "You can ask to talk to someone.")
    if view.talk_since is not None:
        builder.small(passed_on_text(view.talk_to, view.talk_since, view.coming.today))
