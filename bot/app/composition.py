"""The composition root: every part is made from the settings and connected here."""

from __future__ import annotations

from datetime import timedelta
from typing import IO, TYPE_CHECKING

from bot.app.running_app import RunningApp
from bot.app.shelf import LOOK_SECONDS as SHELF_LOOK_SECONDS
from bot.app.shelf import Shelf
from bot.context import AppContext
from bot.delivery import LookUpNotes, MovableClock, Sender, Ticker, Timeouts, Timer
from bot.domain.agenda import Defaults
from bot.domain.local_time import month_of
from bot.domain.rate_limit import POSTING_BURST, RateLimit, RateLimits
from bot.messages.command_names import CommandNames
from bot.settings import Settings
from bot.slack.handlers.deps import Deps
from bot.slack.inbound import bolt_app
from bot.slack.inbound.missed_messages import LOOK_SECONDS, MissedMessages
from bot.slack.inbound.prioritized_app import PrioritizedApp
from bot.slack.inbound.socket_mode import SocketMode
from bot.slack.outbound.web_api import WebApi
from bot.store.database import Database
from bot.web.health import Health, Transport

if TYPE_CHECKING:
    from bot.web.server import Web


def make_context(
    settings: Settings, database: Database, shelf: Shelf, clock: MovableClock, notes: LookUpNotes | None = None
) -> AppContext:
    """Return a context for one workspace: whichever workspace id is asked for, the settings' values are returned."""
    # somebody who moves the clock watches it, so what is due comes exactly at its hour
    spread = timedelta(0) if settings.clock_url else timedelta(minutes=settings.spread_minutes)
    defaults = Defaults(settings.deliver_at, settings.deliver_days, spread)
    return AppContext(
        db=database,
        clock=clock,
        catalogue_of=shelf.catalogue_of,
        proofread=shelf.proofread,
        reread=shelf.look,
        own_items_of=shelf.own_items_of,
        admins_of=lambda _: settings.admins,
        defaults_of=lambda _: defaults,
        away_emoji=settings.away_emoji,
        **({"looked_up": notes.note} if notes is not None else {}),
    )


def timeouts(settings: Settings) -> Timeouts:
    """Derive the sender's timeouts from the two settings that people may set."""
    reconcile_after = timedelta(seconds=settings.settle_seconds)
    timeout = timedelta(seconds=settings.http_timeout_seconds)
    return Timeouts(reconcile_after, reconcile_after + 2 * timeout, min(timedelta(seconds=10), reconcile_after))


def assemble(
    settings: Settings, database: Database, clock: MovableClock, shelf: Shelf, lock: IO[str] | None
) -> RunningApp:
    """Make every part and connect them to each other. Nothing runs yet, and nothing is called."""
    notes = LookUpNotes(lambda: month_of(clock.business()))
    ctx = make_context(settings, database, shelf, clock, notes)

    def token_for(_workspace_id: str) -> str:
        return settings.bot_token

    names = CommandNames(settings.command_prefix)
    web_api = WebApi(token_for, settings.api_url, settings.http_timeout_seconds, settings.history_page, names)
    limits = RateLimits(
        RateLimit(settings.posts_per_minute, POSTING_BURST), settings.tier_share, settings.history_per_minute
    )
    sender = Sender(ctx, web_api, timeouts(settings), settings.senders, limits)
    keep_audit = timedelta(days=settings.audit_days)
    ticker = Ticker(ctx, clock, sender, keep_audit, figures_beside=not settings.clock_url, notes=notes)
    deps = Deps(ctx=ctx, slack=web_api, screens=web_api, sender=sender, names=names)
    bolt = bolt_app.build(deps, token_for, settings.api_url, settings.http_timeout_seconds)
    health = Health(ctx, ticker, timedelta(seconds=settings.tick_seconds))
    transport, web = _transport(settings, ctx, bolt, health)
    missed = MissedMessages(deps, lambda: transport is not web and transport.connected)
    return RunningApp(
        ctx=ctx,
        ticker=ticker,
        sender=sender,
        transport=transport,
        web=web,
        health=health,
        bolt=bolt,
        timer=Timer(ticker.tick, settings.tick_seconds),
        listening=Timer(missed.look, LOOK_SECONDS),
        shelf=shelf,
        reading=Timer(shelf.look, SHELF_LOOK_SECONDS),
        missed=missed,
        web_api=web_api,
        lock=lock,
        stop_after=timedelta(seconds=settings.stop_seconds),
    )


def _transport(
    settings: Settings, ctx: AppContext, bolt: PrioritizedApp, health: Health
) -> tuple[Transport, Web | None]:
    """Return the transport of Slack's requests and the web server, which may serve Slack, health checks or both."""
    if settings.over_http:
        web = _web(settings, ctx, bolt, health)
        health.transport = web
        return web, web
    socket = SocketMode(bolt, settings.app_token, settings.api_url, settings.http_timeout_seconds, settings.sockets)
    health.transport = socket
    return socket, _web(settings, ctx, None, health) if settings.port else None


def _web(settings: Settings, ctx: AppContext, bolt: PrioritizedApp | None, health: Health) -> Web:
    # importing it imports a web server, which a start without one would wait for
    from bot.web.server import Web  # noqa: PLC0415

    return Web(
        settings.listens_on,
        health.unready,
        health.dead,
        bolt,
        settings.signing_secret,
        lambda: (ctx.clock.wall(), ctx.clock.real()),
    )
