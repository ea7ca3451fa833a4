"""What is typed to the bot in its DM: a word to explain, a wish, thanks, or something it can't read."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.domain.content import Catalogue, Term
from bot.domain.delivery import Slot
from bot.domain.people import Learner
from bot.domain.reading import parse_until
from bot.domain.timing import local
from bot.services.begin import Begun, Waiting, begin
from bot.services.explain import explain, terms_in, words_in
from bot.services.holds import pause, resume
from bot.services.house import House
from bot.services.postpone import not_today
from bot.services.standing import new
from bot.store import askings, deliveries
from bot.store.database import Session

STOP = frozenset({"stop", "pause", "quiet", "unsubscribe", "mute", "enough"})
AWAY = frozenset({"holiday", "holidays", "vacation", "away", "leave", "travelling", "traveling", "pto"})
"""With a day after "until" these ask for a pause as well."""
WISHES = {
    "pause": STOP,
    "next": frozenset({"next", "more", "another", "start", "begin"}),
    "resume": frozenset({"resume", "continue", "unpause"}),
    "help": frozenset({"help", "menu", "commands"}),
    "who": frozenset({"who", "what", "are", "is", "missing", "link"}),
    "when": frozenset({"when", "next", "is", "does", "come", "comes", "due", "time", "what"}),
    "settings": frozenset({"settings", "change", "hour", "time", "day", "days", "zone", "earlier", "later", "move"}),
    "talk": frozenset({"talk", "speak", "someone", "somebody", "person", "human", "with", "about", "call", "me"}),
    "thanks": frozenset({"thanks", "thank", "thx", "cheers", "merci", "danke", "obrigado", "obrigada", "gracias"}),
}
CORE = {
    "who": frozenset({"who", "what"}),
    "when": frozenset({"when"}),
    "settings": frozenset({"settings", "change", "hour", "zone", "earlier", "later"}),
    "talk": frozenset({"talk", "speak"}),
}
"""Of these, one must be among the words: "is it" alone asks for nothing."""
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
    until = parse_until(text, local(at, learner.zone).date())
    if until is not None and (STOP | AWAY) & set(words_in(text)):
        pause(session, house, learner, at, until)
        return {"said": "paused", "until": until.isoformat()}
    match wish(text):
        case "pause":
            pause(session, house, learner, at)
            return {"said": "paused"}
        case "not_today":
            return {"said": "not_today" if _put_off(session, house, learner, at) else "finished"}
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
        case "" if (found := _term_inside(catalogue, text)) and not STOP & set(words_in(text)):
            return {"term": found.id}
        case "":
            return {"hint": True, "stop": bool(STOP & set(words_in(text)))}
        case understood:
            return {"said": understood}


def _put_off(session: Session, house: House, learner: Learner, at: datetime) -> bool:
    waiting = askings.open_of(session, learner.workspace_id, learner.learner_id)
    if waiting is None:
        return False
    brought = deliveries.of_asking(session, learner.workspace_id, waiting.asking_id)
    if not brought:
        return False
    not_today(session, house, learner, brought[-1].delivery_id, at)
    return True


def wish(text: str) -> str:
    """pause, next, resume, not_today, help, who, when, settings, talk, thanks; "" when more is said than that."""
    left = [word for word in words_in(text) if word not in FILLERS]
    if not left and text.strip() == "?":
        return "help"
    if left == ["not"] and "today" in words_in(text):
        return "not_today"
    meant = [name for name, words in WISHES.items() if left and words.issuperset(left)]
    return next((name for name in meant if CORE.get(name, WISHES[name]) & set(left)), "")


def _term_inside(catalogue: Catalogue, text: str) -> Term | None:
    return max(terms_in(catalogue, text), key=lambda found: len(found[1]), default=(None, ""))[0]
