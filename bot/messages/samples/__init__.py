"""Samples of everything that the bot can show, for `missinglink doctor --online` and the tests of all messages."""

from __future__ import annotations

from bot.domain.content import Lesson, Term
from bot.messages.samples.admins import to_admins
from bot.messages.samples.learners import frames, items
from bot.messages.samples.screens import screens
from bot.messages.samples.typed import answers
from bot.view_models import View

__all__ = ["screens", "views"]


def views(lesson: Lesson, term: Term) -> dict[str, View]:
    """Return every kind of message in every state, around one lesson and one term."""
    return {**items(lesson, term), **frames(), **to_admins(), **answers(term)}
