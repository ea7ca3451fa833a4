"""Answers where a group's or channel's members can't be listed, or are nobody."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.audience import PeopleSource, SourceKind
from bot.messages.builder import Message
from bot.messages.order_look import named
from bot.messages.replies import words

PASTE = (
    "Meanwhile you can name the people, each with an @, or paste their member IDs (in a profile: *More*, *Copy member "
    "ID*)."
)
SCOPES = {
    SourceKind.GROUP: "`usergroups:read`",
    SourceKind.CHANNEL: "`channels:read`, for a private channel `groups:read`",
}


def why_not_listed(source: PeopleSource, code: str) -> str:
    """Return why Slack doesn't say who is in a group or channel, and what helps. `code`: Slack's own."""
    which = named([source])
    if code == "missing_scope":
        return (
            f"I may not see who is in {which}. That needs the scope {SCOPES[source.kind]}: whoever installed me in "
            "this Slack can grant it by installing me again."
        )
    if code == "channel_not_found":
        return f"I can't see {which}. A private channel has to invite me first: `/invite @Missing Link` in it."
    if code == "no_such_subteam":
        return f"{which} isn't there any more."
    return f"Slack doesn't tell me who is in {which} ({code})."


def not_listed(source: PeopleSource, code: str) -> Message:
    """Draw why an order for everybody in a group or channel can't be, and what helps."""
    return words(why_not_listed(source, code), PASTE)


def nobody(sources: Sequence[PeopleSource]) -> Message:
    """Draw that there is nobody in them."""
    return words(f"There is nobody in {named(sources)} but me, so nothing was done.")


def too_many(sources: Sequence[PeopleSource], most: int) -> Message:
    """Draw that there are more people than an order takes."""
    return words(
        f"{named(sources)} has more than {most:,} people, which is more than I take at once. Name smaller groups."
    )
