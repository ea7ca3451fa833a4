"""The commands that run until they are stopped: the bot, the demo, the local Slack.

A command's docstring is its `--help`.
"""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from bot import app, logs, signals
from bot.errors import ConfigurationError
from bot.settings import ADMINS_REMEDY, Settings, load, slips

log = logging.getLogger(__name__)
LOOK_SECONDS = 0.5
"""The pause between two looks for a signal to stop. A signal that comes just as a wait begins is seen at its end."""


def serve(
    end_with_input: Annotated[
        bool, typer.Option(help="End when standard input does: for a program that has the bot as its child.")
    ] = False,
) -> None:
    """Run the bot, until SIGTERM, Ctrl-C, or its terminal is closed."""
    stop = signals.on_signals()
    if end_with_input:
        signals.with_input(stop)
    with app.running(_settings(), stop=stop) as bot:
        app.tune_process()
        while not stop.wait(LOOK_SECONDS):
            pass
    if not bot.stopped:
        # the interpreter would wait for its threads, for as long as Slack lets them hang
        logging.shutdown()
        os._exit(0)


def _settings() -> Settings:
    """Load the settings, set up the log, and warn of likely mistakes in what the operator wrote."""
    settings = load()
    logs.set_up(settings.log_level, as_json=settings.log_format == "json")
    for slip in slips():
        log.warning("%s", slip)
    for fault in settings.admin_faults():
        log.warning("%s: %s", fault, ADMINS_REMEDY)
    return settings


def demo(
    port: Annotated[int, typer.Option(help="The page's port; 0 takes a free one.", min=0, max=65535)] = 8155,
    database: Annotated[Path, typer.Option(help="An SQLite file, made anew.")] = Path("missinglink-demo.db"),
) -> None:
    """The bot on a local Slack, with a page to open. Needs no tokens."""
    from localslack import PortError  # noqa: PLC0415 - `serve` starts sooner without
    from localslack import demo as demonstration  # noqa: PLC0415

    try:
        demonstration.run(port, database, signals.on_signals())
    except PortError as error:
        raise ConfigurationError(str(error)) from error


def playground(port: Annotated[int, typer.Option(help="0 takes a free one.", min=0, max=65535)] = 8155) -> None:
    """The local Slack alone; prints the environment that a bot needs to use it."""
    from localslack import LocalSlack, PortError  # noqa: PLC0415 - `serve` starts sooner without

    stop = signals.on_signals()
    try:
        slack = LocalSlack(port).start()
    except PortError as error:
        raise ConfigurationError(str(error)) from error
    typer.echo(slack.url)
    for name, value in slack.environment.items():
        typer.echo(f"{name}={value}")
    sys.stdout.flush()
    while not stop.wait(LOOK_SECONDS):
        pass
    slack.stop()
