"""A word typed to the bot: its explainer, or a hint; both come as an asked message."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from bot.domain.content import Catalogue, Term
from bot.domain.delivery import Slot
from bot.domain.people import Learner
from bot.services.explain import explain
from bot.services.house import House
from bot.services.standing import new
from bot.store import deliveries

STOP = frozenset({"stop", "pause", "quiet", "unsubscribe", "mute", "enough"})


def say(session: Session, house: House, learner: Learner, text: str, at: datetime, cause: str) -> None:
    """Answer what was typed. The text itself isn't stored: only the term it was found to mean or to contain."""
    found = _term_in(house.catalogue_of(learner.workspace_id), text)
    stop = bool(STOP & set(_words(text).split()))
    about = {"term": found.id} if found and not stop else {"hint": True, "stop": stop}
    deliveries.add(session, new(learner, Slot.ASKED, at, cause=cause, about=about))


def _term_in(catalogue: Catalogue, text: str) -> Term | None:
    whole = explain(catalogue, text).term
    if whole is not None:
        return whole
    names = {_words(name): t for t in catalogue.terms for name in (t.term, *t.aliases) if len(name) > 1}
    said = f" {_words(text)} "
    inside = [name for name in names if name and f" {name} " in said]
    return names[max(inside, key=len)] if inside else None


def _words(text: str) -> str:
    return " ".join("".join(sign if sign.isalnum() else " " for sign in text.casefold()).split())
