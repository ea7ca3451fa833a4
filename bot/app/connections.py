"""The first calls to the database and to Slack."""

from __future__ import annotations

import logging

from bot.domain.workspaces import Workspace
from bot.errors import ConfigurationError, SlackRefusedError
from bot.settings import Settings
from bot.slack.outbound.api_client import ApiClient
from bot.slack.outbound.web_api import WebApi
from bot.store import migrate, preflight
from bot.store.database import Database
from bot.store.database_errors import explained

log = logging.getLogger(__name__)


def open_database(database: Database) -> None:
    """Check that the database can be used and has this program's schema. SQLite is migrated; Postgres isn't, since its
    migration is the operator's decision.

    Raises:
        ConfigurationError: the URL is wrong, or the database it names can't be used.
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


def identify_workspace(settings: Settings, web_api: WebApi) -> Workspace:
    """Ask Slack which workspace the bot's token belongs to, and hand the token's scopes to `web_api`.

    Raises:
        ConfigurationError: Slack refuses the token.
        SlackError: Slack can't be asked just now.
    """
    client = ApiClient(settings.api_url, settings.http_timeout_seconds)
    try:
        found = client.ask(settings.bot_token, "auth.test")
        answer = found.checked()
    except SlackRefusedError as error:
        raise ConfigurationError(
            f"SLACK_BOT_TOKEN was refused by {settings.api_url} ({error.code}): install the app to the "
            "workspace and copy the Bot User OAuth Token, for example xoxb-..."
        ) from error
    web_api.learn_scopes(str(answer["team_id"]), found.scopes)
    return Workspace(str(answer["team_id"]), str(answer.get("team", "")), str(answer["user_id"]))
