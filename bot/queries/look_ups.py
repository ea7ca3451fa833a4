"""Words that ten people or more looked up in a month, for whoever writes words."""

from __future__ import annotations

from itertools import groupby

from bot.content.public_terms import lacking
from bot.domain.content import Catalogue, Term
from bot.domain.look_ups import About, LookUpCount
from bot.store import look_ups
from bot.store.database import Session
from bot.view_models.look_ups import LookUpLine, LookUpsView


def looked_up(session: Session, workspace_id: str, catalogue: Catalogue) -> list[LookUpsView]:
    """Return what is told of each month, the newest first; a term that isn't there any more by its id. Words that are
    explained since, and months of which nothing else is told, are left out.
    """
    found = look_ups.counts(session, workspace_id)
    still = lacking(catalogue)
    views: list[LookUpsView] = []
    for month, counts in groupby(found, key=lambda count: count.month):
        every = list(counts)
        view = LookUpsView(
            month=month,
            explained=tuple(_term(catalogue, count) for count in every if count.about is About.TERM),
            lacking=tuple(
                LookUpLine(c.word, c.people) for c in every if c.about is About.LACKING and still.find(c.word)
            ),
        )
        if view.explained or view.lacking:
            views.append(view)
    return views


def _term(catalogue: Catalogue, count: LookUpCount) -> LookUpLine:
    term = catalogue.items.get(count.word)
    return LookUpLine(term.term if isinstance(term, Term) else count.word, count.people)
