"""The `missinglink` command."""

from __future__ import annotations

import errno
import io
import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Annotated

import typer

from bot import app, content, environment, logs, signals
from bot.domain.expiry import expired
from bot.errors import ConfigurationError, ContentError, MissingLinkError, StoppedError
from bot.messages.render import objections
from bot.settings import ADMINS_REMEDY, Settings, load, slips
from bot.store import audit, migrate, preflight
from bot.store.database import Database
from bot.store.database_errors import explained

log = logging.getLogger(__name__)
cli = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Missing Link: social media for executives, a minute a day, in Slack.",
)
lessons_cli = typer.Typer(no_args_is_help=True, help="The lessons folder.")
db_cli = typer.Typer(no_args_is_help=True, help="The database's schema.")
cli.add_typer(lessons_cli, name="lessons")
cli.add_typer(db_cli, name="db")


def main() -> None:
    """Run the command; what goes wrong on purpose is said in a line, not in a traceback."""
    environment.settle_proxies()
    for stream in (sys.stdout, sys.stderr):
        # a terminal that doesn't know a sign is shown another, and the command goes on
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        cli()
    except ContentError as error:
        typer.echo(
            f"{error}\n{logs.counted(len(error.problems), 'problem')} in the lessons; nothing was served.", err=True
        )
        sys.exit(error.exit_code)
    except StoppedError:
        # as it was told
        return
    except MissingLinkError as error:
        typer.echo(str(error), err=True)
        sys.exit(error.exit_code)
    except OSError as error:
        if error.filename is None or error.errno not in OPERATORS:
            raise
        typer.echo(
            f"{error.filename} can't be used ({error.strerror}): see to the path, its permissions and its disk",
            err=True,
        )
        sys.exit(ConfigurationError.exit_code)


OPERATORS = frozenset(
    {
        errno.EACCES,
        errno.EPERM,
        errno.EISDIR,
        errno.ENOTDIR,
        errno.EROFS,
        errno.ENOSPC,
        errno.EDQUOT,
        errno.ENAMETOOLONG,
        errno.ELOOP,
    }
)
"""What a file's owner or disk answers, and nothing in this program mends."""
LOOK_SECONDS = 0.5


def _settings() -> Settings:
    settings = load()
    logs.set_up(settings.log_level, as_json=settings.log_format == "json")
    for slip in slips():
        log.warning("%s", slip)
    for fault in settings.admin_faults():
        log.warning("%s: %s", fault, ADMINS_REMEDY)
    return settings


def _today() -> date:
    return app.SystemClock().business().date()


@contextmanager
def _database() -> Iterator[Database]:
    """The database that the settings name, looked at and closed afterwards."""
    database = Database(load().database_url)
    try:
        with explained(database.url):
            preflight.ensure_usable(database)
            yield database
    finally:
        database.close()


@cli.command()
def serve(
    end_with_input: Annotated[
        bool, typer.Option(help="End when standard input does: for a program that has the bot as its child.")
    ] = False,
) -> None:
    """Run the bot, until SIGTERM, Ctrl-C, or its terminal is closed."""
    stop = signals.on_signals()
    if end_with_input:
        signals.with_input(stop)
    with app.running(_settings(), stop=stop):
        app.steady()
        # a signal that comes just as the wait begins is only seen when it ends
        while not stop.wait(LOOK_SECONDS):
            pass


@cli.command()
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


@cli.command("playground")
def run_playground(port: Annotated[int, typer.Option(help="0 takes a free one.", min=0, max=65535)] = 8155) -> None:
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


@cli.command("doctor")
def see_doctor(
    online: Annotated[bool, typer.Option(help="Let Slack's validator look at everything the bot can show.")] = False,
) -> None:
    """Say whether everything is as it must be, and what mends what isn't."""
    from bot import doctor  # noqa: PLC0415 - `serve` starts sooner without

    wrong = 0
    for finding in doctor.examine(load(), online=online, today=_today()):
        typer.echo(str(finding))
        wrong += finding.mark is doctor.Mark.BAD
    if wrong:
        typer.echo(f"{logs.counted(wrong, 'thing')} wrong.")
        raise typer.Exit(1)


