"""The commands that print something: the doctor's findings, Slack's manifest, the audit log.

A command's docstring is its `--help`.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from typing import Annotated

import typer

from bot import app, logs
from bot.cli.database import known_person, opened_database
from bot.domain.erasing import ERASED, NAME
from bot.messages.command_names import CommandNames
from bot.settings import load
from bot.store import audit as audit_log
from bot.store import migrate


def doctor(
    online: Annotated[bool, typer.Option(help="Let Slack's validator look at everything the bot can show.")] = False,
) -> None:
    """Say whether everything is as it must be, and what mends what isn't."""
    from bot import doctor as examination  # noqa: PLC0415 - `serve` starts sooner without

    wrong = 0
    for finding in examination.examine(load(), online=online, today=app.SystemClock().business().date()):
        typer.echo(str(finding))
        wrong += finding.mark is examination.Mark.BAD
    if wrong:
        typer.echo(f"{logs.counted(wrong, 'thing')} wrong.")
        raise typer.Exit(1)


def manifest(
    url: Annotated[str, typer.Option(help="Where Slack shall call the bot, such as https://bot.example.org")] = "",
) -> None:
    """The app's manifest for Slack; with --url the one for HTTP instead of Socket Mode."""
    from bot.slack import manifest as app_manifest  # noqa: PLC0415 - `serve` starts sooner without

    names = CommandNames(load().command_prefix)
    made = app_manifest.for_url(url, names) if url else app_manifest.read(names)
    typer.echo(json.dumps(made, indent=2, ensure_ascii=False))


def agenda(
    learner: Annotated[str, typer.Argument(help="Somebody's Slack id, such as U012AB3CD.")],
    why: Annotated[bool, typer.Option("--why", help="Say why each comes. No answer is revealed.")] = False,
) -> None:
    """The messages that come to one learner, and when."""
    from bot.planning.learner_state import load as load_learner  # noqa: PLC0415 - `serve` starts sooner without
    from bot.queries.outlook import outlook  # noqa: PLC0415 - `serve` starts sooner without

    with known_person(learner) as (ctx, workspace_ids), ctx.db.read() as session:
        for workspace_id in workspace_ids:
            state = load_learner(session, ctx, workspace_id, learner, lock=False)
            assert state is not None
            for line in outlook(state):
                reason = f" ({line.why})" if why else ""
                day = str(line.day or "open")
                typer.echo(f"{day:<10}  {line.what}{reason}")


def audit(since: Annotated[str, typer.Option(help="A date such as 2026-03-02.")]) -> None:
    """Who assigned, removed, was refused, since a date (UTC)."""
    try:
        first = date.fromisoformat(since)
    except ValueError:
        typer.echo(f'--since "{since}" is no date; write it like 2026-03-02', err=True)
        raise typer.Exit(2) from None
    with opened_database() as database, database.read() as session:
        migrate.check(database)
        for entry in audit_log.since(session, datetime.combine(first, time(), UTC)):
            actor = NAME if entry.actor == ERASED else entry.actor
            typer.echo(f"{entry.at:%Y-%m-%d %H:%M} {entry.workspace_id} {actor} {entry.action}: {entry.detail}")
