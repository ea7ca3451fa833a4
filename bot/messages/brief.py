"""A brief before a meeting: five terms, and three questions worth asking."""

from __future__ import annotations

from bot.domain.content import Catalogue
from bot.messages import ids
from bot.messages.builder import Block, Builder, Message, Modal, button, plain_text
from bot.messages.mrkdwn import escape, rich
from bot.view_models import BriefView

MEETING = "I have a meeting"
CALLBACK = "brief"
ABOUT = "f_about"
TRACK, TERM = "track", "term"


def brief_message(view: BriefView) -> Message:
    """Draw the brief, for one person alone."""
    builder = Builder().heading(f"Before your meeting: {view.subject}")
    if view.terms:
        builder.say("\n".join(f"• *{escape(term.term)}*: {rich(term.gist)}" for term in view.terms))
    if view.questions:
        builder.say("*Worth asking*\n" + "\n".join(f"• {rich(question)}" for question in view.questions))
    if view.terms:
        builder.actions(
            ids.block(ids.ME),
            [button(term.term, ids.action("term", term.term_id)) for term in view.terms],
            "`/jargon` explains each.",
        )
    return builder.small("Nobody sees what you look up.").message()


def ask_dialog() -> Modal:
    """Draw the question what a meeting is about."""
    builder = Builder().say("Up to five terms and three questions to take into the room.")
    field: Block = {
        "type": "external_select",
        "placeholder": plain_text("Type to search"),
        "min_query_length": 0,
    }
    builder.ask(ABOUT, "What is it about?", field, hint="A track, or a term you expect to hear.")
    return builder.modal(MEETING, callback_id=CALLBACK, submit="Brief me", close="Cancel")


def subject_options(catalogue: Catalogue) -> dict[str, str]:
    """Return what a brief can be about, tracks first: its name by the value of its option."""
    tracks = {f"{TRACK}:{track.id}": f"{track.title} (a track)" for _, track in sorted(catalogue.tracks.items())}
    terms = sorted(catalogue.terms, key=lambda term: term.term.casefold())
    return {**tracks, **{f"{TERM}:{term.id}": term.term for term in terms}}
