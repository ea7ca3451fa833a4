"""A start that waits for what isn't up yet: the network, the database's server, Slack."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from queue import SimpleQueue
from random import SystemRandom
from typing import TypeVar

from slack_sdk import WebClient

from bot.domain.workspaces import Workspace
from bot.errors import (
    ConfigurationError,
    DatabaseUnreachableError,
    SlackBusyError,
    SlackRefusedError,
    SlackUncertainError,
    SlackUnreachableError,
    StoppedError,
)
from bot.logs import Trouble
from bot.slack.outbound.web_api import WebApi, ask
from bot.store import migrate, preflight
from bot.store.database import Database
from bot.store.database_errors import explained

log = logging.getLogger(__name__)
MOST_WAIT = 15.0
"""Between two attempts, in seconds."""
LOOK_SECONDS = 0.2
AWAY = (DatabaseUnreachableError, SlackBusyError, SlackUncertainError, SlackUnreachableError)
"""What may go by itself. Anything else ends the start: somebody has to mend it."""
CHANCE = SystemRandom()
T = TypeVar("T")


class Waiting:
    """What a start waits for. `why` says it to `/readyz`."""

    def __init__(self, stop: threading.Event) -> None:
        """`stop`: set when the process shall end, also in the middle of waiting."""
        self._stop = stop
        self.why = "it is still starting"

    def until(self, attempt: Callable[[], T], what: str) -> T:
        """Try until it works; `what` is waited for.

        Raises:
            StoppedError: the process shall end.
            Exception: whatever an attempt raises, but for those in AWAY.
        """
        failures, told = 0, Trouble()
        while True:
            try:
                found = self._aside(attempt)
            except AWAY as error:
                failures += 1
                self.why = f"waiting for {what}: {error}"
                if told.is_news(str(error)):
                    log.warning("waiting for %s, which is tried again: %s", what, error)
                if self._stop.wait(pause(failures)):
                    raise StoppedError from None
            else:
                if failures:
                    log.info("%s can be reached", what)
                self.why = "it is still starting"
                return found

    def _aside(self, attempt: Callable[[], T]) -> T:
        # in a thread of its own, since a signal can't end a library's waiting for an answer
        done: SimpleQueue[T | BaseException] = SimpleQueue()
        ended = threading.Event()

        def run() -> None:
            try:
                done.put(attempt())
            except BaseException as error:
                done.put(error)
            ended.set()

        threading.Thread(target=run, name="startup", daemon=True).start()
        while not ended.wait(LOOK_SECONDS):
            if self._stop.is_set():
                raise StoppedError
        found = done.get()
        if isinstance(found, BaseException):
            raise found
        return found


def pause(failures: int) -> float:
    """How long to wait before the next attempt, in seconds: longer and longer, and never the same for two bots."""
    return CHANCE.uniform(0.5, 1) * min(MOST_WAIT, 0.5 * 2.0 ** (failures - 1))


def open_database(database: Database) -> None:
    """Bring the database to this program's schema: SQLite by itself; Postgres is the operator's to move.

    Raises:
        ConfigurationError: the address is wrong, or what it leads to can't be used.
        DatabaseUnreachableError: it can't be reached just now.
        SchemaError: the schema doesn't fit.
    """
    preflight.ensure_usable(database)
    with explained(database.url):
        if database.sqlite:
            backup = migrate.upgrade(database)
            if backup is not None:
                log.info("the database was migrated; a copy from before is %s", backup)
        else:
            migrate.check(database)
            preflight.ensure_granted(database)


def who_am_i(token: str, api_url: str, timeout: int, web_api: WebApi) -> Workspace:
    """The workspace that the bot's token belongs to; what the token may do is told to the gateway.

    Raises:
        ConfigurationError: Slack refuses the token.
        SlackError: Slack can't be asked just now.
    """
    client = WebClient(token, base_url=api_url, timeout=timeout, retry_handlers=[])
    try:
        answer = ask(client, "auth.test")
    except SlackRefusedError as error:
        raise ConfigurationError(
            f"SLACK_BOT_TOKEN was refused by {api_url} ({error.code}): install the app to the "
            "workspace and copy the Bot User OAuth Token, for example xoxb-..."
        ) from error
    web_api.learn_scopes(str(answer["team_id"]), answer.headers)
    return Workspace(str(answer["team_id"]), str(answer.get("team", "")), str(answer["user_id"]))
