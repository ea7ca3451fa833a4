"""The dialog of *Start*: which terms of the track somebody could explain already."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.content import Term, Track
from bot.messages.builder import Builder, Modal, menu, option
from bot.messages.mrkdwn import escape

TICKS = "ticks"
"""The callback id."""
KNOWN = "f_known"
TITLE = "Skip what you know"


def ticks_dialog(track: Track, terms: Sequence[Term]) -> Modal:
    """Draw the dialog about a track that has begun."""
    builder = Builder().say(f"*{escape(track.title)}* begins: the first part is on its way to your messages.")
    boxes = menu("checkboxes", KNOWN, [option(term.term, term.id) for term in terms])
    builder.ask(
        KNOWN,
        "Which of these could you explain to a colleague?",
        boxes,
        optional=True,
        hint="For those you tick, I ask first. Right and sure, and you can skip the text.",
    )
    builder.small("Nobody else sees what you tick.")
    return builder.modal(TITLE, callback_id=TICKS, submit="Done", close="Not now", about=track.id, optional=True)
