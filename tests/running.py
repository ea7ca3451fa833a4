"""The real bot on a local Slack, for one test or for many."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bot import app
from bot.domain.content import Catalogue
from bot.settings import load as load_settings
from bot.slack.inbound.socket_mode import SocketMode
from bot.web.health import Transport
from localslack import LocalSlack
from tests import patience
from tests.helpers import ADMIN, MONDAY, Running
from tests.in_hand import InHand
from tests.patience import PATIENT
from tests.ports import free_port
from tests.teaching import COURSE


@contextmanager
def running(
    slack: LocalSlack, url: str, lessons: Catalogue | None = None, *, admins: str = ADMIN, **more: Any
) -> Iterator[Running]:
    """A bot with this database; its clock stands at MONDAY and ticks when the test says so.

    `lessons`: the course, where it has been read already. `more`: other settings.
    """
    slack.begin_at(MONDAY)
    # people wait longer here than Slack does for them: the machine may be busy
    slack.world.ack_seconds = slack.world.trigger_seconds = patience.SECONDS
    settings = load_settings(
        None,
        **{
            **slack.environment,
            "DATABASE_URL": url,
            "MISSINGLINK_ADMINS": admins,
            "MISSINGLINK_LESSONS_DIR": str(COURSE),
            "MISSINGLINK_TICK_SECONDS": 300,
            **PATIENT,
            # nobody waits for Slack's patience here, unless the local Slack has limits too
            "MISSINGLINK_POSTS_PER_MINUTE": 6000,
            "MISSINGLINK_TIER_SHARE": 100,
            "PORT": free_port(),
            **more,
        },
    )
    in_hand = InHand()
    with in_hand.watching(), app.running(settings, lessons) as bot:
        assert bot.web is not None
        slack.request_url = f"http://127.0.0.1:{bot.web.port}/slack/events"
        yield Running(slack, bot, in_hand)
        # Slack hangs up first: a bot that says goodbye to a Slack that is gone would wait a second for its answer
        hang_up(bot.transport)
        slack.do(slack.sockets.close())


def hang_up(transport: Transport) -> None:
    """The other end is about to close; nobody connects anew."""
    if isinstance(transport, SocketMode):
        transport.reconnects = False
