"""Words typed to the bot in its DM: read, then acted on. Nothing of the text is stored."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

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
