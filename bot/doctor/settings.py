"""The settings: tokens and admins."""

from __future__ import annotations

from collections.abc import Iterator

from bot.doctor.finding import Finding, Mark
from bot.errors import ConfigurationError
from bot.settings import Settings, slips


def check(settings: Settings) -> Iterator[Finding]:
    """Whether what the bot can't do without is set."""
    for slip in slips():
        yield Finding(Mark.NOTE, slip.what, slip.remedy)
    try:
        settings.require_tokens()
    except ConfigurationError as error:
        yield Finding(Mark.BAD, "the tokens aren't complete", str(error))
    else:
        way = "over HTTP, on PORT" if settings.over_http else "through Socket Mode"
        yield Finding(Mark.GOOD, f"tokens: there; requests come {way}")
    if settings.admins:
        yield Finding(Mark.GOOD, f"admins: {len(settings.admins)}")
    else:
        yield Finding(
            Mark.NOTE,
            "nobody is an admin, so nobody can assign a track",
            "set MISSINGLINK_ADMINS to Slack user ids, for example MISSINGLINK_ADMINS=U012AB3CD",
        )