@cli.command("manifest")
def print_manifest(
    url: Annotated[str, typer.Option(help="Where Slack shall call the bot, such as https://bot.example.org")] = "",
) -> None:
    """The app's manifest for Slack; with --url the one for HTTP instead of Socket Mode."""
    from bot.slack import manifest  # noqa: PLC0415 - `serve` starts sooner without

    typer.echo(json.dumps(manifest.for_url(url) if url else manifest.read(), indent=2, ensure_ascii=False))


@lessons_cli.command("check")
def check_lessons(
    folder: Annotated[Path | None, typer.Argument(help="The folder; by default the one that is served.")] = None,
    stale: Annotated[
        bool, typer.Option("--stale", help="End with exit code 3 when something is past its review date.")
    ] = False,
) -> None:
    """Say all that is wrong with the lessons: file, line, problem, remedy. Warnings don't keep them from being served.

    Exit code 1: something is wrong. 3: with --stale, something is past its date.
    """
    today, counted = _today(), logs.counted
    report = content.check(folder or load().lessons_dir, objections, today)
    for problem in report.problems:
        typer.echo(str(problem))
    for warning in report.warnings:
        typer.echo(f"warning: {warning}")
    if report.problems:
        typer.echo(f"{counted(len(report.problems), 'problem')}, {counted(len(report.warnings), 'warning')}.")
        raise typer.Exit(1)
    found = report.catalogue
    lessons, terms = counted(len(found.items) - len(found.terms), "lesson"), counted(len(found.terms), "term")
    order = counted(len(report.warnings), "warning") if report.warnings else "all in order"
    typer.echo(f"{counted(len(found.tracks), 'track')}, {lessons} and {terms}, {order}.")
    if stale and (past := expired(found, today)):
        typer.echo(f"Past their date: {', '.join(item.id for item in past)}.")
        raise typer.Exit(3)


@db_cli.command("upgrade")
def upgrade() -> None:
    """Bring the schema up to this version. Safe when several processes run it at once."""
    with _database() as database:
        backup = migrate.upgrade(database)
        if backup is not None:
            typer.echo(f"A copy from before is {backup}")
        typer.echo(f"The schema is {migrate.current(database)}.")


@db_cli.command("downgrade")
def downgrade(revision: str) -> None:
    """Bring the schema down to a revision, or to "base" for none. What newer tables hold is lost."""
    with _database() as database:
        migrate.downgrade(database, revision)
        typer.echo(f"The schema is {migrate.current(database) or 'empty'}.")


@db_cli.command("backup")
def backup(target: Annotated[Path, typer.Argument(help="A file that isn't there yet.")]) -> None:
    """Copy the SQLite file as of now, also while `serve` writes to it. Postgres has pg_dump."""
    file = Database(load().database_url).file
    if file is None:
        raise ConfigurationError("DATABASE_URL names a Postgres: use pg_dump, as docs/operations.md shows")
    if not file.exists():
        raise ConfigurationError(f"there is no {file}, so there is nothing to copy")
    if target.exists():
        raise ConfigurationError(f"{target} is there already: give another name")
    with _database():
        try:
            migrate.copy(file, target)
        except OSError as error:
            raise ConfigurationError(f"{target} can't be written ({error.strerror}): give another path") from error
    typer.echo(f"The copy is {target}.")


@cli.command("audit")
def print_audit(since: Annotated[str, typer.Option(help="A date such as 2026-03-02.")]) -> None:
    """Who assigned, removed, was refused, since a date (UTC)."""
    try:
        first = date.fromisoformat(since)
    except ValueError:
        typer.echo(f'--since "{since}" is no date; write it like 2026-03-02', err=True)
        raise typer.Exit(2) from None
    with _database() as database, database.read() as session:
        migrate.check(database)
        for entry in audit.since(session, datetime.combine(first, time(), UTC)):
            typer.echo(f"{entry.at:%Y-%m-%d %H:%M} {entry.workspace_id} {entry.actor} {entry.action}: {entry.detail}")
