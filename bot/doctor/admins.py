"""The check of the admins: that there are any, and that Slack knows them as active members of this workspace."""

from __future__ import annotations

from collections.abc import Iterator

from bot.doctor.finding import Finding, Mark
from bot.domain.people import Profile
from bot.errors import SlackError
from bot.settings import ADMINS_REMEDY, PLACEHOLDERS, Settings
from bot.slack.outbound.web_api import WebApi


def check(settings: Settings, workspace_id: str | None) -> Iterator[Finding]:
    """Check that somebody can assign tracks. `workspace_id`: the workspace of the look-up; None if Slack can't be
    asked.
    """
    for fault in settings.admin_faults():
        yield Finding(Mark.BAD, fault, ADMINS_REMEDY)
    left = settings.admins - PLACEHOLDERS
    if left and workspace_id is None:
        yield Finding(Mark.GOOD, f"admins: {len(left)}, not looked up at Slack")
    elif left and workspace_id is not None:
        yield from _looked_up(settings, workspace_id, sorted(left))


def _looked_up(settings: Settings, workspace_id: str, admins: list[str]) -> Iterator[Finding]:
    web_api = WebApi(lambda _: settings.bot_token, settings.api_url, settings.http_timeout_seconds)
    there: list[str] = []
    for person_id in admins:
        try:
            profile = web_api.profile(workspace_id, person_id)
        except SlackError as error:
            yield Finding(Mark.NOTE, f"the admins can't be looked up at Slack: {error}", "run this again in a minute")
            return
        fault = _fault(profile)
        if not fault and profile is not None:
            there.append(profile.name)
        else:
            yield Finding(Mark.BAD, f"the admin {person_id} {fault}", ADMINS_REMEDY)
    if there:
        yield Finding(Mark.GOOD, f"admins: {', '.join(there)}")
    else:
        yield Finding(Mark.BAD, "nobody is left who can assign a track", ADMINS_REMEDY)


def _fault(profile: Profile | None) -> str:
    """Return the reason why somebody can't be an admin; "" if they can."""
    if profile is None:
        return "isn't known to this workspace"
    if profile.deleted:
        return f"({profile.name}) is deactivated"
    if profile.bot:
        return f"({profile.name}) is an app, not a person"
    return f"({profile.name}) belongs to another company" if profile.foreign else ""
