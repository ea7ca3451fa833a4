"""What is typed to the bot in its DM: a word to explain, a wish, thanks, or something it can't read."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from bot.domain.content import Catalogue, Term
from bot.domain.delivery import Slot
from bot.domain.people import Learner
from bot.services.begin import Begun, Waiting, begin
from bot.services.explain import explain, terms_in
from bot.services.holds import pause, resume
from bot.services.house import House
from bot.services.standing import new
from bot.store import deliveries

STOP = frozenset({"stop", "pause", "quiet", "unsubscribe", "mute", "enough"})
WISHES = {
    "pause": STOP,
    "next": frozenset({"next", "more", "another", "start", "begin"}),
    "resume": frozenset({"resume", "continue", "unpause"}),
    "help": frozenset({"help", "menu", "settings", "commands"}),
    "thanks": frozenset({"thanks", "thank", "thx", "cheers", "merci", "danke", "obrigado", "obrigada", "gracias"}),
}
_FILLERS = (
    "please now me it the this for today bot all messages a an bit you i can could would like to want one go on "
    "hi hello hey ok okay very much so again my lesson lessons that great good"
)
FILLERS = frozenset(_FILLERS.split())
"""Words that change nothing about a wish: "could you pause, please" is "pause"."""


def say(session: Session, house: House, learner: Learner, text: str, at: datetime, cause: str) -> None:
    """Answer what was typed. The text itself isn't stored: only what it was found to mean."""
    catalogue = house.catalogue_of(learner.workspace_id)
    about = _understood(session, house, learner, text, catalogue, at, cause)
    if about is not None:
        deliveries.add(session, new(learner, Slot.ASKED, at, cause=cause, about=about))


def _understood(
    session: Session, house: House, learner: Learner, text: str, catalogue: Catalogue, at: datetime, cause: str
) -> dict[str, Any] | None:
    match wish(text):
        case "pause":
            pause(session, house, learner, at)
            return {"said": "paused"}
        case "resume":
            return {"said": "resumed" if resume(session, house, learner, at) else "not_paused"}
        case "next":
            result = begin(session, house, learner, at, cause)
            if isinstance(result, Begun):
                return None
            if isinstance(result, Waiting):
                return {"said": "waiting"}
            return {"said": "finished" if result.finished else "nothing"}
        case "" if (term := explain(catalogue, text).term) is not None:
            return {"term": term.id}
        case "" if (found := _term_inside(catalogue, text)) and not STOP & set(_words(text)):
            return {"term": found.id}
        case "":
            return {"hint": True, "stop": bool(STOP & set(_words(text)))}
        case understood:
            return {"said": understood}


def wish(text: str) -> str:
    """pause, next, resume, help, thanks, or "" when the words say something else as well."""
    left = [word for word in _words(text) if word not in FILLERS]
    if not left and text.strip() == "?":
        return "help"
    return next((name for name, words in WISHES.items() if left and words.issuperset(left)), "")


def _term_inside(catalogue: Catalogue, text: str) -> Term | None:
    return max(terms_in(catalogue, text), key=lambda found: len(found[1]), default=(None, ""))[0]


def _words(text: str) -> list[str]:
    return "".join(sign if sign.isalnum() else " " for sign in text.casefold()).split()
