"""The commands for authors of lessons. Their docstrings are their `--help`."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot import app, content
from bot.cli.database import opened_database
from bot.cli.exporting import export
from bot.cli.figures import stats
from bot.cli.importing import import_
from bot.cli.preview import preview
from bot.cli.reading import Drafts, FolderArguments, blind, catalogue_of, folders_of, score
from bot.content import templates
from bot.content.load import Report
from bot.content.written_layer import files
from bot.domain.content import Kind
from bot.domain.expiry import expired
from bot.logs import counted
from bot.messages.look_ups import in_words
from bot.messages.render import objections
from bot.queries.look_ups import looked_up
from bot.settings import load
from bot.store import error_reports, migrate, workspaces
from bot.store import written as written_rows

cli = typer.Typer(no_args_is_help=True, help="The lessons folder.")


class ReportForm(StrEnum):
    """The forms in which findings are written."""

    TEXT = "text"
    JSON = "json"
    ANNOTATIONS = "annotations"
    """Of code hosts, which show each at its line."""


class WordsForm(StrEnum):
    """The forms in which words that were looked up are written."""

    TEXT = "text"
    JSON = "json"


MOST_WORDS = 200


@cli.command()
def check(
    folders: FolderArguments = None,
    stale: Annotated[
        bool, typer.Option("--stale", help="End with exit code 3 when something is past its review date.")
    ] = False,
    form: Annotated[ReportForm, typer.Option("--format", help="How findings are written.")] = ReportForm.TEXT,
    drafts: Drafts = False,
    base: Annotated[
        Path | None, typer.Option(help="The folder as it was published: ids and right answers must hold against it.")
    ] = None,
) -> None:
    """Say all that is wrong with the lessons: file, line, problem, remedy. Warnings don't keep them from being served.

    Exit code 1: something is wrong. 3: with --stale, something is past its date.
    """
    today = app.SystemClock().business().date()
    before = catalogue_of([base]) if base is not None else None
    report = content.check(folders_of(folders), objections, today, drafts=drafts, before=before)
    _FORMS[form](report)
    if report.problems:
        raise typer.Exit(1)
    if stale and (past := expired(report.catalogue, today)):
        if form is ReportForm.TEXT:
            typer.echo(f"Past their date: {', '.join(item.id for item in past)}.")
        raise typer.Exit(3)


def _as_text(report: Report) -> None:
    for problem in report.problems:
        typer.echo(typer.style(f"{problem.file}:{problem.line}: ", fg="red") + f"{problem.problem}. {problem.remedy}")
    for warning in report.warnings:
        typer.echo(typer.style("warning: ", fg="yellow") + str(warning))
    if report.problems:
        typer.echo(f"{counted(len(report.problems), 'problem')}, {counted(len(report.warnings), 'warning')}.")
        return
    found = report.catalogue
    lessons, terms = counted(len(found.items) - len(found.terms), "lesson"), counted(len(found.terms), "term")
    order = counted(len(report.warnings), "warning") if report.warnings else "all in order"
    typer.echo(f"{counted(len(found.tracks), 'track')}, {lessons} and {terms}, {order}.")


def _as_json(report: Report) -> None:
    found = [("problem", each) for each in report.problems] + [("warning", each) for each in report.warnings]
    typer.echo(json.dumps([{"kind": kind, **asdict(each)} for kind, each in found], indent=2))


def _as_annotations(report: Report) -> None:
    """Write workflow commands: https://docs.github.com/actions/reference/workflow-commands-for-github-actions."""
    for kind, found in (("error", report.problems), ("warning", report.warnings)):
        for each in found:
            place = f"file={_escaped(each.file, also=',:')},line={each.line}"
            typer.echo(f"::{kind} {place}::{_escaped(f'{each.problem}. {each.remedy}')}")


def _escaped(text: str, also: str = "") -> str:
    """Return a text in which nothing ends a workflow command."""
    return "".join(f"%{ord(sign):02X}" if sign in "%\r\n" + also else sign for sign in text)


_FORMS: Mapping[ReportForm, Callable[[Report], None]] = {
    ReportForm.TEXT: _as_text,
    ReportForm.JSON: _as_json,
    ReportForm.ANNOTATIONS: _as_annotations,
}


