"""`missinglink doctor`: is everything as it must be, and what mends it. Changes nothing; reads beside `serve`."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from bot import content
from bot.domain.content import Catalogue, Lesson, Term
from bot.errors import ConfigurationError, SchemaError, SlackBusyError, SlackError, SlackRefusedError
from bot.messages import render, samples
from bot.messages.render import objections
from bot.schedule.outcomes import CODES, Fate
from bot.settings import Settings
from bot.slack import checkup, manifest
from bot.store import deliveries, migrate
from bot.store.database import Database

SAFE_SQLITE = (3, 51, 3)
SAFE_BRANCHES = {(3, 44): 6, (3, 50): 7}
"""Older branches that were mended too: https://sqlite.org/wal.html, "The WAL-Reset Bug" (looked up 2026-11-24)."""


class Mark(StrEnum):
    """How a finding counts."""

    GOOD = "ok"
    NOTE = "note"
    BAD = "wrong"


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. `remedy` is empty when nothing need be done."""

    mark: Mark
    what: str
    remedy: str = ""

    def __str__(self) -> str:
        return f"{self.mark:>5}  {self.what}" + (f"\n       → {self.remedy}" if self.remedy else "")


def examine(settings: Settings, *, online: bool) -> Iterator[Finding]:
    """Every finding, as it is made. `online`: also let Slack's validator look at everything the bot can show."""
    yield from _settings(settings)
    catalogue = content.check(settings.lessons_dir, objections)
    if catalogue.problems:
        for problem in catalogue.problems[:5]:
            yield Finding(Mark.BAD, str(problem), "`missinglink lessons check` says all that is wrong")
    else:
        items, tracks = len(catalogue.catalogue.items), len(catalogue.catalogue.tracks)
        yield Finding(Mark.GOOD, f"lessons: {tracks} track(s), {items} items, all in order")
    yield from _database(settings)
    yield sqlite_finding(sqlite3.sqlite_version_info)
    if settings.bot_token:
        yield from _slack(settings)
        if online:
            yield from _validated(settings, catalogue.catalogue)


REMEDIED = frozenset({Fate.CONFIGURE, Fate.HOLD_WORKSPACE})
"""What somebody has to mend before messages go out."""
REMEDIES = {
    "messages_tab_disabled": "switch the Messages Tab on in your Slack app's settings under App Home",
    "missing_scope": "add the scopes named above under OAuth & Permissions, then install the app anew",
    "not_allowed_token_type": "SLACK_BOT_TOKEN must be the Bot User OAuth Token, which begins with xoxb-",
    "restricted_action": "a preference of the workspace keeps apps from posting; its owners can change it",
    "token_revoked": "install the app to the workspace, put the new token into SLACK_BOT_TOKEN, start anew",
    "account_inactive": "install the app to the workspace, put the new token into SLACK_BOT_TOKEN, start anew",
    "invalid_auth": "copy the Bot User OAuth Token once more into SLACK_BOT_TOKEN, start anew",
}


def _settings(settings: Settings) -> Iterator[Finding]:
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


def _database(settings: Settings) -> Iterator[Finding]:
    try:
        database = Database(settings.database_url)
    except ConfigurationError as error:
        yield Finding(Mark.BAD, "the database's address is wrong", str(error))
        return
    try:
        schema = _schema(database)
        yield schema
        if schema.mark is Mark.GOOD:
            yield from _waiting(database)
    finally:
        database.close()


def _waiting(database: Database) -> Iterator[Finding]:
    """Messages that Slack refuses for as long as the app or the workspace is set up as it is."""
    with database.read() as session:
        found = deliveries.problems(session)
    by_code: Counter[str] = Counter()
    for problem, count in found.items():
        by_code[problem.partition(":")[0]] += count
    for code, count in sorted(by_code.items()):
        if CODES.get(code) in REMEDIED:
            remedy = REMEDIES.get(code, "see what the log says of it, and Slack's reference of chat.postMessage")
            yield Finding(Mark.BAD, f"Slack refuses {count} message(s): {code}", remedy)


