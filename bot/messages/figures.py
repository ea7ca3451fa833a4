"""Figures about knowledge in words: three bands, and always the same sentence on when there are any."""

from __future__ import annotations

from calendar import month_name
from collections.abc import Sequence
from datetime import date

from bot.domain.insight import Band, FigureKind
from bot.messages import formatting
from bot.messages.mrkdwn import escape
from bot.view_models import ActiveCount, FigureView

RULE = "Figures about knowledge exist for groups of ten or more, on the first of a month."
"""Said wherever knowledge is reported on, whoever did or didn't answer."""
HOW = (
    "Each covers at least ten people who are in no earlier one of its kind. A little chance is mixed in, so that "
    "nobody's answer can be worked out with certainty: with few people a figure may be one step off."
)
BANDS = {Band.LOW: "fewer than 4 in 10", Band.MIDDLE: "4 to 7 in 10", Band.HIGH: "more than 7 in 10"}


def figure_line(figure: FigureView) -> str:
    """Return a figure as a sentence, mrkdwn."""
    said = {name: BANDS[band] for name, band in figure.bands.items()}
    made = f"{month_named(figure.month)}: "
    match figure.kind:
        case FigureKind.BEFORE_AFTER:
            return f"{made}{said['before']} answers were right when first asked, {said['after']} thirty days later."
        case FigureKind.LATER:
            return f"{made}{said['later']} answers were right sixty days later."
        case FigureKind.CONFIDENCE:
            return (
                f"{made}{said['before']} would have been comfortable discussing it with their board when they began, "
                f"{said['after']} at the end."
            )
        case FigureKind.CONFIDENCE_LATER:
            return f"{made}sixty days after the end, {said['later']} would be comfortable discussing it."
        case FigureKind.WORTH:
            return f"{made}{said['worth']} answers said that the item was worth the minute."
        case FigureKind.GROUP:
            return (
                f"{made}of five or more who chose to add theirs, {said['before']} answers were right when first asked, "
                f"{said['after']} thirty days later."
            )
        case _:
            return f"{made}{_missed(figure.missed)}"


def _missed(titles: Sequence[str]) -> str:
    if not titles:
        return "each idea was known to 4 in 10 or more when first asked."
    quoted = formatting.listed([f"“{escape(title)}”" for title in titles])
    return f"fewer than 4 in 10 knew these when first asked: {quoted}."


def active_line(active: Sequence[ActiveCount]) -> str:
    """Return how many were active in the latest months, mrkdwn; "" where that isn't told."""
    if not active:
        return ""
    months = [f"{count.people} in {month_named(count.month)}" for count in active]
    return f"People who did something, of all who are assigned anything: {formatting.listed(months)}."


def month_named(month: date) -> str:
    """Return such as "March 2026"."""
    return f"{month_name[month.month]} {month.year}"
