"""The table of commands, and the exit code of each error."""

from __future__ import annotations

import errno
import io
import sys

import typer

from bot import environment, logs
from bot.cli import database, inspection, lessons, people, serving
from bot.errors import ConfigurationError, ContentError, MissingLinkError, StoppedError

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
"""Errors of a file's permissions, path or disk: only the operator can mend them."""
cli = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Missing Link: social media for executives, a minute a day, in Slack.",
)
cli.command()(serving.serve)
cli.command()(serving.demo)
cli.command()(serving.playground)
cli.command()(inspection.doctor)
cli.command()(inspection.manifest)
cli.command()(inspection.audit)
cli.command()(inspection.agenda)
cli.command()(people.erase)
cli.command()(people.export)
cli.command()(people.strategy)
cli.add_typer(lessons.cli, name="lessons")
cli.add_typer(database.cli, name="db")


def main() -> None:
    """Run the command. An expected error is printed as a line without a traceback, and becomes the exit code."""
    environment.unify_proxies()
    for stream in (sys.stdout, sys.stderr):
        # a terminal may lack a character: it shows another one then, and the command goes on
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
        # stopping was asked for, so it is a success
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
