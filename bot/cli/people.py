"""The commands about one person's data. A command's docstring is its `--help`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.actions.erasing import erase as erase_person
from bot.cli.database import known_person
from bot.documents.paper import paper_of
from bot.domain.page_code import is_code
from bot.messages import formatting
from bot.messages.strategy_markdown import page_markdown
from bot.planning.learner_state import load as load_learner
from bot.queries.export import export as export_person
from bot.queries.strategy import page_of
from bot.store import erasures

Person = Annotated[str, typer.Argument(help="Somebody's Slack id, such as U012AB3CD.")]


def erase(person: Person, yes: Annotated[bool, typer.Option("--yes", help="Don't ask first.")] = False) -> None:
    """Erase everything about one person, for good; the running bot then deletes its messages to them."""
    with known_person(person) as (ctx, workspace_ids):
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
    with known_person(person) as (ctx, workspace_ids), ctx.db.read() as session:
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
    with known_person(person) as (ctx, workspace_ids), ctx.db.read() as session:
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
