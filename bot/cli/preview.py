"""The command that shows a lesson as Slack would. Its docstring is its `--help`."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from bot import app, content, signals
from bot.cli.reading import Drafts, Folders, catalogue_of, folders_of
from bot.domain.content import Catalogue, Item, asked_with, wordings
from bot.errors import ConfigurationError
from bot.messages import ids, render
from bot.messages.builder import Message
from bot.messages.render import objections
from bot.view_models import ExplainView, ItemView

LOOK_SECONDS = 0.5


def preview(
    item_id: Annotated[str, typer.Argument(metavar="LESSON", help="The id of a lesson or a term.")],
    text: Annotated[bool, typer.Option("--text", help="On the terminal, and nothing more.")] = False,
    port: Annotated[int, typer.Option(help="The page's port; 0 takes a free one.", min=0, max=65535)] = 8156,
    lessons: Folders = None,
    drafts: Drafts = False,
) -> None:
    """Show a lesson as Slack would, on a page that follows each save, until Ctrl-C; nothing is recorded.

    Exit code 1: there is no such lesson; with --text also where the lessons have problems.
    """
    folders = folders_of(lessons)
    if text:
        found = messages_of(catalogue_of(folders, drafts=drafts), item_id)
        typer.echo("\n\n".join(message.text for message in found) if found else _none(item_id), err=not found)
        raise typer.Exit(0 if found else 1)
    _serve(folders, item_id, port, drafts=drafts)


def messages_of(catalogue: Catalogue, item_id: str) -> list[Message]:
    """Return an item's messages, one for each wording of its question; none where there is no such item."""
    item = catalogue.items.get(item_id)
    if item is None:
        return []
    return list(_messages(catalogue, item))


def _messages(catalogue: Catalogue, item: Item) -> Iterator[Message]:
    track = next((track for track in catalogue.tracks.values() if item.id in track.items), None)
    for question in wordings(item):
        yield render(
            ItemView(
                delivery_id=ids.preview(track.id if track else item.id, 1),
                item=asked_with(item, question),
                position=track.items.index(item.id) + 1 if track else 1,
                total=len(track.items) if track else 1,
                track=track.title if track else "",
                asks_first=item.ask_first,
            )
        )
    if item.kind == "term":
        yield render(ExplainView(asked=item.title, term=item))  # type: ignore[arg-type]


def _serve(folders: Sequence[Path], item_id: str, port: int, *, drafts: bool) -> None:
    from localslack import LocalSlack, PortError  # noqa: PLC0415 - `serve` starts sooner without

    stop = signals.on_signals()
    try:
        slack = LocalSlack(port).start()
    except PortError as error:
        raise ConfigurationError(str(error)) from error
    try:
        typer.echo(slack.url)
        typer.echo("It follows each save. Ctrl-C ends it.")
        sys.stdout.flush()
        seen = 0.0
        while not stop.wait(LOOK_SECONDS if seen else 0):
            changed = _changed(folders)
            if changed != seen:
                seen = changed
                slack.show([message.payload() for message in _shown(folders, item_id, drafts=drafts)])
    finally:
        slack.stop()


def _changed(folders: Sequence[Path]) -> float:
    """Return when anything in the folders was saved last, in seconds since the epoch."""
    files = (path for folder in folders for path in folder.rglob("*") if path.is_file())
    return max((path.stat().st_mtime for path in files), default=1.0)


def _shown(folders: Sequence[Path], item_id: str, *, drafts: bool) -> list[Message]:
    """Return an item's messages, or the problems of the folders as messages."""
    report = content.check(folders, objections, app.SystemClock().business().date(), drafts=drafts)
    if report.problems:
        return [Message(text=str(problem), blocks=()) for problem in report.problems[:10]]
    return messages_of(report.catalogue, item_id) or [Message(text=_none(item_id), blocks=())]


def _none(item_id: str) -> str:
    return f'There is no lesson and no term "{item_id}".'
