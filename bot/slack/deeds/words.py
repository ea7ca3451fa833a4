"""Words typed to the bot in its DM: read, then acted on. Nothing of the text is stored."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.domain.intents import Intent, Meaning
from bot.domain.people import Learner
from bot.messages.item import lettered
from bot.services.house import House
from bot.services.moment import moment_of
from bot.services.say import say
from bot.slack.intents import read
from bot.store.database import Session


def hear(session: Session, house: House, learner: Learner, text: str, at: datetime, cause: str) -> None:
    """Find out what was meant, do it or answer it. `text`: Slack's spelling undone."""
    moment = moment_of(session, learner, at)
    if moment.question is not None:
        moment = replace(moment, lettered=lettered(moment.question))
    say(session, house, learner, read(text, moment, house.catalogue_of(learner.workspace_id)), at, cause)


WANT_OUT = frozenset({Meaning.PAUSE, Meaning.REST, Meaning.OUT, Meaning.DATA})
"""What counts however long ago it was typed."""


def hear_late(
    session: Session,
    house: House,
    learner: Learner,
    text: str,
    at: datetime,
    cause: str,
    *,
    tapped_since: bool,
    last: bool,
) -> None:
    """Act on what was typed long ago, while nobody listened: a pause and ways of wanting out count.

    `tapped_since`: they have tapped something since, so that no pause is made over it. `last`: the last of several;
    anything but wanting out is answered there, by asking to say it again.
    """
    intent = read(text, moment_of(session, learner, at), house.catalogue_of(learner.workspace_id))
    if intent.meaning in WANT_OUT:
        if not tapped_since:
            say(session, house, learner, intent, at, cause)
    elif last:
        say(session, house, learner, Intent(Meaning.SAY_AGAIN), at, cause)
