"""The command that checks the lessons folder. Its docstring is its `--help`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot import app, content
from bot.cli.database import opened_database
from bot.cli.figures import stats
from bot.cli.reading import blind, score
from bot.domain.expiry import expired
from bot.logs import counted
from bot.messages.render import objections
from bot.settings import load
from bot.store import error_reports, migrate, workspaces

cli = typer.Typer(no_args_is_help=True, help="The lessons folder.")


@cli.command()
def check(
    folder: Annotated[Path | None, typer.Argument(help="The folder; by default the one that is served.")] = None,
    stale: Annotated[
        bool, typer.Option("--stale", help="End with exit code 3 when something is past its review date.")
    ] = False,
) -> None:
    """Say all that is wrong with the lessons: file, line, problem, remedy. Warnings don't keep them from being served.

    Exit code 1: something is wrong. 3: with --stale, something is past its date.
    """
    today = app.SystemClock().business().date()
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


@cli.command()
def reported() -> None:
    """Say in which items readers find that something is wrong, and what. Nobody is named, and admins settle them."""
    with opened_database() as database:
        migrate.check(database)
        with database.read() as session:
            for workspace in workspaces.known(session):
                for report in error_reports.open_in(session, workspace.workspace_id):
                    typer.echo(f"{report.day} {report.item_id}: {report.sentence or '(no words)'}")


cli.command()(stats)
cli.command()(blind)
cli.command()(score)
