"""Profiles, read from the `user` object of Slack's answers and events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from bot.domain.local_time import known_zone
from bot.domain.people import Profile

LONGEST_NAME = 255
LAST_SECOND = int(datetime(9999, 1, 1, tzinfo=UTC).timestamp())


def profile_from(workspace_id: str, user: dict[str, Any]) -> Profile:
    """Return the profile in the `user` object of `users.info`."""
    said = user.get("profile")
    shown = said if isinstance(said, dict) else {}
    name = (
        shown.get("display_name") or user.get("real_name") or shown.get("real_name") or user.get("name") or user["id"]
    )
    return Profile(
        workspace_id=workspace_id,
        person_id=str(user["id"]),
        name=_storable(name),
        tz=known_zone(user.get("tz")),
        locale=_storable(user.get("locale") or ""),
        deleted=bool(user.get("deleted")),
        bot=bool(user.get("is_bot")) or user["id"] == "USLACKBOT",
        foreign=_foreign(workspace_id, user),
        # a skin tone stands behind two colons
        status_emoji=_storable(shown.get("status_emoji") or "").strip(":").partition("::")[0],
        status_until=_instant(shown.get("status_expiration")),
    )


def profile_told(workspace_id: str, user: dict[str, Any]) -> Profile:
    """Return the profile in the `user` object of `user_change`, which may leave out the workspaces of its person."""
    says = user.get("is_stranger") or _listed(user) or user.get("team_id") == workspace_id
    return replace(profile_from(workspace_id, user), presumed=not says)


def _instant(seconds: object) -> datetime | None:
    """Return Slack's instant, in seconds since 1970; None for 0, which means never, and for what is none."""
    if isinstance(seconds, bool) or not isinstance(seconds, int) or not 0 < seconds < LAST_SECOND:
        return None
    return datetime.fromtimestamp(seconds, UTC)


def _foreign(workspace_id: str, user: Mapping[str, Any]) -> bool:
    """Return True for somebody who is no member of this workspace.

    In a company with several workspaces `team_id` may be another of them, or null, and `enterprise_user` lists theirs,
    or `teams`. Outside one a person is a member of one workspace. That somebody is no stranger says nothing: who shares
    a channel with this workspace (Slack Connect) is none either.
    Source, looked up 2026-11-28: https://docs.slack.dev/reference/objects/user-object
    """
    if user.get("is_stranger"):
        return True
    member_of = {user.get("team_id"), *_listed(user)} - {None, ""}
    return bool(member_of) and workspace_id not in member_of


def _listed(user: Mapping[str, Any]) -> list[Any]:
    """Return the workspaces that a profile lists, in a company that has several."""
    company = user.get("enterprise_user")
    lists = (company.get("teams") if isinstance(company, Mapping) else None, user.get("teams"))
    return [team for teams in lists if isinstance(teams, list) for team in teams if isinstance(team, str)]


def _storable(said: object) -> str:
    """Return a profile's text without characters that a database refuses."""
    return str(said).replace("\0", "").encode(errors="ignore").decode()[:LONGEST_NAME]
