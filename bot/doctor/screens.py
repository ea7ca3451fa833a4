"""The check of everything that the bot can show, by Slack's own validator."""

from __future__ import annotations

from collections.abc import Iterator

from bot.doctor.finding import Finding, Mark
from bot.domain.content import Catalogue, Lesson, Term
from bot.errors import SlackBusyError, SlackError
from bot.messages import render, samples
from bot.settings import Settings
from bot.slack.outbound import token_checks


def check(settings: Settings, catalogue: Catalogue) -> Iterator[Finding]:
    """Yield what Slack would refuse."""
    items = list(catalogue.items.values())
    lesson = next((i for i in items if isinstance(i, Lesson)), None)
    term = next((i for i in items if isinstance(i, Term) and i.question is not None), None)
    if lesson is None or term is None or not catalogue.tracks:
        yield Finding(Mark.NOTE, "without a track, a lesson and a term that asks there is nothing for Slack to look at")
        return
    shown = {
        **{name: render(view) for name, view in samples.views(lesson, term).items()},
        **samples.screens(term, list(catalogue.tracks.values())),
    }
    bad = 0
    for name, screen in shown.items():
        try:
            said = token_checks.objections(settings.bot_token, settings.api_url, settings.http_timeout_seconds, screen)
        except SlackBusyError:
            yield Finding(Mark.NOTE, f"Slack asks for patience after {name}", "run this again in a minute")
            return
        except SlackError as error:
            yield Finding(Mark.BAD, f"Slack's validator can't be asked: {error}", "try again, or leave --online out")
            return
        bad += bool(said)
        for objection in said:
            yield Finding(Mark.BAD, f"{name}: {objection}", "tell the people who make Missing Link")
    if not bad:
        yield Finding(Mark.GOOD, f"Slack's validator takes all {len(shown)} kinds of message, dialog and Home")
