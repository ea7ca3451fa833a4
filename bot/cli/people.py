"""The commands about one person's data. A command's docstring is its `--help`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from bot import app
from bot.actions.erasing import erase as erase_person
from bot.cli.database import opened_database
from bot.context import AppContext
from bot.queries.export import export as export_person
from bot.settings import load
from bot.store import learners, migrate, workspaces

Person = Annotated[str, typer.Argument(help="Somebody's Slack id, such as U012AB3CD.")]


def erase(person: Person, yes: Annotated[bool, typer.Option("--yes", help="Don't ask first.")] = False) -> None:
    """Erase everything about one person, for good; the running bot then deletes its messages to them."""
    with _known(person) as (ctx, workspace_ids):
        if not yes:
            typer.confirm(f"Erase everything about {person}, for good?", abort=True)
        for workspace_id in workspace_ids:
            erase_person(ctx, workspace_id, person)
    typer.echo(f"{person} is erased; `missinglink serve` deletes what it sent them.")


def export(
    person: Person,
    out: Annotated[Path | None, typer.Option(help="The file to write; without it, it is printed.")] = None,
) -> None:
    """All that is stored about one person, as JSON, to hand to them."""
    with _known(person) as (ctx, workspace_ids), ctx.db.read() as session:
        for workspace_id in workspace_ids:
            said = export_person(session, ctx, workspace_id, person)
            if out is None:
                typer.echo(said)
            else:
                out.write_text(said, encoding="utf-8")
                typer.echo(f"{out} has it. It names what they answered: hand it to nobody else.")


@contextmanager
def _known(person: str) -> Iterator[tuple[AppContext, list[str]]]:
    """Open the database, and find the workspaces that know a person.

    Raises:
        typer.Exit: nobody is known by that id.
    """
    settings = load()
    with opened_database() as database:
        migrate.check(database)
        ctx = app.make_context(settings, database, app.read_lessons(settings), app.SystemClock())
        with database.read() as session:
            ids = [workspace.workspace_id for workspace in workspaces.known(session)]
            found = [workspace_id for workspace_id in ids if learners.get(session, workspace_id, person) is not None]
        if not found:
            typer.echo(f'nobody with the id "{person}" is known; `/track status` shows the names', err=True)
            raise typer.Exit(2)
        yield ctx, found
