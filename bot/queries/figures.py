"""The figures about knowledge that a report shows: as they were frozen, and nothing else is read for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta

from bot.domain.content import Catalogue
from bot.domain.insight import Band, Figure, FigureKind
from bot.store import figures
from bot.store.database import Session
from bot.view_models import ActiveCount, FigureView

SHOWN = 3
"""The latest figures of a kind that are shown, so that one sees whether it gets better."""


def figures_of(
    session: Session, catalogue: Catalogue, workspace_id: str, track_id: str | None = None
) -> dict[str, tuple[FigureView, ...]]:
    """Return the figures of each track that has any, by kind and the newest first."""
    by_kind: Mapping[tuple[str, FigureKind], list[Figure]] = defaultdict(list)
    for figure in figures.of_workspace(session, workspace_id, track_id):
        if figure.track_id:
            by_kind[figure.track_id, figure.kind].append(figure)
    found: dict[str, tuple[FigureView, ...]] = {}
    for track, kind in sorted(by_kind, key=lambda each: (each[0], list(FigureKind).index(each[1]))):
        shown = by_kind[track, kind][:SHOWN]
        found[track] = (*found.get(track, ()), *(_view(figure, catalogue) for figure in shown))
    return found


def _view(figure: Figure, catalogue: Catalogue) -> FigureView:
    bands = {name: Band(number) for name, number in figure.bands.items()}
    if figure.kind is FigureKind.MISSED:
        few = [item_id for item_id, band in bands.items() if band is Band.LOW]
        titles = tuple(catalogue.items[i].title if i in catalogue.items else i for i in few)
        return FigureView(figure.kind, figure.month, {}, titles)
    return FigureView(figure.kind, figure.month, bands)


def active_of(session: Session, workspace_id: str) -> tuple[ActiveCount, ...]:
    """Return how many were active in each of the latest months, for the whole workspace; the newest first."""
    known = figures.of_workspace(session, workspace_id, "")
    told = [(f.month, f.bands["active"]) for f in known if f.kind is FigureKind.ACTIVE and "active" in f.bands]
    return tuple(ActiveCount(_before(month), people) for month, people in told[:SHOWN])


def _before(month: date) -> date:
    return (month - timedelta(days=1)).replace(day=1)
