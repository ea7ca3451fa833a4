"""Handlers of a brief before a meeting. What it is about is stored nowhere."""

from __future__ import annotations

from bot.domain.content import Term, Track
from bot.errors import UnknownButtonError
from bot.messages import brief as drawn
from bot.messages import ids, render
from bot.messages.builder import Modal
from bot.queries.brief import brief
from bot.queries.glossary import explain
from bot.slack.handlers.dialogs import Form, Submitted
from bot.slack.handlers.learner_taps import Tapped
from bot.slack.handlers.request import Allowed, Reply, Request
from bot.slack.typed import command_parser
from bot.slack.typed.asked_terms import term_asked_for
from bot.slack.typed.command_text import people_in


def typed(request: Request, text: str) -> Reply:
    """Answer `/learn brief`, with a track or a word; alone, ask which."""
    asked = people_in(text)[1].strip()
    if not asked:
        return drawn.ask_dialog()
    catalogue = request.state.catalogue
    track = command_parser.find_track(asked, catalogue).track
    if track is not None:
        return _about(request, track)
    found = explain(catalogue, asked)
    term = found.term or term_asked_for(asked, catalogue)
    return _about(request, term) if term is not None else render(found)


def meeting(_request: Request, _given: object) -> Modal:
    """Ask what the meeting is about."""
    return drawn.ask_dialog()


def _submitted(request: Request, submitted: Form) -> Reply:
    kind, _, chosen = str(submitted.values.get(drawn.ABOUT)).partition(":")
    catalogue = request.state.catalogue
    if kind == drawn.TRACK and chosen in catalogue.tracks:
        return _about(request, catalogue.tracks[chosen])
    term = catalogue.items.get(chosen)
    if kind == drawn.TERM and isinstance(term, Term):
        return _about(request, term)
    raise UnknownButtonError(f"a brief about {ids.told(chosen)}")


def _about(request: Request, subject: Track | Term) -> Reply:
    return drawn.brief_message(brief(request.state.catalogue, subject))


TAPS: dict[str, Tapped] = {
    "meeting": Tapped(meeting, Allowed.ANYBODY, "what the meeting is about, as a dialog", repeatable=True),
}
FORMS: dict[str, Submitted] = {
    drawn.CALLBACK: Submitted(
        _submitted, Allowed.ANYBODY, "five terms and three questions", in_place=True, repeatable=True
    ),
}
