"""The check of the database: access, schema, and messages that Slack refuses."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator

from bot.delivery.error_policy import CODES, FailureAction
from bot.doctor.finding import Finding, Mark
from bot.doctor.sqlite import version_finding
from bot.errors import ConfigurationError, DatabaseUnreachableError, SchemaError
from bot.logs import counted
from bot.settings import Settings
from bot.store import delivery_queue, migrate, preflight, process_lock
from bot.store.database import Database, shown
from bot.store.database_errors import explained

REMEDIED = frozenset({FailureAction.CONFIGURE, FailureAction.HOLD_WORKSPACE})
"""The actions that wait for somebody to mend the cause."""
REMEDIES = {
    "messages_tab_disabled": "switch the Messages Tab on in your Slack app's settings under App Home",
    "missing_scope": "add the scopes named above under OAuth & Permissions, then install the app anew",
    "not_allowed_token_type": "SLACK_BOT_TOKEN must be the Bot User OAuth Token, which begins with xoxb-",
    "restricted_action": "a preference of the workspace keeps apps from posting; its owners can change it",
    "token_revoked": "install the app to the workspace, put the new token into SLACK_BOT_TOKEN, start anew",
    "account_inactive": "install the app to the workspace, put the new token into SLACK_BOT_TOKEN, start anew",
    "invalid_auth": "copy the Bot User OAuth Token once more into SLACK_BOT_TOKEN, start anew",
}


def check(settings: Settings) -> Iterator[Finding]:
    """Check that the database can be used and has this program's schema, and name what keeps its messages from going
    out.
    """
    try:
        database = Database(settings.database_url)
    except ConfigurationError as error:
        yield Finding(Mark.BAD, "the database's address is wrong", str(error))
        return
    if database.sqlite:
        yield version_finding(sqlite3.sqlite_version_info)
    try:
        with explained(database.url):
            yield from _opened(database)
    except DatabaseUnreachableError as error:
        yield Finding(Mark.BAD, str(error), "start it, and see that host and port in DATABASE_URL are right")
    except (ConfigurationError, SchemaError) as error:
        yield Finding(Mark.BAD, "the database can't be used", str(error))
    finally:
        database.close()


def _opened(database: Database) -> Iterator[Finding]:
    where = shown(database.url)
    if database.file is not None:
        preflight.ensure_writable(database.file)
        process_lock.ensure_locks(database.file)
        if not database.file.exists():
            yield Finding(Mark.NOTE, f"{where}: there is no file yet", "`missinglink serve` makes it")
            return
        if database.file.stat().st_mode & 0o007:
            what = f"everybody on this machine can read what people answered in {database.file}"
            yield Finding(Mark.NOTE, what, f"chmod o-rwx {database.file}*")
    preflight.ensure_usable(database)
    migrate.ensure_ours(database)
    migrate.ensure_whole(database)
    try:
        migrate.check(database)
    except SchemaError as error:
        if not database.sqlite:
            preflight.ensure_may_create(database)
            yield Finding(Mark.BAD, where, str(error))
        elif migrate.current(database) not in {None, *migrate.revisions()}:
            yield Finding(Mark.BAD, where, str(error))
        else:
            yield Finding(Mark.NOTE, where, f"{error}; SQLite is brought there when `serve` starts")
        return
    if not database.sqlite:
        preflight.ensure_granted(database)
    yield Finding(Mark.GOOD, f"{where}: reachable, its schema is {migrate.head()}")
    yield from _waiting(database)


def _waiting(database: Database) -> Iterator[Finding]:
    """Yield messages that Slack refuses until the app or the workspace is configured differently."""
    with database.read() as session:
        found = delivery_queue.problems(session)
    by_code: Counter[str] = Counter()
    for problem, count in found.items():
        by_code[problem.partition(":")[0]] += count
    for code, count in sorted(by_code.items()):
        if CODES.get(code) in REMEDIED:
            remedy = REMEDIES.get(code, "see what the log says of it, and Slack's reference of chat.postMessage")
            yield Finding(Mark.BAD, f"Slack refuses {counted(count, 'message')}: {code}", remedy)
