"""The people of the local Slack: three executives in three time zones, the admin, and some who can't be taught."""

from __future__ import annotations

from localslack.objects import SISTER, TEAM
from localslack.world import BOT_USER, User, World

ADMIN = "U0INES"
EXECUTIVES = ("U0MAYA", "U0HENRIK", "U0AIKO")


BOTH = (SISTER, TEAM)


def seed(world: World) -> None:
    """Add invented people of an invented shipping company."""
    for user in (
        User("U0MAYA", "maya", "Maya Okafor", "Finance director", "America/New_York", "en-US"),
        User("U0HENRIK", "henrik", "Henrik Lund", "Operations director", "Europe/Copenhagen", "da-DK"),
        User("U0AIKO", "aiko", "Aiko Tanaka", "Head of Asia", "Asia/Tokyo", "ja-JP"),
        User(ADMIN, "ines", "Inês Duarte", "Communications", "Europe/Lisbon", "pt-PT"),
        User("U0TOM", "tom", "Tom Reed", "left in spring", "Europe/London", deleted=True, shown=False),
        User("U0LEE", "lee", "Lee Park", "of another company", "Asia/Seoul", team="T0OTHER", shown=False),
        User(
            "U0KIM",
            "kim",
            "Kim Vale",
            "in a shared channel",
            "Asia/Seoul",
            team="T0OTHER",
            shares_channel=True,
            shown=False,
        ),
        User(
            "U0SOFIA",
            "sofia",
            "Sofia Brandt",
            "at the shipyard",
            "Europe/Berlin",
            "de-DE",
            SISTER,
            teams=(SISTER, TEAM),
            shown=False,
        ),
        User("U0GUEST", "gast", "Gesa Stahl", "a guest", "Europe/Berlin", is_restricted=True, shown=False),
        User("U0CALBOT", "calbot", "Calendar", "an app", "UTC", is_bot=True, shown=False),
        User(BOT_USER, "missinglink", "Missing Link", "app", "UTC", is_bot=True, shown=False),
    ):
        world.users[user.id] = user
