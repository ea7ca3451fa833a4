"""The commands for the database's schema and its backup. A command's docstring is its `--help`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from bot import app
from bot.context import AppContext
from bot.errors import ConfigurationError
from bot.settings import load
from bot.store import learners, migrate, preflight, workspaces
from bot.store.database import Database
from bot.store.database_errors import explained

cli = typer.Typer(no_args_is_help=True, help="The database's schema.")


@contextmanager
def opened_database() -> Iterator[Database]:
    """Open the database that the settings name, check that it can be used, and close it at the end."""
    database = Database(load().database_url)
    try:
        with explained(database.url):
            preflight.ensure_usable(database)
            yield database
    finally:
        database.close()


@contextmanager
def known_person(person: str) -> Iterator[tuple[AppContext, list[str]]]:
    """Open the database, and find the workspaces that know a person.

    Raises:
        typer.Exit: nobody is known by that id.
    """
    settings = load()
    with opened_database() as database:
        migrate.check(database)
        shelf = app.Shelf(settings.lessons_dirs)
        shelf.take_written(database)
        ctx = app.make_context(settings, database, shelf, app.SystemClock())
        with database.read() as session:
            ids = [workspace.workspace_id for workspace in workspaces.known(session)]
            found = [workspace_id for workspace_id in ids if learners.get(session, workspace_id, person) is not None]
        if not found:
            typer.echo(f'nobody with the id "{person}" is known; `/track status` shows the names', err=True)
            raise typer.Exit(2)
        yield ctx, found


@cli.command()
def upgrade() -> None:
    """Bring the schema up to this version. Safe when several processes run it at once."""
    with opened_database() as database:
        backup = migrate.upgrade(database)
        if backup is not None:
            typer.echo(f"A copy from before is {backup}")
        typer.echo(f"The schema is {migrate.current(database)}.")


@cli.command()
def downgrade(revision: str) -> None:
    """Bring the schema down to a revision, or to "base" for none. What newer tables hold is lost."""
    with opened_database() as database:
        migrate.downgrade(database, revision)
        typer.echo(f"The schema is {migrate.current(database) or 'empty'}.")


@cli.command()
def backup(target: Annotated[Path, typer.Argument(help="A file that isn't there yet.")]) -> None:
    """Copy the SQLite file as of now, also while `serve` writes to it. Postgres has pg_dump."""
    file = Database(load().database_url).file
    if file is None:
        raise ConfigurationError("DATABASE_URL names a Postgres: use pg_dump, as docs/operations.md shows")
    if not file.exists():
        raise ConfigurationError(f"there is no {file}, so there is nothing to copy")
    if target.exists():
        raise ConfigurationError(f"{target} is there already: give another name")
    with opened_database():
        try:
            migrate.copy(file, target)
        except OSError as error:
            raise ConfigurationError(f"{target} can't be written ({error.strerror}): give another path") from error
    typer.echo(f"The copy is {target}.")
