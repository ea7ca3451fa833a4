"""`missinglink doctor`: is everything as it must be, and what mends it. Changes nothing; reads beside `serve`.

One check a file. Each is given the settings and yields findings; `examine` asks them one after the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot import content
from bot.doctor import admins, database, lessons, port, screens, settings, slack
from bot.doctor.finding import Finding, Mark
from bot.messages.render import objections
from bot.settings import Settings

__all__ = ["Finding", "Mark", "examine"]


def examine(given: Settings, *, online: bool, today: date) -> Iterator[Finding]:
    """Every finding, as it is made. `online`: also let Slack's validator look at everything the bot can show."""
    yield from settings.check(given)
    report = content.check(given.lessons_dir, objections, today)
    yield from lessons.check(report, today)
    yield from database.check(given)
    yield from port.check(given)
    workspace_id = None if "SLACK_BOT_TOKEN" in given.token_faults() else (yield from slack.check(given))
    yield from admins.check(given, workspace_id)
    if workspace_id is not None and online:
        yield from screens.check(given, report.catalogue)
