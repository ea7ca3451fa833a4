"""Words typed to the bot in its DM: read, then acted on. Nothing of the text is stored."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.intents import Intent, Meaning
from bot.domain.people import Learner
from bot.domain.timing import local
from bot.messages.item import lettered
from bot.services.house import House
from bot.services.moment import moment_of
from bot.services.say import say
from bot.slack.intents import read
from bot.slack.spelling import PERSON
from bot.store import records
from bot.store.database import Session


def hear(session: Session, house: House, learner: Learner, text: str, at: datetime, cause: str) -> None:
    """Find out what was meant, do it or answer it. `text`: Slack's spelling undone."""
    say(session, house, learner, _read(session, house, learner, text, at), at, cause)


def _read(session: Session, house: House, learner: Learner, text: str, at: datetime) -> Intent:
    moment = moment_of(session, learner, at)
    if moment.question is not None:
        moment = replace(moment, lettered=lettered(moment.question))
    return read(_unaddressed(session, learner, text), moment, house.catalogue_of(learner.workspace_id))


def _unaddressed(session: Session, learner: Learner, text: str) -> str:
    """Without the bot's own name in front, as those write it who know it from channels."""
    named = PERSON.match(text)
    bot = records.workspace(session, learner.workspace_id) if named else None
    return text[named.end() :] if named and bot and bot.bot_user_id == named[1] else text


SOON = timedelta(hours=1)
"""What is older than this isn't answered any more: one line asks to say it again."""
WANT_OUT = frozenset({Meaning.PAUSE, Meaning.REST, Meaning.OUT, Meaning.DATA})
"""What counts however long ago it was typed."""
DECIDES = frozenset({Meaning.PAUSE, Meaning.RESUME})
"""What says by itself whether lessons should come, so that nothing typed before it does any more. *next* and *please
keep sending* end no pause when they are heard at once, and so do they here.
"""
OVERTAKEN = {Meaning.PAUSE: Meaning.REST, Meaning.RESUME: Meaning.SAY_AGAIN}
"""What isn't done any more after something newer, but answered: a pause is offered."""


@dataclass(frozen=True)
class Missed:
    """Something that was typed while nobody listened. `text`: Slack's spelling undone.

    `overtaken`: they have tapped something since, or said whether lessons should come. `ago`: since it was typed.
    `again`: the cause of the one line that asks to say what is old again, the same for all of one gap.
    """

    text: str
    overtaken: bool
    ago: timedelta
    again: str

    @property
    def old(self) -> bool:
        """Too long ago to be answered."""
        return self.ago >= SOON


def decides(session: Session, house: House, learner: Learner, text: str, at: datetime) -> bool:
    """Whether what was typed says by itself whether lessons should come."""
    return _read(session, house, learner, text, at).meaning in DECIDES


def hear_missed(session: Session, house: House, learner: Learner, missed: Missed, at: datetime, cause: str) -> None:
    """Act on what was typed while nobody listened. A pause and ways of wanting out count at any age, but not over
    something newer; anything else is answered while it is fresh, and asked for again when it is old.
    """
    # *tomorrow* is counted from when it was typed
    intent = _read(session, house, learner, missed.text, at - missed.ago)
    if intent.until is not None and intent.until <= local(at, learner.zone).date():
        # the day has come: what it was for is over
        intent = Intent(Meaning.SAY_AGAIN)
    if missed.old and intent.meaning not in WANT_OUT:
        say(session, house, learner, Intent(Meaning.SAY_AGAIN), at, missed.again)
        return
    if missed.overtaken and (missed.old or intent.meaning in OVERTAKEN):
        if not missed.old:
            say(session, house, learner, Intent(OVERTAKEN[intent.meaning]), at, cause)
        return
    say(session, house, learner, intent, at, cause)
