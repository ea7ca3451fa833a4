"""A typed message with all that the parser's steps look at."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from bot.domain.ambiguous_day import AmbiguousDay, written_until
from bot.domain.content import Catalogue
from bot.domain.intents import DmContext, Intent, Meaning
from bot.slack.typed.asked_terms import meaning_of
from bot.slack.typed.examples import Examples
from bot.slack.typed.pauses import begins_later, rest_until
from bot.slack.typed.phrases import ungreeted
from bot.slack.typed.word_lists import Words


@dataclass(frozen=True, kw_only=True)
class TypedMessage:
    """A message in its context. The properties are worked out when a step first asks for them."""

    text: str
    said: list[str]
    """Its words, as `spoken` leaves them."""
    dm_context: DmContext
    catalogue: Catalogue
    lists: Words
    known: Examples

    @cached_property
    def whole(self) -> str:
        """The request that the message is, with nothing else said; "" for any other."""
        return self.lists.whole_of(self.said)

    @cached_property
    def ungreeted(self) -> list[str]:
        """The words without *good morning* in front, which names no time of day."""
        return ungreeted(self.said, self.lists)

    @cached_property
    def asked_term(self) -> Intent | None:
        """The term whose meaning is asked for."""
        return meaning_of(self.text, self.catalogue, self.lists)


def dated(meant: Intent, message: TypedMessage) -> Intent:
    """Add to a rest the day on which it ends, if the message names one."""
    if meant.meaning is not Meaning.REST:
        return meant
    written = written_until(message.text, message.dm_context.today)
    return replace(
        meant,
        until=rest_until(message.text, message.lists, message.dm_context.today),
        either=written.days if isinstance(written, AmbiguousDay) else (),
        ahead=begins_later(message.text, message.lists),
    )
