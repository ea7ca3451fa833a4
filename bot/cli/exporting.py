"""The command that writes the lessons for other programs. Its docstring is its `--help`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.cli import exported
from bot.cli.reading import Drafts, Folders, catalogue_of
from bot.logs import counted


class ExportFormat(StrEnum):
    """The formats that are written."""

    CSV = "csv"
    JSON = "json"


def export(
    kind: Annotated[ExportFormat, typer.Argument(help="csv: a row for each wording; json: tracks and items.")],
    out: Annotated[Path | None, typer.Option(help="The file; by default the terminal.")] = None,
    lessons: Folders = None,
    drafts: Drafts = False,
) -> None:
    """Write tracks, lessons, terms and their questions for other programs, such as an LMS or a spreadsheet.

    Exit code 1: the lessons have problems, or the file can't be written.
    """
    catalogue = catalogue_of(lessons, drafts=drafts)
    text = exported.as_csv(catalogue) if kind is ExportFormat.CSV else exported.as_json(catalogue)
    if out is None:
        typer.echo(text, nl=kind is ExportFormat.JSON)
        return
    try:
        # with a byte order mark, spreadsheets read accents correctly
        out.write_text(text, encoding="utf-8-sig" if kind is ExportFormat.CSV else "utf-8", newline="")
    except OSError as error:
        typer.echo(f"{out} can't be written: {error.strerror}.", err=True)
        raise typer.Exit(1) from error
    typer.echo(f"{out}: {counted(len(catalogue.items), 'item')}.")
