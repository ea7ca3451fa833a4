"""`missinglink doctor`: checks of the installation, with remedies. It changes nothing, and may run beside `serve`.

Each check is a file. It is given the settings and yields findings; `examine` runs one after the other.
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
    """Run all checks and yield each finding as it is made. `online`: also let Slack's validator check everything that
    the bot can show.
    """
    yield from settings.check(given)
    report = content.check(given.lessons_dirs, objections, today)
    yield from lessons.check(report, today)
    yield from database.check(given)
    yield from port.check(given)
    workspace_id = None if "SLACK_BOT_TOKEN" in given.token_faults() else (yield from slack.check(given))
    yield from admins.check(given, workspace_id)
    if workspace_id is not None and online:
        yield from screens.check(given, report.catalogue)
