"""The people of the local Slack: three executives in three time zones, the admin, and some who can't be taught."""

from __future__ import annotations

from dataclasses import replace

from localslack.objects import GENERAL, SISTER, TEAM, UserGroup
from localslack.world import BOT_USER, User, World

ADMIN = "U0INES"
LEADERSHIP = "S0LEADERSHIP"
EXECUTIVES = ("U0MAYA", "U0HENRIK", "U0AIKO")


BOTH = (SISTER, TEAM)
PEOPLE = (
    User(
        id="U0MAYA",
        handle="maya",
        name="Maya Okafor",
        title="Finance director",
        tz="America/New_York",
        locale="en-US",
    ),
    User(
        id="U0HENRIK",
        handle="henrik",
        name="Henrik Lund",
        title="Operations director",
        tz="Europe/Copenhagen",
        locale="da-DK",
    ),
    User(id="U0AIKO", handle="aiko", name="Aiko Tanaka", title="Head of Asia", tz="Asia/Tokyo", locale="ja-JP"),
    User(id=ADMIN, handle="ines", name="Inês Duarte", title="Communications", tz="Europe/Lisbon", locale="pt-PT"),
    User(
        id="U0TOM",
        handle="tom",
        name="Tom Reed",
        title="left in spring",
        tz="Europe/London",
        deleted=True,
        shown=False,
    ),
    User(
        id="U0LEE",
        handle="lee",
        name="Lee Park",
        title="of another company",
        tz="Asia/Seoul",
        team="T0OTHER",
        shown=False,
    ),
    User(
        id="U0KIM",
        handle="kim",
        name="Kim Vale",
        title="in a shared channel",
        tz="Asia/Seoul",
        team="T0OTHER",
        shares_channel=True,
        shown=False,
    ),
    User(
        id="U0SOFIA",
        handle="sofia",
        name="Sofia Brandt",
        title="at the shipyard",
        tz="Europe/Berlin",
        locale="de-DE",
        team=SISTER,
        teams=(SISTER, TEAM),
        shown=False,
    ),
    User(
        id="U0GUEST",
        handle="gast",
        name="Gesa Stahl",
        title="a guest",
        tz="Europe/Berlin",
        is_restricted=True,
        shown=False,
    ),
    User(id="U0CALBOT", handle="calbot", name="Calendar", title="an app", tz="UTC", is_bot=True, shown=False),
    User(id=BOT_USER, handle="missinglink", name="Missing Link", title="app", tz="UTC", is_bot=True, shown=False),
)
"""Invented people of an invented shipping company."""


def seed(world: World) -> None:
    """Add the people, their channel and the executives' group."""
    for user in PEOPLE:
        # a copy: a test changes statuses
        world.users[user.id] = replace(user)
    world.channels[GENERAL].people = [user.id for user in PEOPLE if not user.deleted and user.id != BOT_USER]
    world.groups[LEADERSHIP] = UserGroup(id=LEADERSHIP, handle="leadership", people=list(EXECUTIVES))