def _schema(database: Database) -> Finding:
    where = database.url.render_as_string(hide_password=True)
    if database.file is not None and not database.file.exists():
        return Finding(Mark.NOTE, f"{where}: there is no file yet", "`missinglink serve` makes it")
    try:
        with database.read() as session:
            session.execute(text("SELECT 1"))
        migrate.check(database)
    except SQLAlchemyError as error:
        remedy = "start it, and see that host, name, user and password in DATABASE_URL are right"
        return Finding(Mark.BAD, f"{where} can't be read: {str(error).splitlines()[0]}", remedy)
    except SchemaError as error:
        by_itself = "; SQLite is brought there when `serve` starts" if database.sqlite else ""
        return Finding(Mark.BAD if not database.sqlite else Mark.NOTE, where, f"{error}{by_itself}")
    return Finding(Mark.GOOD, f"{where}: reachable, its schema is {migrate.head()}")


def sqlite_finding(version: tuple[int, ...]) -> Finding:
    """Whether this SQLite has the WAL-reset bug, which needs two connections that write; the bot has one."""
    branch, named = (version[0], version[1]), ".".join(str(part) for part in version)
    if version >= SAFE_SQLITE or version[2] >= SAFE_BRANCHES.get(branch, 10**6):
        return Finding(Mark.GOOD, f"SQLite {named}")
    return Finding(
        Mark.NOTE,
        f"SQLite {named} can corrupt a file that two connections write to at once; the bot writes through one",
        "let no other program write to the file; a newer SQLite (3.51.3, 3.50.7 or 3.44.6) takes the worry away",
    )


def _slack(settings: Settings) -> Iterator[Finding]:
    arguments = settings.api_url, settings.http_timeout_seconds
    try:
        found = checkup.scopes(settings.bot_token, *arguments, manifest.read())
        if settings.app_token:
            checkup.connects(settings.app_token, *arguments)
    except SlackError as error:
        yield _refused(error, settings)
        return
    if found.missing:
        yield Finding(
            Mark.BAD,
            f"Slack ({found.team}): the app lacks {', '.join(found.missing)}",
            "add them in your Slack app's settings under OAuth & Permissions, then install the app anew",
        )
    else:
        yield Finding(Mark.GOOD, f"Slack ({found.team}): the tokens work, and every scope it needs is granted")
    if "dnd:read" in found.without:
        yield Finding(
            Mark.NOTE,
            "dnd:read isn't granted, so a daily message also comes while its reader isn't to be disturbed",
            "grant it under OAuth & Permissions, if you like; Slack itself keeps quiet in that time",
        )
    if found.more:
        yield Finding(
            Mark.NOTE,
            f"granted, but never used: {', '.join(found.more)}",
            "take them away under OAuth & Permissions: what isn't granted can't be misused",
        )


def _refused(error: SlackError, settings: Settings) -> Finding:
    if isinstance(error, SlackRefusedError):
        remedy = "install the app to the workspace and copy both tokens anew, or see that each is in its own setting"
        return Finding(Mark.BAD, f"Slack refuses a token: {error}", remedy)
    remedy = "see that this machine may reach that address, and try again"
    return Finding(Mark.BAD, f"{settings.api_url} can't be asked: {error}", remedy)


def _validated(settings: Settings, catalogue: Catalogue) -> Iterator[Finding]:
    items = list(catalogue.items.values())
    lesson = next((i for i in items if isinstance(i, Lesson)), None)
    term = next((i for i in items if isinstance(i, Term)), None)
    if lesson is None or term is None or not catalogue.tracks:
        yield Finding(Mark.NOTE, "without a track, a lesson and a term there is nothing for Slack to look at")
        return
    shown = {
        **{name: render(view) for name, view in samples.views(lesson, term).items()},
        **samples.screens(term, list(catalogue.tracks.values())),
    }
    bad = 0
    for name, screen in shown.items():
        try:
            said = checkup.objections(settings.bot_token, settings.api_url, settings.http_timeout_seconds, screen)
        except SlackBusyError:
            yield Finding(Mark.NOTE, f"Slack asks for patience after {name}", "run this again in a minute")
            return
        except SlackError as error:
            yield Finding(Mark.BAD, f"Slack's validator can't be asked: {error}", "try again, or leave --online out")
            return
        bad += bool(said)
        for objection in said:
            yield Finding(Mark.BAD, f"{name}: {objection}", "tell the people who make Missing Link")
    if not bad:
        yield Finding(Mark.GOOD, f"Slack's validator takes all {len(shown)} kinds of message, dialog and Home")
