"""Messages typed to the bot in its DM: parsed, then acted on. Nothing of the text is stored."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.actions.look_ups import note_lacking, note_terms
from bot.actions.typed_message import act_on
from bot.domain.intents import Intent, Meaning
from bot.domain.local_time import local
from bot.domain.questions import ChoiceQuestion
from bot.messages.questions.choices import lettered
from bot.planning.learner_state import LearnerState
from bot.queries.dm_context import dm_context_of
from bot.slack.typed.intent_parser import read
from bot.slack.typed.slack_text import PERSON
from bot.store import workspaces


def handle_typed(state: LearnerState, text: str, caused_by: str) -> None:
    """Parse a message and act on it. `text`: without Slack's escapes."""
    intent = _read(state, text, state.at)
    _note(state, text, intent)
    act_on(state, intent, caused_by)


def _read(state: LearnerState, text: str, at: datetime) -> Intent:
    dm_context = dm_context_of(state, at)
    if isinstance(dm_context.question, ChoiceQuestion):
        dm_context = replace(dm_context, lettered=lettered(dm_context.question))
    return read(_unaddressed(state, text), dm_context, state.catalogue)


def _note(state: LearnerState, text: str, intent: Intent) -> None:
    """Note what was looked up."""
    if intent.meaning in {Meaning.TERM, Meaning.TERMS}:
        note_terms(state.ctx, state.workspace_id, state.learner_id, intent.terms)
    elif intent.meaning is Meaning.NO_TERM:
        note_lacking(state.ctx, state.workspace_id, state.learner_id, text)


def _unaddressed(state: LearnerState, text: str) -> str:
    """Strip the bot's own name in front, which people write who know it from channels."""
    named = PERSON.match(text)
    bot = workspaces.get(state.session, state.workspace_id) if named else None
    return text[named.end() :] if named and bot and bot.bot_user_id == named[1] else text


SOON = timedelta(hours=1)
"""The age beyond which a message isn't answered any more: one line asks to say it again."""
WANT_OUT = frozenset({Meaning.PAUSE, Meaning.REST, Meaning.OUT, Meaning.DATA})
"""Meanings that count however long ago they were typed."""
DECIDES = frozenset({Meaning.PAUSE, Meaning.RESUME})
"""Meanings that decide whether lessons come, over anything typed before. *next* and *please keep sending* end no
pause when heard at once, and so they do here.
"""
OVERTAKEN = {Meaning.PAUSE: Meaning.REST, Meaning.RESUME: Meaning.SAY_AGAIN}
"""The meaning that is offered in the place of one overtaken by something newer."""


@dataclass(frozen=True)
class MissedMessage:
    """A message typed while the bot was disconnected. `text`: without Slack's escapes.

    `overtaken`: they have tapped something since, or said whether lessons should come. `ago`: since it was typed.
    `again`: `caused_by` of the one line that asks to say what is old again, the same for all of one gap.
    """

    text: str
    overtaken: bool
    ago: timedelta
    again: str

    @property
    def old(self) -> bool:
        """Return True if it is too old to be answered."""
        return self.ago >= SOON


def decides(state: LearnerState, text: str) -> bool:
    """Return True if a message decides whether lessons come."""
    return _read(state, text, state.at).meaning in DECIDES


def handle_missed(state: LearnerState, missed: MissedMessage, caused_by: str) -> None:
    """Act on a missed message. A pause and requests to leave count at any age, but not over something newer;
    anything else is answered while it is fresh, and asked for again when it isn't.
    """
    # *tomorrow* is relative to the instant of typing, so it is parsed with that
    intent = _read(state, missed.text, state.at - missed.ago)
    if intent.until is not None and intent.until <= local(state.at, state.learner.zone).date():
        # the day has come, so the pause is over
        intent = Intent(meaning=Meaning.SAY_AGAIN)
    if missed.old and intent.meaning not in WANT_OUT:
        act_on(state, Intent(meaning=Meaning.SAY_AGAIN), missed.again)
        return
    if missed.overtaken and (missed.old or intent.meaning in OVERTAKEN):
        if not missed.old:
            act_on(state, Intent(meaning=OVERTAKEN[intent.meaning]), caused_by)
        return
    _note(state, text=missed.text, intent=intent)
    act_on(state, intent, caused_by)