@cli.command()
def new(
    kind: Annotated[Kind, typer.Argument(help="What to begin.")],
    new_id: Annotated[str, typer.Argument(metavar="ID", help="Its id, for ever: a to z, digits and hyphens.")],
    track: Annotated[str, typer.Option(help="The track whose folder a lesson goes to.")] = "",
    lessons: Annotated[
        Path | None, typer.Option("--lessons", help="The folder. Default: the last that is served.")
    ] = None,
) -> None:
    """Begin a file with everything that belongs in it; `check` names what is still to be written.

    Exit code 1: there is such a file already, or the id isn't one.
    """
    try:
        path = templates.begin(lessons or load().lessons_dirs[-1], kind, new_id, track)
    except (templates.NotNewError, OSError) as error:
        typer.echo(f"{error}.", err=True)
        raise typer.Exit(1) from error
    typer.echo(f"{path}: write it, then run `missinglink lessons check`.")
    if kind is Kind.LESSON:
        typer.echo(f'Add "{new_id}" to the items of {path.with_name("track.md")}.')


@cli.command()
def reported() -> None:
    """Say in which items readers find that something is wrong, and what. Nobody is named, and admins settle them."""
    with opened_database() as database:
        migrate.check(database)
        with database.read() as session:
            for workspace in workspaces.known(session):
                for report in error_reports.open_in(session, workspace.workspace_id):
                    typer.echo(f"{report.day} {report.item_id}: {report.sentence or '(no words)'}")


@cli.command()
def written(
    out: Annotated[Path, typer.Argument(help="A folder that isn't there yet, or is empty.")],
    workspace: Annotated[str, typer.Option(help="Its id; needed where there are several.")] = "",
) -> None:
    """Write what admins wrote in Slack and published as a lessons folder, to be layered over the shipped one.

    Exit code 1: nothing is published, or the folder can't be written. 2: there are several workspaces.
    """
    with opened_database() as database:
        migrate.check(database)
        with database.read() as session:
            known = [each.workspace_id for each in workspaces.known(session)]
            chosen = [each for each in known if each == workspace or not workspace]
            if len(chosen) > 1:
                typer.echo(f"There are several workspaces: {', '.join(chosen)}. Name one with --workspace.", err=True)
                raise typer.Exit(2)
            found = files(written_rows.served(session, chosen[0])) if chosen else {}
    if not found or (out.exists() and any(out.iterdir())):
        why = f"{out} isn't empty" if found else "Nothing that was written in Slack is published"
        typer.echo(f"{why}.", err=True)
        raise typer.Exit(1)
    for path, text in found.items():
        out.joinpath(path).parent.mkdir(parents=True, exist_ok=True)
        out.joinpath(path).write_text(text, encoding="utf-8")
    typer.echo(f"{out}: {counted(len(found), 'file')}.")


@cli.command()
def met(
    workspace: Annotated[str, typer.Option(help="Its id; without it, all workspaces.")] = "",
    form: Annotated[WordsForm, typer.Option("--format", help="How the words are written.")] = WordsForm.TEXT,
) -> None:
    """Say which words ten people or more looked up in a month that is over, and which that the lessons don't explain
    they met. Nobody is told whose look-ups they were.

    Exit code 2: there is no such workspace.
    """
    with opened_database() as database:
        migrate.check(database)
        catalogue = catalogue_of(None)
        with database.read() as session:
            known = [each.workspace_id for each in workspaces.known(session)]
            chosen = [each for each in known if each == workspace or not workspace]
            found = {each: looked_up(session, each, catalogue) for each in chosen}
    if workspace and not chosen:
        typer.echo(f"There is no workspace {workspace}. There are: {', '.join(known) or 'none'}.", err=True)
        raise typer.Exit(2)
    if form is WordsForm.JSON:
        typer.echo(json.dumps({each: [asdict(view) for view in views] for each, views in found.items()}, default=str))
        return
    for each, views in found.items():
        if len(found) > 1:
            typer.echo(f"{each}:")
        for view in views:
            for sentence in in_words(view, MOST_WORDS):
                typer.echo(sentence)
    if not any(found.values()):
        typer.echo("No word was looked up by ten people or more in a month that is over.")


cli.command()(preview)
cli.command()(export)
cli.command("import")(import_)
cli.command()(stats)
cli.command()(blind)
cli.command()(score)
