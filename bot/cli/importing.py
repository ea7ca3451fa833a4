"""The command that makes lessons of other programs' questions. Its docstring is its `--help`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.content.importing import Imported
from bot.content.importing.gift import read_gift
from bot.content.importing.table import read_table
from bot.logs import counted


class ImportFormat(StrEnum):
    """The formats that are read."""

    GIFT = "gift"
    CSV = "csv"


_READERS: Mapping[ImportFormat, Callable[[str, str, str], Imported]] = {
    ImportFormat.GIFT: read_gift,
    ImportFormat.CSV: read_table,
}
MOST_BYTES = 16 * 1024 * 1024


def import_(
    kind: Annotated[ImportFormat, typer.Argument(help="gift: Moodle's; csv: the columns of `export csv`.")],
    file: Annotated[Path, typer.Argument(help="The file.")],
    out: Annotated[Path, typer.Option(help="A folder that isn't there yet, or is empty.")] = Path("imported"),
    track: Annotated[str, typer.Option(help="The title of the track, where the file names none.")] = "Imported",
) -> None:
    """Make lessons of another program's questions; say with line and reason what can't be carried over.

    Exit code 1: nothing was made. 3: something couldn't be carried over.
    """
    try:
        if file.stat().st_size > MOST_BYTES:
            raise _stopped(f"{file} has more than {MOST_BYTES // 1024 // 1024} MB")
        text = _decoded(file.read_bytes())
        if out.exists() and (not out.is_dir() or any(out.iterdir())):
            raise _stopped(f"{out} isn't an empty folder")
    except OSError as error:
        raise _stopped(f"{file} can't be read: {error.strerror}") from error
    made = _READERS[kind](text, file.name, track)
    for loss in made.losses:
        typer.echo(str(loss), err=True)
    if not made.files:
        raise _stopped("Nothing was made")
    try:
        for path, written in made.files.items():
            out.joinpath(path).parent.mkdir(parents=True, exist_ok=True)
            out.joinpath(path).write_text(written, encoding="utf-8")
    except OSError as error:
        raise _stopped(f"{out} can't be written: {error.strerror}") from error
    typer.echo(
        f"{out}: {counted(len(made.files), 'file')}. `missinglink lessons check {out}` says what is to be written."
    )
    if made.losses:
        typer.echo(f"Not carried over: {len(made.losses)}, named above.")
        raise typer.Exit(3)


def _decoded(data: bytes) -> str:
    """Return a file's text: UTF-8, UTF-16 with a mark, or else what Windows writes."""
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _stopped(why: str) -> typer.Exit:
    typer.echo(f"{why}.", err=True)
    return typer.Exit(1)
