"""The check of Slack's tokens and of the app's scopes."""

from __future__ import annotations

from collections.abc import Generator

from bot.doctor.finding import Finding, Mark
from bot.errors import SlackError, SlackRefusedError
from bot.settings import Settings
from bot.slack import manifest
from bot.slack.outbound import token_checks
from bot.slack.outbound.web_api import SEND_FILES


def check(settings: Settings) -> Generator[Finding, None, str | None]:
    """Check that Slack accepts the tokens, and name missing and superfluous scopes.

    Returns:
        The workspace's id; None if Slack couldn't be asked.
    """
    arguments = settings.api_url, settings.http_timeout_seconds
    try:
        found = token_checks.scopes(settings.bot_token, *arguments, manifest.read())
        if settings.app_token and "SLACK_APP_TOKEN" not in settings.token_faults():
            token_checks.connects(settings.app_token, *arguments)
    except SlackError as error:
        yield _refused(error, settings)
        return None
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
    if SEND_FILES in found.without:
        yield Finding(
            Mark.NOTE,
            f"{SEND_FILES} isn't granted, so a status can't be had as a file",
            "grant it under OAuth & Permissions and install the app anew, if your admins want one for a spreadsheet",
        )
    if found.more:
        yield Finding(
            Mark.NOTE,
            f"granted, but never used: {', '.join(found.more)}",
            "take them away under OAuth & Permissions: what isn't granted can't be misused",
        )
    return found.workspace_id


def _refused(error: SlackError, settings: Settings) -> Finding:
    if isinstance(error, SlackRefusedError):
        remedy = "install the app to the workspace and copy both tokens anew, or see that each is in its own setting"
        return Finding(Mark.BAD, f"Slack refuses a token: {error}", remedy)
    why, _, remedy = str(error).partition(": ")
    return Finding(
        Mark.BAD, f"{settings.api_url} can't be asked: {why}", remedy or "see that this machine may reach that address"
    )
