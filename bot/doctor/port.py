"""The check of the port that `serve` listens on."""

from __future__ import annotations

from collections.abc import Iterator

from bot.doctor.finding import Finding, Mark
from bot.errors import ConfigurationError
from bot.settings import Settings
from bot.web import port


def check(settings: Settings) -> Iterator[Finding]:
    """Check that the port can be taken. A running `serve` holds it already."""
    number = settings.listens_on
    if not number:
        return
    try:
        port.listener(number).close()
    except ConfigurationError as error:
        if port.held_by_us(number):
            remedy = "all is well if that is this bot; a second one needs a PORT of its own"
            yield Finding(Mark.NOTE, f"PORT {number} is held by a `missinglink serve` that runs", remedy)
        else:
            what, _, remedy = str(error).partition("; ")
            yield Finding(Mark.BAD, what, remedy)
    else:
        yield Finding(Mark.GOOD, f"PORT {number}: free")
