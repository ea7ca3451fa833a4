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
from bot.documents.paper import paper_of
from bot.domain.page_code import is_code
from bot.messages import formatting
from bot.messages.strategy_markdown import page_markdown
from bot.planning.learner_state import load as load_learner
from bot.queries.export import export as export_person
from bot.queries.strategy import page_of
from bot.settings import load
from bot.store import erasures, learners, migrate, workspaces

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


def strategy(
    person: Person,
    code: Annotated[str, typer.Option(help="The code that `/learn strategy` shows them, today.")] = "",
    out: Annotated[Path, typer.Option(help="The file to write; .md makes it Markdown.")] = Path("strategy.pdf"),
) -> None:
    """Print somebody's strategy page for them, with the code that only they are shown; nobody else's."""
    with _known(person) as (ctx, workspace_ids), ctx.db.read() as session:
        today = ctx.clock.business().date()
        mine = [
            w for w in workspace_ids if (key := erasures.known_key(session, w)) and is_code(key, w, person, today, code)
        ]
        if not mine:
            typer.echo(
                "a page is printed for nobody but its owner: they find today's code in `/learn strategy`, under "
                "*As text*, and pass it on as --code",
                err=True,
            )
            raise typer.Exit(2)
        state = load_learner(session, ctx, mine[0], person, lock=False)
        assert state is not None
        page = page_of(state)
        if out.suffix == ".md":
            out.write_text(page_markdown(page, today), encoding="utf-8")
        else:
            from bot.documents.strategy_pdf import strategy_pdf  # noqa: PLC0415 - other commands start sooner without

            made = strategy_pdf(page, paper_of(state.hours.country), today, formatting.dated(today))
            out.write_bytes(made.content)
    typer.echo(f"{out} has it. It is theirs: hand it to nobody else.")


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
