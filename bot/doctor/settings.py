"""The check of the settings: likely mistakes, and the tokens."""

from __future__ import annotations

from collections.abc import Iterator

from bot.doctor.finding import Finding, Mark
from bot.settings import Settings, slips


def check(settings: Settings) -> Iterator[Finding]:
    """Check that the required settings are there."""
    for slip in slips():
        yield Finding(Mark.NOTE, slip.what, slip.remedy)
    faults = settings.token_faults()
    for name, fault in faults.items():
        yield Finding(Mark.BAD, f"{name} can't be used", fault)
    if not faults:
        way = "over HTTP, on PORT" if settings.over_http else "through Socket Mode"
        yield Finding(Mark.GOOD, f"tokens: there; requests come {way}")
