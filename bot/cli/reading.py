"""The commands by which colleagues try whether questions give themselves away. Their docstrings are their `--help`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Annotated

import typer

from bot import content
from bot.content import sheets
from bot.domain import blind_reading
from bot.domain.blind_reading import (
    FEWEST_ANSWERS,
    FEWEST_READERS,
    FEWEST_RIGHT_AFTER,
    MOST_POINTS,
    Filled,
    Mode,
    Score,
)
from bot.domain.content import Catalogue
from bot.logs import counted
from bot.messages.render import objections
from bot.package_files import folder
from bot.settings import load
from bot.settings.values import SHIPPED

Folders = Annotated[
    list[Path] | None,
    typer.Option("--lessons", help="A folder; given again, the next one is layered over it. Default: what is served."),
]
FolderArguments = Annotated[
    list[Path] | None,
    typer.Argument(metavar="[FOLDER]...", help="Each is layered over those before it. Default: what is served."),
]
Drafts = Annotated[bool, typer.Option("--drafts", help="With its drafts, which aren't served.")]


def blind(
    out: Annotated[Path, typer.Argument(help="Where to write; OUT.md and OUT.csv are the same sheet.")],
    track: Annotated[str, typer.Option(help="The id of the track.")] = "speak-the-language",
    choices_only: Annotated[bool, typer.Option("--choices-only", help="Without the questions: only choices.")] = False,
    after_the_text: Annotated[
        bool, typer.Option("--after-the-text", help="For a reader who has read the texts first.")
    ] = False,
    seed: Annotated[int, typer.Option(help="Another seed shuffles otherwise.")] = 1,
    lessons: Folders = None,
    drafts: Drafts = False,
) -> None:
    """Write a track's questions without texts or marks, as a sheet that a colleague fills in.

    Exit code 1: there is no such track, or the lessons have problems.
    """
    catalogue = catalogue_of(lessons, drafts=drafts)
    if track not in catalogue.tracks:
        typer.echo(f'There is no track "{track}". There are: {", ".join(sorted(catalogue.tracks))}.', err=True)
        raise typer.Exit(1)
    mode = Mode.CHOICES if choices_only else Mode.AFTER if after_the_text else Mode.BLIND
    made = blind_reading.make_sheet(catalogue, track, mode, seed)
    title = catalogue.tracks[track].title
    for ending, text in ((".md", sheets.as_markdown(made, title)), (".csv", "\ufeff" + sheets.as_csv(made))):
        path = out.with_name(out.name + ending)
        path.write_text(text, encoding="utf-8", newline="")
        typer.echo(f"{path}: {counted(len(made.questions), 'question')}, {mode}.")


def score(
    filled: Annotated[list[Path], typer.Argument(metavar="SHEET...", help="Sheets that came back, one a reader.")],
    lessons: Folders = None,
    drafts: Drafts = False,
) -> None:
    """Say how far readers got beyond chance, and which questions give themselves away.

    Exit code 1: a sheet can't be read. 3: the questions don't keep to the bound.
    """
    catalogue = catalogue_of(lessons, drafts=drafts)
    answers: list[tuple[Mode, Filled]] = []
    for path in filled:
        answers += _answers(catalogue, path)
    sound = True
    for mode, found in groupby(sorted(answers, key=lambda each: each[0]), key=lambda each: each[0]):
        result = blind_reading.score(mode, [each for _, each in found])
        typer.echo(_told(result))
        sound = sound and (result.sound or not result.enough)
    if not sound:
        raise typer.Exit(3)


def folders_of(named: Sequence[Path] | None) -> Sequence[Path]:
    """Return the folders that are named, by default those that are served; `shipped` is the one that comes with the
    bot.
    """
    return [folder("lessons") if str(path) == SHIPPED else path for path in named] if named else load().lessons_dirs


def catalogue_of(folders: Sequence[Path] | None, *, drafts: bool = False) -> Catalogue:
    """Return what folders have, by default those that are served.

    Raises:
        typer.Exit: it has problems; that is said.
    """
    report = content.check(folders_of(folders), objections, drafts=drafts)
    if report.problems:
        typer.echo("The lessons have problems: `missinglink lessons check` names them.", err=True)
        raise typer.Exit(1)
    return report.catalogue


def _answers(catalogue: Catalogue, path: Path) -> list[tuple[Mode, Filled]]:
    """Return what one reader filled in; say on the error output what is left out, and why."""
    try:
        name, lines = sheets.read_sheet(path.read_text("utf-8"))
        sheet = blind_reading.make_sheet(catalogue, name.track_id, name.mode, name.seed)
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(path, str(error)) from error
    except sheets.UnreadableSheetError as error:
        raise _unreadable(path, str(error)) from error
    except KeyError as error:
        raise _unreadable(path, f"there is no track {error}") from error
    answers, left_out = list[tuple[Mode, Filled]](), Counter[str]()
    for line in lines:
        asked = sheets.found_in(sheet, line.code)
        right = blind_reading.is_right(asked, line.answer) if asked is not None else None
        if asked is None:
            left_out["its words have changed since"] += 1
        elif right is None:
            left_out["without an answer that can be read"] += 1
        elif line.how is None:
            left_out["without knew, reasoned or hunch"] += 1
        else:
            answers.append((name.mode, Filled(reader=str(path), asked=asked, right=right, how=line.how)))
    _say_left_out(path, left_out)
    return answers


def _unreadable(path: Path, why: str) -> typer.Exit:
    typer.echo(f"{path}: {why}.", err=True)
    return typer.Exit(1)


def _say_left_out(path: Path, left_out: Mapping[str, int]) -> None:
    for why, count in sorted(left_out.items()):
        typer.echo(f"{path}: {counted(count, 'question')} left out, {why}.", err=True)


def _told(result: Score) -> str:
    """Return a score in words."""
    readers = counted(result.readers, "reader")
    if result.mode is Mode.AFTER:
        verdict = "enough" if result.sound else f"too few; {FEWEST_RIGHT_AFTER} % are needed"
        return f"{result.mode}: {readers}, {result.right} of {result.counted} right, {result.share:.0f} %: {verdict}."
    head = f"{result.mode}: {readers}, {counted(result.answers, 'answer')}, {result.knew} known and set aside; "
    if not result.enough:
        need = f"{FEWEST_ANSWERS} answers that weren't known, from {FEWEST_READERS} readers"
        told = f"{head}{result.counted} left: too few to say anything ({need})."
    else:
        verdict = "sound" if result.sound else "they give themselves away"
        if 2 * result.knew >= result.answers:
            verdict = "half or more was known: ask readers who know less"
        told = (
            f"{head}{result.right} of {result.counted} right, {result.share:.0f} %, {result.points:+.0f} points beyond "
            f"chance (at most {MOST_POINTS[result.mode]}): {verdict}."
        )
    return "\n".join([told, *(f"  rewrite: {name} (two readers reasoned it out)" for name in result.given_away)])
